"""edXML as it really comes: one document or status packet rendered from the plan, defects included (A.4)."""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from . import people
from .attachments import Attachment, attachments
from .documents import NEW, REPLACED, TYPES, UPDATED, Exchange
from .parties import OURSELVES, Party, correspondents
from .working_time import EPOCH

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
(
    UNDECLARED_XLINK,
    PREFIXED_ATTACHMENTS,
    NAMELESS_PARTIES,
    IMPOSSIBLE_DATE,
    OPAQUE_IDS,
    NULL_TRACE,
    TEMPLATE_RESIDUE,
    MIXED_SPACE,
    STRAY_START,
) = range(1, 10)
_SECRETS = ("Mật", "Tối mật", "Tuyệt mật")
_SUBJECTS: Final = (
    "V/v triển khai thực hiện quy chế làm việc",
    "V/v báo cáo kết quả giải quyết thủ tục hành chính",
    "V/v góp ý dự thảo quyết định",
    "V/v giải quyết đơn của ông/bà {name}, điện thoại {phone}",
    "V/v phối hợp rà soát quy trình nội bộ",
    "V/v mời dự họp giao ban",
)
_DESCRIPTIONS = {
    1: "Đã đến - Phần mềm QLVB đã nhận nhưng văn thư chưa xử lý",
    2: "Từ chối tiếp nhận: gửi nhầm đơn vị",
    3: "Đã tiếp nhận - Văn thư đã tiếp nhận văn bản",
    4: "Phân công - Lãnh đạo đã phân công xử lý",
    5: "Đang xử lý - Chuyên viên đang xử lý",
    6: "Hoàn thành - Văn bản đã được xử lý xong",
    13: "Lấy lại - Gửi nhầm nội dung",
    15: "Đồng ý lấy lại văn bản",
    16: "Từ chối lấy lại, văn bản đã xử lý",
}


def at_minute(moment: int) -> datetime:
    """Local time of a moment."""
    return datetime.combine(EPOCH, datetime.min.time()) + timedelta(minutes=int(moment))


def subject(index: int) -> str:
    """The abstract of a document; one in six names a person."""
    text = _SUBJECTS[index % len(_SUBJECTS)]
    return text.format(name=people.full_name(index), phone=people.phone(index))


def notation(letters: str, type_number: int) -> str:
    return f"{TYPES[type_number][1]}{letters}-{('VX', 'NC', 'TH', 'KSTT', 'KT')[type_number % 5]}"


class _Document:
    """The facts of one received packet as its header names them."""

    def __init__(self, exchange: Exchange, index: int) -> None:
        received = exchange.received
        self.index, self.kind = index, int(received.kind[index])
        self.defect = int(received.defect[index])
        self.arrived = at_minute(int(received.arrived[index]))
        self.sender: Party = correspondents()[int(received.sender[index])]
        self.secret = float(received.secret[index])
        self.type = int(received.type[index])
        # A packet that revokes or updates carries the number of the document it speaks of.
        named = int(received.target[index]) if self.kind not in (NEW, REPLACED) else index
        self.number = int(received.number[named])
        self.promulgated = at_minute(int(received.arrived[named])).date()
        self.notation = notation(self.sender.letters, int(received.type[named]))
        self.target = int(received.target[index])
        self.answers = int(received.answers[index])

    @property
    def code(self) -> str:
        return f"{self.number}/{self.notation}"

    @property
    def document_id(self) -> str:
        if self.defect == OPAQUE_IDS:
            return f"9fbfbad2-f1f8-4256-a2eb-{self.index:012x}"
        day = f"{self.promulgated:%Y/%m/%d}"
        if self.defect == IMPOSSIBLE_DATE:
            day = "2025/02/30"
        return f"{self.sender.organ_id},{day},{self.code}"


def _element(name: str, content: str | int) -> str:
    return f"<edXML:{name}>{content}</edXML:{name}>"


def _text(name: str, text: str) -> str:
    return _element(name, escape(text))


@lru_cache(maxsize=4096)
def _party(role: str, organ_id: str, name: str, above: str, style: int) -> str:
    names = [_text("OrganizationInCharge", above), _text("OrganName", name)]
    if style == NAMELESS_PARTIES:
        names = [] if len(name) % 2 else names[::-1]
    contact = (
        _text("OrganAdd", "Số 2, đường Nguyễn Văn Trị"),
        _text("Email", f"vanthu.{len(name)}@{people.MAIL_DOMAIN}"),
        _text("Telephone", people.phone(len(name))),
        "<edXML:Fax/><edXML:Website/>",
    )
    return _element(role, _text("OrganId", organ_id) + "".join((*names, *contact)))


