"""What MT4a, MT4b, MT5, D1, D2 and D3 must come to, counted from the rooms' registers with the default decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from connectors.simulator import truth_staff
from connectors.simulator.observations import usable
from connectors.simulator.periods import YEAR, periods
from connectors.simulator.registers.office import rows as registers_of
from connectors.simulator.registers.publications import due
from connectors.simulator.registers.rooms import listed_rooms, names
from connectors.simulator.world import World


Row = dict[str, Any]
Tally = Counter[str]
JANUARY = date(YEAR, 1, 1)
# The Office's structure of QĐ 18/2025/QĐ-UBND; before it there are no rooms to speak of.
ROOMS_SINCE = date(2025, 3, 1)
# The decision on the objectives: before it there is nothing to tell anybody of.
DECIDED_ON = date(2025, 5, 8)
# Told no more often than by quarter: between two months of a hundred people the one who left can be told.
OF_PEOPLE = tuple(truth_staff.DEFINITIONS)
DEFINITIONS = {
    **truth_staff.DEFINITIONS,
    "MT5": ("STD", "BB"),
    "D1": ("STD",),
    "D2": ("STD", "D2.1", "D2.2", "D2.3", "D2.4"),
    "D3": ("STD", "D3.1", "D3.2"),
}
_PLAN = ("measures", "resources", "responsible", "finish", "method")
_QUARTER_ENDS = (date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30), date(YEAR, 12, 31))


def rows(world: World, closing_date: date, observed: list[date] | None = None) -> list[Row]:
    """All begun periods of both calendars for the Office as a whole, flat."""
    look = usable(observed, world, closing_date)[-1]
    registers = registers_of(_on(world, look))
    found = []
    for period in periods(closing_date):
        tallies = tally(registers, min(period.end, closing_date))
        for indicator, definitions in DEFINITIONS.items():
            if period.kind == "month" and indicator in OF_PEOPLE:
                continue
            for definition in definitions:
                seen = tallies.get((indicator, definition), Counter())
                found.append(truth_staff.figure(period, indicator, definition, seen))
    return found


def _on(world: World, day: date) -> World:
    return World(world.seed, world.dossiers, day, world.documents, world.procedures, world.defect_share)


def tally(registers: dict[str, list[Row]], day: date) -> dict[tuple[str, str], Tally]:
    """How many are good, bad, out of the count or open on a day."""
    found = truth_staff.tally(registers, day)
    for definition, evidence in (("STD", ("conclusion",)), ("BB", ("conclusion", "minutes"))):
        found["MT5", definition] = _inspected(registers, day, evidence)
    for (indicator, definition), mark in _room_marks(registers, day):
        found.setdefault((indicator, definition), Counter())[mark] += 1
    return found


def sectors(world: World, closing_date: date, observed: list[date] | None = None) -> list[Row]:
    """MT5 by the field that the list of units names, of all begun periods; a room counts under each of its own."""
    registers = registers_of(_on(world, usable(observed, world, closing_date)[-1]))
    found = []
    for period in periods(closing_date):
        day = min(period.end, closing_date)
        seen = _visited(registers, day, ("conclusion",))
        rooms: dict[str, set[str]] = {}
        for row in _listed(registers, day):
            rooms.setdefault(row.get("field", "Chưa xác định lĩnh vực"), set()).add(row["unit"])
        for field, units in rooms.items():
            tally = Counter(good=len(units & seen), bad=len(units - seen))
            found.append(truth_staff.figure(period, "MT5", "STD", tally) | {"sector": field})
    return found


def _listed(registers: dict[str, list[Row]], day: date) -> list[Row]:
    return [
        row
        for row in registers["inspection_units"]
        if JANUARY <= row["approved_on"] <= day and row.get("added_on", day) <= day
    ]


def _inspected(registers: dict[str, list[Row]], day: date, evidence: tuple[str, ...]) -> Tally:
    listed = {row["unit"] for row in _listed(registers, day)}
    seen = _visited(registers, day, evidence)
    return Counter(good=len(listed & seen), bad=len(listed - seen))


def _visited(registers: dict[str, list[Row]], day: date, evidence: tuple[str, ...]) -> set[str]:
    dates = {"conclusion": "concluded_on", "minutes": "minutes_on"}
    return {
        row["unit"]
        for row in registers["inspections"]
        if row["body"] == "Văn phòng" and row["form"] in {"Định kỳ", "Đột xuất", "Theo chuyên đề"}
        and any(JANUARY <= row.get(dates[paper], date.min) <= day for paper in evidence)
    }  # fmt: skip


def _room_marks(registers: dict[str, list[Row]], day: date) -> Iterator[tuple[tuple[str, str], str]]:
    """D1, D2 and D3 of every room there is on the day, as far as anybody keeps the register."""
    if day < ROOMS_SINCE or day.year != YEAR:
        return
    judges: dict[str, Callable[[list[Row], date], Iterable[tuple[tuple[str, str], str]]]] = {
        "communications": _communication,
        "objectives": _objectives,
        "risks": _risks,
    }
    for register, judge in judges.items():
        for code in listed_rooms() if registers[register] else ():
            own = [row for row in registers[register] if row["unit"] == names()[code]]
            yield from judge(own, day)


def _good(is_good: bool) -> str:
    return "good" if is_good else "bad"


def _approved(own: list[Row], day: date) -> list[Row]:
    return [row for row in own if "approved_number" in row and row["approved_on"] <= day]


def _communication(own: list[Row], day: date) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("D1", "STD"), _good(any(DECIDED_ON <= row["communicated_on"] <= day for row in own))


def _objectives(own: list[Row], day: date) -> Iterator[tuple[tuple[str, str], str]]:
    approved = _approved(own, day)
    numbers = [row for row in approved if "target_percent" in row or any(map(str.isdigit, row["target_text"]))]
    planned = [row for row in approved if all(part in row for part in _PLAN)]
    followed = [row for row in approved if "responsible" in row and not _quarters_missing(row, day)]
    counts = {"D2.1": len(numbers), "D2.2": len(planned), "D2.3": len(followed)}
    counts["STD"] = min(counts["D2.1"], counts["D2.2"])
    for definition, count in counts.items():
        yield ("D2", definition), _good(bool(approved) and count == len(approved))
    asked = [row for row in own if row.get("requested_on", date.max) <= day]
    # Five working days to answer; nobody is late before they are over.
    dues = [(due(row["requested_on"], 5), row.get("reported_on", date.max)) for row in asked]
    late = any(told > last and (told <= day or last < day) for last, told in dues)
    waiting = any(told > day for _, told in dues)
    yield ("D2", "D2.4"), "bad" if late else "out" if waiting or not asked else "good"


def _quarters_missing(row: Row, day: date) -> list[int]:
    ended = [number for number, end in enumerate(_QUARTER_ENDS, 1) if row["approved_on"] <= end <= day]
    return [number for number in ended if f"result_q{number}" not in row]


def _risks(own: list[Row], day: date) -> Iterator[tuple[tuple[str, str], str]]:
    approved = _approved(own, day)
    checks: dict[str, Callable[[Row], bool]] = {
        "STD": lambda row: JANUARY <= row.get("reviewed_on", date.min) <= day,
        "D3.1": lambda row: (
            row["score"] == row["probability"] * row["severity"] and row["level"] == _level(row["score"])
        ),
        "D3.2": lambda row: row["state"] != "Đã hoàn thành" or "effectiveness" in row,
    }
    for definition, check in checks.items():
        yield ("D3", definition), _good(bool(approved) and all(map(check, approved)))


def _level(score: int) -> str:
    if score < 5:
        return "Thấp"
    if score < 10:
        return "Trung bình"
    return "Cao" if score < 16 else "Rất cao"
