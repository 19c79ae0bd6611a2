"""What readers get: questions to the newest published version, never to the warehouse."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assets.terms import LOCAL
from warehouse.reading import NothingPublished, Row, ask


__all__ = ["Explanation", "NothingPublished", "Publication", "Row", "explain"]

SCOREBOARD = "select * from marts.scoreboard order by position"

# Year to date for the headline scope, as at any closing date that has been computed.
FIGURES = """
select result.*
from marts.indicator_result as result
inner join core.headlines as headline
    on headline.indicator = result.indicator
    and headline.unit_code = result.unit_code
    and headline.objective_year = year(result.period_end)
inner join reference.objectives as objective
    on objective.indicator = result.indicator and objective.objective_year = headline.objective_year
where headline.is_headline
    and closing_date = $closing_date
    and period_calendar = 'iso'
    and period_kind = 'year_to_date'
    and applicant_group <> 'chua_xac_dinh'
qualify period_start = max(period_start) over ()
order by objective.position, result.is_headline desc, definition
"""

CLOCK = "select * from marts.dossier_clock where dossier_code = $code"
UNIT = "select unit_name from core.units where unit_code = $code"
PAUSES = """
select pause_kind, ordinal, started_at, ended_at, counted_until, extends_due, working_days
from core.dossier_pauses where dossier_code = $code order by started_at, ordinal
"""
REJECTIONS = "select * from core.dossier_rejections where dossier_code = $code order by rule"
INTAKE = "select * from core.dossier_intake where dossier_code = $code"
# Non-working days that lay in the dossier's way, from its acceptance to its end or effective due date.
DAYS_OFF = """
select day, kind, citation from reference.calendar
where not is_working and day between $start and $until order by day
"""


@dataclass(frozen=True)
class Publication:
    """The newest version and the questions people ask of it."""

    path: Path

    def ask(self, sql: str, **values: object) -> list[Row]:
        return ask(self.path, sql, **values)

    def scoreboard(self) -> list[Row]:
        return self.ask(SCOREBOARD)

    def figures(self, closing_date: date) -> list[Row]:
        """Every definition of every indicator at one closing date."""
        return self.ask(FIGURES, closing_date=closing_date)

    @property
    def published_at(self) -> datetime | None:
        """By the machine's clock: the manifest carries that of the sources, which a simulator sets."""
        if not self.path.exists():
            return None
        return datetime.fromtimestamp(self.path.resolve().with_suffix(".json").stat().st_mtime, LOCAL)


@dataclass(frozen=True)
class Explanation:
    """All that decided about one dossier; while it is set aside, `clock` is None and `rejections` say why."""

    intake: Row
    clock: Row | None
    unit_name: str | None
    pauses: list[Row]
    days_off: list[Row]
    rejections: list[Row]


def explain(publication: Publication, code: str) -> Explanation | None:
    """None for a dossier nobody has heard of."""
    intake = publication.ask(INTAKE, code=code)
    if not intake:
        return None
    clocks = publication.ask(CLOCK, code=code)
    clock = clocks[0] if clocks else None
    unit = publication.ask(UNIT, code=intake[0]["unit_code"])
    return Explanation(
        intake[0],
        clock,
        unit[0]["unit_name"] if unit else None,
        publication.ask(PAUSES, code=code),
        days_off(publication, clock),
        publication.ask(REJECTIONS, code=code),
    )


def days_off(publication: Publication, clock: Row | None) -> list[Row]:
    if clock is None or clock["accepted_at"] is None or clock["due_on_effective"] is None:
        return []
    until = max(filter(None, (clock["due_on_effective"], clock["finished_at"])))
    return publication.ask(DAYS_OFF, start=clock["accepted_at"].date(), until=until.date())
