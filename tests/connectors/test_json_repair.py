"""Broken JSON of real servers: mended where it can be, parted record by record, and never taken for whole when cut."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.json_repair import Unbalanced, items, mended, texts_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b'[{"a": "C\xf4ng d\xe2n"}]', [{"a": "Công dân"}]),
        ('[{"a": "Công d\xe2n"}]'.encode().replace("â".encode(), b"\xe2"), [{"a": "Công dân"}]),
        (b'[{"a": "one\ntwo\tthree"}]', [{"a": "one\ntwo\tthree"}]),
        (b'[{"a": "it\\\'s"}]', [{"a": "it's"}]),
        (b'[{"a": 1,}, ]', [{"a": 1}]),
        (b'[{"a": ", ]"}]', [{"a": ", ]"}]),
    ],
    ids=["cp1252", "cp1252 among utf-8", "breaks", "apostrophe", "commas", "a comma in a text"],
)
def test_what_a_strict_reader_refuses_is_read_as_it_was_meant(written: bytes, meant: object) -> None:
    assert json.loads(mended(written)) == meant


def test_records_are_parted_by_their_brackets_whatever_stands_in_them() -> None:
    body = b'{"last": true, "content": [{"a": "}]"}, {"b": [{"c": {}}]}, {"d": "\xff"}], "totalElements": 3}'
    found, rest = items(body, "content")
    assert found == [b'{"a": "}]"}', b'{"b": [{"c": {}}]}', b'{"d": "\xff"}']
    assert json.loads(rest) == {"last": True, "content": [], "totalElements": 3}


def test_an_object_without_the_array_has_no_records() -> None:
    with pytest.raises(KeyError):
        items(b'{"data": {"content": [{}]}}', "content")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=4), st.dictionaries(st.text(), JSON, max_size=3))
def test_sound_records_come_out_as_they_went_in(records: list[object], others: dict[str, object]) -> None:
    others.pop("content", None)
    body = json.dumps({**others, "content": records}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found, rest = items(body, "content")
    assert [json.loads(raw.decode("utf-8", "surrogatepass")) for raw in found] == records
    assert json.loads(rest.decode("utf-8", "surrogatepass")) == {**others, "content": []}
    for cut in range(1, len(body), max(1, len(body) // 5)):
        with pytest.raises((Unbalanced, KeyError)):
            items(body[:cut], "content")


def test_a_broken_record_still_tells_what_it_is_known_by() -> None:
    record = b'{"agency": {"code": "H19.01"}, "id": "7", "code": "H19-7", "note": "\xff\n", "task": [[["id", "8"'
    assert texts_of(record, ("id", "code")) == {"id": "7", "code": "H19-7"}
