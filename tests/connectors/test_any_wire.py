"""Whatever comes over the wire, a parser gives facts or one of its own errors: never a crash, never something kept."""

import json
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.dossier_shape import DOSSIER
from connectors.dossiers import decode_page, record_of
from connectors.edxml import PacketError, SecretDocument, parse
from connectors.records import Pseudonymiser
from tests.connectors.test_edxml import attached, packet


LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from(
        ["'; drop table raw.portal__dossiers; --", "e\u0302\u0323", "Nguyễn Văn Kín", "=cmd|'x'!A1", "\x00"]
    ),
)
ANYTHING = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "id", "code", "dossierStatus", "dossierTaskStatus", "procedure", "procedureProcessDefinition", "agency",
    "appliedDate", "acceptedDate", "appointmentDate", "completedDate", "updatedDate", "applyMethod", "task",
    "currentTask",
)  # fmt: skip
PERSON = {"fullname": "Nguyễn Văn Kín", "identityNumber": "075099001234", "address": "12 Phố Kín"}
KEY = Pseudonymiser(b"a key of the tests")
UNHURRIED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@UNHURRIED
@given(row=st.dictionaries(st.sampled_from(NAMES), ANYTHING), other=st.dictionaries(st.text(max_size=9), ANYTHING))
def test_any_dossier_is_a_record_without_its_person(row: dict[str, Any], other: Any) -> None:
    item = {**other, **row, "applicant": {"data": PERSON, "note": "Nguyễn Văn Kín"}}
    try:
        page = decode_page(json.dumps({"content": [item]}).encode())
    except msgspec.DecodeError:
        return
    told_elsewhere = json.dumps([other, row], ensure_ascii=False)
    record = record_of(page.content[0], KEY)
    kept = json.loads(record.payload)
    assert kept.keys() <= {*DOSSIER, "applicant", "unreadable"}
    assert kept.get("applicant", {}).keys() <= {"pseudonym", "chonDoiTuong", "organization"}
    for secret in ("075099001234", "12 Phố Kín"):
        assert secret not in record.payload.decode() or secret in told_elsewhere
    assert "Nguyễn Văn Kín" not in record.payload.decode()


@UNHURRIED
@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_packet_or_none(content: bytes) -> None:
    try:
        json.dumps(parse(content))
    except (PacketError, SecretDocument):
        return


WHOLE = packet("<edXML:Priority>1</edXML:Priority>", attached(b"%PDF-1.7 x", "../../../etc/passwd"))


@UNHURRIED
@given(places=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12))
def test_a_packet_with_any_bytes_changed_gives_facts_or_an_error_and_no_name(places: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, value in places:
        content[place] = value
    try:
        facts = json.dumps(parse(bytes(content)), ensure_ascii=False)
    except (PacketError, SecretDocument):
        return
    assert "Nguyễn Văn Kín" not in facts
    assert "passwd" not in facts
