"""An indicator that is a row of data: which register, which of its rows, what is counted of them, and why one fails."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from warehouse.models import COUNTABLE
from warehouse.reference import conditions, countable
from warehouse.reference.schema import (
    DayOfYear,
    Definition,
    Indicator,
    IndicatorSource,
    Measure,
    RecordKind,
    Row,
    Text,
)


Rows = dict[str, list[Any]]
FILE = "register_indicators.yaml"
# Which columns may be named, and what must stand in them.
COLUMNS = {
    "period_column": ("date", "moment"),
    "until_column": ("date", "moment"),
    "from_column": ("date", "moment"),
    "to_column": ("date", "moment"),
    "amount_column": ("number",),
    "out_of_column": ("number",),
    "unit_column": ("text",),
}


class Reason(Row):
    """Why a row fails: the first whose condition holds, or that has none."""

    when: Text | None = None
    code: Annotated[str, Field(pattern=r"^[A-Z_]+$")] = "KHONG_DAT"
    words: Text


class RegisterIndicator(Row):
    """How one definition of an indicator is counted from a register, or from the dossiers (`register: dossiers`).

    `filter`: which rows it speaks of. `numerator`: which of them count, or succeed; `denominator`: among which, if not
    all. `period_column`: the day a row belongs to; of a stock (`basis: state`) it stands from there to `until_column`.
    `amount_column`: what is summed, averaged or scored instead of rows; `out_of_column`: of how much, or the weight of
    a score; `from_column`, `to_column`: the amount is the working days between. `deadline`: the day (MM-DD) of a
    milestone. A count or a sum has a verdict for the year and the year to date alone.
    """

    indicator: Text
    definition: Text = "STD"
    valid_from: date | None = None
    valid_to: date | None = None
    register_name: Text = Field(alias="register")
    filter: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    period_column: Text
    until_column: Text | None = None
    unit_column: Text | None = None
    amount_column: Text | None = None
    out_of_column: Text | None = None
    from_column: Text | None = None
    to_column: Text | None = None
    deadline: DayOfYear | None = None
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]
    measure: Measure = "rate"
    unit_of_measure: Text = "%"
    decimals: int = Field(default=2, ge=0, le=6)
    basis: Annotated[str, Field(pattern="^(flow|state)$")] = "flow"
    assessed_from: DayOfYear | None = None
    is_cumulative: bool = False
    is_headline: bool = True
    has_target: bool = True
    label: Text
    formula: Text
    citation: Text
    family: Text | None = None
    record_kind: RecordKind = "entry"
    source_words: Text

    @model_validator(mode="after")
    def has_what_its_measure_needs(self) -> Self:
        if (self.from_column is None) != (self.to_column is None):
            raise ValueError("from_column và to_column phải có cùng nhau")
        if self.measure in ("sum", "mean", "median", "score") and not (self.amount_column or self.from_column):
            raise ValueError(f"measure = {self.measure} phải có amount_column, hoặc from_column và to_column")
        if self.measure == "rate" and (self.amount_column is None) != (self.out_of_column is None):
            raise ValueError("tỷ lệ của hai cột số phải có cả amount_column và out_of_column")
        if (self.measure == "milestone") != (self.deadline is not None):
            raise ValueError("chỉ measure = milestone, và luôn luôn, phải có deadline")
        if self.measure == "milestone" and self.basis != "state":
            raise ValueError("measure = milestone đo tại một ngày: basis phải là state")
        return self

    @property
    def conditions(self) -> Iterator[tuple[str, str]]:
        """(role, text) of every condition there is."""
        for role in ("filter", "numerator", "denominator"):
            if text := getattr(self, role):
                yield role, text
        for number, reason in enumerate(self.reasons, start=1):
            if reason.when:
                yield f"reason {number}", reason.when


def with_what_they_say(rows: Rows) -> Rows:
    """The definitions, indicators and sources that these rows stand for, beside those of the files."""
    own: list[RegisterIndicator] = rows[FILE]
    known = {row.indicator for row in rows["indicators.csv"]}
    shared = Definition.model_fields.keys()
    defined = [Definition(**{name: getattr(row, name) for name in shared}) for row in own]
    described = {
        row.indicator: Indicator(
            indicator=row.indicator,
            family=row.family or row.indicator,
            record_kind=row.record_kind,
            source_words=row.source_words,
        )
        for row in own
        if row.indicator not in known
    }
    sourced = {(row.indicator, row.definition): source(row) for row in own}
    return rows | {
        "definitions.csv": [*rows["definitions.csv"], *defined],
        "indicators.csv": [*rows["indicators.csv"], *described.values()],
        "indicator_sources.csv": [*rows["indicator_sources.csv"], *sourced.values()],
    }


def source(row: RegisterIndicator) -> IndicatorSource:
    is_register = row.register_name not in COUNTABLE
    return IndicatorSource(
        indicator=row.indicator,
        definition=row.definition,
        system="registers" if is_register else "portal",
        resource=row.register_name,
        widens=is_register,
    )


def wrong_rows(rows: Rows) -> Iterator[str]:
    """Every register, column and condition that cannot be read, with the indicator that names it."""
    for row in rows[FILE]:
        place = f"Tệp {FILE}, chỉ tiêu {row.indicator} ({row.definition})"
        columns = countable.columns_of(row.register_name)
        if columns is None:
            yield f"{place}: không có sổ {row.register_name!r}."
            continue
        if "person" in columns and (row.basis != "state" or row.measure != "rate" or row.amount_column):
            yield f"{place}: sổ có thông tin cá nhân chỉ nhận measure = rate, basis = state, không có cột số (T33)."
        for field, kinds in COLUMNS.items():
            name = getattr(row, field)
            if name is not None and columns.get(name) not in kinds:
                yield f"{place}, {field}: {name!r} không phải cột {' hoặc '.join(words(kinds))} của sổ."
        for role, text in row.conditions:
            try:
                conditions.alternatives(text, columns)
            except ValueError as error:
                yield f"{place}, điều kiện {role} {text!r}: {error}."


def words(kinds: tuple[str, ...]) -> list[str]:
    return sorted({conditions.KIND_WORDS[kind] for kind in kinds})


TERM_COLUMNS: dict[str, Any] = {
    "role": str,
    "condition": str,
    "alternative": int,
    "column_name": str,
    "comparison": str,
    "kind": str,
    "constants": list[str],
    "other_column": str,
}


def terms(row: RegisterIndicator) -> Iterator[dict[str, Any]]:
    """Rows of `reference.indicator_conditions`."""
    columns = countable.columns_of(row.register_name) or {}
    for role, text in row.conditions:
        for alternative, found in enumerate(conditions.alternatives(text, columns), start=1):
            for term in found:
                yield {"role": role, "alternative": alternative, "condition": text} | {
                    "column_name": term.column_name,
                    "comparison": term.comparison,
                    "kind": term.kind,
                    "constants": list(term.constants),
                    "other_column": term.other_column,
                }
