"""Status packets: what recipients report about our documents, and what senders ask back (A.4.5)."""

from __future__ import annotations

from connectors.simulator import people
from connectors.simulator.document_facts import DocumentFacts, at_minute, sent_document_id
from connectors.simulator.documents import Exchange
from connectors.simulator.edxml_writer import element, packet, party, response_for, staff, text
from connectors.simulator.parties import Party, correspondents


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


def _status(sender: Party, answered: str, person: int, code: int, at: int) -> bytes:
    written = str(code) if person % 17 == 0 else f"{code:02}"
    header = (
        party("From", sender.organ_id, sender.name, sender.above, 0)
        + answered
        + staff(person)
        + element("StatusCode", written)
        + text("Description", f"{people.full_name(person)}: {_DESCRIPTIONS[code]}")
        + element("Timestamp", f"{at_minute(at):%Y/%m/%d %H:%M:%S}")
    )
    return packet(element("edXMLHeader", element("MessageHeader", header))).encode()


def answer(exchange: Exchange, place: int) -> bytes:
    """A status packet that a recipient sent about a document of ours."""
    statuses, sent = exchange.answers_received, exchange.sent
    row = int(statuses.about[place])
    sender = correspondents()[int(sent.row_recipient[row])]
    named = sent_document_id(exchange, int(sent.row_document[row]))
    about = response_for("000.00.00.H19", *named)
    return _status(sender, about, place, int(statuses.code[place]), int(statuses.at[place]))


def recall(exchange: Exchange, place: int) -> bytes:
    """A status packet by which a sender asks a document back."""
    statuses = exchange.recalls_received
    one = DocumentFacts(exchange, int(statuses.about[place]))
    about = response_for(one.sender.organ_id, one.document_id, one.code, one.promulgated)
    return _status(one.sender, about, place, 13, int(statuses.at[place]))
