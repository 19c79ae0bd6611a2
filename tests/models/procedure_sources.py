"""Observed sources of procedures: text tables become raw versions at their moments, and MT3 is built over them."""

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from connectors.records import Page, Record
from tests.models.dossier_sources import DEFAULTS, payload, rows_of
from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models, reference
from warehouse.landing import Extraction


NATIONAL = {
    "code": "1.000001",
    "name": "Đăng ký khai sinh",
    "sector": "G15-HT01 Hộ tịch",
    "level": "1",
    "status": "1",
    # What the list says; "=" is what the record says.
    "listed_status": "=",
    "announcer": "H19",
    "decision": "D1",
    "basis": "2025-01-02>2025-02-15",
    "steps": "Nộp hồ sơ",
    "channel": "1",
    "paper": "Tờ khai theo mẫu",
    "copies": "1",
    "form": "Mẫu số 01",
    "limit": "5",
    "limit_note": "",
    "applicant": "Công dân Việt Nam",
    "agency": "Sở Tư pháp",
    "result": "Giấy khai sinh",
    "condition": "Không có",
    "fee": "10000",
    "fee_note": "",
}
PORTAL = {
    "code": "1.000001",
    "name": "Đăng ký khai sinh",
    "sector": "G15-HT01 Hộ tịch",
    "level": "tinh",
    "limit": "",
    "agency": "",
}
DECISION = {
    "id": "D1",
    "signed": "2025-02-03",
    "agency": "UBND tỉnh Đồng Nai",
    "new": "",
    "amended": "",
    "rescinded": "",
}
CLEARED = (
    *(f"raw.tthc__{name}" for name in ("procedure_list", "procedures", "public_procedures", "decisions")),
    "raw.tthc__decision_procedures",
    "raw.portal__procedures",
    "raw.portal__processes",
    "raw.portal__dossiers",
    "ledger.extractions",
)
Row = Mapping[str, str]


@dataclass(frozen=True)
class Observation:
    """Everything that was read at a local moment; a portal that was not read is None."""

    at: datetime
    national: list[Row]
    decisions: list[Row]
    portal: list[Row] | None


def numbered(count: int) -> list[str]:
    """So many procedure codes."""
    return [f"1.{number:06}" for number in range(1, count + 1)]


def announced(signed: str, basis: str) -> tuple[str, str]:
    """A procedure new in a decision of that day, and the decision."""
    return f"code | basis\n1.000001 | {basis}", f"id | signed | new\nD1 | {signed} | 1.000001"


def wire_day(text: str, pattern: str = "%d/%m/%Y") -> str:
    """An ISO day as the source writes it; what is no day goes through as it is."""
    try:
        return date.fromisoformat(text).strftime(pattern)
    except ValueError:
        return text


def bases_of(row: Row) -> list[tuple[str, str]]:
    """(issued, effect) of each legal basis, as written in the table."""
    spans = (span.partition(">") for span in row["basis"].split(";") if span.strip())
    return [(issued.strip(), effect.strip()) for issued, _, effect in spans]


def listed(row: Row) -> dict[str, Any]:
    code, _, name = row["sector"].partition(" ")
    return {
        "MATTHC": row["code"],
        "TENTTHC": row["name"],
        "TRANGTHAI": row["status"] if row["listed_status"] == "=" else row["listed_status"],
        "MACOQUANCONGBO": row["announcer"],
        "MALINHVUC": code,
        "TENLINHVUC": name,
    }


def full(row: Row) -> dict[str, Any]:
    """The record of one procedure as the national connector lands it."""
    fee = {"SOTIEN": row["fee"], "MOTA": row["fee_note"]}
    paper = {
        "TENGIAYTO": row["paper"],
        "SOBANCHINH": row["copies"],
        "SOBANSAO": "",
        "TENMAUDON": row["form"],
        "URL": "",
    }
    time = {"THOIGIANGIAIQUYET": row["limit"], "DONVITINH": "Ngày", "MOTA": row["limit_note"], "PHILEPHI": [fee]}
    return listed(row) | {
        "ID": f"id-{row['code']}",
        "TRANGTHAI": row["status"],
        "IDQUYETDINHCONGBO": row["decision"],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": level} for level in row["level"].split()],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": row["steps"]}]}],
        "CACHTHUCTHUCHIEN": [{"KENH": row["channel"], "THOIGIAN": [time]}],
        "THANHPHANHOSO": [{"TRUONGHOP": "Bao gồm", "GIAYTO": [paper]}],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": row["applicant"]}],
        "COQUANTHUCHIEN": [unit_of(row["agency"])],
        "KETQUATHUCHIEN": [{"TENKETQUA": row["result"]}] if row["result"] else [],
        "YEUCAU": row["condition"],
        "CANCUPHAPLY": [
            {"NGAYBANHANH": wire_day(issued), "NGAYHIEULUC": wire_day(effect)} for issued, effect in bases_of(row)
        ],
    }


def public(row: Row) -> dict[str, Any]:
    return {"ID": f"id-{row['code']}", "PROCEDURE_CODE": row["code"], "QDCBID": row["decision"]}


def configured(row: Row) -> dict[str, Any]:
    """A row of the one-stop system's list; `agency` is a name, or `code name`."""
    code, _, name = row["sector"].partition(" ")
    unit = unit_of(row["agency"])
    sector = {"code": code, "name": [{"languageId": 228, "name": name}]}
    return {
        "id": f"p-{row['code']}",
        "code": row["code"],
        "name": row["name"],
        "sector": sector,
        "level": {"name": row["level"]},
        "agency": [{"code": unit.get("MADONVI"), "name": unit["TENDONVI"]}] if row["agency"] else [],
    }


