"""The lists of a report: failing records, what units wrote in their registers, records set aside, the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assets.reports.asking import Question


@dataclass(frozen=True)
class Failing:
    """`fails_by_parts`: the reason names the indicators that are its parts, where the record stands too.

    `is_of_a_group`: the record stands under the indicator of all applicants as well.
    """

    indicator: str
    definition: str
    unit_code: str | None
    record_kind: str
    record_key: str
    occurred_on: date | None
    reason_code: str
    reason: str | None
    days_late: int | None
    position: int
    unit_name: str | None
    is_of_a_group: bool
    fails_by_parts: bool


@dataclass(frozen=True)
class UnitObjective:
    """What a unit has set itself, as its register says; the last four are measured by the pipeline."""

    unit_code: str
    unit_name: str | None
    objective_year: int
    number: int | None
    objective: str
    linked_indicator: str | None
    target_text: str | None
    target: float | None
    measures: str | None
    resources: str | None
    responsible: str | None
    finish: str | None
    method: str | None
    frequency: str | None
    result_q1: str | None
    result_q2: str | None
    result_q3: str | None
    result_q4: str | None
    evaluation: str | None
    note: str | None
    approved_number: str | None
    approved_on: date | None
    actual: float | None
    numerator: int | None
    denominator: int | None
    verdict: str | None


@dataclass(frozen=True)
class Risk:
    """A risk or an opportunity of a unit, as its register says, with the score that follows from it."""

    unit_code: str
    unit_name: str | None
    objective_year: int
    number: int | None
    kind: str
    process: str | None
    linked_objective: str | None
    context: str | None
    description: str
    cause: str | None
    consequence: str | None
    probability: int | None
    severity: int | None
    score: int | None
    level: str | None
    computed_score: int | None
    computed_level: str | None
    is_assessment_right: bool | None
    existing_controls: str | None
    treatment: str | None
    responsible: str | None
    due_on: date | None
    state: str | None
    is_overdue: bool | None
    result: str | None
    effectiveness: str | None
    reviewed_on: date | None
    approved_number: str | None
    approved_on: date | None


@dataclass(frozen=True)
class SetAside:
    rule: str
    system: str
    resource: str
    records: int
    first_seen_at: datetime
    last_seen_at: datetime
    advice: str | None
    message: str | None
    rule_version: str | None


@dataclass(frozen=True)
class NationalScore:
    """A month or the whole year; what ends in `here`, and `actual`, is our own figure of the same unit and period."""

    period_kind: str
    period_start: date
    told_by: str
    rank_told: int | None
    score_total: float
    on_time_share: float
    actual: float | None
    received: int | None
    received_here: int | None
    settled: int | None
    settled_here: int | None


@dataclass(frozen=True)
class FormRow:
    """A row of form II.06a; `c3` to `c13` are its columns, numbered as the form does."""

    heading: str | None
    addressee: str | None
    stt: int | None
    linh_vuc: str
    c3: int
    c4: int
    c5: int
    c6: int
    c7: int
    c8: int
    c9: int
    c10: int
    c11: int
    c12: int
    c13: int
    period_start: date
    period_end: date


FAILING = Question("paper/failing", Failing)
UNIT_OBJECTIVES = Question("paper/unit_objectives", UnitObjective)
RISKS = Question("paper/risks", Risk)
SET_ASIDE = Question("paper/set_aside", SetAside)
NATIONAL_SCORES = Question("paper/national_scores", NationalScore)
FORM = Question("paper/form", FormRow)