def _staff(person: int) -> str:
    return _element(
        "StaffInfo",
        _text("Department", "Phòng Văn thư - Lưu trữ")
        + _text("Staff", people.STAFF[person % len(people.STAFF)])
        + _text("Email", f"canbo{person}@{people.MAIL_DOMAIN}")
        + _text("Mobile", people.phone(person)),
    )


def _header(one: _Document, exchange: Exchange) -> str:
    sender = "vxp.saas.03" if one.defect == OPAQUE_IDS else one.sender.organ_id
    to = OURSELVES[(one.index % 10 > 6) + (one.index % 10 > 8)]
    parts = [
        _party("From", sender, one.sender.name, one.sender.above, one.defect),
        _party("To", to, "UBND tỉnh Đồng Nai", "UBND tỉnh Đồng Nai", one.defect),
        _text("DocumentId", one.document_id),
        _element("Code", _element("CodeNumber", one.number) + _text("CodeNotation", one.notation)),
        _element(
            "PromulgationInfo",
            _text("Place", one.sender.place) + _day("PromulgationDate", one.promulgated),
        ),
        _type(one),
        _text("Subject", subject(one.index)),
        _text("Content", subject(one.index)),
        _element(
            "SignerInfo",
            _text("Competence", ("TM.", "KT.", "TL.", "")[one.index % 4])
            + _text("Position", ("Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng")[one.index % 3])
            + _text("FullName", people.full_name(one.index * 31)),
        ),
    ]
    if one.index % 10 < 3:
        parts.append(_day("DueDate", one.promulgated + timedelta(days=5 + one.index % 16)))
    parts += [_other(one), _answer(one, exchange), _element("SteeringType", 1 + one.index % 3)]
    parts.append(_element("ToPlaces", _text("Place", "Như trên") + _text("Place", "Lưu: VT")))
    return _element("MessageHeader", "".join(parts))


def _day(name: str, day: date) -> str:
    return _element(name, f"{day:%Y/%m/%d}")


def _type(one: _Document) -> str:
    detail = "<edXML:TypeDetail/>" if one.defect == MIXED_SPACE else _element("TypeDetail", 0)
    return _element(
        "DocumentType", _element("Type", 1) + detail + _text("TypeName", TYPES[one.type][0])
    )


def _other(one: _Document) -> str:
    secret = _SECRETS[int(one.secret * 3)] if one.secret >= 0 else "Liên thông văn bản"
    priority = (0,) * 16 + (1, 1, 2, 3)
    return _element(
        "OtherInfo",
        _element("Priority", priority[one.index % 20])
        + _text("SphereOfPromulgation", secret)
        + _element("PromulgationAmount", 1)
        + _element("PageAmount", 1 + one.index % 12)
        + _element("Direction", "true" if one.index % 9 == 0 else "false"),
    )


def sent_document_id(exchange: Exchange, index: int) -> tuple[str, str, date]:
    """(DocumentId, code, day of promulgation) of a document the province sent."""
    day = at_minute(int(exchange.sent.signed[index])).date()
    code = f"{exchange.sent.number[index]}/{notation('UBND', int(exchange.sent.type[index]))}"
    return f"000.00.00.H19,{day:%Y/%m/%d},{code}", code, day


def _answer(one: _Document, exchange: Exchange) -> str:
    if one.answers < 0 or exchange.sent.signed[one.answers] >= exchange.received.arrived[one.index]:
        return ""
    return _response_for("000.00.00.H19", *sent_document_id(exchange, one.answers))


def _response_for(organ_id: str, document_id: str, code: str, day: date) -> str:
    return _element(
        "ResponseFor",
        _text("OrganId", organ_id)
        + _text("Code", code)
        + _day("PromulgationDate", day)
        + _text("DocumentId", document_id),
    )


def _trace(one: _Document, exchange: Exchange) -> str:
    hops = [(one.sender.organ_id, one.arrived - timedelta(minutes=4)), ("vxp.axis", one.arrived)]
    traced = ""
    for organ_id, at in hops:
        organ = _text("OrganId", "null" if one.defect == NULL_TRACE else organ_id)
        if one.defect == NULL_TRACE and organ_id == "vxp.axis":
            organ = ""
        traced += _element("TraceHeader", organ + _element("Timestamp", f"{at:%Y/%m/%d %H:%M:%S}"))
    business = _business(one, exchange) if one.kind != NEW or one.index % 5 else ""
    return _element("TraceHeaderList", traced + business)


