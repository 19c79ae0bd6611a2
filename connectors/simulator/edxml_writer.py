"""edXML text: elements of the header that document and status packets share, and the frame around them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

from connectors.simulator import people
from connectors.simulator.document_facts import NAMELESS_PARTIES


NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def element(name: str, content: str | int) -> str:
    return f"<edXML:{name}>{content}</edXML:{name}>"


def text(name: str, content: str) -> str:
    return element(name, escape(content))


def day_element(name: str, day: date) -> str:
    return element(name, f"{day:%Y/%m/%d}")


@lru_cache(maxsize=4096)
def party(role: str, organ_id: str, name: str, above: str, style: int) -> str:
    names = [text("OrganizationInCharge", above), text("OrganName", name)]
    if style == NAMELESS_PARTIES:
        names = [] if len(name) % 2 else names[::-1]
    contact = (
        text("OrganAdd", "Số 2, đường Nguyễn Văn Trị"),
        text("Email", f"vanthu.{len(name)}@{people.MAIL_DOMAIN}"),
        text("Telephone", people.phone(len(name))),
        "<edXML:Fax/><edXML:Website/>",
    )
    return element(role, text("OrganId", organ_id) + "".join((*names, *contact)))


def staff(person: int) -> str:
    return element(
        "StaffInfo",
        text("Department", "Phòng Văn thư - Lưu trữ")
        + text("Staff", people.STAFF[person % len(people.STAFF)])
        + text("Email", f"canbo{person}@{people.MAIL_DOMAIN}")
        + text("Mobile", people.phone(person)),
    )


def response_for(organ_id: str, document_id: str, code: str, day: date) -> str:
    return element(
        "ResponseFor",
        text("OrganId", organ_id)
        + text("Code", code)
        + day_element("PromulgationDate", day)
        + text("DocumentId", document_id),
    )


def packet(envelope: str, rest: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NAMESPACE}">'
        f'<edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}">{envelope}</edXML:edXMLEnvelope>'
        f"{rest}</edXML>"
    )
