"""The ground truth of MT2a and MT2b: every record judged from the plan of the exchange and the clerks' registers.

Deliveries are known here by their place in the plan, not by what is written on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from connectors.simulator import truth_incoming
from connectors.simulator import working_time as wt
from connectors.simulator.document_facts import at_minute
from connectors.simulator.documents import Exchange, exchange
from connectors.simulator.evidence import usable
from connectors.simulator.periods import periods
from connectors.simulator.registers.documents import outgoing_entries
from connectors.simulator.registers.incoming import secret_counts
from connectors.simulator.registers.outgoing import (
    AGENCY,
    AXIS,
    BOTH,
    FULL,
    INTERNAL,
    PAPER,
    SYSTEM,
    SYSTEM_BOTH,
    Entry,
)
from connectors.simulator.sent_lists import SENT_AGAIN_AT, SENT_AGAIN_EVERY
from connectors.simulator.states import evening
from connectors.simulator.world import World


Row = dict[str, Any]
DEFINITIONS = {"MT2a": ("DOC",), "MT2b": ("PAIR", "DOC", "IN", "T1", "T2", "T3", "T4")}
_ACCEPTED = {"L01", "L02", "L03", "L04"}
_COLUMNS = ("met", "failed", "excluded", "undetermined")


class Record(NamedTuple):
    indicator: str
    definition: str
    day: date
    outcome: str


def rows(world: World, closing_date: date, observed: list[date] | None = None) -> list[Row]:
    """All begun periods of both calendars for the headline, flat."""
    found = list(records(world, closing_date, observed))
    flat = []
    for period in periods(closing_date):
        end = min(period.end, closing_date)
        counted = Counter(one._replace(day=period.start) for one in found if period.start <= one.day <= end)
        for indicator, definitions in DEFINITIONS.items():
            for definition in definitions:
                met, failed, excluded, undetermined = (
                    counted[Record(indicator, definition, period.start, outcome)] for outcome in _COLUMNS
                )
                flat.append(
                    {
                        "indicator": indicator,
                        "definition": definition,
                        "unit_code": "VP",
                        "calendar": period.calendar,
                        "kind": period.kind,
                        "start": period.start.isoformat(),
                        "end": period.end.isoformat(),
                        "numerator": met,
                        "denominator": met + failed,
                        "excluded": excluded,
                        "quarantined": undetermined,
                    }
                )
    return flat


def records(world: World, closing_date: date, observed: list[date] | None = None) -> Iterator[Record]:
    """Every record of every definition, as the newest usable look shows it, cut at the end of the closing date."""
    seen = replace(world, today=usable(observed, world, closing_date)[-1])
    outgoing = Outgoing(seen, closing_date)
    yield from outgoing.deliveries()
    yield from outgoing.internal()
    for definition, day, outcome in truth_incoming.records(seen, closing_date):
        yield Record("MT2b", definition, day, outcome)
    for row in secret_counts(exchange(seed=seen.seed, documents=seen.documents), min(seen.today, closing_date)):
        for indicator, definition in _SECRET[row["direction"]]:
            yield from [Record(indicator, definition, row["month"], "excluded")] * row["documents"]


_SECRET = {
    "Đi": [("MT2b", "PAIR"), ("MT2b", "DOC")],
    "Đến": [("MT2b", "IN")],
    "Nội bộ": [("MT2a", "DOC")],
}


class Outgoing:
    """The Office's own documents on one closing date."""

    def __init__(self, world: World, closing_date: date) -> None:
        self.plan: Exchange = exchange(world.seed, world.documents)
        self.closing_date = closing_date
        # The last minute that counts: the evening of the look, or the end of the closing date.
        self.last = min(evening(world.today), (wt.day_number(closing_date) + 1) * wt.DAY - 1)
        self.entries = [
            entry
            for entry in outgoing_entries(world)
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
                documents[document].append((day, "undetermined" if self._is_delivered(place) else "failed"))
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

    def _is_delivered(self, place: int) -> bool:
        told = [code for _, code in sorted(self.answers.get(place, [])) if code <= 6]
        taken = int(self.plan.sent.row_received[place])
        is_again = place % SENT_AGAIN_EVERY == SENT_AGAIN_AT and taken + wt.DAY <= self.last
        if told:
            return told[-1] != 2 and (max(told) != 2 or taken <= self.last)
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
            is_clean = row["signing"] == FULL and row["sending"] == SYSTEM and row["sending"] != SYSTEM_BOTH
            if not (is_clean and is_received):
                return "failed"
        return "met"


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    following = day + timedelta(days=1)
    while not wt.WORKING[wt.day_number(following)]:
        following += timedelta(days=1)
    return following
