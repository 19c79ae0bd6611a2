"""Dossiers as small text tables: they become raw records, and every real model is built over them."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from connectors.records import Page, Record
from tests.support.warehouses import loaded_warehouse
from warehouse import building, expectations, ledger, models, quarantine
from warehouse.landing import Extraction
from warehouse.models import Model
from warehouse.validation import validate


OBSERVED_AT = datetime(2026, 1, 31, 5, 0, tzinfo=UTC)
DEFAULTS = {
    "status": "Đã trả kết quả",
    "accepted": "2025-03-03 08:00",
    "appointment": "2025-03-10 16:30",
    "completed": "",
    "limit": "5 d",
    "unit": "H19.01",
    "group": "1",
    "supplements": "",
    "current": "",
    "financial": "",
    "organization": "",
    "procedure": "1.000001",
    "method": "",
    "id": "",
    "person": "",
    "applied": "",
    "steps": "",
}


def rows_of(text: str) -> Iterator[dict[str, str]]:
    """The rows of a table drawn with `|`; a line of dashes and blank lines are skipped."""
    lines = [line for line in text.strip().splitlines() if line.strip() and set(line) - set("-+| ")]
    header, *body = ([cell.strip() for cell in line.split("|")] for line in lines)
    for cells in body:
        yield dict(zip(header, cells, strict=True))


def wire_time(text: str) -> str | None:
    """`2025-03-10` or `2025-03-10 16:30[:59]` as the portal writes it; other text goes through as it is."""
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            moment = datetime.strptime(text, pattern)
        except ValueError:
            continue
        return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0700")
    return text or None


def task(name: str, span: str, number: int) -> dict[str, Any]:
    start, _, end = span.partition("..")
    return {
        "id": f"task-{number}",
        "isCurrent": not end,
        "createdDate": wire_time(start.strip()),
        "updatedDate": wire_time(end.strip()) or wire_time(start.strip()),
        "bpmProcessDefinitionTask": {"name": name},
    }


def payload(row: dict[str, str]) -> dict[str, Any]:
    """One dossier as the portal connector lands it."""
    amount, _, unit = row["limit"].partition(" ")
    numbers = count(1)
    named = (
        ("Yêu cầu bổ sung giấy tờ", "supplements"),
        ("Yêu cầu thực hiện nghĩa vụ tài chính", "financial"),
        ("Thẩm định hồ sơ", "steps"),
    )
    return {
        "id": row["id"] or f"id-{row['code']}",
        "code": row["code"],
        "dossierTaskStatus": {"name": row["status"]},
        "procedure": {"code": row["procedure"]},
        "procedureProcessDefinition": {
            "processDefinition": {"processingTime": amount or None, "processingTimeUnit": unit or None}
        },
        "agency": {"id": row["unit"], "code": row["unit"]},
        "appliedDate": wire_time(row["applied"]),
        "acceptedDate": wire_time(row["accepted"]),
        "appointmentDate": wire_time(row["appointment"]),
        "completedDate": wire_time(row["completed"]),
        "applyMethod": {"name": row["method"] or None},
        "currentTask": [task("Yêu cầu bổ sung giấy tờ", row["current"], 99)] if row["current"] else [],
        "applicant": {
            "pseudonym": row["person"] or None,
            "chonDoiTuong": row["group"],
            "organization": bool(row["organization"]),
        },
        "task": [
            task(name, span, next(numbers))
            for name, column in named
            for span in filter(None, (part.strip() for part in row[column].split(",")))
        ],
    }


# What dossiers alone decide. Other objectives judge their own records; dossiers alone have none of these.
ABOUT_DOSSIERS = (
    "core.admissions",
    "core.objective_year",
    "core.unit_identities",
    "marts.change_decomposition",
    "marts.dossier_clock",
    "marts.failing_record",
    "marts.form_ii_06a",
    "marts.headline_result",
    "marts.scoreboard",
    "marts.unit_history",
)
WITHOUT_RECORDS = {
    "indicators.records": "indicator varchar, definition varchar, unit_code varchar, basis varchar, on_date date,"
    " record_kind varchar, record_key varchar, outcome varchar, reason_code varchar, reason varchar, days_late integer,"
    " part decimal(24, 6), whole decimal(24, 6)",
    "indicators.valued_figures": "indicator varchar, definition varchar, unit_code varchar, is_last_year boolean,"
    " amount decimal(24, 6), base decimal(24, 6)",
    "indicators.mt3_periods": "indicator varchar, definition varchar, unit_code varchar",
    "core.register_gaps": "indicator varchar, definition varchar, register varchar, rows_wrong bigint",
    "core.reconciliation_gaps": "subject varchar, unit_code varchar, period_start date, period_end date,"
    " consequence varchar, indicators varchar, difference bigint, tolerated bigint",
    "indicators.reading_records": "indicator varchar, reading varchar, unit_code varchar, on_date date,"
    " outcome varchar",
    "core.unit_targets": "indicator varchar, unit_code varchar, valid_from date, operator varchar,"
    " target decimal(9, 6), citation varchar, objective_year integer",
}


@cache
def all_models() -> tuple[Model, ...]:
    return tuple(models.load())


@cache
def lineage(tables: tuple[str, ...]) -> tuple[Model, ...]:
    """The models these tables stand on, in order, as far as dossiers go."""
    by_table = {model.table: model for model in all_models()}
    found: set[str] = set()
    waiting = list(tables)
    while waiting:
        table = waiting.pop()
        if table in by_table and table not in found and table not in WITHOUT_RECORDS:
            found.add(table)
            waiting.extend(by_table[table].reads)
    return tuple(model for model in all_models() if model.table in found)


class DossierSources:
    """A warehouse in a folder of its own, filled from text tables and built by the real models.

    `tables` are what is built with all they stand on; None: everything there is.
    """

    def __init__(self, folder: Path, tables: tuple[str, ...] | None = ABOUT_DOSSIERS) -> None:
        self.now = OBSERVED_AT
        self._tables = tables
        self._opened = ExitStack()
        self.warehouse = self._opened.enter_context(loaded_warehouse(folder, clock=lambda: self.now))

    def close(self) -> None:
        self._opened.close()

    def given(self, table: str, **columns: str) -> None:
        """Land dossiers; columns a table leaves out take `columns`, then the defaults."""
        records = []
        for row in rows_of(table):
            body = payload(DEFAULTS | columns | row)
            records.append(Record(row["code"], json.dumps(body, ensure_ascii=False).encode(), None))
        self.land("dossiers", records)

    def given_agencies(self, table: str) -> None:
        """Land the portal's directory: `id | code | name | parent_id`."""
        self.land(
            "agencies",
            [Record(row["id"], json.dumps(row, ensure_ascii=False).encode(), None) for row in rows_of(table)],
        )

    def land(self, resource: str, records: list[Record]) -> None:
        with Extraction(self.warehouse, "portal", resource, run_id="test") as extraction:
            extraction.add(Page(records, number=1, total_pages=1, total_records=len(records), bytes=0))
            extraction.finish()

    def build(self, closing: date, cut_at: datetime | None = None) -> "DossierSources":
        """Build the models as known at `closing`, or at `cut_at`; rules with quarantine set their records aside."""
        ledger.set_closing(self.warehouse, closing, "test", cut_at=cut_at)
        rules = expectations.load()
        if self._tables is not None:
            for table, columns in WITHOUT_RECORDS.items():
                self.warehouse.query(f"create table if not exists {table} ({columns})")
        for model in all_models() if self._tables is None else lineage(self._tables):
            building.build(self.warehouse, model)
            if model.table in ("core.dossier_intake",):
                outcomes = validate(self.warehouse, model.table, rules[model.table])
                quarantine.set_aside(self.warehouse, model.table, outcomes)
        return self

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.warehouse.query(sql)

    def classifications(self) -> dict[str, str]:
        """Dossier code → classification, as published."""
        return dict(self.query("select dossier_code, classification from marts.dossier_clock"))

    def rates(self, **where: str) -> dict[str, tuple[int, int]]:
        """Definition → (numerator, denominator) of MT1, year to date, headline, unless `where` says otherwise."""
        keys = {
            "indicator": "MT1",
            "unit_code": "VP",
            "applicant_group": "all",
            "period_calendar": "iso",
            "period_kind": "year_to_date",
        } | where
        condition = " and ".join(f"{column} = '{value}'" for column, value in keys.items())
        found = self.query(f"select definition, numerator, denominator from marts.indicator_result where {condition}")
        return {definition: (numerator, denominator) for definition, numerator, denominator in found}

    def set_aside(self) -> dict[str, set[str]]:
        """Dossier code → names of the rules it broke."""
        broken: dict[str, set[str]] = {}
        for key, rule in self.query("select record_key, rule from quarantine.records"):
            broken.setdefault(key, set()).add(rule)
        return broken
