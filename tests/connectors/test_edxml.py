"""Facts of edXML packets: the real samples, the eight defects of protocols A.4.8, and what must never be read."""

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from connectors.edxml import PacketError, SecretDocument, parse


NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def packet(header: str = "", attachments: str = "", prefix: str = "edXML:") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}"><edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From><edXML:OrganId>000.00.00.G22</edXML:OrganId><edXML:Email>a@b.vn</edXML:Email></edXML:From>
        <edXML:To><edXML:OrganId>000.00.00.H19</edXML:OrganId></edXML:To>
        <edXML:Subject>V/v đơn của ông Nguyễn Văn Kín</edXML:Subject>
        <edXML:SignerInfo><edXML:Position>Vụ trưởng</edXML:Position>
        <edXML:FullName>Lê Kín</edXML:FullName></edXML:SignerInfo>
        {header}
      </edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope>
      <{prefix}AttachmentEncoded xmlns:edXML="{NAMESPACE}">{attachments}</{prefix}AttachmentEncoded></edXML>""".encode()


def attached(content: bytes, name: str = "Văn bản.pdf", declared: str = "application/pdf") -> str:
    encoded = base64.b64encode(content).decode()
    return f"""<Attachment><ContentId>cid:1</ContentId><AttachmentName>{name}</AttachmentName>
        <ContentType>{declared}</ContentType>
        <x:ContentTransferEncoded xmlns:x="{NAMESPACE}">{encoded}</x:ContentTransferEncoded></Attachment>"""


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def files(content: bytes) -> list[tuple[Any, ...]]:
    return [(part["kind"], part.get("zipped"), part.get("size")) for part in parse(content)["attachments"]]


def test_every_real_packet_is_read(samples: Path) -> None:
    found = {path.name: parse(path.read_bytes()) for path in sorted((samples / "axis").glob("*.edxml"))}
    documents = {name: facts for name, facts in found.items() if facts["kind"] == "document"}
    statuses = {name: facts["status_code"] for name, facts in found.items() if facts["kind"] == "status"}
    business = {name: facts.get("business", {}).get("doc_type") for name, facts in documents.items()}
    assert business == {
        "edoc.edxml": None,
        "edoc_new.edxml": "0",
        "edoc_revocation.edxml": "1",
        "edoc_update.edxml": "2",
        "edoc_replacement.edxml": "3",
    }
    assert sorted(set(statuses.values())) == ["01", "02", "03", "04", "05", "06", "13", "15", "16"]
    assert len(found) == 15


def test_no_person_and_no_word_of_the_abstract_is_kept() -> None:
    kept = json.dumps(parse(packet()), ensure_ascii=False)
    assert "Vụ trưởng" in kept
    for secret in ("Kín", "a@b.vn", "đơn của"):
        assert secret not in kept


def test_a_prefix_nobody_declared_is_forgiven() -> None:
    broken = packet(attachments=attached(b"%PDF-1.4")).replace(b"<Attachment>", b'<Attachment xlink:href="x">')
    assert files(broken) == [("pdf", False, 8)]


def test_attachments_stand_with_or_without_prefix() -> None:
    assert files(packet(attachments=attached(b"%PDF-1.4"), prefix="")) == [("pdf", False, 8)]
    assert files(packet(attachments=attached(b"%PDF-1.4"))) == [("pdf", False, 8)]


def test_content_tells_its_kind_and_not_the_declared_type() -> None:
    wrapped = attached(zipped(("0b7c.pdf", b"%PDF-1.7 x")), declared="application/pdf")
    office = attached(zipped(("[Content_Types].xml", b"<x/>"), ("word/a.xml", b"<x/>")), name="a.docx")
    assert files(packet(attachments=wrapped)) == [("pdf", True, 10)]
    assert files(packet(attachments=office))[0][:2] == ("office", False)


@pytest.mark.parametrize("content", ["${__StringFromFile(test.txt,,,)}", "JVBERi0xLjQ"])
def test_template_residue_and_truncated_base64_are_broken_files(content: str) -> None:
    part = f"<Attachment><ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment>"
    (found,) = parse(packet(attachments=part))["attachments"]
    assert found["kind"] == "broken"


def test_impossible_dates_and_foreign_ids_stay_the_text_they_were() -> None:
    facts = parse(
        packet(
            """<edXML:DocumentId>9fbfbad2-f1f8-4256-a2eb-50fb1061cddb</edXML:DocumentId>
            <edXML:PromulgationInfo><edXML:PromulgationDate>2014/02/30</edXML:PromulgationDate></edXML:PromulgationInfo>
            <edXML:TraceHeader><edXML:OrganId>null</edXML:OrganId></edXML:TraceHeader>
            <edXML:TraceHeader><edXML:Timestamp>2025/10/20 11:08:36</edXML:Timestamp></edXML:TraceHeader>"""
        )
    )
    assert facts["promulgation_date"] == "2014/02/30"
    assert facts["document_id"] == "9fbfbad2-f1f8-4256-a2eb-50fb1061cddb"
    assert facts["trace"] == [{}, {"timestamp": "2025/10/20 11:08:36"}]


def test_names_in_any_order_or_none_and_mixed_line_ends() -> None:
    facts = parse(
        packet(
            """<edXML:To><edXML:OrganName>\tSở\r\n  Y tế </edXML:OrganName>
            <edXML:OrganId>vxp.saas.03</edXML:OrganId>
            <edXML:OrganizationInCharge>UBND tỉnh</edXML:OrganizationInCharge></edXML:To>
            <edXML:To/><edXML:DocumentType><edXML:TypeDetail/><edXML:TypeName>Công văn</edXML:TypeName>
            </edXML:DocumentType><edXML:Bussiness><edXML:Paper/></edXML:Bussiness>"""
        ).replace(b"\n", b"\r\n")
    )
    assert facts["to"][1:] == [
        {"organ_id": "vxp.saas.03", "organ_name": "Sở Y tế", "in_charge": "UBND tỉnh"},
        {},
    ]
    assert facts["type_name"] == "Công văn"
    assert "paper" not in facts["business"]


def test_stray_bytes_before_the_declaration_are_passed_over() -> None:
    assert parse(b"1212" + packet())["kind"] == "document"


def test_a_status_code_of_one_digit_is_the_same_status() -> None:
    facts = parse(packet("<edXML:StatusCode>1</edXML:StatusCode>"))
    assert (facts["kind"], facts["status_code"]) == ("status", "01")


@pytest.mark.parametrize(
    "marked",
    [
        "<edXML:OtherInfo><edXML:SphereOfPromulgation> MẬT </edXML:SphereOfPromulgation></edXML:OtherInfo>",
        "<edXML:DoMat>Tối mật</edXML:DoMat>",
    ],
)
def test_a_secret_document_is_refused(marked: str) -> None:
    with pytest.raises(SecretDocument):
        parse(packet(marked))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<html><body>503</body></html>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML>&x;</edXML>',
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><edXML>&b;</edXML>',
        b"<edXML></edXML>",
    ],
)
def test_what_is_no_packet_is_said_to_be_none(hostile: bytes) -> None:
    with pytest.raises(PacketError):
        parse(hostile)


def test_a_packet_in_another_encoding_hides_no_declaration() -> None:
    hidden = '<!DOCTYPE a [<!ENTITY a "aaaa">]><edXML/>'.encode("utf-16")
    with pytest.raises(PacketError, match="UTF-8"):
        parse(hidden)


def test_a_broken_archive_is_a_broken_file() -> None:
    whole = bytearray(zipped(("a.pdf", b"%PDF" + bytes(range(256)) * 9)))
    whole[60:90] = b"x" * 30
    assert files(packet(attachments=attached(bytes(whole))))[0][0] == "broken"
