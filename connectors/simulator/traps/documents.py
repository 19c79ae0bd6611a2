"""Documents of the axis that are not what they are counted as."""

from __future__ import annotations

import base64
import re
from typing import Any, ClassVar

from connectors.simulator.attachments import plain_pdf
from connectors.simulator.payload_faults import PayloadFault
from connectors.simulator.signing import PREFIX
from connectors.simulator.traps.sampling import is_chosen
from connectors.simulator.wire import Request


ENCODED = re.compile(r"(ContentTransferEncoded>)[^<]*(?=<)")
# The ministry that writes most, under its code of QĐ 20.
BUSIEST = "G22"


def field(packet: str, name: str) -> str:
    found = re.search(rf"<edXML:{name}>\s*([^<]*?)\s*<", packet)
    return found[1] if found else ""


def label(packet: str) -> str:
    return f"{field(packet, 'CodeNumber')}/{field(packet, 'CodeNotation')}"


def is_new(packet: str) -> bool:
    """A document that is no secret and neither recalls nor replaces another."""
    return field(packet, "BussinessDocType") in {"", "0"} and "ật" not in field(packet, "SphereOfPromulgation")


class DocumentTrap(PayloadFault):
    """A trap in the packet of a document."""

    systems = frozenset({"axis"})
    one_in: ClassVar[int] = 12
    number: ClassVar[int]

    def rewrite(self, request: Request, answer: Any) -> Any:
        identifier = request.headers.get(f"{PREFIX}docid")
        if request.path.endswith("/getEdoc") and answer.get("data") and is_chosen(identifier, self.one_in, self.number):
            packet = base64.b64decode(answer["data"]).decode()
            if "<edXML:CodeNumber>" in packet and self.fits(packet):
                answer["data"] = base64.b64encode(self.plant(packet).encode()).decode()
                self.note(self.key(packet))
        return answer

    def fits(self, packet: str) -> bool:
        return is_new(packet)

    def key(self, packet: str) -> str:
        return label(packet)

    def plant(self, packet: str) -> str:
        raise NotImplementedError


class Unsigned(DocumentTrap):
    """T21: called electronic, and nobody has signed it."""

    number = 1

    def fits(self, packet: str) -> bool:
        return is_new(packet) and ENCODED.search(packet) is not None

    def plant(self, packet: str) -> str:
        return ENCODED.sub(rf"\g<1>{base64.b64encode(plain_pdf(21)).decode()}", packet)


class OneType(DocumentTrap):
    """T24: whatever the busiest ministry sends is called a letter."""

    one_in, number = 1, 0

    def fits(self, packet: str) -> bool:
        return field(packet, "OrganId").endswith(BUSIEST)

    def key(self, packet: str) -> str:
        return BUSIEST

    def plant(self, packet: str) -> str:
        return re.sub(r"(<edXML:TypeName>)[^<]*", r"\g<1>Công văn", packet)


class Twice(PayloadFault):
    """T19: one document under two ids, come in twice or sent twice."""

    systems = frozenset({"axis"})
    one_in: ClassVar[int] = 12

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._packets: dict[str, str] = {}

    def rewrite(self, request: Request, answer: Any) -> Any:
        operation = request.path.rpartition("/")[2]
        if operation == "getReceivedEdocList":
            answer["data"] += [row | {"docId": f"{row['docId']}-2"} for row in self.chosen(answer["data"], "docId")]
        elif operation == "getSentEdocList":
            again = self.chosen([row for row in answer["data"] if row["senderDocId"]], "senderDocId")
            for row in again:
                self.note(row["notation"].strip())
            answer["data"] += [row | {"senderDocId": f"{row['senderDocId']}-2"} for row in again]
        elif operation == "getEdoc":
            return self.packet(request.headers.get(f"{PREFIX}docid"), answer)
        return answer

    def chosen(self, rows: list[Any], name: str) -> list[Any]:
        return [row for row in rows if row["messageType"] == "edoc" and is_chosen(row[name], self.one_in, 2)]

    def packet(self, identifier: str, answer: Any) -> Any:
        """The second of two comes after the first in every list, so its packet is known."""
        first = identifier.removesuffix("-2")
        if first == identifier:
            self._packets[identifier] = base64.b64decode(answer.get("data") or "").decode()
            return answer
        packet = self._packets[first]
        if is_new(packet):
            self.note(label(packet))
        own = re.sub(r"(<edXML:DocumentId>[^<]*)", r"\g<1>-2", packet, count=1)
        return {"status": "OK", "ErrorCode": "0", "data": base64.b64encode(own.encode()).decode()}
