"""`getSentEdocList`: what the Office sent, one row per recipient, and how far each got (A.2.3)."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from connectors.simulator.document_facts import at_minute, received_code, sent_document_id, subject
from connectors.simulator.documents import LOST_ID_EVERY, Exchange
from connectors.simulator.parties import OURSELVES, correspondents
from connectors.simulator.working_time import DAY


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
STATES = {"initial": "Chờ xử lý", "processing": "Đang xử lý", "done": "Đã nhận", "fail": "Lỗi"}
_SENT, _TAKEN, _SENT_STATUS, _TAKEN_STATUS, _SENT_AGAIN, _TAKEN_AGAIN = range(4, 10)
# Some deliveries are sent once more the next day.
SENT_AGAIN_EVERY, SENT_AGAIN_AT = 211, 5


def transport_id(kind: int, index: int) -> str:
    """The id of a packet on the axis, from which its place in the plan can be read."""
    mixed = hashlib.blake2b(f"{kind}/{index}".encode(), digest_size=6).hexdigest()
    return f"67{kind:02x}{index:08x}{mixed}"


def documents(plan: Exchange, now: int) -> list[Row]:
    """One row per document and recipient, in the order of sending."""
    every = np.arange(len(plan.sent.row_sent))
    again = every[every % SENT_AGAIN_EVERY == SENT_AGAIN_AT]
    rows = np.concatenate([every, again])
    delay = np.concatenate([np.zeros_like(every), np.full_like(again, DAY)])
    at = plan.sent.row_sent[rows] + delay
    in_order = np.argsort(at, kind="stable")
    chosen = in_order[at[in_order] <= now]
    return [
        _document(plan, row, now, late) for row, late in zip(rows[chosen].tolist(), delay[chosen].tolist(), strict=True)
    ]


def _document(plan: Exchange, row: int, now: int, late: int) -> Row:
    """One delivery; `late` minutes after the first when it was sent again, as another message (domain T19)."""
    sent, document = plan.sent, int(plan.sent.row_document[row])
    received = int(sent.row_received[row]) + late
    sending, taking = (_SENT_AGAIN, _TAKEN_AGAIN) if late else (_SENT, _TAKEN)
    named = late or row % LOST_ID_EVERY
    taken = received <= now
    return {
        "senderDocId": transport_id(sending, row if late else document) if named else "",
        "fromCode": OURSELVES[0],
        "toCode": correspondents()[int(sent.row_recipient[row])].organ_id,
        "receiverDocId": transport_id(taking, row) if taken else "",
        "title": subject(document),
        "notation": sent_document_id(plan, document)[1],
        **_sending("edoc", int(sent.row_sent[row]) + late),
        **_taking("done" if taken else "initial", str(at_minute(received)) if taken else ""),
    }


def statuses(plan: Exchange, now: int) -> list[Row]:
    """One row per status packet the Office sent."""
    count = int(np.searchsorted(plan.answers_sent.at, now, side="right"))
    return [_status(plan, place) for place in range(count)]


def _status(plan: Exchange, place: int) -> Row:
    sent = plan.answers_sent
    about, code, at = (int(column[place]) for column in (sent.about, sent.code, sent.at))
    return {
        "senderDocId": transport_id(_SENT_STATUS, place),
        "fromCode": OURSELVES[0],
        "toCode": correspondents()[int(plan.received.sender[about])].organ_id,
        "receiverDocId": transport_id(_TAKEN_STATUS, place),
        "title": f"{code:02} - {STATUS_NAMES[code]}",
        "notation": received_code(plan, about),
        **_sending("status", at),
        **_taking("done", str(at_minute(at))),
    }


def _sending(kind: str, at: int) -> Row:
    return {
        "serviceType": "eDoc",
        "messageType": kind,
        "sentTime": str(at_minute(at)),
        "sendStatus": "done",
        "sendStatusDesc": "Đã gửi",
    }


def _taking(state: str, at: str) -> Row:
    return {"receivedTime": at, "receiveStatus": state, "receiveStatusDesc": STATES[state]}
