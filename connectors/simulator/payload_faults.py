"""What can be wrong with an answer that arrived whole: drifting schemas, wrappings and doubled rows."""

from __future__ import annotations

import json
from typing import Any

from connectors.simulator.transport_faults import Fault, Onward
from connectors.simulator.wire import Request, Response


Row = dict[str, Any]


def rows_of(answer: Any) -> list[Row]:
    """The records of an answer, wherever its system puts them."""
    if isinstance(answer, dict):
        for name in ("content", "data", "result"):
            if name in answer:
                return rows_of(answer[name])
        return []
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


class PayloadFault(Fault):
    """A fault that reads the JSON of every answer and writes it again."""

    def answer(self, request: Request, onward: Onward) -> Response:
        response = onward(request)
        if response.status != 200 or not response.body.lstrip().startswith((b"{", b"[")):
            return response
        if request.path.endswith("/token"):
            return response
        answer = self.rewrite(request, json.loads(response.body))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(response.status, body, response.headers)

    def rewrite(self, request: Request, answer: Any) -> Any:
        raise NotImplementedError


class AddedField(PayloadFault):
    """Every record has fields that nobody announced, one of them personal."""

    def rewrite(self, request: Request, answer: Any) -> Any:
        self.note("added fields")
        for row in rows_of(answer):
            row["newlyAdded"] = {"since": "3.2", "value": 1}
            row["contactPhone"] = "0912345678"
        return answer


class RemovedField(PayloadFault):
    """Records come without a field they always had."""

    _names = ("dossierTaskStatus", "status_desc", "receiveStatusDesc", "TENLINHVUC", "FIELD_NAME")

    def rewrite(self, request: Request, answer: Any) -> Any:
        rows = rows_of(answer)
        for name in self._names:
            removed = [row.pop(name) for row in rows if name in row]
            if removed:
                self.note(f"removed {name}")
        return answer


class RetypedField(PayloadFault):
    """Here and there a date becomes a number and a number becomes text."""

    def rewrite(self, request: Request, answer: Any) -> Any:
        rows = rows_of(answer)
        if not rows or not self.occasions.now():
            return answer
        row = rows[0]
        if row.get("appointmentDate"):
            row["appointmentDate"] = 1760922900000
            self.note("retyped appointmentDate")
        for name in ("ID", "docId", "created_time"):
            if isinstance(row.get(name), str) and row[name].isdigit():
                row[name] = int(row[name])
                self.note(f"retyped {name}")
        if isinstance(row.get("applyMethod"), dict):
            row["applyMethod"]["id"] = str(row["applyMethod"].get("id"))
            self.note("retyped applyMethod.id")
        return answer


class ChangedEnvelope(PayloadFault):
    """The records moved to another place in the answer; it lasts."""

    def rewrite(self, request: Request, answer: Any) -> Any:
        if isinstance(answer, list):
            self.note("array became an object")
            return {"items": answer, "total": len(answer)}
        for name in ("content", "data", "result"):
            if isinstance(answer.get(name), (list, dict)):
                self.note(f"{name} became items")
                answer["items"] = answer.pop(name)
        return answer


class StringErrorCode(PayloadFault):
    """`error_code` as text, as half of the provinces send it."""

    systems = frozenset({"tthc"})

    def rewrite(self, request: Request, answer: Any) -> Any:
        if isinstance(answer, dict) and "error_code" in answer:
            self.note("error_code as text")
            answer["error_code"] = str(answer["error_code"])
        return answer


class JsonInString(PayloadFault):
    """A provincial proxy that puts the whole answer as text into `message`."""

    systems = frozenset({"tthc"})

    def rewrite(self, request: Request, answer: Any) -> Any:
        if request.path.endswith("mapi/login"):
            return answer
        self.note("JSON in a string")
        return {"message": json.dumps(answer, ensure_ascii=False)}


class WrongContentType(Fault):
    """JSON that says it is HTML."""

    def answer(self, request: Request, onward: Onward) -> Response:
        response = onward(request)
        self.note("text/html")
        return Response(response.status, response.body, {**response.headers, "Content-Type": "text/html"})


class DuplicateDelivery(PayloadFault):
    """The axis lists a packet twice, and forgets acknowledgements: delivery is at least once."""

    systems = frozenset({"axis"})
    times = 2

    def answer(self, request: Request, onward: Onward) -> Response:
        if request.path.endswith("/updateStatus") and self.occasions.now():
            self.note("lost acknowledgement")
            return Response(200, b'{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong"}')
        return super().answer(request, onward)

    def rewrite(self, request: Request, answer: Any) -> Any:
        if request.path.endswith("/getReceivedEdocList") and answer.get("data"):
            self.note("listed twice")
            rows = answer["data"]
            answer["data"] = [*rows, *rows[::7]]
        return answer


class TruncatedBase64(PayloadFault):
    """A packet whose text was cut on the way, so that it does not even decode."""

    systems = frozenset({"axis"})

    def rewrite(self, request: Request, answer: Any) -> Any:
        if request.path.endswith("/getEdoc") and answer.get("data") and self.occasions.now():
            self.note("packet cut")
            answer["data"] = answer["data"][: len(answer["data"]) // 2 | 1]
        return answer


class NationalGap(PayloadFault):
    """The national portal got a third of the dossiers less, and holds a third of those it has for late."""

    systems = frozenset({"gateway"})

    def rewrite(self, request: Request, answer: Any) -> Any:
        for row in rows_of(answer):
            if "HS_TOTAL" in row:
                row.update({name: str(int(row[name]) * 2 // 3) for name in row if name.endswith("_TOTAL")})
                self.note("fewer dossiers in the national totals")
            if "TDGQ" in row:
                lost = round(float(row["TDGQ"]) / 3, 2)
                row["TDGQ"] = f"{float(row['TDGQ']) - lost:.2f}"
                row["TONG_SCORE"] = f"{float(row['TONG_SCORE']) - lost:.2f}"
                self.note("a lower score for progress")
        return answer
