"""What each room writes about quality: evidence of communication, its objectives, its risks and opportunities."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from connectors.simulator.registers.rooms import ADMINISTRATION, CENTRE, CONTROL, listed_rooms, names, shuffled
from connectors.simulator.registers.staff import officials
from connectors.simulator.world import World


Row = dict[str, Any]
_FORMS = ("Biên bản họp", "Văn bản phổ biến", "Danh sách ký nhận")
# Rooms that contribute to an objective of the Office: indicator and the room's own target, in percent.
_LINKED = {CENTRE: ("MT1", 98), CONTROL: ("MT3", 100), ADMINISTRATION: ("MT2a", 100)}
_QUARTERS = (
    (date(2025, 3, 25), "q1"),
    (date(2025, 6, 25), "q2"),
    (date(2025, 9, 25), "q3"),
    (date(2025, 12, 25), "q4"),
)
_REQUESTED_ON = date(2025, 9, 10)
_LEVELS = ((1, "Thấp"), (5, "Trung bình"), (10, "Cao"), (16, "Rất cao"))
_RISKS = (
    ("Giải quyết hồ sơ", "Rủi ro", "Hồ sơ quá hạn tăng sau sắp xếp đơn vị", "Giảm thiểu"),
    ("Công bố TTHC", "Rủi ro", "Chậm công bố TTHC khi văn bản mới có hiệu lực", "Giảm thiểu"),
    ("Gửi, nhận văn bản", "Rủi ro", "Trục liên thông gián đoạn", "Chuyển giao"),
    ("Ký số", "Rủi ro", "Chứng thư số hết hạn", "Tránh"),
    ("Tiếp nhận hồ sơ", "Cơ hội", "Cổng dịch vụ công quốc gia thống nhất, không phụ thuộc địa giới", "Nắm bắt"),
)


def communications(world: World) -> list[Row]:
    """Every room but one tells its people within three weeks of the decision; two tell them twice."""
    order = shuffled(world, "communications", listed_rooms())
    staff = Counter(official["unit"] for official in officials(world))
    found = []
    for place, code in enumerate(order[:-1]):
        told = date(2025, 5, 12) + timedelta(days=2 * place)
        present = max(1, staff[names()[code]] - place % 4 - 1)
        found.append(_told(code, place, told, present))
        if place < 2:
            found.append(_told(code, place + 1, date(2025, 9, 8), present + 1))
    return [row for row in found if row["communicated_on"] <= world.today]


def _told(code: str, place: int, day: date, participants: int) -> Row:
    return {
        "unit": names()[code],
        "year": 2025,
        "form": _FORMS[place % 3],
        "document_number": f"{place + 1}/BB",
        "communicated_on": day,
        "participants": participants,
    }


def objectives(world: World) -> list[Row]:
    """Two or three a room; the first four rooms of a seeded order each leave something out."""
    order = shuffled(world, "objectives", listed_rooms())
    return [
        _objective(world, code, order.index(code), number)
        for code in listed_rooms()
        for number in range(1, 4 if code in _LINKED else 3)
        if world.today >= date(2025, 5, 16)
    ]


def _objective(world: World, code: str, place: int, number: int) -> Row:
    indicator, percent = _LINKED.get(code, (None, 95)) if number == 1 else (None, None)
    approved_on = date(2025, 5, 20) + timedelta(days=place)
    is_approved = approved_on <= world.today and place != 1
    row: Row = {
        "unit": names()[code],
        "approved_number": f"{40 + place}/MTCL" if is_approved else None,
        "approved_on": approved_on if is_approved else None,
        "number": number,
        "objective": "Hoàn thành nhiệm vụ được giao đúng hạn"
        if number > 1
        else "Thực hiện mục tiêu chung của Văn phòng",
        "linked_indicator": indicator,
        "target_text": "≥ 95 %" if percent is None else f"≥ {percent} %",
        "target_percent": percent,
        "measures": "Theo dõi hằng tuần, nhắc việc trước hạn",
        "resources": None if place == 0 and number == 2 else "Nhân sự hiện có của phòng",
        "responsible": "Trưởng phòng",
        "finish": "31/12/2025",
        "method": "Thống kê trên hệ thống",
        "frequency": "Hằng quý",
        "year": 2025,
    }
    if place == 2 and number == 2:
        row["target_text"] = "Nâng cao chất lượng tham mưu"
    return row | _progress(world, place)


def _progress(world: World, place: int) -> Row:
    """Results of the quarters that end, and a report to the steering board once it asked; some rooms forget."""
    found: Row = {
        f"result_{name}": "Đạt kế hoạch"
        for day, name in _QUARTERS
        if day <= world.today and (place, name) not in ((3, "q3"), (4, "q4"))
    }
    if world.today >= _REQUESTED_ON and place < 6:
        reported = _REQUESTED_ON + timedelta(days=5 + place)
        found["requested_on"] = _REQUESTED_ON
        found["reported_on"] = reported if reported <= world.today and place != 5 else None
    return found


def risks(world: World) -> list[Row]:
    """Three or four a room, approved end of May, reviewed in June and again in December; three rooms have gaps."""
    if world.today < date(2025, 5, 26):
        return []
    order = shuffled(world, "risks", listed_rooms())
    return [
        _risk(world, code, order.index(code), number)
        for code in listed_rooms()
        for number in range(1, 4 + order.index(code) % 2)
        if order.index(code) != 3
    ]


def _risk(world: World, code: str, place: int, number: int) -> Row:
    process, kind, description, treatment = _RISKS[(place + number) % len(_RISKS)]
    probability, severity = 1 + (place + number) % 5, 2 + number % 4
    score = probability * severity
    is_done = number == 2 and world.today >= date(2025, 10, 15)
    reviews = [day for day in (date(2025, 6, 16), date(2025, 12, 10)) if day <= world.today]
    return {
        "unit": names()[code],
        "year": 2025,
        "approved_number": f"{60 + place}/RRCH",
        "approved_on": date(2025, 5, 26),
        "number": number,
        "process": process,
        "linked_objective": "MT1" if number == 1 else None,
        "context": "Nội bộ" if number % 2 else "Bên ngoài",
        "kind": kind,
        "description": description,
        "cause": "Thay đổi tổ chức và quy định",
        "consequence": "Ảnh hưởng đến người dân, doanh nghiệp",
        "probability": probability,
        "severity": severity,
        "score": score + 1 if place == 0 and number == 1 else score,
        "level": [name for lowest, name in _LEVELS if score >= lowest][-1],
        "existing_controls": "Nhắc việc trên hệ thống",
        "treatment": treatment,
        "responsible": "Trưởng phòng",
        "due_on": date(2025, 11, 30),
        "state": "Đã hoàn thành" if is_done else "Đang thực hiện",
        "result": "Đã thực hiện" if is_done else None,
        "effectiveness": "Có hiệu lực" if is_done and place != 1 else None,
        "reviewed_on": reviews[-1] if reviews and (place, number) != (2, 3) else None,
    }
