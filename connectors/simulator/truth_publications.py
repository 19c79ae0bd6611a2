"""The ground truth of MT3.5a and MT3.5b: every document judged from the two registers, without the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from connectors.registers.publications import EXCEPTIONS
from connectors.simulator.registers.publications import directing, due
from connectors.simulator.truth_outgoing import Record


Row = dict[str, Any]
LIMIT = 5


def records(issued: list[Row], published: list[Row], closing_date: date) -> Iterator[Record]:
    """One record of each indicator for every document; nothing where nobody keeps the register."""
    documents = directing(row for row in issued if row["issued_on"] <= closing_date)
    entries = [row for row in published if row["signed_on"] <= closing_date]
    for row in entries:
        rows = documents.pop((row["number"], row["notation"], row["signed_on"].year), [])
        days = [row["signed_on"], *(own["signed_on"] for own in rows)]
        is_recalled = bool(rows) and all(own["state"] == "Đã thu hồi" for own in rows)
        outcomes = ("excluded", "excluded") if is_recalled else judged(row, min(days), max(days), closing_date)
        for indicator, outcome in zip(("MT3.5a", "MT3.5b"), outcomes, strict=True):
            yield Record(indicator, "STD", min(days), outcome)
    first = min((row["signed_on"].year for row in entries), default=9999)
    for (_, _, year), rows in documents.items():
        if year >= first and any(own["state"] != "Đã thu hồi" for own in rows):
            for indicator in ("MT3.5a", "MT3.5b"):
                yield Record(indicator, "STD", min(own["signed_on"] for own in rows), "undetermined")


def judged(row: Row, first: date, last: date, closing_date: date) -> tuple[str, str]:
    """Whether it is published, and whether in time; between two days of signing both limits are tried."""
    reason = row.get("exception")
    if row["is_due"] == "Không" and reason and (reason != EXCEPTIONS[3] or row.get("exception_reference")):
        return "excluded", "excluded"
    day = row.get("published_on")
    if day is None or day > closing_date:
        still = "excluded" if due(last, LIMIT) >= closing_date else "failed"
        return still, still
    if day < first or not row.get("address"):
        return "undetermined", "undetermined"
    in_time = "met" if day <= due(first, LIMIT) else "failed" if day > due(last, LIMIT) else "undetermined"
    return "met", in_time
