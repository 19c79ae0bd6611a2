"""The façade of the document axis: VXP operations under any path prefix (protocols A.1–A.4, A.8)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator import directory, sending
from connectors.simulator.queues import Queues
from connectors.simulator.sending import Unacceptable
from connectors.simulator.signing import BadSignature, verify
from connectors.simulator.wire import Request, Response
from connectors.simulator.world import World


SYSTEM_ID, SECRET = "vxp.dongnai.01", "simulator-axis-secret"
# Every other organ of the country, so that a packet sent out can be received too.
OTHER_SYSTEM_ID, OTHER_SECRET = "vxp.saas.03", "simulator-other-secret"
_SECRETS = {SYSTEM_ID: SECRET, OTHER_SYSTEM_ID: OTHER_SECRET}
_MOVES = {"processing", "done", "fail"}
Row = dict[str, Any]
Parameters = dict[str, str]


class AxisFacade:
    """`refusal_status` is the HTTP status of an answer to a bad signature: 200, or 401 or 500."""

    def __init__(self, world: Callable[[], World], packets: Path | None = None) -> None:
        self._world = world
        self.queues = Queues(world)
        self.refusal_status = 200
        if packets is not None:
            self.queues.add_folder(packets, SYSTEM_ID)
        self._operations: dict[str, Callable[[Parameters, bytes], Row]] = {
            "getReceivedEdocList": self._received,
            "getSentEdocList": self._sent,
            "getEdoc": self._packet,
            "updateStatus": self._update,
            "sendEdoc": self._send,
            "countReceiveEdoc": lambda asked, _: self._count(asked, "edoc"),
            "countReceiveStatus": lambda asked, _: self._count(asked, "status"),
            "getAgenciesList": lambda *_: {"data": list(map(self._agency, self._agencies()))},
            "getAgenciesListQD20": lambda *_: {"data": list(map(self._agency_20, self._agencies()))},
            "getSynchronizeUnit": lambda *_: {"data": list(map(self._unit, self._agencies()))},
            "registerAgency": self._no_registration,
            "deleteAgency": self._no_registration,
        }

    def handle(self, request: Request) -> Response:
        operation = request.path.rpartition("/")[2]
        try:
            asked = verify(request, _SECRETS)
        except BadSignature as error:
            return _json({"status": "FAIL", "ErrorCode": "401", "ErrorDesc": str(error)}, self)
        if operation == "downloadEdoc" and request.method == "GET":
            content = self.queues.content(_wanted(asked))
            if content is None:
                return _json(_failure("404", "Khong tim thay van ban"))
            return Response(200, content, {"Content-Type": "application/octet-stream"})
        if operation not in self._operations or request.method != "POST":
            return Response(404, b'{"message":"no such operation"}')
        try:
            answer = self._operations[operation](asked, request.body)
        except Unacceptable as error:
            return _json(_failure("400", str(error)))
        return _json({"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"} | answer)

    def _received(self, asked: Parameters, body: bytes) -> Row:
        return {"data": self._page(asked, self._waiting(asked, _kind(asked)))}

    def _waiting(self, asked: Parameters, kind: str) -> list[Row]:
        system = asked["systemid"]
        return self.queues.received(kind, system, office=system == SYSTEM_ID)

    def _sent(self, asked: Parameters, body: bytes) -> Row:
        if asked["systemid"] != SYSTEM_ID:
            return {"data": []}
        rows = self.queues.sent() if _kind(asked) == "edoc" else self.queues.sent_statuses()
        return {"data": self._page(asked, rows)}

    def _page(self, asked: Parameters, rows: list[Row]) -> list[Row]:
        """Pages where a caller asks for them; what the real server does is not known."""
        if not asked.get("pagesize", "").isdigit():
            return rows
        size = int(asked["pagesize"])
        start = (int(asked.get("pageindex", "1") or 1) - 1) * size
        return rows[start : start + size]

    def _packet(self, asked: Parameters, body: bytes) -> Row:
        content = self.queues.content(_wanted(asked))
        if content is None:
            raise Unacceptable("Khong tim thay van ban")
        return {"data": base64.b64encode(content).decode()}

    def _update(self, asked: Parameters, body: bytes) -> Row:
        identifier, status = asked.get("docid", ""), asked.get("status", "")
        if self.queues.content(identifier) is None:
            raise Unacceptable("Khong tim thay van ban")
        if status not in _MOVES:
            raise Unacceptable("Trang thai khong hop le")
        self.queues.states[identifier] = status
        return {}

    def _send(self, asked: Parameters, body: bytes) -> Row:
        sent = sending.accept(asked, body, set(self.queues.extra), self._world().today)
        if asked["systemid"] not in (sent.sender, _system_of(sent.sender)):
            raise Unacceptable(f"Don vi gui {sent.sender} khong dung voi ma da dang ky: {asked['systemid']}")
        for copy in sending.copies(sent, _system_of, self.queues.stamp()):
            self.queues.extra[copy.identifier] = copy
        return {"DocId": sent.identifier}

    def _count(self, asked: Parameters, kind: str) -> Row:
        return {"count": len(self._waiting(asked, kind))}

    def _no_registration(self, asked: Parameters, body: bytes) -> Row:
        raise Unacceptable("He thong mo phong khong nhan dang ky don vi")

    def _agencies(self) -> tuple[directory.Agency, ...]:
        return self._world().agencies

    def _agency(self, agency: directory.Agency) -> Row:
        parent = directory.by_code()[agency.parent].id if agency.parent else ""
        long = directory.long_style(agency.code)
        return {
            "id": agency.id,
            "pid": parent,
            "code": agency.written,
            "name": agency.name,
            "mail": "",
            "oldCode": long,
        }

    def _agency_20(self, agency: directory.Agency) -> Row:
        long = directory.long_style(agency.code)
        return {
            "id": agency.id,
            "code": agency.code,
            "name": agency.name,
            "mail": "",
            "code102": long,
        }

    def _unit(self, agency: directory.Agency) -> Row:
        closed = agency.closed is not None and agency.closed < self._world().today
        return self._agency(agency) | {
            "version": "1",
            "centerCode": SYSTEM_ID,
            "deleted": closed,
            "modifyDate": str(agency.closed or agency.opened),
            "isAgency": True,
        }


def _system_of(organ_id: str) -> str:
    return SYSTEM_ID if "H19" in organ_id.split(".") else OTHER_SYSTEM_ID


def _wanted(asked: Parameters) -> str:
    """What a reading call asks for; `docid`, which acknowledging calls send, may still hang on from an earlier one."""
    return asked.get("docId") or asked.get("docid", "")


def _kind(asked: Parameters) -> str:
    kind = asked.get("messagetype", "edoc")
    if kind not in {"edoc", "status"}:
        raise Unacceptable("messagetype khong hop le")
    return kind


def _failure(code: str, text: str) -> Row:
    return {"status": "FAIL", "ErrorCode": code, "ErrorDesc": text}


def _json(answer: Row, refusing: AxisFacade | None = None) -> Response:
    status = refusing.refusal_status if refusing else 200
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body)
