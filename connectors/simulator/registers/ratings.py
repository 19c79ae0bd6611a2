"""The register of ratings: each year's; from 2026 (NĐ 335/2025/NĐ-CP) with points, and what is followed in the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from connectors.simulator.registers.rooms import CENTRE, names
from connectors.simulator.registers.staff import STAFF, identity, kind_of, order_of, room_of, span_of
from connectors.simulator.world import World


Row = dict[str, Any]
FIRST_YEAR, FIRST_WITH_POINTS = 2025, 2026
_STAGES = ((1, "Tự đánh giá"), (8, "Đơn vị đề nghị"), (12, "Có quyết định"))
_EXCELLENT, _GOOD, _DONE, _NOT_DONE = (
    f"{word} nhiệm vụ" for word in ("Hoàn thành xuất sắc", "Hoàn thành tốt", "Hoàn thành", "Không hoàn thành")
)
_QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")


def ratings(world: World) -> list[Row]:
    """Of every year up to today's; nothing of a year before its December but what is followed."""
    return [
        row
        for year in range(FIRST_YEAR, world.today.year + 1)
        for row in (*_followed(world, year), *_of_the_year(world, year))
    ]


def _staff(world: World) -> Iterator[int]:
    return (number for number in range(STAFF) if span_of(number)[0] <= world.today and span_of(number)[1] is None)


def _order(world: World, year: int) -> dict[int, int]:
    return order_of(world, "ratings" if year == FIRST_YEAR else f"ratings/{year}")


def _of_the_year(world: World, year: int) -> Iterator[Row]:
    """Decided by the one decision of 12/12, apart from a few."""
    stage = next((name for day, name in reversed(_STAGES) if date(year, 12, day) <= world.today), None)
    order = _order(world, year)
    for number in _staff(world) if stage else ():
        place = order[number]
        is_new = span_of(number)[0] >= date(year, 7, 1)
        # One room's proposal came too late for the decision.
        is_decided = stage == "Có quyết định" and place != 21 and not is_new
        yield {
            **_person(number, year),
            "period": None if year < FIRST_WITH_POINTS else "Năm",
            **({} if is_new else _points(number, place, year)),
            "category": "Chưa xếp loại" if is_new else _category(place),
            "stage": stage if is_decided or stage != "Có quyết định" else "Đơn vị đề nghị",
            "reason": "Công tác chưa đủ 6 tháng" if is_new else None,
            "decision_number": f"{1520 + 84 * (year - FIRST_YEAR)}/QĐ-VP" if is_decided else None,
            "decided_on": date(year, 12, 12) if is_decided else None,
        }


def _followed(world: World, year: int) -> Iterator[Row]:
    """By the quarter, in the centre by the month too; ten days after its end."""
    if year < FIRST_WITH_POINTS:
        return
    order = _order(world, year)
    for month in range(1, 13):
        if date(year + month // 12, month % 12 + 1, 1) + timedelta(days=9) > world.today:
            return
        for number in _staff(world):
            # Whose points contradict the category at the year's end has been followed as they should be.
            place = 30 if order[number] in (22, 23) else order[number]
            row = {**_person(number, year), **_points(number, place, year), "category": _category(place)}
            if room_of(number) == CENTRE:
                yield row | {"period": f"Tháng {month}"}
            if month % 3 == 0:
                yield row | {"period": _QUARTERS[month // 3 - 1]}


def _person(number: int, year: int) -> Row:
    return {**identity(number), "unit": names()[room_of(number)], "kind": kind_of(number), "year": year}


def _category(place: int) -> str:
    if place < 16:
        return _EXCELLENT
    return _GOOD if place > 20 else _NOT_DONE if place == 20 else _DONE


def _points(number: int, place: int, year: int) -> Row:
    """Within the band, beyond it for two whom the quota of the excellent leaves out, below it for two more.

    Public employees have a decree of their own, and no points here.
    """
    if year < FIRST_WITH_POINTS or kind_of(number) == "Viên chức":
        return {}
    tenths = {_EXCELLENT: 900 + place * 5, _GOOD: 715 + number % 17 * 10, _DONE: 520 + place * 5, _NOT_DONE: 441}
    total = {22: 645, 23: 699, 24: 912, 25: 905}.get(place, tenths[_category(place)])
    general = total * 3 // 10
    return {"general_points": general / 10, "task_points": (total - general) / 10, "points": total / 10}
