"""What the page asks of a published version. Every answer comes from one immutable file, so they belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assets.reports.asking import Question


@dataclass(frozen=True)
class Board:
    """A row of the scoreboard; shares are fractions."""

    position: int
    indicator: str
    label: str
    actual: float | None
    numerator: int
    denominator: int
    failed: int
    operator: str | None
    target: float | None
    interim_target: float | None
    verdict: str
    verdict_reason: str | None
    lower_bound: float | None
    upper_bound: float | None
    excluded: int
    quarantined: int
    trend: str | None
    trend_reason: str | None
    binding_from: date
    forecast_year_end: float | None
    forecast_low: float | None
    forecast_high: float | None
    required_rate: float | None
    as_of: date
    citation: str | None
    unit_code: str
    unit_name: str | None
    definition: str
    definition_label: str | None
    formula: str | None
    basis: str | None
    is_cumulative: bool | None
    is_part: bool
    is_of_people: bool
    actual_last_year: float | None = None
    numerator_last_year: int | None = None
    denominator_last_year: int | None = None
    is_example: bool = False
    early: int | None = None
    on_time: int | None = None
    measure: str = "rate"
    unit_of_measure: str = "%"
    decimals: int = 2
    upper_target: float | None = None


@dataclass(frozen=True)
class Month:
    indicator: str
    month: int
    numerator: int
    denominator: int
    actual: float | None
    verdict: str
    is_retrospective: bool


@dataclass(frozen=True)
class Milestone:
    indicator: str
    month: int
    target: float


@dataclass(frozen=True)
class Unit:
    view: str
    unit_code: str
    unit_name: str | None
    numerator: int
    denominator: int
    actual: float | None
    actual_last_year: float | None
    position_label: str | None
    open_dossiers: int
    overdue_dossiers: int


@dataclass(frozen=True)
class Placed:
    """Units of one position on the funnel around `centre`."""

    position_label: str
    units: int
    centre: float


@dataclass(frozen=True)
class Communication:
    unit_code: str
    unit_name: str
    communicated_on: date
    participants: int | None
    staff: int | None


@dataclass(frozen=True)
class Room:
    unit_code: str
    unit_name: str
    indicator: str
    numerator: int
    denominator: int
    verdict: str
    numerator_last_year: int | None
    denominator_last_year: int | None


@dataclass(frozen=True)
class Record:
    indicators: list[str]
    record_kind: str
    record_key: str
    unit_code: str | None
    unit_name: str | None
    occurred_on: date | None
    days_late: int | None
    reason: str | None


@dataclass(frozen=True)
class SetAside:
    message: str
    system: str
    records: int
    first_seen_at: datetime
    advice: str | None


@dataclass(frozen=True)
class RegisterGap:
    register: str
    rows_wrong: int
    indicators: list[str]


@dataclass(frozen=True)
class Anomaly:
    trap: str
    label: str
    severity: str
    records: int
    first_seen_at: datetime
    example: str


@dataclass(frozen=True)
class Reconciliation:
    subject_label: str
    left_count: int
    right_count: int
    matched: int
    only_one_side: int
    conflicting: int
    verdict: str


@dataclass(frozen=True)
class NationalScore:
    period_kind: str
    period_start: date
    told_by: str
    rank_told: int | None
    score_total: float
    on_time_share: float
    actual: float | None


@dataclass(frozen=True)
class Evidence:
    subject_label: str
    expected: int
    seen: int
    share: float | None
    consequence: str


@dataclass(frozen=True)
class Restated:
    sentence: str


@dataclass(frozen=True)
class Closing:
    known_from: date | None


@dataclass(frozen=True)
class Result:
    """A headline of one period, in the terms of `formats.Measured`."""

    position: int
    indicator: str
    label: str
    period_kind: str
    period_start: date
    period_end: date
    closing_date: date
    numerator: int
    denominator: int
    actual: float | None
    actual_last_year: float | None
    numerator_last_year: int | None
    denominator_last_year: int | None
    verdict: str
    measure: str
    unit_of_measure: str
    decimals: int
    operator: str | None
    target: float | None
    upper_target: float | None


@dataclass(frozen=True)
class Version:
    name: str
    content_hash: str


SCOREBOARD = Question("page/scoreboard", Board)
MONTHS = Question("page/months", Month)
MILESTONES = Question("page/milestones", Milestone)
UNITS = Question("page/units", Unit)
FUNNEL = Question("page/funnel", Placed)
COMMUNICATIONS = Question("page/communications", Communication)
ROOMS = Question("page/rooms", Room)
RECORDS = Question("page/records", Record)
SET_ASIDE = Question("page/set_aside", SetAside)
REGISTER_GAPS = Question("page/register_gaps", RegisterGap)
ANOMALIES = Question("page/anomalies", Anomaly)
RECONCILIATION = Question("page/reconciliation", Reconciliation)
NATIONAL_SCORES = Question("page/national_scores", NationalScore)
EVIDENCE = Question("page/evidence", Evidence)
RESTATED = Question("page/restated", Restated)
CLOSING = Question("page/closing", Closing)
RESULTS = Question("page/results", Result)
VERSIONS = Question("page/versions", Version)
