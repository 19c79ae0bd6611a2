"""The shape of each reference file: a frozen model per row; an unknown column or an impossible value stops the load."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from warehouse.reference.text import fold, fold_ascii


class Row(BaseModel):
    """A row of a reference file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def as_folded(text: str) -> str:
    if text != fold_ascii(text):
        raise ValueError(f"phải viết thường, không dấu: {fold_ascii(text)!r}")
    return text


Text = Annotated[str, Field(min_length=1)]
Folded = Annotated[Text, AfterValidator(as_folded)]
DayKind = Literal["LAM_VIEC", "NGHI_TUAN", "NGHI_LE", "NGHI_BU", "NGHI_HOAN_DOI", "LAM_BU"]
Outcome = Literal["rut", "dung_xu_ly", "tra_lai"]


class CalendarDay(Row):
    """A day that differs from its week (domain §3.1, §13.4); of several rows of a day the newest `valid_from` holds.

    `valid_from`: the day of the notice, or of effect of the law, where it is known. `state`: by law or notice, or
    provisional, from the source that the citation names.
    """

    day: date
    kind: DayKind
    citation: Text
    valid_from: date | None = None
    state: Literal["chinh_thuc", "tam_tinh"] = "chinh_thuc"

    @model_validator(mode="after")
    def makes_up_on_a_weekend(self) -> Self:
        if self.kind == "LAM_BU" and self.day.weekday() < 5:
            raise ValueError("ngày làm bù phải là thứ Bảy hoặc Chủ nhật")
        return self


class OfficeSession(Row):
    """A session of the working day; `minutes_before` are the working minutes of the sessions before it."""

    starts: time
    ends: time
    minutes_before: int = Field(ge=0)
    valid_from: date | None = None
    valid_to: date | None = None
    citation: Text | None = None


class Parameter(Row):
    """A decision of the Office; where `choices` are given, the value, or each value of a list, is one of them."""

    code: Text
    question: Text
    value: Any
    choices: tuple[Any, ...] = ()
    basis: Text
    valid_from: date | None = None
    valid_to: date | None = None


class DossierStatus(Row):
    status_code: int = Field(ge=1, le=10)
    name: Text
    clock: Literal["not_started", "running", "never_started", "paused", "paused_if_procedure_says", "stopped"]
    counted_as: Literal["excluded", "open", "stopped", "settled"]


class DossierStatusAlias(Row):
    """Another spelling of a national status, with the place where it was seen: a name is never guessed."""

    name: Text
    status_code: int = Field(ge=1, le=10)
    outcome: Outcome | None = None
    source: Text
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def folded_name(self) -> str:
        return fold(self.name)


class ApplicantGroup(Row):
    folded_value: Folded
    applicant_group: Literal["ca_nhan", "to_chuc"]
    citation: Text


class Channel(Row):
    """By name only: the portal's numbers are not the national ones (1, 2, 3) and may never be read as such."""

    folded_value: Folded
    channel: Literal["truc_tiep", "truc_tuyen", "buu_chinh"]
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class Classification(Row):
    classification: Text
    label: Text
    position: int


class Verdict(Row):
    """`severity` orders the verdicts of parts that make up a whole; those without one never combine."""

    verdict: Text
    label: Text
    position: int
    severity: int | None = None


class Objective(Row):
    """A clause of the decision; `unit_scope` is the unit of its headline: VP (P-01) or TINH, the whole province.

    `is_example`: ours, until the Office enters its decision of that year; it then counts no more.
    """

    indicator: Text
    position: int
    clause: Text
    label: Text
    commitment_verb: Text
    unit_scope: Literal["VP", "TINH"]
    is_province_wide: bool
    objective_year: int
    valid_from: date
    valid_to: date | None = None
    citation: Text
    is_example: bool = False


RecordKind = Literal["dossier", "document", "procedure", "official", "unit", "publication", "entry"]


class Indicator(Row):
    """What an indicator is made of, whatever the year: `applicant_group` is `all` unless it speaks of one group.

    `family`: the indicators that say something of the same thing; where one has data, another had nothing to count.
    `part_of`: the indicator that this one is a part or a group of; its records stand under that one too.
    `is_deployment`: says how the decision itself was spread and set up, which reports tell before the figures.
    `source_words`: the source as reports name it.
    """

    indicator: Text
    family: Text
    part_of: Text | None = None
    is_deployment: bool = False
    applicant_group: Literal["all", "to_chuc", "ca_nhan"] = "all"
    record_kind: RecordKind
    source_words: Text


class IndicatorSource(Row):
    """A collection that a definition stands on. `widens`: what could not be taken of it may change the figure.

    Without it the figure counts such records by itself, one by one.
    """

    indicator: Text
    definition: Text
    system: Text
    resource: Text
    widens: bool


