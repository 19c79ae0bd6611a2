"""What the sources write and what it means: statuses, applicants, channels, labels, the headline scope."""

import pytest

from warehouse.database import Database


@pytest.mark.parametrize(
    ("written", "status_code", "outcome"),
    [
        ("Mới đăng ký", 1, None),
        ("Được tiếp nhận", 2, None),
        ("Không được tiếp nhận", 3, None),
        ("Đang xử lý", 4, None),
        ("Yêu cầu bổ sung giấy tờ", 5, None),
        ("Yêu cầu thực hiện nghĩa vụ tài chính", 6, None),
        ("Công dân yêu cầu rút hồ sơ", 7, None),
        ("Dừng xử lý", 8, None),
        ("Đã xử lý xong", 9, None),
        ("Đã trả kết quả", 10, None),
        ("Thụ lý hồ sơ", 4, None),
        ("Đã thanh toán", 4, None),
        ("Yêu cầu bổ sung, hoàn thiện hồ sơ", 5, None),
        ("Yêu cầu thanh toán", 6, None),
        ("Xin rút hồ sơ", 7, "rut"),
        ("Dừng giải quyết", 8, "dung_xu_ly"),
        ("Trả lại hồ sơ", 8, "tra_lai"),
        ("  đã\u00a0XỬ   lý xong ", 9, None),  # case and spaces are folded
        ("\u0110ang xu\u031b\u0309 ly\u0301", 4, None),  # the same letters, decomposed
    ],
)
def test_each_status_name(loaded: Database, written: str, status_code: int, outcome: str | None) -> None:
    sql = "select status_code, outcome from reference.dossier_status_names where folded_name = fold($1::varchar)"
    assert loaded.query(sql, [written]) == [(status_code, outcome)]


@pytest.mark.parametrize("written", ["Da xu ly xong", "Từ chối", "Chờ phê duyệt", ""])
def test_a_name_that_nobody_has_seen_is_not_guessed(loaded: Database, written: str) -> None:
    sql = "select * from reference.dossier_status_names where folded_name = fold($1::varchar)"
    assert loaded.query(sql, [written]) == []


def test_there_are_ten_national_statuses_and_seven_other_spellings(loaded: Database) -> None:
    assert loaded.query("select count(*), count(distinct status_code) from reference.dossier_statuses") == [(10, 10)]
    assert loaded.query("select count(*) from reference.dossier_status_names where source <> ''") == [(17,)]


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("1", "ca_nhan"),
        ("Cá nhân", "ca_nhan"),
        ("Công dân", "ca_nhan"),
        ("Hộ gia đình", "ca_nhan"),
        ("HỘ KINH DOANH", "ca_nhan"),
        ("2", "to_chuc"),
        ("3", "to_chuc"),
        ("4", "to_chuc"),
        ("Doanh nghiệp", "to_chuc"),
        ("Tổ chức", "to_chuc"),
        ("Cơ quan nhà nước", "to_chuc"),
        ("Hợp tác xã", "to_chuc"),
    ],
)
def test_each_applicant(loaded: Database, written: str, group: str) -> None:
    sql = "select applicant_group from reference.applicant_groups where folded_value = fold_ascii($1::varchar)"
    assert loaded.query(sql, [written]) == [(group,)]


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("Trực tiếp", "truc_tiep"),
        ("Nộp trực tiếp", "truc_tiep"),
        ("Trực tuyến", "truc_tuyen"),
        ("Nộp trực tuyến", "truc_tuyen"),
        ("Bưu chính công ích", "buu_chinh"),
        ("Nộp qua bưu chính công ích", "buu_chinh"),
        ("Dịch vụ bưu chính", "buu_chinh"),
    ],
)
def test_each_channel(loaded: Database, written: str, channel: str) -> None:
    sql = "select channel from reference.channels where folded_value = fold_ascii($1::varchar)"
    assert loaded.query(sql, [written]) == [(channel,)]


def test_a_number_is_no_channel_since_the_portal_and_the_nation_number_them_differently(loaded: Database) -> None:
    assert loaded.query("select * from reference.channels where regexp_full_match(folded_value, '[0-9]+')") == []


def test_the_labels_of_the_classifications(loaded: Database) -> None:
    assert loaded.query("select classification, label from reference.classifications order by position") == [
        ("truoc_han", "Trước hạn"),
        ("dung_han", "Đúng hạn"),
        ("qua_han", "Quá hạn"),
        ("dang_giai_quyet_trong_han", "Đang giải quyết trong hạn"),
        ("dang_giai_quyet_qua_han", "Đang giải quyết quá hạn"),
        ("tam_dung", "Tạm dừng"),
        ("tra_lai", "Trả lại hồ sơ"),
        ("rut", "Xin rút hồ sơ"),
        ("dung_xu_ly", "Dừng giải quyết"),
        ("khong_tiep_nhan", "Từ chối tiếp nhận"),
        ("moi_dang_ky", "Mới đăng ký"),
    ]


def test_the_labels_of_the_verdicts(loaded: Database) -> None:
    assert [label for (label,) in loaded.query("select label from reference.verdicts order by position")] == [
        "Đạt", "Cảnh báo", "Chưa đạt", "Chưa đủ căn cứ", "Không phát sinh", "Chưa có số liệu",
        "Chưa đến kỳ đánh giá", "Không áp dụng",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "is_headline"),
    [
        ("Văn phòng UBND tỉnh", True),
        ("VĂN PHÒNG UỶ BAN NHÂN DÂN TỈNH ĐỒNG NAI", True),
        ("Văn phòng Ủy ban nhân dân thành phố Đồng Nai", True),
        ("Trung tâm Phục vụ hành chính công tỉnh", True),
        ("Trung tâm Phục vụ hành chính công thành phố Đồng Nai", True),
        ("Trung tâm Phục vụ hành chính công phường Trấn Biên", False),
        ("Trung tâm Phục vụ hành chính công xã Phú Riềng", False),
        ("Trung tâm Phục vụ hành chính công", False),
        ("Văn phòng UBND thành phố", False),  # may as well be the closed city of Biên Hòa or Long Khánh
        ("Văn phòng UBND thành phố Biên Hòa", False),
        ("Văn phòng UBND tỉnh Bình Phước", False),
        ("Văn phòng Đăng ký đất đai tỉnh", False),
    ],
)
def test_the_headline_scope_by_exact_name(loaded: Database, name: str, is_headline: bool) -> None:
    sql = "select count(*) from reference.headline_scope where folded_name = fold_ascii($1::varchar)"
    assert loaded.query(sql, [name]) == [(int(is_headline),)]