def unit_of(text: str) -> dict[str, str]:
    """`H19.04 Sở Tư pháp`, or a name alone, as the national database writes it."""
    code, _, name = text.partition(" ")
    return {"MADONVI": code, "TENDONVI": name} if code.startswith(("H", "000.")) else {"TENDONVI": text}


def process(row: Row) -> dict[str, Any]:
    """What the one-stop system says of a procedure's process: `5 d; 3 h` are two."""
    limits = (limit.split() for limit in row["limit"].split(";") if limit.strip())
    definitions = ({"processingTime": amount, "processingTimeUnit": unit} for amount, unit in limits)
    return {"processes": [{"processDefinition": definition} for definition in definitions]}


class ProcedureSources:
    """A warehouse that is shown the sources at moments of local time."""

    def __init__(self, folder: Path) -> None:
        self._now = datetime(2025, 1, 1, tzinfo=UTC)
        self._opened = ExitStack()
        self.warehouse = self._opened.enter_context(loaded_warehouse(folder, clock=lambda: self._now))
        self._has_decided = False

    def close(self) -> None:
        self._opened.close()

    def observe(
        self,
        at: str,
        national: str = "code\n1.000001",
        decisions: str = "id\nD1",
        portal: str | None = "code\n1.000001",
    ) -> "ProcedureSources":
        """A reading of all sources at `2025-03-03 20:00`; columns a table leaves out take their defaults."""
        return self.show(
            Observation(
                datetime.fromisoformat(at),
                [NATIONAL | row for row in rows_of(national)],
                [DECISION | row for row in rows_of(decisions)],
                None if portal is None else [PORTAL | row for row in rows_of(portal)],
            )
        )

    def show(self, observation: Observation) -> "ProcedureSources":
        self._now = (observation.at - timedelta(hours=7)).replace(tzinfo=UTC)
        # A dossier, so that the closing date knows from when there is history.
        self._land("portal", "dossiers", {"A": {"code": "A"}}, complete=False)
        if observation.portal is not None:
            self._land("portal", "procedures", {f"p-{row['code']}": configured(row) for row in observation.portal})
            processes = {f"p-{row['code']}": process(row) for row in observation.portal}
            self._land("portal", "processes", processes, complete=False)
        decisions = {
            row["id"]: {
                "ID": row["id"],
                "CODE": f"{row['id']}/QĐ-UBND",
                "PUBLISHING_DATE": wire_day(row["signed"], "%d-%m-%Y"),
                "AGENCY_NAME": row["agency"],
            }
            for row in observation.decisions
        }
        changes = {
            f"{row['id']}|{kind}|id-{code}": {"ID": f"id-{code}", "PROCEDURE_NAME": f"Thủ tục {code}"}
            for row in observation.decisions
            for kind in ("new", "amended", "rescinded")
            for code in row[kind].split()
        }
        self._land("tthc", "decisions", decisions)
        self._land("tthc", "decision_procedures", changes, complete=False)
        self._land("tthc", "public_procedures", {row["code"]: public(row) for row in observation.national})
        self._land("tthc", "procedure_list", {row["code"]: listed(row) for row in observation.national})
        self._land("tthc", "procedures", {row["code"]: full(row) for row in observation.national}, complete=False)
        return self

    def accept(self, table: str) -> None:
        """Dossiers as `DossierSources` take them, at the moment of the last observation."""
        self._land(
            "portal", "dossiers", {row["code"]: payload(DEFAULTS | row) for row in rows_of(table)}, complete=False
        )

    def _land(self, system: str, resource: str, rows: Mapping[str, Mapping[str, Any]], complete: bool = True) -> None:
        records = [Record(key, json.dumps(row, ensure_ascii=False).encode(), None) for key, row in rows.items()]
        with Extraction(self.warehouse, system, resource, run_id="test") as extraction:
            extraction.add(Page(records, number=1, total_pages=1, total_records=len(records), bytes=0))
            extraction.finish(complete=complete)

    def forget(self) -> None:
        """Nothing seen yet and nothing decided, for the next example over the same warehouse."""
        for table in CLEARED:
            self.warehouse.query(f"delete from {table}")
        if self._has_decided:
            reference.load(self.warehouse)
            self._has_decided = False

    def refer(self, sql: str) -> None:
        """Reference data as an office might keep them."""
        self.warehouse.query(sql)
        self._has_decided = True

    def decide(self, code: str, value: object) -> None:
        """A decision parameter with another value."""
        text = json.dumps(value, ensure_ascii=False)
        self._has_decided = True
        self.warehouse.query("update reference.parameters set value = $1 where code = $2", [text, code])

    def build(
        self, closing: str, wanted: Iterable[str] = ("indicators.mt3", "marts.procedure_sync")
    ) -> "ProcedureSources":
        ledger.set_closing(self.warehouse, date.fromisoformat(closing), "test")
        for model in wanted_models(tuple(wanted)):
            building.build(self.warehouse, model)
        return self

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.warehouse.query(sql)

    def outcomes(self, indicator: str, definition: str = "STD", on: str | None = None) -> dict[str, str]:
        """Record → outcome, or its reason code where it has one; a stock on a day (the closing date unless said)."""
        found = self.query(
            "select record_key, coalesce(reason_code, outcome) from indicators.mt3"
            f" where indicator = '{indicator}' and definition = '{definition}' and (basis = 'flow' or on_date = "
            + (f"date '{on}'" if on else "(select closing_date from reference.closing)")
            + ") order by on_date"
        )
        return dict(found)


@cache
def wanted_models(wanted: tuple[str, ...]) -> list[models.Model]:
    """These models and all they read, in order."""
    every = {model.table: model for model in models.load()}
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        table = waiting.pop()
        if table in every and table not in found:
            found.add(table)
            waiting.extend(every[table].reads)
    return [model for table, model in every.items() if table in found]
