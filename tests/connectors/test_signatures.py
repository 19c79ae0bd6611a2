"""Facts of signed PDF files: who signed, whether the certificate was valid, what became of the file, and no name."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest
from asn1crypto import x509

from connectors.attachments import file_facts
from connectors.signatures import read_signatures, signer
from connectors.simulator.attachments import attachments, plain_pdf
from connectors.simulator.certificate_authority import Identity, altered, signed, varied


PLAIN = plain_pdf(1)
OFFICE = "Ủy ban nhân dân tỉnh Đồng Nai"
AGENCY = Identity(OFFICE)
PERSON = Identity(OFFICE, "Nguyễn Văn Kín")
EXPIRED = Identity(OFFICE, "Lê Thị Kín", 2020, 2023)
AT = datetime(2025, 3, 3, 1)


def told(content: bytes, *facts: str) -> list[tuple[Any, ...]]:
    return [tuple(signature[fact] for fact in facts) for signature in read_signatures(content)["signatures"]]


def test_a_file_signed_by_the_person_and_the_agency() -> None:
    facts = file_facts(base64.b64encode(signed(PLAIN, [PERSON, AGENCY], AT)).decode(), "a.pdf")
    assert facts["is_signed"]
    common = {
        "issuer": "Cơ quan chứng thực thử nghiệm",
        "signed_at": "2025-03-03T01:00:00+00:00",
        "is_certificate_valid": True,
        "is_intact": True,
        "is_modified": False,
        "algorithm": "ecdsa-sha256",
    }
    assert facts["signatures"] == [
        {"signer": "person", "signer_name": "cá nhân", "covers_whole": False} | common,
        {"signer": "agency", "signer_name": OFFICE, "tax_code": "3600000001", "covers_whole": True} | common,
    ]
    assert "Kín" not in json.dumps(facts, ensure_ascii=False)


def test_a_scan_under_the_seal_alone_and_a_file_nobody_signed() -> None:
    assert told(signed(PLAIN, [AGENCY], AT), "signer", "is_intact") == [("agency", True)]
    assert file_facts(base64.b64encode(PLAIN).decode(), "a.pdf")["is_signed"] is False


def test_a_certificate_that_had_run_out_and_a_page_changed_after_signing() -> None:
    assert told(signed(PLAIN, [EXPIRED, AGENCY], AT), "is_certificate_valid") == [(False,), (True,)]
    changed = altered(signed(PLAIN, [PERSON, AGENCY], AT))
    assert told(changed, "is_intact") == [(False,), (False,)]


def test_objects_added_behind_the_last_signature_are_a_change() -> None:
    whole = signed(PLAIN, [PERSON, AGENCY], AT)
    start = whole.rindex(b"startxref") + 10
    previous = int(whole[start : whole.index(b"\n", start)])
    at = len(whole) + 1
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\n"
    table = b"xref\n3 1\n%010d 00000 n \ntrailer<</Size 20/Root 1 0 R/Prev %d>>\n" % (at, previous)
    added = whole + b"\n" + page + table + b"startxref\n%d\n%%%%EOF" % (at + len(page))
    assert told(added, "is_intact", "covers_whole", "is_modified") == [(True, False, True)] * 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b"/Contents <3", b"/Contents <f"),
        lambda whole: b"%PDF-1.4 /ByteRange",
    ],
)
def test_signatures_that_cannot_be_read_are_a_fact_and_no_error(damage: Any) -> None:
    facts = read_signatures(damage(signed(PLAIN, [AGENCY], AT)))
    assert facts == {"is_signed": True, "signatures": [], "error": "unreadable"}


@pytest.mark.parametrize(
    ("subject", "kind", "name"),
    [
        ({"common_name": "Sở Nội vụ", "organization_name": "UBND tỉnh Đồng Nai"}, "agency", "Sở Nội vụ"),
        ({"common_name": "Văn phòng UBND", "user_id": "MST:3600"}, "agency", "Văn phòng UBND"),
        ({"organization_name": "Công ty TNHH A"}, "agency", "Công ty TNHH A"),
        ({"common_name": "Ban Thị Kín", "organization_name": "Sở Nội vụ"}, "person", "cá nhân"),
        ({"common_name": "Sở Thị Kín", "user_id": "CCCD:075"}, "person", "cá nhân"),
        ({"common_name": "Sở Nội vụ", "title": "Giám đốc"}, "person", "cá nhân"),
        ({"common_name": "Kín", "user_id": "MST:3600"}, "person", "cá nhân"),
    ],
)
def test_in_doubt_the_signer_is_a_person(subject: dict[str, str], kind: str, name: str) -> None:
    facts = signer(x509.Name.build(subject))
    assert (facts["signer"], facts["signer_name"]) == (kind, name)


def test_the_simulated_files_differ_and_stay_valid() -> None:
    template = signed(PLAIN, [PERSON, AGENCY], AT)
    assert read_signatures(varied(template, 5)) == read_signatures(template)
    assert varied(template, 5) != template == signed(PLAIN, [PERSON, AGENCY], AT)
    assert len({item.content for index in range(20) for item in attachments(index, 3)}) > 10
