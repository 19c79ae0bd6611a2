"""Facts of an edXML packet (QCVN 102:2016, protocols A.4), without names of people or the words of the abstract.

Elements are matched by local name. A packet is evidence, often malformed: what can be read is read, dates stay text.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from connectors.attachments import file_facts
from connectors.records import SPACES, folded


MAX_PACKET = 64 << 20
SECRET_LEVELS = {"mật", "tối mật", "tuyệt mật"}
# xlink is used without being declared in the vendor's own sample (A.4.8 defect 1).
UNDECLARED = re.compile(rb"<([A-Za-z_][\w.-]*:)?edXML(?=[\s>])")


class PacketError(Exception):
    """A packet that cannot be read at all; the message names the reason and never the content."""


class SecretDocument(Exception):
    """A document marked Mật or above: counted, never stored."""


def parse(packet: bytes) -> dict[str, Any]:
    """Facts of a document or of a status packet. Raises PacketError or SecretDocument."""
    root = tree(packet)
    header = first(root, "MessageHeader")
    if header is None:
        raise PacketError("không có MessageHeader")
    if first(header, "StatusCode") is not None:
        return status_facts(header)
    refuse_secret(header)
    return document_facts(root, header)


def tree(packet: bytes) -> etree._Element:
    """The parsed packet: no network, no entities, prefixes nobody declared forgiven."""
    if len(packet) > MAX_PACKET:
        raise PacketError(f"gói tin lớn hơn {MAX_PACKET >> 20} MiB")
    # A zero byte means UTF-16, in which the next line would not see a declaration; the standard says UTF-8.
    if b"\0" in packet:
        raise PacketError("gói tin không phải UTF-8")
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise PacketError("gói tin khai báo thực thể XML")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, huge_tree=True, remove_comments=True
    )
    if b"xmlns:xlink" not in packet:
        packet = UNDECLARED.sub(rb'\g<0> xmlns:xlink="http://www.w3.org/1999/xlink"', packet, count=1)
    # Stray bytes stand before the declaration of real packets.
    start, end = packet.find(b"<"), packet.rfind(b">")
    try:
        root = etree.fromstring(packet[max(start, 0) : end + 1], parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or local(root) != "edXML":
        raise PacketError("không phải gói tin edXML")
    return root


def refuse_secret(header: etree._Element) -> None:
    """The standard has no field for secrecy; senders write it into the scope, the type or an element of their own."""
    if any(folded(element.text) in SECRET_LEVELS for element in header.iter() if isinstance(element.tag, str)):
        raise SecretDocument
    subject = folded(value(header, "Subject"))
    if any(subject.startswith((f"[{level}]", f"({level})")) for level in SECRET_LEVELS):
        raise SecretDocument


def document_facts(root: etree._Element, header: etree._Element) -> dict[str, Any]:
    subject = value(header, "Subject")
    business = first(root, "Bussiness")
    return given(
        kind="document",
        **{"from": party(child(header, "From"))},
        to=[party(receiver) for receiver in children(header, "To")],
        document_id=value(header, "DocumentId"),
        code_number=value(header, "Code", "CodeNumber"),
        code_notation=value(header, "Code", "CodeNotation"),
        promulgation_place=value(header, "PromulgationInfo", "Place"),
        promulgation_date=value(header, "PromulgationInfo", "PromulgationDate"),
        type_code=value(header, "DocumentType", "Type"),
        type_name=value(header, "DocumentType", "TypeName"),
        subject_sha256=hashlib.sha256(subject.encode()).hexdigest() if subject else None,
        competence=value(header, "SignerInfo", "Competence"),
        position=value(header, "SignerInfo", "Position"),
        due_date=value(header, "DueDate"),
        priority=value(header, "OtherInfo", "Priority"),
        page_amount=value(header, "OtherInfo", "PageAmount"),
        steering_type=value(header, "SteeringType"),
        response_for=[reference(answered) for answered in children(header, "ResponseFor")],
        business=business_facts(business) if business is not None else None,
        trace=[
            given(organ_id=value(hop, "OrganId"), timestamp=value(hop, "Timestamp"))
            for hop in descendants(root, "TraceHeader")
        ],
        has_signature=first(root, "Signature") is not None or first(root, "DigitalSignature") is not None,
        attachments=[attachment(part) for part in descendants(root, "Attachment")],
    )


def status_facts(header: etree._Element) -> dict[str, Any]:
    answered = child(header, "ResponseFor")
    code = value(header, "StatusCode") or ""
    return given(
        kind="status",
        **{"from": party(child(header, "From"))},
        response_for=reference(answered) if answered is not None else None,
        status_code=code.zfill(2) if code.isdigit() else code,
        timestamp=value(header, "Timestamp"),
    )


def party(element: etree._Element | None) -> dict[str, Any] | None:
    """An agency; its address, mail and telephone do not pass."""
    if element is None:
        return None
    return given(
        organ_id=value(element, "OrganId"),
        organ_name=value(element, "OrganName"),
        in_charge=value(element, "OrganizationInCharge"),
    )


def reference(element: etree._Element) -> dict[str, Any]:
    return given(
        organ_id=value(element, "OrganId"),
        code=value(element, "Code"),
        promulgation_date=value(element, "PromulgationDate"),
        document_id=value(element, "DocumentId"),
    )


def business_facts(element: etree._Element) -> dict[str, Any]:
    """What the packet does to an earlier one: 0 new, 1 revoke, 2 update, 3 replace."""
    return given(
        doc_type=value(element, "BussinessDocType"),
        document_id=value(element, "DocumentId"),
        has_reason=bool(value(element, "BussinessDocReason")),
        paper=value(element, "Paper"),
        receivers=[
            given(organ_id=value(receiver, "OrganId"), receiver_type=value(receiver, "ReceiverType"))
            for receiver in descendants(element, "Receiver")
        ],
        replacements=[
            given(
                document_id=value(replaced, "DocumentId"),
                organ_ids=[organ.text.strip() for organ in descendants(replaced, "OrganId") if organ.text],
            )
            for replaced in descendants(element, "ReplacementInfo")
        ],
    )


def attachment(element: etree._Element) -> dict[str, Any]:
    name = value(element, "AttachmentName") or ""
    encoded = "".join((value(element, "ContentTransferEncoded") or "").split())
    facts = given(
        content_id=(value(element, "ContentId") or "").removeprefix("cid:"),
        extension=PurePosixPath(name.replace("\\", "/")).suffix.lower()[:10],
        content_type=value(element, "ContentType"),
        encoded_bytes=len(encoded),
    )
    return facts | file_facts(encoded, name)


# -- the tree by local names: prefixes differ, move and are re-declared (A.4.8)


def local(element: etree._Element) -> str:
    tag = element.tag
    return str(tag).rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (found for found in element if local(found) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (found for found in element.iter() if local(found) == name)


def first(element: etree._Element, name: str) -> etree._Element | None:
    return next(descendants(element, name), None)


def value(element: etree._Element, *path: str) -> str | None:
    """The text at a path of children; empty text and the literal `null` are absent."""
    found: etree._Element | None = element
    for name in path:
        found = child(found, name) if found is not None else None
    text = SPACES.sub(" ", found.text or "").strip() if found is not None else ""
    return text if text and text != "null" else None


def given(**facts: Any) -> dict[str, Any]:
    """The facts that are there."""
    return {name: fact for name, fact in facts.items() if fact is not None}
