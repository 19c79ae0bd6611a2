"""Personal data planted in every leaf of every shape: none of it passes, and the record says which leaf it was.

A leaf that is added to a shape, or a shape to a module, is covered by itself.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from connectors import axis_shapes, national_scores, portal_shapes, tthc_shapes
from connectors.border import KINDS, UNREADABLE, Border
from connectors.dossier_shape import DOSSIER
from connectors.dossiers import decode_page, record_of
from connectors.records import Pseudonymiser, Shape


KEY = Pseudonymiser(b"a key of the tests")
SECRETS = ("Kín", "kín", "KÍN", "075099001234", "271234567", "912345678", "congdan")
PLANTS: dict[str, Any] = {
    "a sentence": "Hồ sơ của bà Nguyễn Thị Kín, CCCD 075099001234, ĐT 0912345678, kin@congdan.example",
    "a name": "Nguyễn Thị Kín",
    "a name in capitals": "NGUYỄN THỊ KÍN",
    "a name in small letters": "nguyễn thị kín",
    "a name with a form of address": "Chờ ông Trần Kín bổ sung",
    "a name with strokes": "Nguyễn_Thị_Kín",
    "the number of a card": "075099001234",
    "the number of an old card": "271234567",
    "a number in a code": "CCCD075099001234",
    "a telephone": "0912345678",
    "a telephone with its country": "+84 912345678",
    "a mail address": "kin@congdan.example",
    "digits": 75099001234 * 10 + 4,
    "nine digits": 271234567,
    "an object": {"fullname": "Nguyễn Thị Kín", "identityNumber": "075099001234"},
    "a list": ["Nguyễn Thị Kín", {"phone": "0912345678"}],
    "a name in another form": "Nguye\u0302\u0303n Thi\u0323 Kín",
    "an essay": "Kín " * 20_000,
}
SHAPES: dict[str, Shape] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": shape
    for module in (portal_shapes, axis_shapes, tthc_shapes, national_scores)
    for name, shape in vars(module).items()
    if name.isupper() and isinstance(shape, dict)
} | {"dossiers.DOSSIER": DOSSIER}


def leaves(shape: Shape, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, inner in shape.items():
        if isinstance(inner, str):
            yield (*place, name), inner
        else:
            yield from leaves(inner, (*place, name))


def row_with(place: tuple[str, ...], value: Any, in_lists: bool) -> dict[str, Any]:
    for name in reversed(place):
        value = {name: value}
        value = {name: [inner] if in_lists and isinstance(inner, dict) else inner for name, inner in value.items()}
    return dict(value)


CASES = [(name, place, kind) for name, shape in SHAPES.items() for place, kind in leaves(shape)]


def test_every_leaf_is_of_a_kind_there_is() -> None:
    assert {kind for *_, kind in CASES} <= KINDS.keys()
    assert len(CASES) > 150


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("in_lists", [False, True])
def test_nothing_personal_passes_in_any_leaf(plant: str, in_lists: bool) -> None:
    value = PLANTS[plant]
    for name, place, kind in CASES:
        kept = Border(KEY).passed(row_with(place, value, in_lists), SHAPES[name])
        written = json.dumps(kept, ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in written], (name, place)
        is_replaced = KINDS[kind].is_masked and "withheld" not in written
        assert is_replaced or ".".join(place) in kept[UNREADABLE], (name, place)


@pytest.mark.parametrize("plant", PLANTS)
def test_nothing_personal_passes_in_any_leaf_of_a_dossier_as_it_is_read(plant: str) -> None:
    places = [place for place, _ in leaves(DOSSIER)] + [("applicant", "data", "chonDoiTuong")]
    items = [
        {"id": f"{number}", **row_with(place, PLANTS[plant], in_lists=place[0] in ("task", "currentTask"))}
        for number, place in enumerate(places)
    ]
    # One sound dossier among them: a page of odd ones alone is another envelope.
    page = decode_page(json.dumps({"content": [*items, {"id": "sound", "code": "H19"}]}).encode())
    for item, place in zip(page.content, places, strict=False):
        record = record_of(item, KEY)
        told = json.dumps([record.key, record.payload.decode(), record.updated_at], ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in told], place
        assert place[0] == "applicant" or place[-1] in told, place


def test_a_withheld_leaf_is_recognised_when_it_changes_and_only_with_a_key() -> None:
    shape: Shape = {"a": "code"}
    one, same, other = (Border(KEY).passed({"a": value}, shape)["a"] for value in ("ông Kín", "ông Kín", "bà Kín"))
    assert one == same != other
    assert Border().passed({"a": "ông Trần Kín"}, shape) == {"a": "withheld", "unreadable": "a"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("code", "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"), ("code", "12 / QĐ-UBND"),
        ("code", "H19.101-20260609-0092637"),
        ("code", 7), ("code", 12234555512), ("date", "2025-05-08T10:00:00.000+0700"), ("date", 1760922900000),
        ("date", "16/01/2019 11:08:36"), ("date", "2025/05/08"), ("date", "0001-01-01T00:00:00"), ("date", " "),
        ("number", 12.5), ("flag", True), ("flag", 1), ("word", "Trực tiếp"), ("label", "Đã xử lý xong (chờ trả)"),
        ("label", [{"languageId": 228, "name": "Đang xử lý"}]), ("name", "UBND phường Trần Biên"),
        ("name", "Đường Nguyễn Văn Linh nối dài"), ("name", "THỦ TỤC ĐĂNG KÝ SINH HOẠT TÔN GIÁO TẬP TRUNG (CẤP XÃ)"),
        ("prose", "<p>Bước 1: Nộp hồ sơ.\n</p>"),
    ],
)  # fmt: skip
def test_what_sources_really_write_passes_as_it_came(kind: str, text: object) -> None:
    assert Border(KEY).passed({"a": text}, {"a": kind}) == {"a": text}


def test_what_is_not_named_does_not_pass_at_any_depth() -> None:
    row = {"A": {"B": "1", "phone": "09"}, "L": [{"B": 2, "phone": "09"}], "phone": "09", "N": None}
    shape: Shape = {"A": {"B": "code"}, "L": {"B": "code"}, "N": "code"}
    assert Border(KEY).passed(row, shape) == {"A": {"B": "1"}, "L": [{"B": 2}]}
