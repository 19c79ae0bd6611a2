"""The ground truth of the Office's own documents: deliveries, whole documents, T1, and what stays inside.

Deliveries are known here by their place in the plan, not by what is written on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from connectors.simulator import working_time as wt
from connectors.simulator.document_facts import at_minute
from connectors.simulator.documents import Exchange, exchange
from connectors.simulator.registers.outgoing import AGENCY, AXIS, BOTH, FULL, INTERNAL, PAPER, SYSTEM, Entry
from connectors.simulator.sent_lists import SENT_AGAIN_AT, SENT_AGAIN_EVERY
from connectors.simulator.states import evening
from connectors.simulator.world import World


Row = dict[str, Any]
_ACCEPTED = {"L01", "L02", "L03", "L04"}


class Record(NamedTuple):
    indicator: str
    definition: str
    day: date
    outcome: str


class Outgoing:
    """The Office's own documents on one closing date."""

    def __init__(self, world: World, closing_date: date, entries: list[Entry]) -> None:
        self.plan: Exchange = exchange(world.seed, world.documents)
        self.closing_date, self.is_drained = closing_date, world.is_drained
        # The last minute that counts: the evening of the look, or the end of the closing date.
        self.last = min(evening(world.today), (wt.day_number(closing_date) + 1) * wt.DAY - 1)
        self.entries = [
            entry
            for entry in entries
            if entry.row["state"] in ("Đã ban hành", "Đã thu hồi") and entry.row["issued_on"] <= closing_date
        ]
        answers = self.plan.answers_received
        self.answers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, code, at in zip(answers.about.tolist(), answers.code.tolist(), answers.at.tolist(), strict=True):
            if at <= self.last:
                self.answers[row].append((at, code))

    def deliveries(self) -> Iterator[Record]:
        """Pairs, whole documents and T1."""
        documents: dict[Any, list[tuple[date, str]]] = defaultdict(list)
        issued = {self._document(entry): entry.row["issued_on"] for entry in self.entries if entry.delivery is not None}
        for entry in self.entries:
            if entry.row["recipient_kind"] == AGENCY and entry.row.get("exclusion_code") != "L05":
                outcome = self._pair(entry)
                documents[self._document(entry)].append((entry.row["issued_on"], outcome))
                if outcome != "excluded":
                    yield Record("MT2b", "T1", entry.row["issued_on"], self._in_time(entry))
        known = {entry.delivery for entry in self.entries}
        for place, at in enumerate(self.plan.sent.row_sent.tolist()):
            if at <= self.last and place not in known:
                document = int(self.plan.sent.row_document[place])
                day = issued.get(document, at_minute(at).date())
                # What recipients told was taken away; without a register nothing stands for it.
                if not self.is_drained and self._is_given_back(place):
                    documents[document].append((day, "excluded"))
                    continue
                is_open = self.is_drained or self._is_delivered(place)
                documents[document].append((day, "undetermined" if is_open else "failed"))
                yield Record("MT2b", "T1", day, "undetermined")
        for pairs in documents.values():
            for day, outcome in pairs:
                yield Record("MT2b", "PAIR", day, outcome)
            outcomes = {outcome for _, outcome in pairs}
            worst = next(one for one in ("failed", "undetermined", "met", "excluded") if one in outcomes)
            yield Record("MT2b", "DOC", min(day for day, _ in pairs), worst)

    def _document(self, entry: Entry) -> Any:
        if entry.delivery is None:
            return entry.row["number"], entry.row["notation"]
        return int(self.plan.sent.row_document[entry.delivery])

    def _is_sent(self, place: int | None) -> bool:
        return place is not None and int(self.plan.sent.row_sent[place]) <= self.last

    def _pair(self, entry: Entry) -> str:
        row, place = entry.row, entry.delivery
        consent = [code for _, code in sorted(self.answers.get(-1 if place is None else place, [])) if code in (15, 16)]
        if row["state"] == "Đã thu hồi" and (not self._is_sent(place) or consent[-1:] != [16]):
            return "excluded"
        if place is not None and self._is_sent(place) and self._is_given_back(place):
            return "excluded"
        code = row.get("exclusion_code")
        if code in _ACCEPTED and (code != "L02" or row.get("exclusion_reference")):
            return "excluded"
        if place is None or not self._is_sent(place):
            # A list that shows nothing at all was never read.
            was_read = bool((self.plan.sent.row_sent <= self.last).any())
            is_open = row["sending"] == AXIS and row["signing"] == FULL and not was_read
            return "undetermined" if is_open else "failed"
        is_clean = row["signing"] == FULL and row["sending"] not in (PAPER, BOTH)
        return "met" if is_clean and self._is_delivered(place) else "failed"

    def _is_given_back(self, place: int) -> bool:
        """The recipient agreed to a recall, and nothing was sent to it since."""
        consent = [(at, code) for at, code in sorted(self.answers.get(place, [])) if code in (15, 16)]
        if not consent or consent[-1][1] == 16:
            return False
        again = int(self.plan.sent.row_sent[place]) + wt.DAY
        return place % SENT_AGAIN_EVERY != SENT_AGAIN_AT or not consent[-1][0] < again <= self.last

    def _is_delivered(self, place: int) -> bool:
        told = [code for _, code in sorted(self.answers.get(place, [])) if code <= 6]
        taken = int(self.plan.sent.row_received[place])
        is_again = place % SENT_AGAIN_EVERY == SENT_AGAIN_AT and taken + wt.DAY <= self.last
        if told:
            return told[-1] != 2
        return taken <= self.last or is_again

    def _in_time(self, entry: Entry) -> str:
        due = next_working_day(entry.row["signed_on"])
        at = entry.row.get("sent_at")
        done = at.date() if at and at.date() <= self.closing_date else None
        if done is not None:
            return "met" if done <= due else "failed"
        return "excluded" if due >= self.closing_date else "undetermined"

    def internal(self) -> Iterator[Record]:
        """Documents of which every recipient is a room of the Office."""
        documents: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for entry in self.entries:
            if entry.row["recipient_kind"] == INTERNAL:
                documents[entry.row["number"], entry.row["notation"]].append(entry.row)
        for parts in documents.values():
            yield Record("MT2a", "DOC", parts[0]["issued_on"], self._inside(parts))

    def _inside(self, parts: list[Row]) -> str:
        if any(row["state"] == "Đã thu hồi" for row in parts):
            return "excluded"
        left = [row for row in parts if row.get("exclusion_code") not in _ACCEPTED]
        if not left:
            return "excluded"
        for row in left:
            received = row.get("received_at")
            is_received = received is not None and received.date() <= self.closing_date
            is_clean = row["signing"] == FULL and row["sending"] == SYSTEM
            if not (is_clean and is_received):
                return "failed"
        return "met"


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    following = day + timedelta(days=1)
    while not wt.WORKING[wt.day_number(following)]:
        following += timedelta(days=1)
    return following
