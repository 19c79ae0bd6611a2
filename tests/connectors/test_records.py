"""Keys, allow-lists and pseudonyms."""

import hashlib
import hmac
import json
import unicodedata

import pytest

from connectors.dossiers import decode_page, record_of
from connectors.records import Pseudonymiser, key_of


@pytest.mark.parametrize("key", [b"k", b"k" * 64, b"k" * 65])
def test_a_pseudonym_is_the_hmac_it_says_it_is(key: bytes) -> None:
    expected = hmac.new(key, b"075080001234", hashlib.sha256).hexdigest()[:32]
    assert Pseudonymiser(key).of(" 075080001234 ") == expected


def test_spelling_case_and_spaces_of_a_name_do_not_matter() -> None:
    person = Pseudonymiser(b"k")
    assert person.of("Nguyễn  Văn An", "1980") == person.of(unicodedata.normalize("NFD", "NGUYỄN VĂN\u00a0AN "), "1980")
    assert person.of("Le Van An", "1980") == person.of("LE  VAN AN", "1980")
    assert person.of("Le Van An", "1980") != person.of("Le Van", "An1980")
    assert "b'k'" not in repr(person)


def test_a_row_without_a_key_is_known_by_its_content() -> None:
    assert key_of({"a": 0, "b": "x"}, "a", "b") == "0"
    nameless = [key_of({"b": text}, "a") for text in ("x", "y", "x")]
    assert nameless[0] == nameless[2] != nameless[1]


@pytest.mark.parametrize(
    ("organization", "is_named"),
    [("Công ty A", True), (" ", False), (None, False), (False, False), ({"name": "x"}, True), (0, False)],
)
def test_an_organisation_is_told_without_its_name(organization: object, is_named: bool) -> None:
    item = {"code": "c", "applicant": {"organization": "ẩn", "pseudonym": "ẩn", "data": {"organization": organization}}}
    body = json.dumps({"content": [item]}).encode()
    (dossier,) = decode_page(body).content
    payload = json.loads(record_of(dossier, Pseudonymiser(b"k")).payload)
    assert payload == {"code": "c", "applicant": {"organization": is_named}}


def test_a_dossier_is_keyed_by_its_code_then_its_id_then_its_content() -> None:
    body = json.dumps({"content": [{"code": "c", "id": "1"}, {"code": "", "id": "1"}, {"dueDate": "x"}]}).encode()
    keys = [record_of(dossier, Pseudonymiser(b"k")).key for dossier in decode_page(body).content]
    assert keys[:2] == ["c", "id:1"]
    assert keys[2].startswith("sha256:")


def test_a_moment_that_became_a_number_is_still_a_moment_to_the_warehouse() -> None:
    body = b'{"content":[{"code":7,"updatedDate":1735689600000}]}'
    (dossier,) = decode_page(body).content
    record = record_of(dossier, Pseudonymiser(b"k"))
    assert (record.key, record.updated_at) == ("7", "1735689600000")
    assert json.loads(record.payload) == {"code": 7, "updatedDate": 1735689600000}
