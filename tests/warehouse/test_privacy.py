"""The second look: what is personal is found in any text column, told by its place and count; what is not, is not."""

import pytest

from assets.privacy import WORDS
from warehouse import privacy
from warehouse.database import Database


FOUND = [
    # (text, identity numbers, telephones, mail addresses, full names)
    ("CCCD 075099001234", 1, 0, 0, 0),
    ("cccd075099001234", 1, 0, 0, 0),
    ("số 271234567.", 1, 0, 0, 0),
    ("075 099 001 234", 1, 1, 0, 0),
    ("gọi 0912345678 nhé", 0, 1, 0, 0),
    ("0912.345.678", 0, 1, 0, 0),
    ("+84 912 345 678", 0, 1, 0, 0),
    ("0251 3822501", 0, 1, 0, 0),
    ("kin.nguyen@congdan.example", 0, 0, 1, 0),
    ('{"fullname":"Nguyễn Thị Kín"}', 0, 0, 0, 1),
    ("ông Trần Văn Ẩn nộp", 0, 0, 0, 1),
    ("NGUYỄN THỊ KÍN", 0, 0, 0, 1),
    ("chờ nguyễn thị kín bổ sung", 0, 0, 0, 1),
    ("Nguye\u0302\u0303n Thi\u0323 Ki\u0301n", 0, 0, 0, 1),
    ('{"a":"x\\nPhạm Thị Kín"}', 0, 0, 0, 1),
    ("Nguyễn Văn Kín, CCCD 075099001234, 0912345678, a@b.vn", 1, 1, 1, 1),
]
HONEST = [
    "H19.101-20260609-0092637",
    "000.00.00.H19,2015/09/30,7816/VPCP-TTĐT",
    "5f7f3a2b0000000000000123",
    "9fbfbad2-f1f8-4256-a2eb-000000000005",
    "2025-05-08T10:00:00.075099001+07:00",
    "1760922900000",
    "20250508103000",
    "đường Nguyễn Văn Linh",
    "Trường THPT Lương Thế Vinh",
    "tại Thành phố Hồ Chí Minh",
    "THỦ TỤC ĐĂNG KÝ SINH HOẠT TÔN GIÁO TẬP TRUNG",
    "Quản lý thị trường",
    "100.000.000 đồng",
    "UBND phường Trần Biên",
    "withheld:0123456789012345678901234567890a",
]


def looked_at(warehouse: Database, text: str) -> list[privacy.Finding]:
    warehouse.query("create or replace table raw.portal__dossiers as select $1 as payload, 7 as version", [text])
    return privacy.scan(warehouse, WORDS, "warehouse", ("raw",), only=("raw.portal__dossiers",))


@pytest.mark.parametrize(("text", "identity", "telephone", "mail", "name"), FOUND)
def test_what_is_personal_is_found(
    warehouse: Database, text: str, identity: int, telephone: int, mail: int, name: int
) -> None:
    (found,) = looked_at(warehouse, text)
    assert (found.table, found.column, found.counts) == (
        "raw.portal__dossiers", "payload", (identity, telephone, mail, name)
    )  # fmt: skip


def test_what_is_found_is_told_without_what_stands_there(warehouse: Database) -> None:
    (found,) = looked_at(warehouse, "Nguyễn Văn Kín, 0912345678")
    assert str(found) == "raw.portal__dossiers.payload: 1 số điện thoại, 1 họ tên"


@pytest.mark.parametrize("text", HONEST)
def test_codes_moments_hashes_places_and_titles_are_nobody(warehouse: Database, text: str) -> None:
    assert looked_at(warehouse, text) == []
