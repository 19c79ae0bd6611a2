"""The register of what the Office publishes of its directing: nearly every document that may direct has its row.

The fate of a document depends on its number alone, so that it stays the same from one evening to the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from connectors.registers.publications import EXCEPTIONS, KINDS
from connectors.simulator import working_time as wt
from connectors.simulator.chance import Chance


Row = dict[str, Any]
Key = tuple[int, str, int]
DIRECTING = {"Công văn", "Quyết định", "Thông báo", "Kế hoạch"}
# Fates of a document: (weight, has to be published, exception, reference, days from signing to publication).
IN_TIME, LATE, NEVER, HOMELESS, TOO_EARLY, FORGOTTEN, MISDATED = range(7)
_EXCEPTED = (
    (620, EXCEPTIONS[2], None),
    (15, EXCEPTIONS[0], None),
    (20, EXCEPTIONS[1], None),
    (7, EXCEPTIONS[3], "12/QĐ-VP"),
    (3, EXCEPTIONS[3], None),
    (2, None, None),
)
_DUE_WEIGHTS = (300, 12, 6, 4, 2, 10, 6)
_FIRST_FRIDAY = date(2025, 1, 3)


def key_of(row: Row) -> Key:
    return row["number"], row["notation"], row["issued_on"].year


def directing(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """Number, notation and year → rows of each issued document that may direct somebody."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        if row["state"] in ("Đã ban hành", "Đã thu hồi") and row["type_name"] in DIRECTING:
            found.setdefault(key_of(row), []).append(row)
    return found


def publications(issued: Iterable[Row], seed: int, today: date) -> list[Row]:
    """Rows as they stand that evening."""
    documents = directing(issued)
    indices = np.array([zlib.crc32(f"{year}/{number}/{text}".encode()) for number, text, year in documents], np.int64)
    chance = Chance(seed, indices)
    fates = chance.pick("publication", [*_DUE_WEIGHTS, *(weight for weight, _, _ in _EXCEPTED)]).tolist()
    waits = chance.whole("publication wait", 6).tolist()
    entries = [
        entry(key, rows[0]["signed_on"], fate, wait, today)
        for (key, rows), fate, wait in zip(documents.items(), fates, waits, strict=True)
        if fate != FORGOTTEN
    ]
    return entries + list(calendars(today))


def entry(key: Key, signed: date, fate: int, wait: int, today: date) -> Row:
    number, notation, _ = key
    row = {"number": number, "notation": notation, "signed_on": signed, "kind": KINDS[0 if wait else 2]}
    if fate >= len(_DUE_WEIGHTS):
        _, exception, reference = _EXCEPTED[fate - len(_DUE_WEIGHTS)]
        return row | {
            "kind": KINDS[4], "is_due": "Không", "exception": exception, "exception_reference": reference,
        }  # fmt: skip
    if fate == MISDATED and signed.day > 1:
        row["signed_on"] = signed - timedelta(days=1)
    published = due(signed, {LATE: 6 + wait}.get(fate, wait)) if fate != TOO_EARLY else signed - timedelta(days=3)
    is_published = fate != NEVER and published <= today
    return row | {
        "is_due": "Có",
        "published_on": published if is_published else None,
        "address": f"https://congthongtin.example/{number}" if is_published and fate != HOMELESS else None,
    }


def calendars(today: date) -> Iterator[Row]:
    """The leaders' calendar of each week, which the register of documents does not know; one of them came late."""
    for week in range(1 + max(-1, (today - _FIRST_FRIDAY).days // 7)):
        signed = _FIRST_FRIDAY + timedelta(weeks=week)
        published = due(signed, 7 if week == 30 else week % 2)
        yield {
            "number": week + 1, "notation": "LCT-VP", "signed_on": signed, "kind": KINDS[3], "is_due": "Có",
            "published_on": published if published <= today else None,
            "address": "https://congthongtin.example/lich" if published <= today else None,
        }  # fmt: skip


def due(day: date, working_days: int) -> date:
    number = np.array([wt.day_number(day)], dtype=np.int64)
    return wt.to_date(int(wt.add_working_days(number, np.array([working_days], dtype=np.int64))[0]))
