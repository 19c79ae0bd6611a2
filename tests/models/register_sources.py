"""The Office's registers as small text tables: they stand where staging puts them, and the real models are built."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.models.dossier_sources import rows_of
from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models


STANDARD = dict.fromkeys(
    ("professional", "political", "administration", "leadership", "language_it", "experience"), "Đạt"
)
# Column → default of a row that does not name it; the type follows the ending or the list below.
REGISTERS: dict[str, dict[str, str]] = {
    "officials": {
        "person": "", "unit": "Phòng Tổng hợp", "position": "Chuyên viên", "kind": "Công chức", "is_primary": "Có",
        "starts_on": "2020-01-01", "ends_on": "", "absence": "Không", **STANDARD,
        "differing_columns": "",
    },
    "ratings": {
        "person": "", "unit": "Phòng Tổng hợp", "kind": "Công chức", "year": "2025", "period": "Năm",
        "general_points": "", "task_points": "", "points": "",
        "category": "Hoàn thành tốt nhiệm vụ", "stage": "Có quyết định", "reason": "",
        "decision_number": "90/QĐ-VP", "decided_on": "2025-12-12",
        "differing_columns": "",
    },
    "inspections": {
        "plan_number": "12/KH-VP", "plan_on": "2025-02-10", "body": "Văn phòng", "form": "Định kỳ", "unit": "",
        "team_decision": "", "starts_on": "", "ends_on": "", "minutes_number": "", "minutes_on": "", "field": "",
        "sampled": "", "wrong": "", "conclusion_number": "", "concluded_on": "", "result": "", "findings": "",
        "recommendations": "", "remedy_due_on": "", "remedy_report": "", "remedy_state": "", "rechecked_on": "",
        "differing_columns": "",
    },
    "inspection_units": {
        "plan_number": "12/KH-VP", "approved_on": "2025-02-10", "unit": "", "field": "", "added_on": "",
        "added_reason": "",
        "differing_columns": "",
    },
    "objectives": {
        "unit": "", "approved_number": "5/QĐ-VP", "approved_on": "2025-05-20", "number": "1",
        "objective": "Giải quyết đúng hạn", "linked_indicator": "", "target_text": "≥ 97 %", "target_percent": "",
        "measures": "Rà soát hằng tuần", "resources": "Sẵn có", "responsible": "Trưởng phòng", "finish": "31/12/2025",
        "method": "Thống kê", "frequency": "Quý", "result_q1": "", "result_q2": "", "result_q3": "", "result_q4": "",
        "evaluation": "", "note": "", "requested_on": "", "reported_on": "", "year": "2025",
        "differing_columns": "",
    },
    "risks": {
        "unit": "", "year": "2025", "approved_number": "6/QĐ-VP", "approved_on": "2025-05-20", "number": "1",
        "process": "Giải quyết hồ sơ", "linked_objective": "", "context": "Nội bộ", "kind": "Rủi ro",
        "description": "Hồ sơ quá hạn", "cause": "", "consequence": "", "probability": "2", "severity": "3",
        "score": "6", "level": "Trung bình", "existing_controls": "", "treatment": "Giảm thiểu",
        "responsible": "Trưởng phòng", "due_on": "", "state": "Đang thực hiện", "result": "", "effectiveness": "",
        "reviewed_on": "2025-06-15",
        "differing_columns": "",
    },
    "communications": {
        "unit": "", "year": "2025", "form": "Biên bản họp", "document_number": "", "communicated_on": "2025-05-15",
        "participants": "",
        "differing_columns": "",
    },
    "nonconformities": {
        "form_number": "", "opened_on": "2025-06-30", "found_by": "Mục tiêu không đạt", "reference": "",
        "linked_indicator": "", "unit": "Phòng Tổng hợp", "description": "Dưới chỉ tiêu", "correction": "",
        "cause_code": "", "why_1": "", "why_2": "", "why_3": "", "why_4": "", "why_5": "", "cause": "",
        "corrective_action": "", "responsible_post": "", "due_on": "", "done_on": "", "evidence": "",
        "effectiveness": "", "effectiveness_on": "", "closed_on": "",
        "differing_columns": "",
    },
    "internal_audits": {
        "programme_number": "18/CTr-VP", "year": "2025", "unit": "Phòng Tổng hợp", "scope": "Giải quyết TTHC",
        "clauses": "9.1", "planned_on": "2025-09-10", "audited_on": "", "auditor_post": "", "is_independent": "",
        "major": "", "minor": "", "opportunities": "", "report_number": "", "reported_on": "",
        "differing_columns": "",
    },
    "management_reviews": {
        "review_number": "02/BB", "reviewed_on": "2025-07-18", "chair_post": "", "number": "1",
        "input": "c2 Mức độ đạt mục tiêu chất lượng", "facts": "", "discussion": "", "decision": "", "output": "",
        "unit": "Phòng Tổng hợp", "responsible_post": "", "due_on": "", "done_on": "", "evidence": "",
        "differing_columns": "",
    },
    "surveys": {
        "survey_number": "44/KH", "unit": "Phòng Tổng hợp", "topic": "Trả kết quả", "method": "",
        "starts_on": "2025-05-05", "ends_on": "2025-05-30", "invited": "", "answered": "", "satisfied": "",
        "average_score": "", "scale": "5", "published_on": "",
        "differing_columns": "",
    },
}  # fmt: skip
NUMBERS = {"year", "number", "sampled", "wrong", "probability", "severity", "score", "participants",
           "major", "minor", "opportunities", "invited", "answered", "satisfied", "scale"}  # fmt: skip
DECIMALS = {"target_percent", "average_score", "points", "general_points", "task_points"}
UNITS = """
unit_code  | unit_name                               | valid_from | valid_to
H19.02.02  | Phòng Hành chính - Tổ chức              | 2025-03-01 |
H19.02.04  | Phòng Tổng hợp                          | 2025-03-01 |
H19.02.08  | Phòng Kiểm soát thủ tục hành chính      | 2025-03-01 |
H19.02.20  | Trung tâm Phục vụ hành chính công tỉnh  | 2025-03-01 |
"""
INDICATORS = ("mt4a", "mt4b", "mt5", "d1", "d2", "d3")
EVERYTHING = " union all by name ".join(f"select * from indicators.{name}" for name in INDICATORS)
# What these models stand on and other tests build.
GIVEN = ("core.office_units", "indicators.judged")


def value_of(column: str, text: str) -> Any:
    if not text.strip():
        return None
    if column == "is_room":
        return text == "true"
    if column in NUMBERS:
        return int(text)
    if column in DECIMALS:
        return Decimal(text)
    return date.fromisoformat(text) if column.endswith(("_on", "_from", "_to")) else text


def type_of(column: str) -> pa.DataType:
    if column == "is_room":
        return pa.bool_()
    if column in NUMBERS:
        return pa.int32()
    if column in DECIMALS:
        return pa.decimal128(7, 4)
    return pa.date32() if column.endswith(("_on", "_from", "_to")) else pa.string()


class RegisterSources:
    """Registers by name, and the models of the Office's indicators over them."""

    def __init__(self, folder: Path) -> None:
        now = datetime(2026, 1, 31, 5, 0, tzinfo=UTC)
        self._opened = ExitStack()
        self.warehouse = self._opened.enter_context(loaded_warehouse(folder, clock=lambda: now))
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in REGISTERS}
        self.units = list(rows_of(UNITS))
        self._decided: dict[tuple[str, date], str] = {}

    def close(self) -> None:
        self._opened.close()

    def given(self, register: str, table: str = "", **columns: str) -> None:
        """Rows of a register; what a table leaves out takes `columns`, then the defaults."""
        self.take(register, [columns | row for row in (rows_of(table) if table else [{}])])

    def take(self, register: str, rows: Iterable[dict[str, str]]) -> None:
        for row in rows:
            filled = REGISTERS[register] | row
            self.rows[register].append(filled | {"record_key": f"{len(self.rows[register]):05}"})

    def forget(self) -> None:
        """Empty registers, the usual rooms and decisions: the next example, over the same warehouse."""
        for rows in self.rows.values():
            rows.clear()
        self.units = list(rows_of(UNITS))
        for version, text in self._decided.items():
            self._set(*version, text)

    def decide(self, code: str, value: object, since: date = date.min) -> None:
        """A decision parameter with another value, in its versions that begin on `since` or later."""
        for begins, before in self.query(f"select holds_from, value from reference.parameters where code = '{code}'"):
            self._decided.setdefault((code, begins), before)
            if begins >= since:
                self._set(code, begins, json.dumps(value, ensure_ascii=False))

    def _set(self, code: str, begins: date, text: str) -> None:
        self.warehouse.query(
            "update reference.parameters set value = $1 where code = $2 and holds_from = $3", [text, code, begins]
        )

    def build(self, closing: date) -> "RegisterSources":
        ledger.set_closing(self.warehouse, closing, "test")
        self.write()
        for model in wanted_models():
            building.build(self.warehouse, model)
        return self

    def write(self) -> None:
        """The registers where staging puts them, and the rooms."""
        for name, rows in self.rows.items():
            self._write(f"staging.registers__{name}", [*REGISTERS[name], "record_key"], rows)
        # Nothing of these is counted by data.
        self.warehouse.query(
            "create or replace table staging.countable_rows as"
            " select '' as register_name, '' as record_key, '' as facts limit 0"
        )
        units = [{"is_room": "true"} | unit for unit in self.units]
        self._write("core.office_units", ["unit_code", "unit_name", "is_room", "valid_from", "valid_to"], units)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.warehouse.query(sql)

    def every_count(self) -> list[tuple[Any, ...]]:
        """Day, indicator, definition, met, met + failed, excluded, undetermined of everything that has a record."""
        return self.query(f"""
            select
                on_date, indicator, definition,
                count(*) filter (where outcome = 'met'), count(*) filter (where outcome in ('met', 'failed')),
                count(*) filter (where outcome = 'excluded'), count(*) filter (where outcome = 'undetermined')
            from ({EVERYTHING}) group by all
        """)

    def outcomes(self, indicator: str, definition: str = "STD", on: date | None = None) -> dict[str, Any]:
        """Record → outcome, or its reason code where it is not met, on a day (the closing date unless said)."""
        found = self.query(
            f"select record_key, coalesce(reason_code, outcome) from ({EVERYTHING})"
            f" where indicator = '{indicator}' and definition = '{definition}' and on_date = "
            + (f"date '{on}'" if on else "(select closing_date from reference.closing)")
        )
        return dict(found)

    def counts(self, indicator: str, definition: str = "STD", on: date | None = None) -> tuple[int, int, int, int]:
        """(met, met + failed, excluded, undetermined) on a day."""
        found = dict(
            self.query(
                f"select outcome, count(*) from indicators.{indicator} where definition = '{definition}'"
                f" and on_date = {f'date {str(on)!r}' if on else '(select closing_date from reference.closing)'}"
                " group by outcome"
            )
        )
        met, failed = found.get("met", 0), found.get("failed", 0)
        return met, met + failed, found.get("excluded", 0), found.get("undetermined", 0)

    def _write(self, table: str, columns: list[str], rows: list[dict[str, str]]) -> None:
        fields = pa.schema([(column, type_of(column)) for column in columns])
        values = [{column: value_of(column, row[column]) for column in columns} for row in rows]
        with self.warehouse.registered("register_rows", pa.Table.from_pylist(values, schema=fields)):
            self.warehouse.query(f"create or replace table {table} as select * from register_rows")


@cache
def wanted_models() -> list[models.Model]:
    """The models of these indicators and all they read, up to what is given, in order."""
    every = {model.table: model for model in models.load()}
    wanted: set[str] = set()
    waiting = {
        "indicators.rating_quota",
        "core.unit_targets",
        "marts.risk",
        "marts.inspection",
        "indicators.mt5_sectors",
        "marts.communication",
        "marts.rating_following",
    } | {f"indicators.{name}" for name in INDICATORS}
    while waiting:
        table = waiting.pop()
        if table in every and table not in wanted and not table.startswith("staging.") and table not in GIVEN:
            wanted.add(table)
            waiting |= every[table].reads
    return [model for table, model in every.items() if table in wanted]
