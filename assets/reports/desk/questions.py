"""What the desk asks of a published version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assets.reports.asking import Question


@dataclass(frozen=True)
class ListedDossier:
    """`words`: its state, or why it is set aside."""

    list_code: str
    dossier_code: str
    unit_code: str | None
    unit_name: str | None
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    days_late: int | None
    words: str


@dataclass(frozen=True)
class Suspected:
    label: str
    severity: str
    record_kind: str
    record_key: str
    unit_code: str | None
    unit_name: str | None
    occurred_on: date | None
    sentence: str


@dataclass(frozen=True)
class Difference:
    """Of two systems in one month: `difference` in records that neither side explains."""

    subject_label: str
    period_start: date
    left_count: int
    right_count: int
    difference: int | None
    verdict: str
    sentence: str


# Takes $unit_code and $list_code (None: all), and $days_ahead: in so many days a due date is near.
DOSSIERS = Question("desk/dossiers", ListedDossier)
SUSPICIONS = Question("desk/suspicions", Suspected)
DIFFERENCES = Question("desk/differences", Difference)
