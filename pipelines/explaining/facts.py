"""All that decided about one dossier, as the newest publication knows it."""

from dataclasses import dataclass, field
from datetime import date

from pipelines.explaining import questions
from pipelines.published import Publication, Row


@dataclass(frozen=True)
class Explanation:
    """`intake` is what the source told; while the dossier is set aside, `clock` is None and `rejections` say why."""

    intake: Row
    clock: Row | None
    year: Row
    pauses: list[Row] = field(default_factory=list)
    special_days: list[Row] = field(default_factory=list)
    weekend_days: int = 0
    rejections: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)
    scopes: frozenset[str] = frozenset()
    definitions: list[Row] = field(default_factory=list)
    suspicions: list[Row] = field(default_factory=list)
    due_changes: list[Row] = field(default_factory=list)

    @property
    def closing_date(self) -> date:
        found: date = self.intake["closing_date"]
        return found


def similar(publication: Publication, written: str) -> tuple[str | None, list[str]]:
    """The one dossier that a code as written can only mean, and the nearest codes otherwise.

    Spaces, dashes, dots and small letters do not matter, nor does a beginning that was left out, if one dossier alone
    ends like that.
    """
    found = publication.ask(questions.CANDIDATES, written=written.strip())
    for sign in ("is_exact", "is_same", "is_ending"):
        meant = [row["dossier_code"] for row in found if row[sign]]
        if meant:
            return (meant[0], []) if len(meant) == 1 else (None, meant)
    # More than a quarter of a code wrong is another code.
    return None, [row["dossier_code"] for row in found if row["distance"] <= len(written) // 4]


def explain(publication: Publication, code: str) -> Explanation | None:
    """None for a code that no dossier has; `code` exactly as published."""
    intake = publication.ask(questions.INTAKE, code=code)
    if not intake:
        return None
    clocks = publication.ask(questions.CLOCK, code=code)
    clock = clocks[0] if clocks else None
    special_days, weekend_days = days_off(publication, clock)
    (year,) = publication.ask(questions.YEAR)
    return Explanation(
        intake=intake[0],
        clock=clock,
        year=year,
        pauses=publication.ask(questions.PAUSES, code=code),
        special_days=special_days,
        weekend_days=weekend_days,
        rejections=publication.ask(questions.REJECTIONS, code=code),
        periods=publication.ask(questions.PERIODS, day=clock["ended_on"]) if clock and clock["ended_on"] else [],
        scopes=frozenset(row["scope_code"] for row in publication.ask(questions.SCOPES, code=code)),
        definitions=publication.ask(questions.DEFINITIONS),
        suspicions=publication.ask(questions.SUSPICIONS, code=code),
        due_changes=publication.ask(questions.DUE_CHANGES, code=code),
    )


def days_off(publication: Publication, clock: Row | None) -> tuple[list[Row], int]:
    """Holidays, swapped and worked days from the acceptance to the end or the due date, and the weekend days off."""
    if clock is None or clock["accepted_at"] is None or clock["due_on_effective"] is None:
        return [], 0
    until = max(filter(None, (clock["due_on_effective"], clock["finished_at"])))
    span = {"start": clock["accepted_at"].date(), "until": until.date()}
    (weekend,) = publication.ask(questions.WEEKEND, **span)
    return publication.ask(questions.SPECIAL_DAYS, **span), weekend["days"]
