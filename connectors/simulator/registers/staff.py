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


def officials(world: World) -> list[Row]:
    """The register of officials as it stands today: one row per person and position."""
    found = [row for number in range(STAFF) if (row := _official(world, number)) is not None]
    return found + _second_positions(world, found)


def order_of(world: World, stream: str) -> dict[int, int]:
    """Person → place in a seeded order, so that a share of them is the same in every world."""
    bits = Chance(world.seed, np.arange(STAFF)).bits(f"staff/{stream}").tolist()
    return {number: place for place, (_, number) in enumerate(sorted(zip(bits, range(STAFF), strict=True)))}


def identity(number: int) -> Row:
    person = _FIRST_PERSON + number * 97
    return {
        "full_name": people.full_name(person),
        "birthday": date.fromisoformat(people.birthday(person)),
        "staff_number": f"DN-{number + 1:04}",
    }


def room_of(number: int) -> str:
    """The leaders first, a quarter in the centre, the rest spread over the rooms."""
    if number < 5:
        return LEADERS
    if number % 4 == 0:
        return CENTRE
    others = [code for code, _ in rooms() if code not in (LEADERS, CENTRE)]
    return others[number % len(others)]


def kind_of(number: int) -> str:
    if number < 5:
        return "Cán bộ" if number < 2 else "Công chức"
    if number % 4 == 0:
        return "Viên chức" if number % 8 == 0 else "Công chức"
    return "Hợp đồng" if number % 13 == 0 else "Công chức"


def span_of(number: int) -> tuple[date, date | None]:
    """A few arrive and leave in the course of the year."""
    start = date(2012, 1, 1) + timedelta(days=number * 31 % 4300)
    if number % 29 == 7:
        start = date(2025, 3 + number // 29, 15)
    ends = date(2025, 2 + number // 10, 1) - timedelta(days=1) if number % 43 == 11 else None
    return start, ends


def _official(world: World, number: int) -> Row | None:
    start, ends = span_of(number)
    if start > world.today:
        return None
    room = room_of(number)
    return {
        **identity(number),
        "unit": names()[room],
        "position": "Lãnh đạo" if room == LEADERS else "Trưởng phòng" if number % 12 == 5 else "Chuyên viên",
        "kind": kind_of(number),
        "is_primary": "Có",
        "starts_on": start,
        "ends_on": ends if ends is not None and ends <= world.today else None,
        "absence": _absence(world, number),
        **_states(world, number),
    }


def _absence(world: World, number: int) -> str:
    place = order_of(world, "absence")[number]
    return {0: "Biệt phái", 1: "Nghỉ thai sản trên 6 tháng", 2: "Chờ nghỉ hưu"}.get(place, "Không")


def _states(world: World, number: int) -> Row:
    """Six to eight in a hundred lack something; two of those who study finish in October."""
    states = dict.fromkeys(_CRITERIA, "Đạt") | {"language_it": "Không yêu cầu"}
    place = order_of(world, "standards")[number]
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
