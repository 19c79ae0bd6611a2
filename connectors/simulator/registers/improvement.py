"""The loop as the Office's rooms write it: answers to the forms that the pipeline opens, audits, reviews, surveys.

A form is answered by its number, as somebody copies it from the template: some in time, some late, one closed although
it had no effect; whatever else the pipeline opens stays unanswered.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from connectors.registers.improvement import CAUSES, INPUTS, OUTPUTS
from connectors.simulator.registers.rooms import ADMINISTRATION, CENTRE, CONTROL, LEADERS, listed_rooms, names
from connectors.simulator.world import World


Row = dict[str, Any]
DAY = timedelta(days=1)


class Answer(NamedTuple):
    """`days` from the opening: answered, due, done, checked, closed; None where nobody did it."""

    number: str
    opened_on: date
    indicator: str | None
    room: str
    cause: int
    days: tuple[int, int, int | None, int | None, int | None]
    is_effective: bool = True
    found_by: str = "Mục tiêu không đạt"
    reference: str | None = None


MARCH, JUNE, SEPTEMBER = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)
ANSWERS = (
    Answer("KPH-2025-MT2a-Q1", MARCH, "MT2a", ADMINISTRATION, 2, (9, 45, 40, 100, 102)),
    Answer("KPH-2025-MT2b-Q1", MARCH, "MT2b", ADMINISTRATION, 4, (9, 60, 75, 140, 141), is_effective=False),
    Answer("KPH-2025-MT3.1-Q1", MARCH, "MT3.1", CONTROL, 0, (12, 60, 58, 120, 121)),
    Answer("KPH-2025-MT2a-Q2", JUNE, "MT2a", ADMINISTRATION, 2, (10, 45, 44, 110, 112)),
    Answer("kph-2025-mt2b-q2", JUNE, "MT2b", ADMINISTRATION, 4, (10, 60, 60, 130, None)),
    Answer("KPH-2025-MT3.1-Q2", JUNE, "MT3.1", CONTROL, 8, (20, 60, 91, None, None)),
    Answer("KPH-2025-MT2a-Q3", SEPTEMBER, "MT2a", ADMINISTRATION, 6, (14, 60, 52, None, None)),
    # Still being done when its day is over, and one whose day is not over yet.
    Answer("KPH-2025-MT2b-Q3", SEPTEMBER, "MT2b", ADMINISTRATION, 4, (14, 75, None, None, None)),
    Answer("KPH-2025-MT3.1-Q3", SEPTEMBER, "MT3.1", CONTROL, 1, (14, 100, None, None, None)),
    # What rooms open themselves: two findings of the internal audit, a complaint.
    Answer("ĐGNB-01", date(2025, 9, 22), None, CONTROL, 2, (5, 40, 38, 90, 95), found_by="Đánh giá nội bộ",
           reference="15/BC-ĐGNB"),
    Answer("ĐGNB-02", date(2025, 9, 22), None, CENTRE, 3, (5, 40, 55, None, None), found_by="Đánh giá nội bộ",
           reference="15/BC-ĐGNB"),
    Answer("PA-07", date(2025, 10, 6), "MT1b", CENTRE, 1, (3, 30, 28, 80, 82), found_by="Phản ánh, kiến nghị",
           reference="233/PAKN"),
)  # fmt: skip
_WORDS = {
    0: ("Quy trình chưa nói ai trình trước khi văn bản có hiệu lực", "Sửa quy trình công bố, giao đầu mối theo dõi"),
    1: ("Chưa có người thay khi nghỉ phép", "Phân công người thay ở từng vị trí"),
    2: ("Người mới chưa được tập huấn ký số", "Tập huấn ký số cho mọi người soạn thảo"),
    3: ("Chưa có quy chế phối hợp với bộ phận trả kết quả", "Ban hành quy chế phối hợp"),
    4: ("Kết nối trục gián đoạn, không ai được báo", "Đặt cảnh báo và gửi lại trong ngày"),
    6: ("In thêm bản giấy theo thói quen", "Nhắc trong giao ban, kiểm tra hằng tuần"),
    8: ("Sắp xếp đơn vị làm dồn việc công bố", "Lập danh sách phải công bố trước ngày hiệu lực"),
}


def nonconformities(world: World) -> list[Row]:
    return [_form(answer, world.today) for answer in ANSWERS if answer.opened_on + answer.days[0] * DAY <= world.today]


def _form(answer: Answer, today: date) -> Row:
    _, due, done, checked, closed = answer.days
    cause, action = _WORDS[answer.cause]

    def shown(days: int | None) -> date | None:
        day = answer.opened_on + days * DAY if days is not None else today + DAY
        return day if day <= today else None

    return {
        "form_number": answer.number,
        "opened_on": answer.opened_on,
        "found_by": answer.found_by,
        "reference": answer.reference,
        "linked_indicator": answer.indicator,
        "unit": names()[answer.room],
        "description": "Như phiếu hệ thống đã mở" if answer.reference is None else "Như căn cứ đã nêu",
        "correction": "Xử lý xong các trường hợp đã nêu",
        "cause_code": CAUSES[answer.cause],
        "why_1": "Không làm đúng lúc",
        "why_2": "Không biết phải làm",
        "why_3": cause,
        "cause": cause,
        "corrective_action": action,
        "responsible_post": "Chánh Văn phòng" if answer.room == LEADERS else "Trưởng phòng",
        "due_on": answer.opened_on + due * DAY,
        "done_on": shown(done),
        "evidence": "Thông báo của phòng" if shown(done) else None,
        "effectiveness": ("Có hiệu lực" if answer.is_effective else "Chưa hiệu lực") if shown(checked) else None,
        "effectiveness_on": shown(checked),
        "closed_on": shown(closed),
    }


def internal_audits(world: World) -> list[Row]:
    """A programme of May: four rooms in September, one postponed and not made up for; a report for two of them."""
    if world.today < date(2025, 5, 30):
        return []
    chosen = [CONTROL, CENTRE, ADMINISTRATION, listed_rooms()[3]]
    return [_audit(world, place, code) for place, code in enumerate(chosen)]


def _audit(world: World, place: int, code: str) -> Row:
    planned = date(2025, 9, 9) + place * DAY
    row: Row = {
        "programme_number": "18/CTr-VP",
        "year": 2025,
        "unit": names()[code],
        "scope": "Mục tiêu chất lượng và kiểm soát hồ sơ",
        "clauses": "6.2; 7.5; 9.1; 10.2",
        "planned_on": planned,
        "auditor_post": "Phó Chánh Văn phòng",
        "is_independent": "Có",
    }
    if place == 3 or world.today < planned + DAY:
        return row
    row["audited_on"] = planned + DAY
    if world.today >= date(2025, 9, 20):
        row |= {
            "major": 0,
            "minor": (1, 1, 1)[place],
            "opportunities": place,
            "report_number": "15/BC-ĐGNB",
            "reported_on": date(2025, 9, 20),
        }
    return row


def management_reviews(world: World) -> list[Row]:
    """One in July: three decisions, of which one is done, one late, one running; one input without a decision."""
    held = date(2025, 7, 18)
    if world.today < held:
        return []
    decided = (
        (3, "Công bố kết quả khảo sát trên trang của Văn phòng", 0, CENTRE, date(2025, 8, 31), date(2025, 8, 25)),
        (5, "Mỗi phòng có một người theo dõi phiếu không phù hợp", 1, ADMINISTRATION, date(2025, 9, 30), None),
        (9, "Bổ sung hai máy quét cho bộ phận một cửa", 2, CENTRE, date(2026, 1, 31), None),
    )
    rows: list[Row] = [_review(1, 3, held)]
    for number, (place, decision, output, room, due_on, done_on) in enumerate(decided, 2):
        rows.append(
            _review(number, place, held)
            | {
                "decision": decision,
                "output": OUTPUTS[output],
                "unit": names()[room],
                "responsible_post": "Trưởng phòng",
                "due_on": due_on,
                "done_on": done_on if done_on and done_on <= world.today else None,
            }
        )
    return rows


def _review(number: int, place: int, held: date) -> Row:
    return {
        "review_number": "02/BB-XXLĐ",
        "reviewed_on": held,
        "chair_post": "Chánh Văn phòng",
        "number": number,
        "input": INPUTS[place],
        "facts": "Theo số liệu 6 tháng",
        "discussion": "Thống nhất",
    }


def surveys(world: World) -> list[Row]:
    """Each half-year at the Centre, in the second half at a room where few answer."""
    rounds = (
        (CENTRE, date(2025, 5, 5), date(2025, 5, 30), 400, 212, 196, 4.35),
        (CENTRE, date(2025, 10, 6), date(2025, 10, 31), 400, 188, 180, 4.5),
        (CONTROL, date(2025, 10, 6), date(2025, 10, 31), 40, 17, 15, 4.1),
    )
    return [
        {
            "survey_number": "44/KH-VP",
            "unit": names()[room],
            "topic": "Tiếp nhận, giải quyết và trả kết quả TTHC",
            "method": "Trực tuyến",
            "starts_on": starts_on,
            "ends_on": ends_on,
            "invited": invited,
            "answered": answered,
            "satisfied": satisfied,
            "average_score": score,
            "scale": 5,
        }
        for room, starts_on, ends_on, invited, answered, satisfied, score in rounds
        if ends_on <= world.today
    ]
