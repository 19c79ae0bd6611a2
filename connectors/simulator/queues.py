"""What waits on the axis for the Office: the world's packets, those of a folder, those just sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from . import packets
from .documents import NEVER, Exchange, exchange
from .packets import at_minute
from .parties import OURSELVES, correspondents
from .states import evening
from .world import World

Row = dict[str, Any]
STATUS_NAMES = {
    1: "Đã đến",
    2: "Từ chối tiếp nhận",
    3: "Đã tiếp nhận",
    4: "Phân công",
    5: "Đang xử lý",
    6: "Hoàn thành",
    15: "Đồng ý lấy lại",
    16: "Từ chối lấy lại",
}
_STATES = {"initial": "Chờ xử lý", "processing": "Đang xử lý", "done": "Đã nhận", "fail": "Lỗi"}
_DOCUMENT, _ANSWER, _RECALL, _SENT, _SENT_STATUS = range(1, 6)


def message_type(text: bytes) -> str:
    """`status` for a status packet, `edoc` for a document, judged by what is in it."""
    return "status" if re.search(rb"<(?:\w+:)?StatusCode>", text) else "edoc"


def _identifier(kind: int, index: int) -> str:
    mixed = hashlib.blake2b(f"{kind}/{index}".encode(), digest_size=6).hexdigest()
    return f"67{kind:02x}{index:08x}{mixed}"


@dataclass(frozen=True)
class Packet:
    """A packet that no world planned: put there from a folder or by `sendEdoc`."""

    identifier: str
    type: str
    sender: str
    to: str
    system: str
    content: bytes


@dataclass
class Queues:
    """The lists and packets of one axis. Acknowledgements are remembered here, not in the world."""

    world: Callable[[], World]
    extra: dict[str, Packet] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def add_folder(self, folder: Path, system: str) -> None:
        """Put every `.edxml` file of a folder on the received queue, in the order of their names."""
        for path in sorted(folder.rglob("*.edxml")):
            content = path.read_bytes()
            identifier = hashlib.sha256(path.name.encode() + content).hexdigest()[:24]
            found = re.search(rb"<(?:\w+:)?OrganId>([^<]*)<", content)
            sender = found.group(1).decode() if found else ""
            kind = message_type(content)
            self.extra[identifier] = Packet(identifier, kind, sender, OURSELVES[0], system, content)

    @property
    def _exchange(self) -> Exchange:
        return exchange(self.world().seed, self.world().documents)

    def _seen(self, moments: np.ndarray[Any, np.dtype[np.int64]]) -> int:
        """How many of ascending moments lie before the evening of today."""
        return int(np.searchsorted(moments, evening(self.world().today), side="right"))

    def received(self, kind: str, system: str, *, office: bool) -> list[Row]:
        """What waits for a system, oldest first; whatever is done or has failed waits no more."""
        rows = [] if not office else list(self._documents() if kind == "edoc" else self._statuses())
        stamp = f"{self.world().today} 17:59:00"
        rows += [
            self._row(one.identifier, kind, stamp, one.sender, one.to)
            for one in self.extra.values()
            if one.type == kind and one.system == system
        ]
        return [row for row in rows if row["status"] not in {"done", "fail"}]

    def _documents(self) -> Iterator[Row]:
        received, parties = self._exchange.received, correspondents()
        for index in range(self._seen(received.arrived)):
            at = f"{at_minute(int(received.arrived[index]))}"
            to = OURSELVES[(index % 10 > 6) + (index % 10 > 8)]
            sender = parties[int(received.sender[index])].organ_id
            yield self._row(_identifier(_DOCUMENT, index), "edoc", at, sender, to)

    def _statuses(self) -> Iterator[Row]:
        plan, parties = self._exchange, correspondents()
        answers, recalls = plan.answers_received, plan.recalls_received
        found = []
        for place in range(self._seen(answers.at)):
            party = parties[int(plan.sent.row_recipient[answers.about[place]])]
            found.append((int(answers.at[place]), _ANSWER, place, party.organ_id))
        for place in range(self._seen(recalls.at)):
            party = parties[int(plan.received.sender[recalls.about[place]])]
            found.append((int(recalls.at[place]), _RECALL, place, party.organ_id))
        for at, kind, place, sender in sorted(found):
            identifier = _identifier(kind, place)
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
            "status_desc": _STATES[status],
        }

    def content(self, identifier: str) -> bytes | None:
        """The text of a packet that has arrived."""
        if identifier in self.extra:
            return self.extra[identifier].content
        try:
            kind, index = int(identifier[2:4], 16), int(identifier[4:12], 16)
        except ValueError:
            return None
        if identifier != _identifier(kind, index):
            return None
        plan = self._exchange
        written = {
            _DOCUMENT: (plan.received.arrived, packets.document),
            _ANSWER: (plan.answers_received.at, packets.answer),
            _RECALL: (plan.recalls_received.at, packets.recall),
        }
        if kind not in written:
            return None
        moments, write = written[kind]
        return write(plan, index) if index < self._seen(moments) else None

    def sent(self) -> list[Row]:
        """One row per document and recipient, in the order of sending."""
        sent, parties = self._exchange.sent, correspondents()
        now = evening(self.world().today)
        shown = np.flatnonzero(sent.row_sent <= now)
        rows = []
        for row in shown[np.argsort(sent.row_sent[shown], kind="stable")].tolist():
            document = int(sent.row_document[row])
            received = int(sent.row_received[row])
            _, code, _ = packets.sent_document_id(self._exchange, document)
            taken = received <= now
            state = "done" if taken else "initial"
            rows.append(
                {
                    # A few rows have lost the sender's id, as some real lists do.
                    "senderDocId": "" if row % 100 == 99 else _identifier(_SENT, document),
                    "fromCode": OURSELVES[0],
                    "toCode": parties[int(sent.row_recipient[row])].organ_id,
                    "receiverDocId": _identifier(_SENT, 5_000_000 + row) if taken else "",
                    "title": packets.subject(document),
                    "notation": code,
                    **_sending("edoc", int(sent.row_sent[row])),
                    "receivedTime": str(at_minute(received)) if received < NEVER and taken else "",
                    "receiveStatus": state,
                    "receiveStatusDesc": _STATES[state],
                }
            )
        return rows

    def sent_statuses(self) -> list[Row]:
        """One row per status packet the Office sent."""
        plan, parties = self._exchange, correspondents()
        statuses = plan.answers_sent
        rows = []
        for place in range(self._seen(statuses.at)):
            about, code = int(statuses.about[place]), int(statuses.code[place])
            at = int(statuses.at[place])
            rows.append(
                {
                    "senderDocId": _identifier(_SENT_STATUS, place),
                    "fromCode": OURSELVES[0],
                    "toCode": parties[int(plan.received.sender[about])].organ_id,
                    "receiverDocId": _identifier(_SENT_STATUS, 5_000_000 + place),
                    "title": f"{code:02} - {STATUS_NAMES[code]}",
                    "notation": packets.received_code(plan, about),
                    **_sending("status", at),
                    "receivedTime": str(at_minute(at + 2)),
                    "receiveStatus": "done",
                    "receiveStatusDesc": _STATES["done"],
                }
            )
        return rows


def _sending(kind: str, at: int) -> Row:
    return {
        "serviceType": "eDoc",
        "messageType": kind,
        "sentTime": str(at_minute(at)),
        "sendStatus": "done",
        "sendStatusDesc": "Đã gửi",
    }
