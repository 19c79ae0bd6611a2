"""The register of issued documents: what went over the axis, what did not, and what stayed inside the Office."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.chance import Chance
from connectors.simulator.directory import long_style
from connectors.simulator.document_facts import at_minute, notation, subject
from connectors.simulator.documents import TYPES, Exchange, moments
from connectors.simulator.parties import Party, correspondents
from connectors.simulator.registers.rooms import rooms
from connectors.simulator.sent_lists import STATUS_NAMES


Row = dict[str, Any]
AXIS, SYSTEM, MAIL, PAPER = "Trục liên thông", "Hệ thống quản lý văn bản", "Thư điện tử", "Bản giấy"
BOTH, SYSTEM_BOTH = "Trục liên thông và bản giấy", "Hệ thống quản lý văn bản và bản giấy"
FULL, SEAL, INK = "Ký số cá nhân và cơ quan", "Chỉ ký số cơ quan", "Ký giấy"
AGENCY, INTERNAL, OTHER = "Cơ quan hành chính", "Nội bộ Văn phòng", "Cơ quan, tổ chức khác"
_OTHERS = ("Tỉnh ủy Đồng Nai", "Hội Nông dân tỉnh", "Công ty TNHH Thử Nghiệm", "Liên đoàn Lao động tỉnh")
# Agencies of the province that the axis does not reach.
_UNCONNECTED = (
    "Hạt Kiểm lâm liên huyện Tân Phú",
    "Ban Quản lý rừng phòng hộ Long Thành",
    "Đội Quản lý thị trường số 4",
)
# What the register alone knows: (weight, sending, exclusion, reference, state, recipient kind).
_ALONE = (
    (14, PAPER, "L02", "12/2019/QĐ-UBND", None, AGENCY),
    (3, PAPER, "L02", None, None, AGENCY),
    (10, PAPER, "L03", None, None, AGENCY),
    (14, PAPER, "L04", None, None, AGENCY),
    (3, PAPER, "L06", "Biên bản sự cố", None, AGENCY),
    (3, PAPER, "L99", None, None, AGENCY),
    (4, MAIL, None, None, None, AGENCY),
    (3, PAPER, None, None, None, AGENCY),
    (3, AXIS, None, None, None, AGENCY),
    (10, PAPER, "L05", None, None, OTHER),
    (20, PAPER, None, None, None, OTHER),
    (7, AXIS, None, None, "Dự thảo", AGENCY),
    (6, AXIS, None, None, "Hủy số", AGENCY),
)
# Fates of an internal document: (weight, sending, signing, exclusion, state, is received).
_INSIDE = (
    (960, SYSTEM, FULL, None, None, True),
    (5, SYSTEM_BOTH, FULL, None, None, True),
    (4, SYSTEM, SEAL, None, None, True),
    (2, SYSTEM, INK, None, None, True),
    (5, SYSTEM, FULL, None, None, False),
    (2, MAIL, FULL, None, None, True),
    (8, PAPER, INK, "L03", None, False),
    (5, SYSTEM, FULL, None, "Đã thu hồi", True),
    (5, SYSTEM, FULL, None, "Dự thảo", False),
    (4, SYSTEM, FULL, None, "Hủy số", False),
)


@dataclass(frozen=True)
class Entry:
    """A row of the register, and the place of its delivery in the planned exchange, where it has one."""

    row: Row
    delivery: int | None = None


def _time(moment: int, now: int) -> Any:
    return at_minute(moment) if moment <= now else None


def _room(place: int) -> str:
    """Rooms write their names as they like; one in two hundred is none of ours."""
    name = rooms()[place % len(rooms())][1]
    return "Tổ công tác liên ngành" if place % 200 == 199 else name.upper() if place % 30 == 29 else name


def _code(party: Party, place: int) -> str:
    """One in ten codes is written the way of another generation."""
    code = party.organ_id
    return long_style(code) if place % 10 == 9 and code[0] in "GH" and code.count(".") < 3 else code


def _document(number: int, text: str, kind: int, moment: int, place: int) -> Row:
    day = at_minute(moment).date()
    return {
        "number": number,
        "notation": text,
        "issued_on": day,
        "signed_on": day,
        "type_name": TYPES[kind][0],
        "subject": subject(place),
        "urgency": ("Thường", "Khẩn")[place % 25 == 24],
        "drafting_unit": _room(place),
    }


def on_the_axis(plan: Exchange, seed: int, now: int) -> list[Entry]:
    """What the plan sent, as far as the clerks wrote it down."""
    sent = plan.sent
    per_document = Chance(seed, np.arange(len(sent.signed), dtype=np.int64) + 60_000_000)
    per_row = Chance(seed, np.arange(len(sent.row_document), dtype=np.int64) + 70_000_000)
    signing = per_document.pick("signing", [0.9965, 0.0025, 0.001])
    paper, forgotten = per_row.uniform("paper") < 0.003, per_row.uniform("forgotten") < 0.001
    called_back = per_row.uniform("called back") < 0.7
    answered = {int(row): int(code) for row, code in _last_consent(plan, now)}
    newest = _newest_answers(plan, now)
    found = []
    for place in np.flatnonzero(~forgotten & (sent.signed[sent.row_document] <= now)).tolist():
        document = int(sent.row_document[place])
        party = correspondents()[int(sent.row_recipient[place])]
        kind = int(sent.type[document])
        recalled = place in answered and bool(called_back[place])
        row = _document(
            int(sent.number[document]), notation("UBND", kind), kind, int(sent.signed[document]), document
        ) | {
            "recipient_name": party.name,
            "recipient_code": _code(party, place),
            "recipient_kind": AGENCY,
            "sending": BOTH if paper[place] else AXIS,
            "signing": (FULL, SEAL, INK)[int(signing[document])],
            "sent_at": _time(int(sent.row_sent[place]), now),
            "received_at": _time(int(sent.row_received[place]), now),
            **_receipt(newest.get(place), is_sent=int(sent.row_sent[place]) <= now),
            "state": "Đã thu hồi" if recalled else "Đã ban hành",
        }
        found.append(Entry(row, place))
    return found


def _newest_answers(plan: Exchange, now: int) -> dict[int, tuple[int, int]]:
    """Delivery → moment and code of what its recipient told last: the document system took every packet."""
    answers = plan.answers_received
    told = zip(answers.about.tolist(), answers.at.tolist(), answers.code.tolist(), strict=True)
    return {about: (at, code) for about, at, code in told if at <= now}


def _receipt(answer: tuple[int, int] | None, *, is_sent: bool) -> Row:
    if answer is None:
        return {"receipt": "Chưa có phản hồi" if is_sent else None}
    return {"receipt": STATUS_NAMES[answer[1]], "receipt_at": at_minute(answer[0])}


def _last_consent(plan: Exchange, now: int) -> list[tuple[int, int]]:
    answers = plan.answers_received
    return [
        (int(row), int(code))
        for row, code, at in zip(answers.about, answers.code, answers.at, strict=True)
        if code in (15, 16) and at <= now
    ]


@lru_cache(maxsize=8)
def _drawn(seed: int, count: int, weights: tuple[int, ...], stream: int) -> tuple[list[int], list[int]]:
    chance = Chance(seed, np.arange(count, dtype=np.int64) + stream)
    return moments(chance, count).tolist(), chance.pick("fate", list(map(float, weights))).tolist()


def beside_the_axis(plan: Exchange, seed: int, now: int) -> list[Entry]:
    """Documents on paper, by mail, to others than agencies, drafts, cancelled numbers; numbered after all the rest."""
    first = int(np.max(plan.sent.number, initial=0)) + 1
    at, fates = _drawn(seed, len(plan.sent.signed) // 25, tuple(fate[0] for fate in _ALONE), 80_000_000)
    found = []
    for place, moment in enumerate(at):
        _, sending, code, reference, state, kind = _ALONE[fates[place]]
        party = correspondents()[place * 7 % len(correspondents())]
        to = {"recipient_name": party.name, "recipient_code": _code(party, place)}
        if kind == OTHER:
            to = {"recipient_name": _OTHERS[place % len(_OTHERS)]}
        if code == "L04":
            to = {"recipient_name": _UNCONNECTED[place % len(_UNCONNECTED)]}
        row = _document(first + place, notation("UBND", 0), 0, moment, place) | to
        row |= {
            "recipient_kind": kind,
            "sending": sending,
            "signing": INK if sending == PAPER else FULL,
            "sent_at": _time(moment + 60, now) if place % 2 else None,
            "exclusion_code": code,
            "exclusion_reference": reference,
            "state": state or "Đã ban hành",
        }
        if moment <= now:
            found.append(Entry(row))
    return found


def inside(plan: Exchange, seed: int, now: int) -> list[Entry]:
    """Documents between the Office's rooms, to one, two or three of them."""
    at, fates = _drawn(seed, len(plan.sent.signed) // 8, tuple(fate[0] for fate in _INSIDE), 90_000_000)
    found = []
    for place, moment in enumerate(at):
        _, sending, signing, code, state, is_received = _INSIDE[fates[place]]
        for nth in range(1 + place % 3 if moment <= now else 0):
            taken = moment + 5 + 17 * ((place + nth) % 9) + (3 * wt.DAY if place % 150 == 149 else 0)
            row = _document(1 + place, "TB-VP", 4, moment, place) | {
                "recipient_name": rooms()[(place + nth) % len(rooms())][1],
                "recipient_kind": INTERNAL,
                "sending": sending,
                "signing": signing,
                "sent_at": _time(moment + 2, now),
                "received_at": _time(taken, now) if is_received else None,
                "exclusion_code": code,
                "state": state or "Đã ban hành",
            }
            found.append(Entry(row))
    return found
