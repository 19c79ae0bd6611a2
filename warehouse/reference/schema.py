"""The shape of each reference file: a frozen model per row; an unknown column or an impossible value stops the load."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Row(BaseModel):
    """A row of a reference file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Text = Annotated[str, Field(min_length=1)]
DayKind = Literal["LAM_VIEC", "NGHI_TUAN", "NGHI_LE", "NGHI_BU", "NGHI_HOAN_DOI", "LAM_BU"]


class CalendarDay(Row):
    """A day that differs from its week (domain §3.1); `valid_from` is the day of the notice where it is known."""

    day: date
    kind: DayKind
    citation: Text
    valid_from: date | None = None


class OfficeSession(Row):
    starts: time
    ends: time
    minutes_before: int


class Parameter(Row):
    code: Text
    question: Text
    value: Any
    basis: Text


class DossierStatus(Row):
    status_code: int = Field(ge=1, le=10)
    name: Text
    clock: Literal["not_started", "running", "never_started", "paused", "paused_if_procedure_says", "stopped"]
    counted_as: Literal["excluded", "open", "stopped", "settled"]


class DossierStatusAlias(Row):
    name: Text
    status_code: int = Field(ge=1, le=10)
    outcome: Literal["rut", "dung_xu_ly", "tra_lai"] | None = None
    source: Text


class ApplicantGroup(Row):
    folded_value: Text
    applicant_group: Literal["ca_nhan", "to_chuc"]
    citation: str | None = None


class Channel(Row):
    folded_value: Text
    channel: Literal["truc_tiep", "truc_tuyen", "buu_chinh"]


class Classification(Row):
    classification: Text
    label: Text
    position: int


class Verdict(Row):
    """`severity` orders the verdicts of parts that make up a whole; those without one never combine."""

    verdict: Text
    label: Text
    severity: int | None = None


class Objective(Row):
    indicator: Text
    position: int
    clause: Text
    label: Text
    commitment_verb: Text
    is_measured: bool


class Target(Row):
    """A fraction that holds from `valid_from`, for one unit where `unit_code` names it, else for all."""

    indicator: Text
    unit_code: str | None = None
    valid_from: date
    valid_to: date | None = None
    operator: Literal[">=", "="]
    target: Decimal = Field(ge=0, le=1, max_digits=9, decimal_places=6)
    citation: Text


class Definition(Row):
    indicator: Text
    definition: Text
    is_headline: bool
    has_target: bool
    label: Text
    formula: Text
    citation: Text


class Unit(Row):
    """One version of a unit; codes of our own are marked, since Đồng Nai's list is not public (domain §8.4)."""

    unit_code: Text
    name: Text
    kind: Text
    level: Literal["tinh", "so", "phong", "huyen", "xa"]
    parent_code: str | None = None
    gso_code: str | None = None
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
    """A unit of the headline (P-01), by code or by its name without accents and case."""

    unit_code: str | None = None
    folded_name: str | None = None
    citation: Text


class FinancialPause(Row):
    """A procedure whose record says that the financial obligation suspends the clock (P-13)."""

    procedure_code: Text
    citation: Text
