"""Documents as small text tables: registers where staging puts them, the axis as it lands, the real models built."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from connectors.records import Page, Record
from tests.models.dossier_sources import rows_of
from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models
from warehouse.landing import Extraction


# Column → what a row that does not name it holds.
DEFAULTS: dict[str, dict[str, str]] = {
    "documents": {
        "number": "1", "notation": "UBND-TH", "issued_on": "2025-03-03", "signed_on": "", "type_name": "Công văn",
        "subject_sha256": "", "secrecy": "Thường", "urgency": "Thường", "drafting_unit": "Phòng Tổng hợp",
        "recipient_name": "Sở Nội vụ", "recipient_code": "H19.03", "recipient_kind": "Cơ quan hành chính",
        "sending": "Trục liên thông", "signing": "Ký số cá nhân và cơ quan", "sent_at": "", "received_at": "",
        "receipt": "", "receipt_at": "", "exclusion_code": "", "exclusion_reference": "", "state": "Đã ban hành",
        "differing_columns": "",
    },
    "incoming": {
        "number": "1", "notation": "SNV-VP", "issued_on": "2025-03-03", "sender_name": "Sở Nội vụ",
        "sender_code": "H19.03", "channel": "Trục liên thông", "urgency": "Thường",
        "arrived_at": "2025-03-03 09:00", "received_at": "2025-03-03 10:00", "forwarded_at": "", "due_on": "",
        "completed_at": "", "handling_unit": "Phòng Tổng hợp", "secrecy": "Thường", "signature": "", "validity": "",
        "differing_columns": "",
    },
    "secret_counts": {
        "month": "2025-03-01", "direction": "Đi", "documents": "1", "unit": "Phòng Tổng hợp",
        "differing_columns": "",
    },
    "publications": {
        "number": "1", "notation": "UBND-TH", "signed_on": "2025-03-03", "kind": "Ý kiến chỉ đạo, điều hành",
        "is_due": "Có", "exception": "", "exception_reference": "", "published_on": "2025-03-05",
        "address": "https://vp.example/1", "differing_columns": "",
    },
    "office_units": {"unit_code": "", "unit_name": "", "folded_name": ""},
}  # fmt: skip
NUMBERS = {"number", "documents"}
INTERNAL = {
    "recipient_kind": "Nội bộ Văn phòng", "recipient_name": "Phòng Kinh tế", "recipient_code": "",
    "sending": "Hệ thống quản lý văn bản", "received_at": "2025-03-03 15:00",
}  # fmt: skip
UNITS = [
    {"unit_code": "VP-TH", "unit_name": "Phòng Tổng hợp", "folded_name": "phong tong hop"},
    {"unit_code": "VP-HCTC", "unit_name": "Phòng Hành chính - Tổ chức", "folded_name": "phong hanh chinh - to chuc"},
]
AXIS = ("sent_documents", "received_statuses", "received_documents", "agencies", "queue_looks")
SIGNATURES = {
    "valid": ["person", "agency"], "seal": ["agency"], "person": ["person"],
    "expired": ["person expired", "agency"], "altered": ["person altered", "agency altered"],
}  # fmt: skip


def value_of(column: str, text: str) -> Any:
    if not text.strip():
        return None
    if column in NUMBERS:
        return int(text)
    if column.endswith("_at"):
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if column.endswith("_on") or column == "month" else text


def type_of(column: str) -> pa.DataType:
    if column in NUMBERS:
        return pa.int32()
    if column.endswith("_at"):
        return pa.timestamp("us")
    return pa.date32() if column.endswith("_on") or column == "month" else pa.string()


def attachment(signed: str) -> dict[str, Any]:
    """The facts of a file: `none` is an unsigned PDF, `word` no PDF, `broken` and `unread` tell nothing."""
    if signed in ("word", "broken"):
        return {"kind": {"word": "office"}.get(signed, signed)}
    if signed == "unread":
        return {"kind": "pdf"}
    signatures = [
        {
            "signer": one.split()[0],
            "is_certificate_valid": "expired" not in one,
            "is_intact": "altered" not in one,
            "is_modified": False,
        }
        for one in SIGNATURES.get(signed, [])
    ]
    return {"kind": "pdf", "is_signed": bool(signatures), "signatures": signatures}


def sent_row(row: dict[str, str]) -> dict[str, Any]:
    return {
        "senderDocId": row.get("id") or f"{row['code']}|{row.get('to', 'H19.03')}",
        "fromCode": "000.00.00.H19",
        "toCode": row.get("to") or "H19.03",
        "notation": row["code"],
        "sendStatus": row.get("state") or "done",
        "sentTime": row.get("at") or "2025-03-03 09:00:00",
        "receiveStatus": "done" if row.get("taken", "2025-03-03 09:05:00") else "initial",
        "receivedTime": row.get("taken", "2025-03-03 09:05:00"),
    }


def status_row(row: dict[str, str]) -> dict[str, Any]:
    answered = {"organ_id": "000.00.00.H19", "code": row["code"], "promulgation_date": row.get("on") or "2025/03/03"}
    packet = {
        "kind": "status",
        "from": {"organ_id": row.get("from") or "H19.03"},
        "response_for": answered,
        "status_code": row["status"],
        "timestamp": row.get("at") or "2025-03-04 08:00:00",
    }
    return {"listing": {}, "packet": packet}


def packet_row(row: dict[str, str]) -> dict[str, Any]:
    number, _, notation = row["code"].partition("/")
    sender = row.get("sender") or "H19.03"
    business = {"doc_type": row.get("type") or "0", "document_id": row.get("about") or None}
    if row.get("replaces"):
        business["replacements"] = [{"document_id": row["replaces"]}]
    packet = {
        "kind": "document",
        "from": {"organ_id": sender},
        "document_id": row.get("id") or row["code"],
        "code_number": number,
        "code_notation": notation,
        "type_name": row.get("named") or None,
        "promulgation_date": row.get("on") or "2025/03/03",
        "due_date": row.get("due") or None,
        "business": {name: value for name, value in business.items() if value},
        "attachments": [attachment(one) for one in (row.get("files") or "valid").split()],
    }
    listing = {"from": row.get("listed") or sender, "created_time": row.get("at") or "2025-03-03 09:00:00"}
    return {"listing": listing, "packet": packet}


ROWS = {
    "sent_documents": sent_row,
    "received_statuses": status_row,
    "received_documents": packet_row,
    "agencies": lambda row: {"code": row["code"], "name": row["name"]},
}


BUILT = (
    "indicators.mt2a",
    "indicators.mt2b",
    "indicators.mt3_5",
    "indicators.reading_deliveries",
    "core.evidence_gaps",
    "marts.evidence_coverage",
)


class DocumentSources:
    """Registers and the axis, and the models of MT2 and MT3.5 over them, or `tables` alone."""

    def __init__(self, folder: Path, tables: tuple[str, ...] = BUILT) -> None:
        self._tables = tables
        now = datetime(2026, 1, 31, 5, 0, tzinfo=UTC)
        self._opened = ExitStack()
        self.warehouse = self._opened.enter_context(loaded_warehouse(folder, clock=lambda: now))
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in DEFAULTS}
        self.rows["office_units"] = [dict(row) for row in UNITS]
        self.axis: dict[str, list[dict[str, Any]]] = {name: [] for name in AXIS}

    def close(self) -> None:
        self._opened.close()

    def given(self, register: str, table: str = "", **columns: str) -> None:
        """Rows of a register; what a table leaves out takes `columns`, then the defaults."""
        self.take(register, [columns | row for row in (rows_of(table) if table else [{}])])

    def take(self, register: str, rows: Iterable[dict[str, str]]) -> None:
        self.rows[register] += [DEFAULTS[register] | row for row in rows]

    def internal(self, table: str = "", **columns: str) -> None:
        self.given("documents", table, **(INTERNAL | columns))

    def on_axis(self, resource: str, table: str) -> None:
        """Rows of a list of the axis, in the few columns that matter."""
        self.axis[resource] += [ROWS[resource](row) for row in rows_of(table)]

    def forget(self) -> None:
        """Empty sources, for the next example over the same warehouse."""
        for name, rows in self.rows.items():
            if name != "office_units":
                rows.clear()
        for resource, landed in self.axis.items():
            landed.clear()
            self.warehouse.query(f"delete from raw.axis__{resource}")

    def decide(self, code: str, value: object) -> None:
        """A decision parameter with another value."""
        text = json.dumps(value, ensure_ascii=False)
        self.warehouse.query("update reference.parameters set value = $1 where code = $2", [text, code])

    def build(self, closing: date = date(2025, 12, 31)) -> "DocumentSources":
        ledger.set_closing(self.warehouse, closing, "test")
        for name, rows in self.rows.items():
            table = "core.office_units" if name == "office_units" else f"staging.registers__{name}"
            self._write(table, list(DEFAULTS[name]), rows)
        for resource, rows in self.axis.items():
            self._land(resource, rows)
        for model in wanted_models(self._tables):
            building.build(self.warehouse, model)
        return self

    def records(self) -> list[tuple[Any, ...]]:
        """Indicator, definition, key, day, unit, outcome, reason code of everything judged."""
        return self.warehouse.query(
            "select indicator, definition, record_key, on_date, unit_code, outcome, reason_code from ("
            " from indicators.mt2a union all by name from indicators.mt2b union all by name from indicators.mt3_5"
            ") order by all"
        )

    def outcomes(self, definition: str = "PAIR") -> dict[str, str]:
        """Record → outcome, or its reason code where it is not met."""
        return {row[2]: row[6] or row[5] for row in self.records() if row[1] == definition or row[0] == definition}

    def reasons(self, indicator: str = "mt2b", definition: str = "PAIR") -> dict[str, str]:
        query = f"select record_key, reason from indicators.{indicator} where definition = '{definition}'"
        return dict(self.warehouse.query(query))

    def _land(self, resource: str, rows: list[dict[str, Any]]) -> None:
        records = [
            Record(
                f"{resource}-{number:06}",
                row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode(),
                None,
            )
            for number, row in enumerate(rows)
        ]
        with Extraction(self.warehouse, "axis", resource, run_id="test") as extraction:
            extraction.add(Page(records, number=1, total_pages=1, total_records=len(records), bytes=0))
            extraction.finish()

    def _write(self, table: str, columns: list[str], rows: list[dict[str, str]]) -> None:
        fields = pa.schema([(column, type_of(column)) for column in columns])
        values = [{column: value_of(column, row[column]) for column in columns} for row in rows]
        with self.warehouse.registered("register_rows", pa.Table.from_pylist(values, schema=fields)):
            self.warehouse.query(f"create or replace table {table} as select * from register_rows")


@cache
def wanted_models(tables: tuple[str, ...]) -> list[models.Model]:
    """These models and all they read, but for the registers and the Office's rooms, in order."""
    every = {model.table: model for model in models.load()}
    wanted: set[str] = set()
    waiting = set(tables)
    while waiting:
        table = waiting.pop()
        given = table.startswith("staging.registers__") or table == "core.office_units"
        if table in every and table not in wanted and not given:
            wanted.add(table)
            waiting |= every[table].reads
    return [model for table, model in every.items() if table in wanted]
