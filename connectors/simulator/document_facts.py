"""What a packet says of its document: number, notation, ids and days, with the defects it was given."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from connectors.simulator import people
from connectors.simulator.documents import NEW, REPLACED, TYPES, Exchange
from connectors.simulator.parties import Party, correspondents
from connectors.simulator.working_time import EPOCH


# The defects of protocols A.4.8, and the stray characters before `<?xml` of a vendor's sample.
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
_SUBJECTS: Final = (
    "V/v triển khai thực hiện quy chế làm việc",
    "V/v báo cáo kết quả giải quyết thủ tục hành chính",
    "V/v góp ý dự thảo quyết định",
    "V/v giải quyết đơn của ông/bà {name}, điện thoại {phone}",
    "V/v phối hợp rà soát quy trình nội bộ",
    "V/v mời dự họp giao ban",
)


def at_minute(moment: int) -> datetime:
    """Local time of a moment."""
    return datetime.combine(EPOCH, datetime.min.time()) + timedelta(minutes=int(moment))


def subject(index: int) -> str:
    """The abstract of a document; one in six names a person."""
    text = _SUBJECTS[index % len(_SUBJECTS)]
    return text.format(name=people.full_name(index), phone=people.phone(index))


def notation(letters: str, type_number: int) -> str:
    return f"{TYPES[type_number][1]}{letters}-{('VX', 'NC', 'TH', 'KSTT', 'KT')[type_number % 5]}"


def sent_document_id(exchange: Exchange, index: int) -> tuple[str, str, date]:
    """(DocumentId, code, day of promulgation) of a document the province sent."""
    day = at_minute(int(exchange.sent.signed[index])).date()
    code = f"{exchange.sent.number[index]}/{notation('UBND', int(exchange.sent.type[index]))}"
    return f"000.00.00.H19,{day:%Y/%m/%d},{code}", code, day


class DocumentFacts:
    """One received packet as its header names it."""

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


def received_code(exchange: Exchange, index: int) -> str:
    """Number and notation of a received document."""
    return DocumentFacts(exchange, index).code
