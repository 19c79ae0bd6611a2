"""Officials, their title standards and year-end ratings: some 130 invented people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from connectors.simulator import people
from connectors.simulator.chance import Chance
from connectors.simulator.registers.rooms import CENTRE, LEADERS, RECEPTION, names, rooms
from connectors.simulator.world import World


Row = dict[str, Any]
STAFF = 130
_FIRST_PERSON = 900_000
_CRITERIA = ("professional", "political", "administration", "leadership", "language_it", "experience")
_DECIDED_ON = date(2025, 12, 12)
_STAGES = ((date(2025, 12, 1), "Tự đánh giá"), (date(2025, 12, 8), "Đơn vị đề nghị"), (_DECIDED_ON, "Có quyết định"))


def officials(world: World) -> list[Row]:
    """The register of officials as it stands today: one row per person and position."""
    found = [row for number in range(STAFF) if (row := _official(world, number)) is not None]
    return found + _second_positions(world, found)


def _order(world: World, stream: str) -> dict[int, int]:
    """Person → place in a seeded order, so that a share of them is the same in every world."""
    bits = Chance(world.seed, np.arange(STAFF)).bits(f"staff/{stream}").tolist()
    return {number: place for place, (_, number) in enumerate(sorted(zip(bits, range(STAFF), strict=True)))}


def _identity(number: int) -> Row:
    person = _FIRST_PERSON + number * 97
    return {
        "full_name": people.full_name(person),
        "birthday": date.fromisoformat(people.birthday(person)),
        "staff_number": f"DN-{number + 1:04}",
    }


def _room(number: int) -> str:
    """The leaders first, a quarter in the centre, the rest spread over the rooms."""
    if number < 5:
        return LEADERS
    if number % 4 == 0:
        return CENTRE
    others = [code for code, _ in rooms() if code not in (LEADERS, CENTRE)]
    return others[number % len(others)]


def _kind(number: int) -> str:
    if number < 5:
        return "Cán bộ" if number < 2 else "Công chức"
    if number % 4 == 0:
        return "Viên chức" if number % 8 == 0 else "Công chức"
    return "Hợp đồng" if number % 13 == 0 else "Công chức"


def _span(number: int) -> tuple[date, date | None]:
    """A few arrive and leave in the course of the year."""
    start = date(2012, 1, 1) + timedelta(days=number * 31 % 4300)
    if number % 29 == 7:
        start = date(2025, 3 + number // 29, 15)
    ends = date(2025, 2 + number // 10, 1) - timedelta(days=1) if number % 43 == 11 else None
    return start, ends


def _official(world: World, number: int) -> Row | None:
    start, ends = _span(number)
    if start > world.today:
        return None
    room = _room(number)
    return {
        **_identity(number),
        "unit": names()[room],
        "position": "Lãnh đạo" if room == LEADERS else "Trưởng phòng" if number % 12 == 5 else "Chuyên viên",
        "kind": _kind(number),
        "is_primary": "Có",
        "starts_on": start,
        "ends_on": ends if ends is not None and ends <= world.today else None,
        "absence": _absence(world, number),
        **_states(world, number),
    }


def _absence(world: World, number: int) -> str:
    place = _order(world, "absence")[number]
    return {0: "Biệt phái", 1: "Nghỉ thai sản trên 6 tháng", 2: "Chờ nghỉ hưu"}.get(place, "Không")


def _states(world: World, number: int) -> Row:
    """Six to eight in a hundred lack something; two of those who study finish in October."""
    states = dict.fromkeys(_CRITERIA, "Đạt") | {"language_it": "Không yêu cầu"}
    place = _order(world, "standards")[number]
    if place < 6:
        states["political"] = "Chưa đạt"
    elif place < 9:
        states["administration"] = "Đang hoàn thiện"
    elif place < 11:
        states["leadership"] = "Đang hoàn thiện" if world.today < date(2025, 10, 1) else "Đạt"
    elif place == 11:
        states["experience"] = "Chưa đủ hồ sơ"
    return states


def _second_positions(world: World, found: list[Row]) -> list[Row]:
    """Two people are kept in two rooms' lists: one as a side post, one as if both were the main one."""
    extra = []
    for number, is_primary in ((21, "Không"), (33, "Có")):
        own = next((row for row in found if row["staff_number"] == f"DN-{number + 1:04}"), None)
        start = date(2025, 4, 1)
        if own is not None and start <= world.today:
            extra.append(own | {"unit": names()[RECEPTION], "is_primary": is_primary, "starts_on": start})
    return extra


def ratings(world: World) -> list[Row]:
    """Nothing before December; decided by the one decision of 12/12, apart from a few."""
    stage = next((name for day, name in reversed(_STAGES) if day <= world.today), None)
    if stage is None:
        return []
    order = _order(world, "ratings")
    return [
        _rating(world, number, order[number], stage)
        for number in range(STAFF)
        if _span(number)[0] <= world.today and _span(number)[1] is None
    ]


def _rating(world: World, number: int, place: int, stage: str) -> Row:
    is_new = _span(number)[0] >= date(2025, 7, 1)
    category = "Hoàn thành tốt nhiệm vụ"
    if place < 16:
        category = "Hoàn thành xuất sắc nhiệm vụ"
    elif place < 20:
        category = "Hoàn thành nhiệm vụ"
    elif place == 20:
        category = "Không hoàn thành nhiệm vụ"
    # One room's proposal came too late for the decision.
    is_decided = stage == "Có quyết định" and place != 21 and not is_new
    return {
        **_identity(number),
        "unit": names()[_room(number)],
        "kind": _kind(number),
        "year": 2025,
        "category": "Chưa xếp loại" if is_new else category,
        "stage": stage if is_decided or stage != "Có quyết định" else "Đơn vị đề nghị",
        "reason": "Công tác chưa đủ 6 tháng" if is_new else None,
        "decision_number": "1520/QĐ-VP" if is_decided else None,
        "decided_on": _DECIDED_ON if is_decided else None,
    }
