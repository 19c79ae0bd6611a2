"""What one key made, made again by the next, is what both together make of the same person."""

from pathlib import Path

import pytest

from connectors.border import Border
from connectors.dossiers import decode_page, record_of
from connectors.pseudonym_settings import WrongKeys, keys
from connectors.records import Pseudonymiser
from connectors.registers.folder import Registers
from connectors.rekeying import rekeyed
from tests.support.workbooks import GOOD, write


OLD, NEW = b"the first key of the tests", b"the second key of the tests"
BEFORE, AFTER = Pseudonymiser(OLD), Pseudonymiser(NEW, [OLD])
PERSONAL = {
    "officials": GOOD["officials"],
    "ratings": GOOD["ratings"],
    # A citizen in the place of an agency, alone and beside one.
    "incoming": GOOD["incoming"] | {"Cơ quan ban hành": "Ông Trần Văn Bình"},
    "documents": GOOD["documents"] | {"Nơi nhận": "Ban Quản lý dự án, ông Trần Văn Bình"},
}


@pytest.mark.parametrize("register", PERSONAL)
def test_rows_and_names_of_files_of_registers(tmp_path: Path, register: str) -> None:
    write(tmp_path, register, PERSONAL[register], file="Sổ của ông Trần Văn Bình.xlsx")
    before, after = (Registers(tmp_path, key).read() for key in (BEFORE, AFTER))
    assert before.rejections == []
    for name in (register, "files"):
        old, new = ([record for page in found.pages(name) for record in page.records] for found in (before, after))
        kept = [(record.key, record.payload.decode()) for record in old]
        again = [(text(f"registers__{name}", key), text(f"registers__{name}", payload)) for key, payload in kept]
        assert again == [(record.key, record.payload.decode()) for record in new] != kept


def text(collection: str, kept: str) -> str:
    return rekeyed(NEW)(collection, kept)


@pytest.mark.parametrize(
    "item",
    [
        '{"code":"c","applicant":{"data":{"identityNumber":"075080001234"}}}',
        '{"code":"c","applicant":{"data":{"fullname":"Nguyễn Văn An","birthday":"1980"}}}',
        '{"id":"1","code":"Nguyễn Văn An"}',
        '{"code":"c","dossierTaskStatus":{"name":"gọi 0903 123 456"}}',
        '{"appliedDate":7,"agency":}',
    ],
)
def test_dossiers(item: str) -> None:
    body = f'{{"content":[{item}]}}'.encode()
    old, new = (record_of(decode_page(body).content[0], key) for key in (BEFORE, AFTER))
    assert text("portal__dossiers", old.payload.decode()) == new.payload.decode() != old.payload.decode()
    assert text("portal__dossiers", old.key) == new.key


def test_any_leaf_that_did_not_pass_and_no_hash_that_no_key_made() -> None:
    old, new = (Border(key).passed({"a": "Nguyễn Văn An"}, {"a": "code"})["a"] for key in (BEFORE, AFTER))
    assert text("axis__agencies", old) == new
    untouched = f'{{"sha256":"{"0" * 64}","id":"{"1" * 32}","x_sha256":"{"2" * 64}"}}'
    for collection in ("axis__sent_documents", "portal__dossiers", "registers__files"):
        assert text(collection, untouched) == untouched
    assert text("portal__dossiers", f"sha256:{'3' * 32}") == f"sha256:{'3' * 32}"


def test_the_old_key_alone_no_longer_finds_anybody() -> None:
    assert AFTER.of("075080001234") not in {BEFORE.of("075080001234"), Pseudonymiser(NEW).of("075080001234")}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PSEUDONYM_KEY_RETIRED": "khoa-cu-rat-dai"}, "thiếu PSEUDONYM_KEY"),
        ({"PSEUDONYM_KEY": "khoa-moi-rat-dai", "PSEUDONYM_KEY_RETIRED": "khoa-moi-rat-dai"}, "chỉ dùng một lần"),
        ({"PSEUDONYM_KEY": "khoa-moi-rat-dai", "PSEUDONYM_KEY_RETIRED": "[1]"}, "phải là một khóa"),
        ({"PSEUDONYM_KEY": "khoa-moi-rat-dai", "PSEUDONYM_KEY_RETIRED": "[khoa-cu"}, "phải là một khóa"),
        ({"PSEUDONYM_KEY": "ngan", "PSEUDONYM_KEY_RETIRED": "khoa-cu-rat-dai"}, "ít nhất 8 ký tự"),
    ],
)
def test_keys_that_cannot_be_are_refused_without_being_shown(given: dict[str, str], words: str) -> None:
    with pytest.raises(WrongKeys, match=words) as caught:
        keys(given)
    assert not any(key in str(caught.value) for key in given.values())


def test_a_retired_key_may_be_as_short_as_it_was() -> None:
    assert keys({"PSEUDONYM_KEY": "khoa-moi-rat-dai", "PSEUDONYM_KEY_RETIRED": "a"}) == ("khoa-moi-rat-dai", "a")
