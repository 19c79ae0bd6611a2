"""The figures of a report: of each objective, by definition, unit and month. `$unit` is None for the headline's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Question


@dataclass(frozen=True)
class Objective:
    """A row of the scoreboard as it stands in the period; without a figure, the verdict says so."""

    position: int
    indicator: str
    label: str
    as_of: date
    definition: str
    operator: str | None
    target: float | None
    numerator: int
    denominator: int
    actual: float | None
    lower_bound: float | None
    upper_bound: float | None
    verdict: str
    verdict_reason: str | None
    is_retrospective: bool
    binding_from: date
    position_label: str | None
    excluded: int
    quarantined: int
    unit_code: str
    unit_name: str | None
    period_start: date | None
    period_end: date | None
    definition_version: str | None
    known_from: date | None
    definition_label: str | None
    formula: str | None
    basis: str | None
    is_cumulative: bool | None
    forecast_year_end: float | None
    forecast_low: float | None
    forecast_high: float | None
    is_deployment: bool
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

    @property
    def is_short(self) -> bool:
        return self.verdict in ("Chưa đạt", "Cảnh báo", "Chưa đủ căn cứ")


@dataclass(frozen=True)
class Companion:
    """One definition of an objective, with all that is published of it."""

    closing_date: date
    indicator: str
    definition: str
    is_headline: bool
    unit_code: str
    unit_name: str | None
    applicant_group: str
    period_calendar: str
    period_kind: str
    period_start: date
    period_end: date
    numerator: int
    denominator: int
    excluded: int
    quarantined: int
    actual: float | None
    lower_bound: float | None
    upper_bound: float | None
    operator: str | None
    target: float | None
    interim_target: float | None
    verdict: str
    verdict_reason: str | None
    is_retrospective: bool
    failures_allowed: int | None
    successes_needed: int | None
    citation: str | None
    commitment_verb: str | None
    definition_version: str | None
    calendar_version: str | None
    known_from: date | None
    run_id: str
    definition_label: str | None
    formula: str | None
    source_words: str
    position: int
    early: int | None
    on_time: int | None
    measure: str = "rate"
    unit_of_measure: str = "%"
    decimals: int = 2
    upper_target: float | None = None


@dataclass(frozen=True)
class Month:
    indicator: str
    month: int
    actual: float
    target: float | None
    running: float | None


@dataclass(frozen=True)
class Milestone:
    indicator: str
    month: int
    target: float


@dataclass(frozen=True)
class Unit:
    unit_code: str
    unit_name: str | None
    numerator: int
    denominator: int
    actual: float
    target: float | None
    actual_last_year: float | None
    numerator_last_year: int | None
    denominator_last_year: int | None
    lower_95: float | None
    upper_95: float | None


@dataclass(frozen=True)
class Placed:
    """A unit beside the general rate `centre` (funnel plot); fractions."""

    indicator: str
    unit_code: str
    unit_name: str | None
    period_start: date
    period_end: date
    numerator: int
    denominator: int
    actual: float
    centre: float
    dispersion: float
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    position: str
    position_label: str
    is_beyond_998: bool


@dataclass(frozen=True)
class Told:
    """How many took part where the objectives were made known, of how many, in rooms of which both are known."""

    rooms: int
    participants: int
    staff: int


@dataclass(frozen=True)
class Control:
    """A month of a control chart; `signal` names what chance does not explain."""

    indicator: str
    month: int
    value: float
    center: float | None
    lower_limit: float | None
    upper_limit: float | None
    signal: str | None


@dataclass(frozen=True)
class UnitName:
    unit_name: str | None


@dataclass(frozen=True)
class UnitCode:
    unit_code: str


OBJECTIVES = Question("paper/objectives", Objective)
COMPANIONS = Question("paper/companions", Companion)
MONTHS = Question("paper/months", Month)
MILESTONES = Question("paper/milestones", Milestone)
UNITS = Question("paper/units", Unit)
FUNNEL = Question("paper/funnel", Placed)
COMMUNICATIONS = Question("paper/communications", Told)
CONTROL = Question("paper/control", Control)
UNIT = Question("paper/unit", UnitName)
REPORTING_UNITS = Question("paper/reporting_units", UnitCode)
