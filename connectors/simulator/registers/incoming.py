"""The register of incoming documents, as the clerks keep it beside the axis; and how many were secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.attachments import signing
from connectors.simulator.chance import Chance
from connectors.simulator.document_facts import TEMPLATE_RESIDUE, DocumentFacts, at_minute
from connectors.simulator.documents import NEW, REPLACED, REVOKED, Exchange, moments
from connectors.simulator.parties import correspondents
from connectors.simulator.registers.outgoing import AXIS, MAIL, PAPER
from connectors.simulator.registers.rooms import ADMINISTRATION, names, rooms


Row = dict[str, Any]
_CHANNELS = (PAPER, MAIL, "Fax")
_STRANGERS = ("Công ty Cổ phần Thử Nghiệm", "Hội Cựu chiến binh huyện")
# Numbers that no packet has: those of the plan stay below.
_FIRST_BESIDE = 10_000


@dataclass(frozen=True)
class Entry:
    """A row of the register, and the place of its packet in the planned exchange, where it has one."""

    row: Row
    packet: int | None = None


def _answers(plan: Exchange) -> dict[int, dict[int, int]]:
    """Packet → status code → when the Office reported it."""
    told: dict[int, dict[int, int]] = {}
    for about, code, at in zip(plan.answers_sent.about, plan.answers_sent.code, plan.answers_sent.at, strict=True):
        told.setdefault(int(about), {}).setdefault(int(code), int(at))
    return told


def _handled(arrived: int, told: dict[int, int], place: int, now: int) -> Row:
    """Receipt, forwarding and completion: mostly at once, some the next day, a few never."""
    if place % 400 == 399:
        return {}
    late = 900 if place % 45 == 44 else 0
    received = told.get(3, told.get(2, arrived + 8 + place % 40 + late))
    forwarded = told.get(4, told.get(5, received + 30 + place % 200 + (2 * wt.DAY if place % 60 == 59 else 0)))
    completed = told.get(6, forwarded + wt.DAY * (1 + place % 9))
    times = {"received_at": received, "forwarded_at": forwarded, "completed_at": completed}
    return {name: at_minute(at) for name, at in times.items() if at <= now}


def _due(one: DocumentFacts) -> date | None:
    """What the clerks set where no packet tells a day."""
    return one.promulgated + timedelta(days=10 + one.index % 8) if one.index % 10 == 5 else None


def _export(plan: Exchange, now: int) -> dict[tuple[str, str], Row]:
    """Sender and number → what the document system found: the newest version's signature, and whether it stands."""
    received = plan.received
    found: dict[tuple[str, str], Row] = {}
    of_id: dict[tuple[str, str], tuple[str, str]] = {}
    places = np.flatnonzero((received.secret < 0) & (received.arrived <= now))
    shown = [DocumentFacts(plan, place) for place in places.tolist()]
    for one in shown:
        key = (one.sender.organ_id, one.code)
        of_id[one.sender.organ_id, one.document_id] = key
        row = found.setdefault(key, {"validity": "Có hiệu lực"})
        if one.kind == REVOKED:
            row["validity"] = "Đã thu hồi"
        else:
            row["signature"] = _checked(one)
            if one.index % 10 < 3:
                row["due_on"] = one.promulgated + timedelta(days=5 + one.index % 16)
    for one in shown:
        old = of_id.get((one.sender.organ_id, DocumentFacts(plan, one.target).document_id))
        if one.kind == REPLACED and old and found[old]["validity"] == "Có hiệu lực":
            found[old]["validity"] = "Đã thay thế"
    return found


def _checked(one: DocumentFacts) -> str:
    if one.defect == TEMPLATE_RESIDUE and one.index % 400 != 399:
        return "Không đọc được"
    return "Hợp lệ" if signing(one.index) == "full" else "Không hợp lệ"


def on_the_axis(plan: Exchange, seed: int, now: int) -> list[Entry]:
    """What came as packets, each document once; changes of an earlier document stand in its own row."""
    received = plan.received
    chance = Chance(seed, np.arange(len(received.arrived), dtype=np.int64) + 100_000_000)
    forgotten, paper = chance.uniform("forgotten") < 0.002, chance.uniform("paper") < 0.003
    own = np.isin(received.kind, (NEW, REPLACED)) & (received.secret < 0) & (received.arrived <= now) & ~forgotten
    told, seen, found = _answers(plan), set(), []
    exported = _export(plan, now)
    for place in np.flatnonzero(own).tolist():
        one = DocumentFacts(plan, place)
        key = (one.sender.organ_id, one.code)
        if key in seen:
            continue
        seen.add(key)
        row = {
            "number": one.number,
            "notation": one.notation,
            "issued_on": one.promulgated,
            "sender_name": one.sender.name,
            "sender_code": one.sender.organ_id,
            "channel": PAPER if paper[place] else AXIS,
            "urgency": "Khẩn" if place % 20 in (16, 17) else "Thường",
            "arrived_at": at_minute(int(received.arrived[place])),
            "due_on": _due(one),
            "handling_unit": rooms()[place % len(rooms())][1],
            **exported[key],
            **_handled(int(received.arrived[place]), told.get(place, {}), place, now),
        }
        found.append(Entry(row, place))
    return found


def beside_the_axis(plan: Exchange, seed: int, now: int) -> list[Entry]:
    """What came on paper, by mail or fax; one in eight from somebody without a code."""
    count = len(plan.received.arrived) // 90
    at = moments(Chance(seed, np.arange(count, dtype=np.int64) + 110_000_000), count).tolist()
    found = []
    for place, moment in enumerate(at):
        party = correspondents()[place * 11 % len(correspondents())]
        sender = {"sender_name": party.name, "sender_code": party.organ_id}
        if place % 8 == 7:
            sender = {"sender_name": _STRANGERS[place % 2]}
        row = sender | {
            "number": _FIRST_BESIDE + place,
            "notation": f"{party.letters}-VP",
            "issued_on": at_minute(moment).date(),
            "channel": _CHANNELS[place % 3],
            "urgency": "Thường",
            "arrived_at": at_minute(moment),
            "handling_unit": rooms()[place % len(rooms())][1],
            **_handled(moment, {}, place, now),
        }
        if moment <= now:
            found.append(Entry(row))
    return found


def secret_counts(plan: Exchange, today: date) -> list[Row]:
    """How many secret documents each month: those that came over the axis were refused and counted there too."""
    by_month = [0] * 13
    for place in np.flatnonzero(plan.received.secret >= 0).tolist():
        by_month[at_minute(int(plan.received.arrived[place])).month] += 1
    scale = max(len(plan.sent.signed) // 2_000, 1)
    rows = []
    for month in range(1, 13):
        first = date(2025, month, 1)
        if first > today:
            break
        counts = {"Đi": scale * (1 + month % 2), "Đến": by_month[month], "Nội bộ": month % 3}
        for direction, documents in counts.items():
            unit = names()[ADMINISTRATION]
            rows.append({"month": first, "direction": direction, "documents": documents, "unit": unit})
    return rows
