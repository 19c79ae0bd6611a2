"""The ground truth of incoming documents: MT2b-in and T2 to T4, from the plan's packets and the clerks' register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.attachments import signing
from connectors.simulator.document_facts import TEMPLATE_RESIDUE, DocumentFacts
from connectors.simulator.documents import REPLACED, REVOKED, Exchange, exchange
from connectors.simulator.queues import drained_before
from connectors.simulator.registers.incoming import Entry
from connectors.simulator.registers.outgoing import AXIS, PAPER
from connectors.simulator.states import evening
from connectors.simulator.truth_outgoing import next_working_day
from connectors.simulator.world import World


Key = tuple[str, str]
Judged = tuple[str, date, str]


class Packets:
    """What the axis shows of each incoming document, known by sender and number."""

    def __init__(self, plan: Exchange, last: int) -> None:
        self._plan, received = plan, plan.received
        shown = np.flatnonzero((received.secret < 0) & (received.arrived <= last))
        self.of: dict[Key, list[DocumentFacts]] = defaultdict(list)
        self._by_id: dict[tuple[str, str], Key] = {}
        every = [DocumentFacts(plan, place) for place in shown.tolist()]
        for one in every:
            key = (one.sender.organ_id, one.code)
            self.of[key].append(one)
            self._by_id[one.sender.organ_id, one.document_id] = key
        self.recalled = {(one.sender.organ_id, one.code) for one in every if one.kind == REVOKED}
        # Known by the id that the replacing packet names.
        self.replaced = {
            self._by_id.get((one.sender.organ_id, DocumentFacts(plan, one.target).document_id))
            for one in every
            if one.kind == REPLACED
        }

    def contents(self, key: Key) -> list[DocumentFacts]:
        """The packets that carry the document, the oldest first."""
        return [one for one in self.of.get(key, []) if one.kind != REVOKED]

    def is_seen(self, key: Key, looks: list[int]) -> bool:
        """Whether somebody who looked at these moments saw one of its packets in the queue."""
        arrived = [int(self._plan.received.arrived[one.index]) for one in self.contents(key)]
        return any(drained_before(look) < at <= look for at in arrived for look in looks)

    def is_signed(self, key: Key) -> bool | None:
        """Whether the newest version is signed as it must be; None when its file cannot be read."""
        newest = self.contents(key)[-1]
        if newest.defect == TEMPLATE_RESIDUE and newest.index % 400 != 399:
            return None
        return signing(newest.index) == "full"

    def due(self, key: Key) -> date | None:
        told = [one for one in self.contents(key) if one.index % 10 < 3]
        return told[-1].promulgated + timedelta(days=5 + told[-1].index % 16) if told else None


def records(world: World, closing_date: date, entries: list[Entry], looks: list[int]) -> Iterator[Judged]:
    """(definition, day, outcome) of every incoming document that can be known.

    A packet that the Office's own client took before any of the `looks`, and no clerk wrote down, nobody can know of.
    """
    last = min(evening(world.today), (wt.day_number(closing_date) + 1) * wt.DAY - 1)
    packets = Packets(exchange(world.seed, world.documents), last)
    written = set()
    for entry in entries:
        row = entry.row
        if row["arrived_at"].date() > closing_date:
            continue
        key = (str(row.get("sender_code", row["sender_name"])), f"{row['number']}/{row['notation']}")
        written.add(key)
        yield "IN", row["issued_on"], _arrived(row, key, packets, closing_date)
        yield from _in_time(row, packets.due(key), closing_date)
    for key in packets.of.keys() - written:
        if packets.contents(key) and (not world.is_drained or packets.is_seen(key, looks)):
            day = min(one.promulgated for one in packets.of[key])
            yield "IN", day, _unwritten(key, packets)


def _unwritten(key: Key, packets: Packets) -> str:
    if key in packets.recalled or key in packets.replaced:
        return "excluded"
    return "failed" if packets.is_signed(key) is False else "undetermined"


def _arrived(row: dict[str, Any], key: Key, packets: Packets, closing_date: date) -> str:
    if key in packets.recalled or key in packets.replaced:
        return "excluded"
    if "sender_code" not in row:
        return "undetermined"
    is_packet = bool(packets.contents(key))
    is_signed = packets.is_signed(key) if is_packet else row["channel"] == AXIS
    is_electronic = is_packet or row["channel"] == AXIS
    if not is_electronic or row["channel"] == PAPER or _day(row, "received_at", closing_date) is None:
        return "failed"
    return {True: "met", False: "failed", None: "undetermined"}[is_signed]


def _day(row: dict[str, Any], name: str, closing_date: date) -> date | None:
    at: datetime | None = row.get(name)
    return at.date() if at is not None and at.date() <= closing_date else None


def _in_time(row: dict[str, Any], packet_due: date | None, closing_date: date) -> Iterator[Judged]:
    received = _day(row, "received_at", closing_date)
    arrived = row["arrived_at"].date()
    yield "T2", row["issued_on"], _judged(arrived, received, closing_date)
    if received is None:
        yield "T3", row["issued_on"], "excluded"
    else:
        limit = received if row["urgency"] != "Thường" else next_working_day(received)
        yield "T3", row["issued_on"], _judged(limit, _day(row, "forwarded_at", closing_date), closing_date)
    due = row.get("due_on") or packet_due
    done = _day(row, "completed_at", closing_date)
    yield "T4", row["issued_on"], "excluded" if due is None else _judged(due, done, closing_date)


def _judged(due: date, done: date | None, closing_date: date) -> str:
    if done is None:
        return "excluded" if due >= closing_date else "failed"
    return "met" if done <= due else "failed"
