"""Document packets in edXML as they really come, defects included (A.4.1–A.4.3, A.4.8)."""

from __future__ import annotations

import base64
from datetime import timedelta
from xml.sax.saxutils import escape

from connectors.simulator import document_facts as facts
from connectors.simulator import people
from connectors.simulator.attachments import Attachment, attachments
from connectors.simulator.document_facts import DocumentFacts, sent_document_id, subject
from connectors.simulator.documents import NEW, REPLACED, TYPES, UPDATED, Exchange
from connectors.simulator.edxml_writer import NAMESPACE, day_element, element, packet, party, response_for, staff, text
from connectors.simulator.parties import OURSELVES


_SECRETS = ("Mật", "Tối mật", "Tuyệt mật")


def _header(one: DocumentFacts, exchange: Exchange) -> str:
    sender = "vxp.saas.03" if one.defect == facts.OPAQUE_IDS else one.sender.organ_id
    to = OURSELVES[(one.index % 10 > 6) + (one.index % 10 > 8)]
    parts = [
        party("From", sender, one.sender.name, one.sender.above, one.defect),
        party("To", to, "UBND tỉnh Đồng Nai", "UBND tỉnh Đồng Nai", one.defect),
        text("DocumentId", one.document_id),
        element("Code", element("CodeNumber", one.number) + text("CodeNotation", one.notation)),
        element(
            "PromulgationInfo",
            text("Place", one.sender.place) + day_element("PromulgationDate", one.promulgated),
        ),
        _type(one),
        text("Subject", subject(one.index)),
        text("Content", subject(one.index)),
        element(
            "SignerInfo",
            text("Competence", ("TM.", "KT.", "TL.", "")[one.index % 4])
            + text("Position", ("Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng")[one.index % 3])
            + text("FullName", people.full_name(one.index * 31)),
        ),
    ]
    if one.index % 10 < 3:
        parts.append(day_element("DueDate", one.promulgated + timedelta(days=5 + one.index % 16)))
    parts += [_other(one), _answer(one, exchange), element("SteeringType", 1 + one.index % 3)]
    parts.append(element("ToPlaces", text("Place", "Như trên") + text("Place", "Lưu: VT")))
    return element("MessageHeader", "".join(parts))


def _type(one: DocumentFacts) -> str:
    detail = "<edXML:TypeDetail/>" if one.defect == facts.MIXED_SPACE else element("TypeDetail", 0)
    return element("DocumentType", element("Type", 1) + detail + text("TypeName", TYPES[one.type][0]))


def _other(one: DocumentFacts) -> str:
    secret = _SECRETS[int(one.secret * 3)] if one.secret >= 0 else "Liên thông văn bản"
    priority = (0,) * 16 + (1, 1, 2, 3)
    return element(
        "OtherInfo",
        element("Priority", priority[one.index % 20])
        + text("SphereOfPromulgation", secret)
        + element("PromulgationAmount", 1)
        + element("PageAmount", 1 + one.index % 12)
        + element("Direction", "true" if one.index % 9 == 0 else "false"),
    )


def _answer(one: DocumentFacts, exchange: Exchange) -> str:
    if one.answers < 0 or exchange.sent.signed[one.answers] >= exchange.received.arrived[one.index]:
        return ""
    return response_for("000.00.00.H19", *sent_document_id(exchange, one.answers))


def _trace(one: DocumentFacts, exchange: Exchange) -> str:
    hops = [(one.sender.organ_id, one.arrived - timedelta(minutes=4)), ("vxp.axis", one.arrived)]
    traced = ""
    for organ_id, at in hops:
        organ = text("OrganId", "null" if one.defect == facts.NULL_TRACE else organ_id)
        if one.defect == facts.NULL_TRACE and organ_id == "vxp.axis":
            organ = ""
        traced += element("TraceHeader", organ + element("Timestamp", f"{at:%Y/%m/%d %H:%M:%S}"))
    business = _business(one, exchange) if one.kind != NEW or one.index % 5 else ""
    return element("TraceHeaderList", traced + business)


def _business(one: DocumentFacts, exchange: Exchange) -> str:
    reasons = ("Văn bản điện tử mới", "Thu hồi văn bản", "Cập nhật văn bản", "Văn bản thay thế")
    paper = "<edXML:Paper/>" if one.defect == facts.MIXED_SPACE else element("Paper", int(one.index % 33 == 0))
    parts = [
        element("BussinessDocType", one.kind),
        text("BussinessDocReason", reasons[one.kind]),
        paper,
    ]
    if one.kind == UPDATED:
        receiver = text("OrganId", "000.00.00.H19") + element("ReceiverType", one.index % 2)
        listed = element("ReceiverList", element("Receiver", receiver))
        changed = element("DocumentInfo", 1) + element("DocumentReceiver", 1) + listed
        parts.insert(0, text("DocumentId", one.document_id))
        parts.append(element("BussinessDocumentInfo", changed))
    if one.kind == REPLACED:
        old = DocumentFacts(exchange, one.target)
        organs = element("OrganIdList", text("OrganId", "000.00.00.H19"))
        info = element("ReplacementInfo", text("DocumentId", old.document_id) + organs)
        parts.append(element("ReplacementInfoList", info))
    parts.append(staff(one.index))
    return element("Bussiness", "".join(parts))


def _manifest(one: DocumentFacts, found: list[Attachment]) -> str:
    references = "".join(
        element(
            "Reference",
            text("ContentId", f"cid:{item.id}")
            + text("ContentType", item.content_type)
            + text("Description", item.name)
            + text("AttachmentName", item.name),
        )
        for item in found
    )
    if one.defect == facts.UNDECLARED_XLINK:
        references = references.replace("<edXML:Reference>", '<edXML:Reference xlink:href="">')
    manifest = f'<edXML:edXMLManifest version="1.0">{references}</edXML:edXMLManifest>'
    return element("edXMLBody", manifest)


def _encoded(one: DocumentFacts, found: list[Attachment]) -> str:
    prefix, attribute = "", ""
    if one.defect == facts.PREFIXED_ATTACHMENTS:
        prefix, attribute = "edXML:", f' xmlns:edXML="{NAMESPACE}"'
    parts = []
    for item in found:
        content = base64.b64encode(item.content).decode()
        if one.defect == facts.TEMPLATE_RESIDUE:
            content = "${__StringFromFile(base64.txt)}"
        parts.append(
            f"<{prefix}Attachment><{prefix}ContentId>cid:{item.id}</{prefix}ContentId>"
            f"<{prefix}AttachmentName>{escape(item.name)}</{prefix}AttachmentName>"
            f"<{prefix}ContentType>{item.content_type}</{prefix}ContentType>"
            f"<{prefix}ContentTransferEncoded>{content}</{prefix}ContentTransferEncoded>"
            f"</{prefix}Attachment>"
        )
    return f"<{prefix}AttachmentEncoded{attribute}>{''.join(parts)}</{prefix}AttachmentEncoded>"


def document(exchange: Exchange, index: int) -> bytes:
    """The packet of one received document."""
    one = DocumentFacts(exchange, index)
    found = attachments(index, one.promulgated.month)
    header = element("edXMLHeader", _header(one, exchange) + _trace(one, exchange))
    written = packet(header + _manifest(one, found), _encoded(one, found))
    if one.defect == facts.MIXED_SPACE:
        written = written.replace("><edXML:", ">\r\n\t <edXML:")
    if one.defect == facts.STRAY_START:
        written = "1212" + written
    return written.encode()
