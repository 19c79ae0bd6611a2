"""What waits on the axis for the Office: the world's packets, those of a folder, those just sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from connectors.simulator import packets, sent_lists, status_packets
from connectors.simulator.document_facts import at_minute
from connectors.simulator.documents import Exchange, exchange
from connectors.simulator.parties import OURSELVES, correspondents
from connectors.simulator.sent_lists import STATES, transport_id
from connectors.simulator.states import evening
from connectors.simulator.world import World


Row = dict[str, Any]
_DOCUMENT, _ANSWER, _RECALL = range(1, 4)
# The Office's own client empties the queue at 7, 22, 37 and 52 minutes past the hour.
DRAINED_EVERY, DRAINED_AT = 15, 7


def drained_before(moment: int) -> int:
    return (moment - DRAINED_AT) // DRAINED_EVERY * DRAINED_EVERY + DRAINED_AT


def message_type(text: bytes) -> str:
    """`status` for a status packet, `edoc` for a document, judged by what is in it."""
    return "status" if re.search(rb"<(?:\w+:)?StatusCode>", text) else "edoc"


@dataclass(frozen=True)
class Packet:
    """A packet that no world planned: put there from a folder or by `sendEdoc`."""

    identifier: str
    type: str
    sender: str
    to: str
    system: str
    content: bytes
    at: str


@dataclass
class Queues:
    """The lists and packets of one axis. Acknowledgements are remembered here, not in the world.

    `moment`: the minute of the world that shows; None: the evening of its day.
    """

    world: Callable[[], World]
    extra: dict[str, Packet] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    moment: int | None = None

    def add_folder(self, folder: Path, system: str) -> None:
        """Put every `.edxml` file of a folder on the received queue, in the order of their names."""
        for path in sorted(folder.rglob("*.edxml")):
            content = path.read_bytes()
            identifier = hashlib.sha256(path.name.encode() + content).hexdigest()[:24]
            found = re.search(rb"<(?:\w+:)?OrganId>([^<]*)<", content)
            sender = found.group(1).decode() if found else ""
            kind = message_type(content)
            fixed = (identifier, kind, sender, OURSELVES[0], system, content)
            self.extra[identifier] = Packet(*fixed, at=self.stamp())

    def stamp(self) -> str:
        """The server's time: one minute before what today shows ends."""
        return f"{self.world().today} 17:59:00"

    @property
    def _exchange(self) -> Exchange:
        return exchange(self.world().seed, self.world().documents)

    @property
    def now(self) -> int:
        return evening(self.world().today) if self.moment is None else self.moment

    @property
    def drained_at(self) -> int:
        """When the Office's own client last took everything; before all time where it takes nothing."""
        return drained_before(self.now) if self.world().is_drained else -1

    def _seen(self, moments: np.ndarray[Any, np.dtype[np.int64]]) -> int:
        """How many of ascending moments have come."""
        return int(np.searchsorted(moments, self.now, side="right"))

    def _waiting(self, moments: np.ndarray[Any, np.dtype[np.int64]]) -> range:
        """The places of ascending moments that have come and were not taken away."""
        return range(int(np.searchsorted(moments, self.drained_at, side="right")), self._seen(moments))

    def received(self, kind: str, system: str, *, office: bool) -> list[Row]:
        """What waits for a system, oldest first; whatever is done or has failed waits no more."""
        rows = [] if not office else list(self._documents() if kind == "edoc" else self._statuses())
        rows += [
            self._row(one.identifier, kind, one.at, one.sender, one.to)
            for one in self.extra.values()
            if one.type == kind and one.system == system
        ]
        return [row for row in rows if row["status"] not in {"done", "fail"}]

    def _documents(self) -> Iterator[Row]:
        received, parties = self._exchange.received, correspondents()
        for index in self._waiting(received.arrived):
            at = f"{at_minute(int(received.arrived[index]))}"
            to = OURSELVES[(index % 10 > 6) + (index % 10 > 8)]
            sender = parties[int(received.sender[index])].organ_id
            yield self._row(transport_id(_DOCUMENT, index), "edoc", at, sender, to)

    def _statuses(self) -> Iterator[Row]:
        plan, parties = self._exchange, correspondents()
        answers, recalls = plan.answers_received, plan.recalls_received
        found = []
        for place in self._waiting(answers.at):
            party = parties[int(plan.sent.row_recipient[answers.about[place]])]
            found.append((int(answers.at[place]), _ANSWER, place, party.organ_id))
        for place in self._waiting(recalls.at):
            party = parties[int(plan.received.sender[recalls.about[place]])]
            found.append((int(recalls.at[place]), _RECALL, place, party.organ_id))
        for at, kind, place, sender in sorted(found):
            identifier = transport_id(kind, place)
            yield self._row(identifier, "status", str(at_minute(at)), sender, OURSELVES[0])

    def _row(self, identifier: str, kind: str, at: str, sender: str, to: str) -> Row:
        status = self.states.get(identifier, "initial")
        return {
            "docId": identifier,
            "serviceType": "eDoc",
            "messageType": kind,
            "created_time": at,
            "updated_time": at,
            "from": sender,
            "to": to,
            "status": status,
            "status_desc": STATES[status],
        }

    def content(self, identifier: str) -> bytes | None:
        """The text of a packet that has arrived."""
        if identifier in self.extra:
            return self.extra[identifier].content
        try:
            kind, index = int(identifier[2:4], 16), int(identifier[4:12], 16)
        except ValueError:
            return None
        if identifier != transport_id(kind, index):
            return None
        plan = self._exchange
        written = {
            _DOCUMENT: (plan.received.arrived, packets.document),
            _ANSWER: (plan.answers_received.at, status_packets.answer),
            _RECALL: (plan.recalls_received.at, status_packets.recall),
        }
        if kind not in written:
            return None
        moments, write = written[kind]
        return write(plan, index) if index < self._seen(moments) else None

    def sent(self) -> list[Row]:
        """One row per document and recipient, in the order of sending."""
        return sent_lists.documents(self._exchange, self.now)

    def sent_statuses(self) -> list[Row]:
        """One row per status packet the Office sent."""
        return sent_lists.statuses(self._exchange, self.now)
