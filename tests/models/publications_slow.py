"""MT3.5a and MT3.5b a second time: one document after the other, in plain words, without SQL.

Rows are those of tests/models/document_sources.py (all text). An answer is {(indicator, document): outcome}.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.models.slow_calendar import later


Row = dict[str, str]
TYPES = {"Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông báo", "Hướng dẫn", "Chương trình",
         "Kế hoạch", "Phương án", "Đề án", "Công điện", "Công văn"}  # fmt: skip
DAYS = 5


def code(row: Row) -> str:
    return f"{int(row['number'])}/{row['notation'].replace(' ', '').casefold()}"


def answers(registers: dict[str, list[Row]], closing: date) -> dict[tuple[str, str], str]:
    documents = issued(registers["documents"], closing)
    entries: dict[tuple[str, int], list[Row]] = {}
    for row in registers["publications"]:
        if date.fromisoformat(row["signed_on"]) <= closing:
            entries.setdefault((code(row), int(row["signed_on"][:4])), []).append(row)
    found: dict[tuple[str, str], str] = {}
    for (number, _), rows in entries.items():
        document = documents.pop(number, None)
        for indicator, outcome in judged(rows, document, closing):
            found[indicator, number] = outcome
    if entries:
        for number, document in documents.items():
            if not document["recalled"]:
                found |= {(indicator, number): "undetermined" for indicator in ("MT3.5a", "MT3.5b")}
    return found


def issued(rows: list[Row], closing: date) -> dict[str, dict[str, Any]]:
    """The documents of the year that may direct somebody, by number and notation."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["state"] not in ("Đã ban hành", "Đã thu hồi") or date.fromisoformat(row["issued_on"]) > closing:
            continue
        if row["type_name"] not in TYPES or row["secrecy"] != "Thường":
            continue
        signed = date.fromisoformat(row["signed_on"] or row["issued_on"])
        known = found.setdefault(code(row), {"signed": signed, "recalled": True})
        known["signed"] = min(known["signed"], signed)
        known["recalled"] = known["recalled"] and row["state"] == "Đã thu hồi"
    return found


def judged(rows: list[Row], document: dict[str, Any] | None, closing: date) -> Iterator[tuple[str, str]]:
    row = rows[0]
    told = {(one["signed_on"], one["is_due"], excepted(one), published(one, closing)) for one in rows}
    signed = [date.fromisoformat(one["signed_on"]) for one in rows] + ([document["signed"]] if document else [])
    earliest, latest = (later(day, DAYS) for day in (min(signed), max(signed)))
    on = published(row, closing)
    if any(one["differing_columns"] for one in rows) or len(told) > 1:
        both = "undetermined"
    elif (document and document["recalled"]) or excepted(row):
        both = "excluded"
    elif on is None:
        both = "excluded" if latest >= closing else "failed"
    elif on < min(signed) or not all(one["address"].strip(" -.") for one in rows):
        both = "undetermined"
    else:
        both = "met"
    in_time = "met" if on and on <= earliest else "failed" if on and on > latest else "undetermined"
    yield "MT3.5a", both
    yield "MT3.5b", in_time if both == "met" else both


def published(row: Row, closing: date) -> date | None:
    """A day that is yet to come is none."""
    day = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    return day if day and day <= closing else None


def excepted(row: Row) -> bool:
    if row["is_due"] == "Có" or not row["exception"]:
        return False
    return not row["exception"].startswith("K99") or bool(row["exception_reference"])