def _business(one: _Document, exchange: Exchange) -> str:
    reasons = ("Văn bản điện tử mới", "Thu hồi văn bản", "Cập nhật văn bản", "Văn bản thay thế")
    paper = (
        "<edXML:Paper/>"
        if one.defect == MIXED_SPACE
        else _element("Paper", int(one.index % 33 == 0))
    )
    parts = [
        _element("BussinessDocType", one.kind),
        _text("BussinessDocReason", reasons[one.kind]),
        paper,
    ]
    if one.kind == UPDATED:
        receiver = _text("OrganId", "000.00.00.H19") + _element("ReceiverType", one.index % 2)
        listed = _element("ReceiverList", _element("Receiver", receiver))
        changed = _element("DocumentInfo", 1) + _element("DocumentReceiver", 1) + listed
        parts.insert(0, _text("DocumentId", one.document_id))
        parts.append(_element("BussinessDocumentInfo", changed))
    if one.kind == REPLACED:
        old = _Document(exchange, one.target)
        organs = _element("OrganIdList", _text("OrganId", "000.00.00.H19"))
        info = _element("ReplacementInfo", _text("DocumentId", old.document_id) + organs)
        parts.append(_element("ReplacementInfoList", info))
    parts.append(_staff(one.index))
    return _element("Bussiness", "".join(parts))


def _manifest(one: _Document, found: list[Attachment]) -> str:
    references = "".join(
        _element(
            "Reference",
            _text("ContentId", f"cid:{item.id}")
            + _text("ContentType", item.content_type)
            + _text("Description", item.name)
            + _text("AttachmentName", item.name),
        )
        for item in found
    )
    if one.defect == UNDECLARED_XLINK:
        references = references.replace("<edXML:Reference>", '<edXML:Reference xlink:href="">')
    manifest = f'<edXML:edXMLManifest version="1.0">{references}</edXML:edXMLManifest>'
    return _element("edXMLBody", manifest)


def _encoded(one: _Document, found: list[Attachment]) -> str:
    prefix, attribute = "", ""
    if one.defect == PREFIXED_ATTACHMENTS:
        prefix, attribute = "edXML:", f' xmlns:edXML="{NAMESPACE}"'
    parts = []
    for item in found:
        content = base64.b64encode(item.content).decode()
        if one.defect == TEMPLATE_RESIDUE:
            content = "${__StringFromFile(base64.txt)}"
        parts.append(
            f"<{prefix}Attachment><{prefix}ContentId>cid:{item.id}</{prefix}ContentId>"
            f"<{prefix}AttachmentName>{escape(item.name)}</{prefix}AttachmentName>"
            f"<{prefix}ContentType>{item.content_type}</{prefix}ContentType>"
            f"<{prefix}ContentTransferEncoded>{content}</{prefix}ContentTransferEncoded>"
            f"</{prefix}Attachment>"
        )
    return f"<{prefix}AttachmentEncoded{attribute}>{''.join(parts)}</{prefix}AttachmentEncoded>"


def _packet(envelope: str, rest: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NAMESPACE}">'
        f'<edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}">{envelope}</edXML:edXMLEnvelope>'
        f"{rest}</edXML>"
    )


def document(exchange: Exchange, index: int) -> bytes:
    """The packet of one received document."""
    one = _Document(exchange, index)
    found = attachments(index)
    header = _element("edXMLHeader", _header(one, exchange) + _trace(one, exchange))
    text = _packet(header + _manifest(one, found), _encoded(one, found))
    if one.defect == MIXED_SPACE:
        text = text.replace("><edXML:", ">\r\n\t <edXML:")
    if one.defect == STRAY_START:
        text = "1212" + text
    return text.encode()


def _status(sender: Party, answered: str, person: int, code: int, at: int) -> bytes:
    written = str(code) if person % 17 == 0 else f"{code:02}"
    header = (
        _party("From", sender.organ_id, sender.name, sender.above, 0)
        + answered
        + _staff(person)
        + _element("StatusCode", written)
        + _text("Description", f"{people.full_name(person)}: {_DESCRIPTIONS[code]}")
        + _element("Timestamp", f"{at_minute(at):%Y/%m/%d %H:%M:%S}")
    )
    return _packet(_element("edXMLHeader", _element("MessageHeader", header))).encode()


def answer(exchange: Exchange, place: int) -> bytes:
    """A status packet that a recipient sent about a document of ours."""
    statuses, sent = exchange.answers_received, exchange.sent
    row = int(statuses.about[place])
    sender = correspondents()[int(sent.row_recipient[row])]
    named = sent_document_id(exchange, int(sent.row_document[row]))
    about = _response_for("000.00.00.H19", *named)
    return _status(sender, about, place, int(statuses.code[place]), int(statuses.at[place]))


def recall(exchange: Exchange, place: int) -> bytes:
    """A status packet by which a sender asks a document back."""
    statuses = exchange.recalls_received
    one = _Document(exchange, int(statuses.about[place]))
    about = _response_for(one.sender.organ_id, one.document_id, one.code, one.promulgated)
    return _status(one.sender, about, place, 13, int(statuses.at[place]))


def received_code(exchange: Exchange, index: int) -> str:
    """Number and notation of a received document."""
    return _Document(exchange, index).code
