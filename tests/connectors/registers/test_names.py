"""Where somebody is named, and where a street, a province or a title only looks like it."""

import pytest

from connectors.registers.names import is_person, is_quotable, masked
from connectors.registers.positions import titles_in
from connectors.simulator.people import full_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Chị Nguyễn Thị Bé chưa nhập phiếu", "(tên người) chưa nhập phiếu"),
        ("giao đ/c Lan, đồng chí Trần Bình và ông A", "giao (tên người), (tên người) và (tên người)"),
        ("do Trưởng phòng Lê Hồng Phúc kiểm tra", "do Trưởng phòng (tên người) kiểm tra"),
        ("Hồ sơ của PHẠM THỊ LAN", "Hồ sơ của (tên người)"),
        ("Hồ sơ của Pham Thi Lan", "Hồ sơ của (tên người)"),
        ("liên hệ 0912.345.678 hoặc a.b@dongnai.gov.vn", "liên hệ (thông tin riêng) hoặc (thông tin riêng)"),
        ("CCCD 075185001234", "CCCD (thông tin riêng)"),
    ],
)
def test_people_in_prose_lose_their_names(written: str, kept: str) -> None:
    assert masked(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Đồng chí Chánh Văn phòng chỉ đạo",
        "đường Phạm Văn Thuận, phường Hồ Nai, trường Lê Hồng Phong",
        "học tập Hồ Chí Minh; tỉnh Bà Rịa - Vũng Tàu",
        "Hồ sơ quá hạn tăng sau sáp nhập",
        "Kinh phí 1.500.000.000 đồng, theo Quyết định 1085/QĐ-TTg ngày 15/09/2022",
        "Lưu: VT, HCTC; Cao Bằng, Lâm Đồng",
        "≥ 98 %; TTHC mức độ 4; 20250508",
    ],
)
def test_what_only_looks_like_a_name_stays(written: str) -> None:
    assert masked(written) == written


@pytest.mark.parametrize("number", range(0, 50_000, 997))
def test_every_invented_citizen_is_found(number: int) -> None:
    name = full_name(number)
    for written in (name, name.upper(), name.lower(), f"Ông {name}", f"Bà {name}."):
        assert is_person(written)
        assert not is_quotable(written)
    assert name not in masked(f"Hồ sơ của {name} nộp muộn")


@pytest.mark.parametrize(
    "agency",
    [
        "Phòng Nội chính",
        "Sở Nội vụ",
        "UBND xã Lê Minh Xuân",
        "Bà Rịa - Vũng Tàu",
        "Công ty TNHH Trần Văn Hai",
        "Lâm Đồng",
    ],
)
def test_an_agency_is_nobody(agency: str) -> None:
    assert not is_person(agency)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Trưởng phòng: Nguyễn Văn Tèo", "Trưởng phòng"),
        ("Phó Chánh Văn phòng phụ trách; Phòng Nội chính", "Phó Chánh Văn phòng, Phòng Nội chính"),
        ("Nguyễn Văn Tèo", "(đã ghi tên)"),
        ("trưởng phòng", "trưởng phòng"),
    ],
)
def test_of_who_is_responsible_the_title_stays(written: str, kept: str) -> None:
    assert titles_in(written) == kept
