"""What the Office follows in no register of its own: complaints, initiatives, paper copies, reports, training.

Rows of two years, so that a change against the year before has something to stand on.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from connectors.simulator.chance import Chance
from connectors.simulator.registers.rooms import ADMINISTRATION, CENTRE, CONTROL, RECEPTION, names
from connectors.simulator.world import World


Row = dict[str, Any]
YEARS = (2024, 2025)
COMPLAINTS, INITIATIVES, COPIES, REPORTS, TRAINING = "Khiếu nại", "Sáng kiến", "Bản giấy", "Báo cáo", "Tập huấn"
# Of twelve months: how many days after it began a report is done; None where it never is.
_REPORT_DAYS = (4, 6, 5, 9, 7, 8, 12, 3, 6, None, 7, 5)


def observations(world: World) -> list[Row]:
    """Rows as they stand that evening."""
    months = [date(year, month, monthrange(year, month)[1]) for year in YEARS for month in range(1, 13)]
    chance = Chance(world.seed, np.arange(len(months)))
    found = [
        row
        for place, end in enumerate(months)
        for row in _month(end, *(int(chance.whole(f"observations/{book}", 40)[place]) for book in (COPIES, REPORTS)))
    ]
    return [_as_seen(row, world.today) for row in found if row["happened_on"] <= world.today]


def _month(end: date, copies: int, wait: int) -> Iterator[Row]:
    """`copies` and `wait` are drawn below forty."""
    number, name = end.month, names()
    yield {"book": COPIES, "number": number, "unit": name[ADMINISTRATION], "happened_on": end,
           "amount": 900 + 10 * copies - 120 * (end.year - YEARS[0])}  # fmt: skip
    if number % 2:
        result = "Đúng" if wait % 3 else "Sai"
        yield {"book": COMPLAINTS, "number": number, "unit": name[RECEPTION], "happened_on": end.replace(day=12),
               "kind": "Đơn thư", "result": result}  # fmt: skip
    if number % 4 == 2:
        result = "Được công nhận" if copies % 4 else "Không"
        yield {"book": INITIATIVES, "number": number, "unit": name[CONTROL], "happened_on": end.replace(day=20),
               "result": result}  # fmt: skip
    if number % 3 == 0:
        yield {"book": TRAINING, "number": number, "unit": name[CENTRE], "happened_on": end,
               "amount": wait if number < 12 else 0}  # fmt: skip
    yield _report(end, name[CONTROL if number % 2 else CENTRE], wait)


def _report(end: date, unit: str, wait: int) -> Row:
    """Due on the tenth; one kind is not asked for, another is written nowhere."""
    kind = {0: "Không áp dụng", 7: None}.get(wait % 10, "Quý" if end.month % 3 == 0 else "Tháng")
    days = _REPORT_DAYS[(end.month - 1 + wait) % 12]
    begun = end.replace(day=3)
    row = {"book": REPORTS, "number": end.month, "unit": unit, "happened_on": begun, "kind": kind,
           "due_on": end.replace(day=10)}  # fmt: skip
    return row | ({"done_on": begun + timedelta(days=days)} if days is not None else {})


def _as_seen(row: Row, today: date) -> Row:
    """Nothing is done before its day."""
    return row if row.get("done_on", today) <= today else row | {"done_on": None}