class Target(Row):
    """What holds from `valid_from`, for one unit where `unit_code` names it, else for its `scope`.

    A fraction for a rate or a change, else in the indicator's own unit; `range` reaches from it to `upper_target`.
    `headline`: the unit of the objective's headline alone; `rooms`: each room of the Office as well. It belongs to an
    objective's year, that of `valid_from` unless it names another, and ends with it.
    """

    indicator: Text
    unit_code: Text | None = None
    valid_from: date
    valid_to: date | None = None
    objective_year: int
    operator: Literal[">=", "<=", "=", "range"]
    target: Decimal = Field(max_digits=15, decimal_places=6)
    upper_target: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    citation: Text
    is_example: bool = False
    scope: Literal["headline", "rooms"] = "headline"

    @model_validator(mode="before")
    @classmethod
    def belongs_to_a_year(cls, entry: Any) -> Any:
        if isinstance(entry, dict) and "objective_year" not in entry and str(entry.get("valid_from"))[:4].isdigit():
            return entry | {"objective_year": int(str(entry["valid_from"])[:4])}
        return entry

    @model_validator(mode="after")
    def has_two_ends_or_one(self) -> Self:
        if (self.operator == "range") != (self.upper_target is not None):
            raise ValueError("chỉ operator = range, và luôn luôn, phải có upper_target")
        if self.upper_target is not None and self.upper_target < self.target:
            raise ValueError("upper_target phải không nhỏ hơn target")
        return self


class Milestone(Row):
    """What must be reached by a day of the year on the way to the target (quỹ đạo giữa năm)."""

    indicator: Text
    unit_code: Text | None = None
    on_date: date
    target: Decimal = Field(max_digits=15, decimal_places=6)
    citation: Text


DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-([0-2]\d|3[01])$")]
Measure = Literal["rate", "count", "sum", "mean", "median", "score", "milestone", "change"]


class Definition(Row):
    """How an indicator is counted.

    `basis`: what happened in the period, or a stock as at its end. `assessed_from`: the day of the year (MM-DD) before
    which there is no verdict, except that a cumulative one may be met early. `measure`: what its figure is; it is told
    in `unit_of_measure`, with so many `decimals`.
    """

    indicator: Text
    definition: Text
    is_headline: bool
    has_target: bool
    basis: Literal["flow", "state"]
    assessed_from: DayOfYear | None = None
    is_cumulative: bool
    label: Text
    formula: Text
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None
    measure: Measure = "rate"
    unit_of_measure: Text = "%"
    decimals: int = Field(default=2, ge=0, le=6)


class Reading(Row):
    """Another defensible reading of a headline; it holds for the groups of the indicator too (MT1a, MT1b).

    `counted`: from published figures (`definitions`, parted by spaces and added up; the headline's own where empty),
    anew over dossiers or judged records (by models that know the code), since the day of the decision, or not: then
    `missing` says why. `value`: what the parameter would be, lists and objects as JSON without spaces; where it is so
    already, the headline is this reading.
    """

    indicator: Text
    reading: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Za-z0-9_]*$")]
    position: int = Field(ge=1)
    counted: Literal["figures", "dossiers", "records", "since_decision", "not_held"]
    definitions: str = ""
    period_calendar: Literal["iso", "report"]
    is_province_wide: bool
    parameter: Text | None = None
    value: Text | None = None
    label: Text
    used_by: Text
    citation: Text
    missing: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def says_why_it_is_missing(self) -> Self:
        if (self.counted == "not_held") != (self.missing is not None):
            raise ValueError("chỉ counted = not_held, và luôn luôn, phải nêu missing")
        return self


class Office(Row):
    """Who publishes; `recipients`, at the foot of a report, are parted by semicolons.

    `scope_name`: of the units together that the objectives bind.
    """

    name: Text
    formal_name: Text
    short_name: Text
    scope_name: Text
    letterhead_authority: Text
    letterhead_office: Text
    document_symbol: Text
    place_of_signing: Text
    signatory: Text
    recipients: Text
    valid_from: date | None = None
    valid_to: date | None = None
    citation: Text | None = None


class Unit(Row):
    """One version of a unit; codes of our own are marked, since Đồng Nai's list is not public (domain §8.4)."""

    unit_code: Text
    name: Text
    kind: Text
    level: Literal["tinh", "so", "phong", "huyen", "xa"]
    parent_code: Text | None = None
    gso_code: Annotated[str, Field(pattern=r"^(\d{2}|\d{5})$")] | None = None
    valid_from: date
    valid_to: date | None = None
    is_code_official: bool
    citation: Text
    source: Text


