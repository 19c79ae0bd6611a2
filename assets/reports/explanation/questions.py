"""What is asked of the published file about one dossier, `$code`; times are local."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assets.reports.asking import Question


@dataclass(frozen=True)
class Candidate:
    """A dossier whose code is like the one written; `distance` counts the signs that differ."""

    dossier_code: str
    is_exact: bool
    is_same: bool
    is_ending: bool
    distance: int


@dataclass(frozen=True)
class Intake:
    """What the source told; `limit_unit` d, h or c, `returns_count` whether returned ones count (P-04)."""

    dossier_code: str
    content_hash: str
    status_name: str | None
    unit_code: str | None
    unit_code_source: str | None
    procedure_code: str | None
    applicant_group: str
    channel: str | None
    limit_unit: str | None
    limit_amount: float | None
    accepted_at: datetime | None
    completed_at: datetime | None
    due_on_original: datetime | None
    due_on_current: datetime | None
    due_on_statutory: datetime | None
    seen_at: datetime
    closing_date: date
    known_from: date
    run_id: str
    unit_name: str | None
    procedure_name: str | None
    definition_version: str
    calendar_version: str
    returns_count: bool


@dataclass(frozen=True)
class Clock:
    """Of a dossier that was accepted; `lateness` is -1, 0 or 1, the indices number the working days."""

    applicant_group: str
    accepted_at: datetime
    due_on_original: datetime
    due_on_effective: datetime
    due_on_current: datetime | None
    due_on_statutory: datetime | None
    due_on_promised: datetime
    due_on_latest: datetime
    due_mark: str | None
    extension: str
    paused_working_days: int
    finished_at: datetime | None
    classification: str
    classification_label: str
    days_late: int
    rule: str
    is_ended: bool
    is_paused: bool
    ended_on: date | None
    lateness: int
    is_stopped: bool
    is_open_at_year_end: bool
    promised_index: int
    due_index: int
    until_index: int

    @property
    def end(self) -> datetime:
        """Of a dossier that has ended."""
        assert self.finished_at is not None
        return self.finished_at


@dataclass(frozen=True)
class NotAccepted:
    classification: str
    classification_label: str
    rule: str


@dataclass(frozen=True)
class Pause:
    """`refusal` says why it does not extend the due date."""

    pause_kind: str
    ordinal: int
    started_at: datetime
    ended_at: datetime | None
    extends_due: bool | None
    working_days: int
    working_minutes: int
    refusal: str | None


@dataclass(frozen=True)
class Rejection:
    rule: str
    message: str
    advice: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class DayOff:
    """Not a plain working day; `weekend_days` of the whole span, in every row."""

    day: date
    kind: str
    citation: str | None
    state: str
    weekend_days: int


@dataclass(frozen=True)
class Period:
    period_calendar: str
    period_kind: str
    period_end: date


@dataclass(frozen=True)
class Year:
    period_start: date
    as_at: date


@dataclass(frozen=True)
class Scope:
    scope_code: str


@dataclass(frozen=True)
class Counted:
    """A definition of MT1, and what the dossier adds to it."""

    definition: str
    is_headline: bool
    label: str
    citation: str
    numerator: int
    denominator: int
    excluded: int
    quarantined: int


@dataclass(frozen=True)
class CountingIndicator:
    """An indicator about dossiers; `counts_it`: those of the dossier's group."""

    indicator: str
    counts_it: bool


@dataclass(frozen=True)
class Suspicion:
    trap: str
    sentence: str


@dataclass(frozen=True)
class DueChange:
    closing_date: date
    due_on_effective_before: datetime
    due_on_effective_after: datetime


CANDIDATES = Question("explanation/candidates", Candidate)
INTAKE = Question("explanation/intake", Intake)
CLOCK = Question("explanation/clock", Clock)
NOT_ACCEPTED = Question("explanation/not_accepted", NotAccepted)
PAUSES = Question("explanation/pauses", Pause)
REJECTIONS = Question("explanation/rejections", Rejection)
DAYS_OFF = Question("explanation/days_off", DayOff)
PERIODS = Question("explanation/periods", Period)
YEAR = Question("explanation/year", Year)
SCOPES = Question("explanation/scopes", Scope)
COUNTED = Question("explanation/counted", Counted)
INDICATORS = Question("explanation/indicators", CountingIndicator)
SUSPICIONS = Question("explanation/suspicions", Suspicion)
DUE_CHANGES = Question("explanation/due_changes", DueChange)
