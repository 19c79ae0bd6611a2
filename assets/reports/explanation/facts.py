"""All that decided about one dossier, as the newest publication knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from assets.reports.asking import Publication
from assets.reports.explanation import questions
from assets.reports.explanation.questions import (
    Clock,
    Counted,
    CountingIndicator,
    DayOff,
    DueChange,
    Intake,
    NotAccepted,
    Pause,
    Period,
    Rejection,
    Suspicion,
    Year,
)


T = TypeVar("T")


@dataclass(frozen=True)
class Explanation:
    """`intake` is what the source told.

    `clock` is None of what was not accepted, and of what is set aside, where `rejections` say why.
    """

    intake: Intake
    clock: Clock | None
    not_accepted: NotAccepted | None
    year: Year
    pauses: list[Pause] = field(default_factory=list)
    days_off: list[DayOff] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    scopes: frozenset[str] = frozenset()
    counted: list[Counted] = field(default_factory=list)
    indicators: list[CountingIndicator] = field(default_factory=list)
    suspicions: list[Suspicion] = field(default_factory=list)
    due_changes: list[DueChange] = field(default_factory=list)

    @property
    def closing_date(self) -> date:
        return self.intake.closing_date


def similar(publication: Publication, written: str) -> tuple[str | None, list[str]]:
    """The one dossier that a code as written can only mean, and the nearest codes otherwise.

    Spaces, dashes, dots and small letters do not matter, nor does a beginning that was left out, if one dossier alone
    ends like that.
    """
    found = publication.ask(questions.CANDIDATES, written=written.strip())
    for meant in (
        [row.dossier_code for row in found if row.is_exact],
        [row.dossier_code for row in found if row.is_same],
        [row.dossier_code for row in found if row.is_ending],
    ):
        if meant:
            return (meant[0], []) if len(meant) == 1 else (None, meant)
    # More than a quarter of a code wrong is another code.
    return None, [row.dossier_code for row in found if row.distance <= len(written) // 4]


def explain(publication: Publication, code: str) -> Explanation | None:
    """None for a code that no dossier has; `code` exactly as published."""
    ask = publication.ask
    intake = first(ask(questions.INTAKE, code=code))
    if intake is None:
        return None
    clock = first(ask(questions.CLOCK, code=code))
    (year,) = ask(questions.YEAR)
    return Explanation(
        intake=intake,
        clock=clock,
        not_accepted=first(ask(questions.NOT_ACCEPTED, code=code)),
        year=year,
        pauses=ask(questions.PAUSES, code=code),
        days_off=days_off(publication, clock) if clock else [],
        rejections=ask(questions.REJECTIONS, code=code),
        periods=ask(questions.PERIODS, day=clock.ended_on) if clock and clock.ended_on else [],
        scopes=frozenset(row.scope_code for row in ask(questions.SCOPES, code=code)),
        counted=ask(questions.COUNTED, code=code),
        indicators=ask(questions.INDICATORS, applicants=clock.applicant_group if clock else None),
        suspicions=ask(questions.SUSPICIONS, code=code),
        due_changes=ask(questions.DUE_CHANGES, code=code),
    )


def first(rows: list[T]) -> T | None:
    return rows[0] if rows else None


def days_off(publication: Publication, clock: Clock) -> list[DayOff]:
    """From the acceptance to the end or the due date, whichever is later."""
    until = max(clock.due_on_effective, clock.finished_at or clock.due_on_effective)
    return publication.ask(questions.DAYS_OFF, start=clock.accepted_at.date(), until=until.date())
