"""What the axis does with a packet handed to it: check, stamp, and put one copy before each recipient (A.4.7)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from connectors.simulator.edxml_writer import NAMESPACE
from connectors.simulator.queues import Packet
from connectors.simulator.signing import digests


_TRACED = "TraceHeaderList"
_ROOT = re.compile(rb"<edXML(?=[\s>])([^>]*)")
# The vendor's own samples use both without declaring them (A.4.8).
_PREFIXES = {b"xlink": b"http://www.w3.org/1999/xlink", b"edXML": NAMESPACE.encode()}


class Unacceptable(Exception):
    """A request the axis answers with FAIL; the text goes to the sender."""


@dataclass(frozen=True)
class Sent:
    """A packet that passed the checks."""

    identifier: str
    type: str
    sender: str
    recipients: list[str]
    content: bytes


def accept(asked: dict[str, str], body: bytes, known: Container[str], today: date) -> Sent:
    """Check a packet and stamp the axis's own hop on it."""
    content = body.removesuffix(b"\r\n")
    if not digests(content) | digests(body) >= {asked.get("hash-file", "")}:
        raise Unacceptable("hash-file khong khop noi dung")
    root = _parsed(content)
    kind = asked.get("messagetype", "edoc")
    sender = _one(root, "From", "OrganId", "From OrganId required")
    if kind == "status":
        recipients = [_one(root, "ResponseFor", "OrganId", "ResponseFor OrganId required")]
        for name in ("Code", "DocumentId"):
            _one(root, "ResponseFor", name, f"ResponseFor {name} required")
        _one(root, "MessageHeader", "StatusCode", "StatusCode required")
    else:
        recipients = _recipients(root)
        _check_document(root)
    identifier = _identifier(root, content, kind)
    if identifier in known or f"{identifier[:20]}0000" in known:
        raise Unacceptable("Document is exist")
    return Sent(identifier, kind, sender, recipients, _stamped(root, today))


def copies(sent: Sent, system_of: Callable[[str], str], at: str) -> Iterator[Packet]:
    """One queue item per recipient; the first has the id the sender is told."""
    for place, organ in enumerate(sent.recipients):
        identifier = sent.identifier if not place else f"{sent.identifier[:20]}{place:04x}"
        fixed = (identifier, sent.type, sent.sender, organ, system_of(organ), sent.content)
        yield Packet(*fixed, at=at)


def _parsed(content: bytes) -> etree._Element:
    """Undeclared prefixes and stray bytes before the declaration, as in the vendor's own samples, are passed over."""
    content = content[max(content.find(b"<"), 0) :]
    for prefix, namespace in _PREFIXES.items():
        root = _ROOT.search(content)
        if root and b"xmlns:" + prefix not in root[1]:
            content = content[: root.end()] + b' xmlns:%b="%b"' % (prefix, namespace) + content[root.end() :]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unacceptable("Noi dung edXML khong hop le") from None


def _found(root: etree._Element, *names: str) -> list[str]:
    path = "//" + "/".join(f"*[local-name()='{name}']" for name in names)
    elements = root.xpath(path)
    assert isinstance(elements, list)
    return [(one.text or "").strip() for one in elements if isinstance(one, etree._Element)]


def _one(root: etree._Element, parent: str, name: str, message: str) -> str:
    found = [text for text in _found(root, parent, name) if text]
    if not found:
        raise Unacceptable(message)
    return found[0]


def _recipients(root: etree._Element) -> list[str]:
    found = _found(root, "To", "OrganId")
    if not any(found):
        raise Unacceptable("To Organization required")
    if len(set(found)) < len(found):
        raise Unacceptable("To OrganId is duplicate.")
    return found


def _check_document(root: etree._Element) -> None:
    for parent, name in (
        ("From", "OrganName"),
        ("To", "OrganName"),
        ("MessageHeader", "DocumentId"),
        ("Code", "CodeNumber"),
        ("PromulgationInfo", "PromulgationDate"),
        ("DocumentType", "TypeName"),
        ("MessageHeader", "Subject"),
        ("MessageHeader", "Content"),
        ("TraceHeader", "OrganId"),
    ):
        _one(root, parent, name, f"{parent} {name} required")


def _identifier(root: etree._Element, content: bytes, kind: str) -> str:
    """New documents are known by their DocumentId, so that sending one again is noticed."""
    changes = [text for text in _found(root, "Bussiness", "BussinessDocType") if text != "0"]
    if kind == "status" or changes:
        return hashlib.sha256(content).hexdigest()[:24]
    return hashlib.sha256(_found(root, "MessageHeader", "DocumentId")[0].encode()).hexdigest()[:24]


def _stamped(root: etree._Element, today: date) -> bytes:
    for traces in root.iter("{*}" + _TRACED):
        namespace = etree.QName(traces).namespace
        hop = etree.SubElement(traces, f"{{{namespace}}}TraceHeader")
        etree.SubElement(hop, f"{{{namespace}}}OrganId").text = "null"
        etree.SubElement(hop, f"{{{namespace}}}Timestamp").text = f"{today:%Y/%m/%d} 17:59:00"
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
