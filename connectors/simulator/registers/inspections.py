"""The plan of inspections, its list of units and what came of it: six in ten units by the end of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from connectors.simulator.registers.rooms import listed_rooms, names, shuffled
from connectors.simulator.world import World


Row = dict[str, Any]
PLAN, PLANNED_ON = "35/KH-VP", date(2025, 2, 14)
ADDED_ON = date(2025, 7, 15)
# Visits of the Office that end in a conclusion: the second room is seen twice.
_VISITS = ((0, date(2025, 3, 18)), (1, date(2025, 5, 13)), (2, date(2025, 6, 24)), (1, date(2025, 8, 19)),
           (3, date(2025, 9, 9)), (4, date(2025, 10, 14)), (5, date(2025, 11, 4)))  # fmt: skip
# The visit that ends in "Chưa đạt".
FAILED = 4
_FIELDS = (
    "Tư pháp",
    "Đất đai",
    "Đầu tư",
    "Xây dựng",
    "Y tế",
    "Lao động",
    "Giáo dục",
    "Ngoại vụ",
    "Thương mại",
    "Tổng hợp",
)


def _units(world: World) -> list[str]:
    """Every room handles procedures; the last two are added after the reorganisation."""
    return shuffled(world, "inspections", listed_rooms())


def inspection_units(world: World) -> list[Row]:
    if world.today < PLANNED_ON:
        return []
    found = []
    for place, code in enumerate(_units(world)):
        added = ADDED_ON if place >= 8 else None
        if added is None or added <= world.today:
            found.append(
                {
                    "plan_number": PLAN,
                    "approved_on": PLANNED_ON,
                    "unit": names()[code],
                    "field": _FIELDS[place],
                    "added_on": added,
                    "added_reason": "Sắp xếp tổ chức bộ máy từ 01/07/2025" if added else None,
                }
            )
    return found


def inspections(world: World) -> list[Row]:
    if world.today < PLANNED_ON:
        return []
    units = _units(world)
    found = [_visit(world, number, units[place], day) for number, (place, day) in enumerate(_VISITS)]
    found.append(_without_conclusion(world, units[6]))
    found.append(_self_checked(units[7]) | {"plan_on": date(2025, 4, 1)})
    found.append(_by_province(world, units[8]))
    return [row for row in found if row["plan_on"] <= world.today]


def _row(unit: str, starts_on: date | None, form: str = "Định kỳ", body: str = "Văn phòng") -> Row:
    return {
        "plan_number": PLAN,
        "plan_on": PLANNED_ON,
        "body": body,
        "form": form,
        "unit": names()[unit],
        "starts_on": starts_on,
    }


def _visit(world: World, number: int, unit: str, day: date) -> Row:
    """Planned from the beginning; minutes after two days, a conclusion after three weeks, remedies due in a month."""
    concluded = day + timedelta(days=21)
    row = _row(unit, day, "Đột xuất" if number == 3 else "Định kỳ")
    if world.today >= day + timedelta(days=2):
        row |= {
            "team_decision": f"{300 + number}/QĐ-VP",
            "ends_on": day + timedelta(days=2),
            "minutes_number": f"{number + 1}/BB-KT",
            "minutes_on": day + timedelta(days=2),
            "field": _FIELDS[number],
            "sampled": 30 + number,
            "wrong": number % 3,
        }
    if world.today >= concluded:
        done = concluded + timedelta(days=25 + 10 * (number % 2))
        row |= {
            "conclusion_number": f"{700 + number}/TB-VP",
            "concluded_on": concluded,
            "result": "Chưa đạt" if number == FAILED else ("Tốt", "Khá", "Đạt")[number % 3],
            "findings": "Một số hồ sơ chưa ghi đủ phiếu kiểm soát",
            "recommendations": "Bổ sung phiếu kiểm soát quá trình giải quyết hồ sơ",
            "remedy_due_on": concluded + timedelta(days=30),
            "remedy_report": f"{900 + number}/BC" if world.today >= done else None,
            "remedy_state": "Đã khắc phục" if world.today >= done else "Đang thực hiện",
        }
    return row


def _without_conclusion(world: World, unit: str) -> Row:
    """Visited in December, the conclusion is still being written at the end of the year."""
    row = _row(unit, date(2025, 12, 9), "Theo chuyên đề")
    if world.today >= date(2025, 12, 11):
        row |= {"ends_on": date(2025, 12, 11), "minutes_number": "8/BB-KT", "minutes_on": date(2025, 12, 11)}
    return row


def _self_checked(unit: str) -> Row:
    return _row(unit, date(2025, 4, 15), "Tự kiểm tra") | {
        "minutes_number": "1/BB-TKT",
        "minutes_on": date(2025, 4, 16),
        "conclusion_number": "12/BC-TKT",
        "concluded_on": date(2025, 4, 25),
    }


def _by_province(world: World, unit: str) -> Row:
    row = _row(unit, date(2025, 9, 23), body="Tỉnh") | {"plan_number": "26/KH-UBND", "plan_on": date(2025, 8, 1)}
    if world.today >= date(2025, 10, 20):
        row |= {"conclusion_number": "88/KL-ĐKT", "concluded_on": date(2025, 10, 20), "result": "Khá"}
    return row