class UnitSuccession(Row):
    from_unit: Text
    to_unit: Text
    kind: Literal["DOI_TEN", "SAP_NHAP", "TACH", "GIAI_THE", "TIEP_NHAN_NHIEM_VU"]
    on_date: date
    citation: Text


class HeadlineScope(Row):
    """A unit of the headline (P-01), by code or by its exact name without accents and case."""

    unit_code: Text | None = None
    folded_name: Folded | None = None
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def names_one(self) -> Self:
        if (self.unit_code is None) == (self.folded_name is None):
            raise ValueError("phải có đúng một trong hai: unit_code hoặc folded_name")
        return self


class Form(Row):
    """A statutory form: how it is headed, and to whom it goes, by the law of the day."""

    form: Text
    heading: Text
    addressee: Text
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class TitleCriterion(Row):
    """A standard that every post is held against (domain §6); `position` is its place in the register of officials."""

    criterion: Annotated[str, Field(pattern=r"^[A-Z_]+$")]
    position: int = Field(ge=1, le=6)
    label: Text
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class RatingBand(Row):
    """The points that a category of the rating asks for, `lowest_score` ≤ score < `below_score`; none: no points asked.

    `staff`: whose rule it is; officials and public employees are rated by decrees of their own (domain §6.2).
    """

    staff: Literal["can_bo_cong_chuc", "vien_chuc"]
    category: Text
    lowest_score: Decimal | None = Field(default=None, ge=0, le=100)
    below_score: Decimal | None = Field(default=None, gt=0, le=100)
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class FinancialPause(Row):
    """A procedure whose record says that the financial obligation suspends the clock (P-13)."""

    procedure_code: Annotated[str, Field(pattern=r"^\d\.\d{6}$")]
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class Placeholder(Row):
    """A text that says nothing, says "there is none", or may mean either (domain §5.2), without its HTML."""

    folded_text: str = ""
    meaning: Literal["trong", "khong_co", "mo_ho"]
    citation: Text


class ProcedureField(Row):
    """One of the contents a procedure's record must show, in the order of the decree."""

    field: Text
    position: int
    label: Text
    is_mandatory: bool
    is_in_766: bool
    citation: Text


class SyncKey(Row):
    """What must be equal on both sides; `note` says why a key is not compared where the wire does not carry it."""

    key: Text
    position: int
    label: Text
    is_compared: bool
    note: Text | None = None


class ProcedureLevel(Row):
    folded_name: Folded
    level_code: Literal["0", "1", "2", "3"]
    citation: Text


class LimitUnit(Row):
    """One spelling of a unit of time limits, on either side of MT3.4."""

    folded_value: Folded
    label: Text
    citation: Text


class ComparisonSide(Row):
    """What P-08 may name as the other side of MT3.4; a side that is not read gives no figure."""

    side: Text
    is_read: bool
    label: Text
    note: Text


class ProcedureStatus(Row):
    folded_value: Folded
    label: Text
    is_public: bool
    citation: Text


class AnnouncingAgency(Row):
    """Who announces the province's procedures, as the public gateway names it."""

    folded_name: Folded
    citation: Text


class ProcedureExclusion(Row):
    """A procedure that is secret or internal and therefore not made public; what the citation names says so."""

    national_code: Annotated[str, Field(pattern=r"^\d\.\d{6}$")]
    reason: Literal["TTHC mật", "TTHC nội bộ"]
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class SensitiveProcedure(Row):
    """A procedure whose bare name says something of a person's health, past or family (docs/personal-data.md).

    `match`: `words` stand in the name of the procedure or of its sector, whatever the case and accents; `code` is the
    national one. Without dates: what is sensitive today is masked in the dossiers of earlier years too.
    """

    match: Literal["words", "code"]
    value: Text
    reason: Text
    citation: Text


class RiskLevel(Row):
    """A level of a risk scale (P-20) by its scores, ends included; an NxN scale ends at N times N."""

    scale: Annotated[str, Field(pattern=r"^(3x3|4x4|5x5)$")]
    level: Literal["Thấp", "Trung bình", "Cao", "Rất cao"]
    position: int
    lowest: int = Field(ge=1)
    highest: int
    citation: Text


class ExchangeStatus(Row):
    """A status code of the axis (domain §4.2); `stage` orders how far the receiver got, 0 where it does not say."""

    status_code: Annotated[str, Field(pattern=r"^\d{2,3}$")]
    label: Text
    meaning: Literal["da_den", "tu_choi", "tiep_nhan", "de_nghi_lay_lai", "dong_y", "khong_dong_y", "da_thu_hoi"]
    stage: int = Field(ge=0)
    citation: Text


