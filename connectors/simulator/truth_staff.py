"""What MT4a and MT4b must come to in any year, counted from the registers of officials and of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from connectors.simulator.observations import usable
from connectors.simulator.periods import YEAR, Period, periods
from connectors.simulator.registers.ratings import FIRST_WITH_POINTS, ratings
from connectors.simulator.registers.staff import officials
from connectors.simulator.world import World


Row = dict[str, Any]
Tally = Counter[str]
FEWEST = 5
DEFINITIONS = {"MT4a": ("STD", "VC"), "MT4b": ("STD", "VC", "XS")}
_OFFICIALS, _EMPLOYEES = frozenset({"Cán bộ", "Công chức"}), frozenset({"Viên chức"})
_STANDARDS = ("professional", "political", "administration", "leadership", "language_it", "experience")
_BEST = "Hoàn thành xuất sắc"
# Category → least points, and points that are too many for it (NĐ 335/2025/NĐ-CP).
_BANDS = {
    "Hoàn thành xuất sắc nhiệm vụ": (90, 101),
    "Hoàn thành tốt nhiệm vụ": (70, 101),
    "Hoàn thành nhiệm vụ": (50, 70),
    "Không hoàn thành nhiệm vụ": (0, 101),
}


def rows(world: World, closing_date: date, observed: list[date] | None = None, year: int = YEAR) -> list[Row]:
    """All begun periods of a year for the Office as a whole, flat; of people nothing is told by month."""
    look = usable(observed, world, closing_date)[-1]
    then = World(world.seed, world.dossiers, look, world.documents, world.procedures, world.defect_share)
    registers = {"officials": officials(then), "ratings": ratings(then)}
    return [
        figure(period, indicator, definition, seen)
        for period in periods(closing_date, year)
        if period.kind != "month"
        for (indicator, definition), seen in tally(registers, min(period.end, closing_date)).items()
    ]


def figure(period: Period, indicator: str, definition: str, seen: Tally) -> Row:
    return {
        "indicator": indicator,
        "definition": definition,
        "unit_code": "VP",
        "calendar": period.calendar,
        "kind": period.kind,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "numerator": seen["good"],
        "denominator": seen["good"] + seen["bad"],
        "excluded": seen["out"],
        "quarantined": seen["open"],
    }


def tally(registers: dict[str, list[Row]], day: date) -> dict[tuple[str, str], Tally]:
    """How many people are good, bad, out of the count or open on a day."""
    staff = _standing(registers["officials"], day)
    of_year = [row for row in registers["ratings"] if row["year"] == day.year and (row.get("period") or "Năm") == "Năm"]
    found: dict[tuple[str, str], Tally] = {}
    for definition, kinds in (("STD", _OFFICIALS), ("VC", _EMPLOYEES)):
        marks = Counter(mark for kind, mark in staff.values() if kind in kinds)
        found["MT4a", definition] = _discreet(marks)
    well = (_BEST, "Hoàn thành tốt")
    for definition, kinds, best in (("STD", _OFFICIALS, well), ("VC", _EMPLOYEES, well), ("XS", _OFFICIALS, (_BEST,))):
        found["MT4b", definition] = _discreet(Counter(_rated(of_year, staff, day, kinds, best)))
    return found


def followed(ratings: list[Row], year: int) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(Viên chức or not, quarter) → rated, good or better, excellent; of fewer than five nothing."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in ratings:
        is_counted = row["kind"] != "Hợp đồng" and row["category"] != "Chưa xếp loại" and not _contradicts(row)
        if row["year"] == year and (row.get("period") or "Năm").startswith("Quý") and is_counted:
            group = "vien_chuc" if row["kind"] == "Viên chức" else "can_bo_cong_chuc"
            found.setdefault((group, row["period"]), Counter())[row["category"]] += 1
    return {
        key: (
            seen.total(),
            sum(number for category, number in seen.items() if category.startswith((_BEST, "Hoàn thành tốt"))),
            seen[f"{_BEST} nhiệm vụ"],
        )
        for key, seen in found.items()
        if seen.total() >= FEWEST
    }


def _discreet(seen: Tally) -> Tally:
    """Of fewer than five people nothing is said; fewer than five with an answer are all still open."""
    answered = seen["good"] + seen["bad"]
    if answered + seen["open"] < FEWEST:
        return Counter()
    if answered < FEWEST:
        return Counter(out=seen["out"], open=seen["open"] + answered)
    return seen


def _person(row: Row) -> str:
    return str(row["staff_number"])


def _standing(officials: list[Row], day: date) -> dict[str, tuple[str, str]]:
    """Person → kind and mark; of several positions the primary one, then the later one."""
    active = [row for row in officials if row["starts_on"] <= day <= (row.get("ends_on") or date.max)]
    active.sort(key=lambda row: (row["is_primary"] == "Có", row["starts_on"]))
    return {_person(row): (row["kind"], _mark(row)) for row in active}


def _mark(row: Row) -> str:
    states = {row[standard] for standard in _STANDARDS}
    if row["absence"] != "Không":
        return "out"
    if row["is_primary"] == "Không":
        return "open"
    if states & {"Chưa đạt", "Đang hoàn thiện"}:
        return "bad"
    return "open" if "Chưa đủ hồ sơ" in states else "good"


def _rated(
    ratings: list[Row],
    staff: dict[str, tuple[str, str]],
    day: date,
    kinds: frozenset[str],
    best: tuple[str, ...],
) -> Iterator[str]:
    for row in ratings:
        if row["kind"] not in kinds:
            continue
        if row["category"] == "Chưa xếp loại":
            yield "out"
        elif not row.get("decision_number") or row["decided_on"] > day or _contradicts(row):
            yield "open"
        else:
            yield "good" if row["category"].startswith(best) else "bad"
    named = {_person(row) for row in ratings}
    for person, (kind, mark) in staff.items():
        if ratings and kind in kinds and mark != "out" and person not in named:
            yield "open"


def _contradicts(row: Row) -> bool:
    if row["year"] < FIRST_WITH_POINTS or row["kind"] == "Viên chức" or row.get("points") is None:
        return False
    least, too_many = _BANDS[row["category"]]
    return not least <= row["points"] < too_many