class ReconciliationTolerance(Row):
    """How far two systems may differ in a month, and what follows beyond it; one row per subject and consequence.

    The larger of count and share is tolerated. `indicators`: the family whose verdicts are lowered, such as MT1;
    `family`: that whose records are compared.
    """

    subject: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    label: Text
    left_system: Text
    right_system: Text
    left_name: Text
    right_name: Text
    tolerance_count: int = Field(ge=0)
    tolerance_share: Decimal = Field(ge=0, le=1, max_digits=9, decimal_places=6)
    consequence: Literal["note", "lower_verdict", "block"]
    indicators: Annotated[str, Field(pattern=r"^(MT[1-5]|D[1-3])$")] | None = None
    citation: Text
    family: Text | None = None

    @model_validator(mode="after")
    def names_whose_verdict(self) -> Self:
        if (self.consequence == "lower_verdict") != (self.indicators is not None):
            raise ValueError("chỉ consequence = lower_verdict, và luôn luôn, phải nêu indicators")
        return self


class ScorePart(Row):
    """A group of the national score (QĐ 766) and the most it can give; together a hundred."""

    part: Annotated[str, Field(pattern=r"^[A-Z]{4}$")]
    position: int = Field(ge=1)
    label: Text
    maximum: int = Field(ge=1, le=100)
    citation: Text


class DocumentExclusion(Row):
    """A coded reason why a document need not be electronic (domain §4.3); which are accepted is P-07's to say."""

    exclusion_code: Annotated[str, Field(pattern=r"^L\d{2}$")]
    label: Text
    is_reference_required: bool
    is_outside: bool
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class PublicationException(Row):
    """A coded reason why a directing document need not be published (Luật 104/2016/QH13 Đ6, Đ7, Đ17)."""

    exception_code: Annotated[str, Field(pattern=r"^K\d{2}$")]
    label: Text
    is_reference_required: bool
    citation: Text
    valid_from: date | None = None
    valid_to: date | None = None


class DecisionClause(Row):
    """A part of the decision as it is worded: the indicators that answer it, parted by semicolons, or why none does.

    `what_is_needed`: what the Office would have to decide or keep, so that it could be measured.
    """

    objective_year: int
    position: int = Field(ge=1)
    clause: Text
    words: Text
    indicators: Text | None = None
    reason: Text | None = None
    what_is_needed: Text | None = None

    @model_validator(mode="after")
    def is_answered_once(self) -> Self:
        is_reasoned = self.reason is not None
        if (self.indicators is None) != is_reasoned or (self.what_is_needed is not None) != is_reasoned:
            raise ValueError("phải có chỉ tiêu (indicators), hoặc cả lý do (reason) và điều còn thiếu (what_is_needed)")
        return self


class NonconformityCause(Row):
    """A group of causes that the forms of nonconformity name (ISO 9001:2015, 10.2.1 b)."""

    cause_code: Annotated[str, Field(pattern=r"^N\d{2}$")]
    label: Text
    citation: Text


class ImprovementLimit(Row):
    """A number of the loop: days, months or answers."""

    name: Literal[
        "answer_days", "effectiveness_days", "anomaly_months", "recurrence_months", "soon_days", "survey_answers"
    ]
    value: int = Field(ge=1)
    unit: Text
    basis: Text


class Retention(Row):
    """For how long something is kept, in days; without `raw_days` raw payloads are kept for good."""

    name: Literal["closing_days", "run_days", "raw_days"]
    value: int = Field(ge=1)
    unit: Text
    basis: Text


class RegisterDelivery(Row):
    """A register that is expected from each room, or once from the whole Office, for each period of a kind.

    `due_days`: calendar days from the last day of the period to the last on which it is in time; negative before it.
    """

    resource: Text
    scope: Literal["rooms", "office"]
    every: Literal["month", "quarter", "year"]
    due_days: int
    valid_from: date | None = None
    valid_to: date | None = None
    basis: Text


TrapCode = Annotated[str, Field(pattern=r"^T\d{2}$")]


class Trap(Row):
    """One way in which the data lie (domain §10); `guard`: what protects the figures, or what detection would need."""

    trap: TrapCode
    label: Text
    is_detected: bool
    guard: Text


class TrapSignal(Row):
    """One sign of a trap. `promised_rate`: of the records it looks at, at most this share of an honest office's."""

    trap: TrapCode
    signal: Text
    severity: Literal["high", "medium", "low"]
    promised_rate: Annotated[Decimal, Field(ge=0, le=1)]
    label: Text


class TrapThreshold(Row):
    """A number that a detector compares with."""

    trap: TrapCode
    name: Text
    value: Annotated[Decimal, Field(ge=0)]
    unit: Text
    basis: Text
