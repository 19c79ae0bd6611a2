"""What a room gets told when a cell, a row or a column is wrong: the exact words, and the rest of the file goes on."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.registers.catalogue import REGISTERS
from connectors.registers.shapes import DIFFERING, EXAMPLE_NOTE, REMARKS
from tests.support.workbooks import GOOD, Formula, Workbook, read, told, write


# Kind → register, what of a good row is changed, what the officer is told of row 2.
CELLS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a number in words": (
        "documents",
        {"Số": "một trăm"},
        ["cột A (Số): giá trị “một trăm” phải là số nguyên không âm"],
    ),
    "a negative number": ("documents", {"Số": -3}, ["cột A (Số): giá trị “-3” phải là số nguyên không âm"]),
    "a number with decimals": (
        "secret_counts",
        {"Số văn bản": 1.234},
        ["cột C (Số văn bản): giá trị “1.234” phải là số nguyên không âm"],
    ),
    "a number with letters": ("documents", {"Số": "125a"}, ["cột A (Số): giá trị “125a” phải là số nguyên không âm"]),
    "a day that no month has": (
        "documents",
        {"Ngày ban hành": "31/02/2025"},
        ["cột C (Ngày ban hành): giá trị “31/02/2025” không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "month and day exchanged": (
        "documents",
        {"Ngày ban hành": "05/13/2025"},
        ["cột C (Ngày ban hành): giá trị “05/13/2025” không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "a year of two digits": (
        "documents",
        {"Ngày ban hành": "08/05/25"},
        ["cột C (Ngày ban hành): giá trị “08/05/25” không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "a date out of range": (
        "documents",
        {"Ngày ban hành": date(2205, 5, 8)},
        ["cột C (Ngày ban hành): giá trị “2205-05-08” năm 2205 nằm ngoài khoảng 1930–2100"],
    ),
    "a date long ago": (
        "inspections",
        {"Ngày bắt đầu": "10/06/1025"},
        ["cột F (Ngày bắt đầu): giá trị “10/06/1025” năm 1025 nằm ngoài khoảng 1930–2100"],
    ),
    "a number that is no date": (
        "documents",
        {"Ngày ban hành": 20250508},
        ["cột C (Ngày ban hành): giá trị “20250508” không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "words for a date": (
        "inspections",
        {"Ngày bắt đầu": "cuối tháng 6"},
        ["cột F (Ngày bắt đầu): giá trị “cuối tháng 6” không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "an hour that no day has": (
        "documents",
        {"Thời điểm gửi": "08/05/2025 25:00"},
        ["cột L (Thời điểm gửi): giá trị “08/05/2025 25:00” không phải ngày giờ (viết dd/MM/yyyy HH:mm)"],
    ),
    "a month that no year has": (
        "secret_counts",
        {"Tháng": "13/2025"},
        ["cột A (Tháng): giá trị “13/2025” không phải tháng (viết MM/yyyy)"],
    ),
    "a year of another age": (
        "risks",
        {"Năm": 25},
        ["cột B (Năm): giá trị “25” phải là năm từ 2000 đến 2100"],
    ),
    "a type of document that does not exist": (
        "documents",
        {"Loại văn bản": "Quyết nghị"},
        ["cột D (Loại văn bản): giá trị “Quyết nghị” không thuộc danh mục: xem trang Hướng dẫn của mẫu"],
    ),
    "a word that is not in the list": (
        "documents",
        {"Loại nơi nhận": "Nội bộ"},
        [
            "cột I (Loại nơi nhận): giá trị “Nội bộ” không thuộc danh mục: Nội bộ Văn phòng, Cơ quan hành chính,"
            " Cơ quan, tổ chức khác"
        ],
    ),
    "an unknown reason of exclusion": (
        "documents",
        {"Mã lý do loại trừ": "L07"},
        ["cột M (Mã lý do loại trừ): giá trị “L07” không thuộc danh mục: L01, L02, L03, L04, L05, L06, L99"],
    ),
    "a percentage in words": (
        "objectives",
        {"Chỉ tiêu (%)": "97 phần trăm"},
        ["cột F (Chỉ tiêu (%)): giá trị “97 phần trăm” phải là số phần trăm, như 97 hoặc 97,5"],
    ),
    "more than a hundred percent": (
        "objectives",
        {"Chỉ tiêu (%)": 120},
        ["cột F (Chỉ tiêu (%)): giá trị “120” phải từ 0 đến 100"],
    ),
    "nothing where something must be": ("documents", {"Nơi nhận": "  "}, ["cột H (Nơi nhận): chưa điền"]),
    "a formula that failed": (
        "inspections",
        {"Số hồ sơ kiểm tra mẫu": Formula("VLOOKUP(1,A1:A2,1)")},
        ["cột G (Số hồ sơ kiểm tra mẫu): ô có công thức bị lỗi"],
    ),
    "a failed formula pasted as text": (
        "inspections",
        {"Kiến nghị": "#REF!"},
        ["cột I (Kiến nghị): ô có công thức bị lỗi"],
    ),
    "several things at once": (
        "risks",
        {"Khả năng xảy ra (P)": "cao", "Loại": "Nguy cơ", "Mô tả": None},
        [
            "cột E (Loại): giá trị “Nguy cơ” không thuộc danh mục: Rủi ro, Cơ hội",
            "cột F (Mô tả): chưa điền",
            "cột G (Khả năng xảy ra (P)): giá trị “cao” phải là số nguyên không âm",
        ],
    ),
    "a secret document with its abstract": (
        "documents",
        {"Độ mật": "Tối mật", "Trích yếu": "V/v kế hoạch diễn tập"},
        [
            "cột Độ mật: dòng mang trích yếu của văn bản mật: không lưu, chỉ đếm;"
            " nhập số lượng ở trang Thống kê văn bản mật"
        ],
    ),
    "a secret document without one": (
        "incoming",
        {"Độ mật": "mật"},
        ["cột Độ mật: dòng ghi văn bản mật: không lưu, chỉ đếm; nhập số lượng ở trang Thống kê văn bản mật"],
    ),
    "a word of secrecy that nobody knows": (
        "incoming",
        {"Độ mật": "Mât"},
        ["cột Độ mật: dòng ghi văn bản mật: không lưu, chỉ đếm; nhập số lượng ở trang Thống kê văn bản mật"],
    ),
    "a wrong birthday, which is not quoted": (
        "officials",
        {"Ngày sinh": "30/02/1985"},
        ["cột B (Ngày sinh): không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "a name one column too far, which is not quoted": (
        "officials",
        {"Đối tượng": "Trần Thị Bích Thủy"},
        ["cột F (Đối tượng): không thuộc danh mục: Cán bộ, Công chức, Viên chức, Hợp đồng"],
    ),
    "a name where a date should be, which is not quoted": (
        "inspections",
        {"Ngày bắt đầu": "Đồng chí Lê Văn Tám"},
        ["cột F (Ngày bắt đầu): không phải ngày có thật (viết dd/MM/yyyy)"],
    ),
    "a telephone number, which is not quoted": (
        "risks",
        {"Mức độ ảnh hưởng (S)": "0912 345 678"},
        ["cột H (Mức độ ảnh hưởng (S)): phải là số nguyên không âm"],
    ),
    "an abstract one column too far, which is not quoted": (
        "documents",
        {"Hình thức ký": "V/v giải quyết đơn khiếu nại"},
        ["cột K (Hình thức ký): không thuộc danh mục: Ký số cá nhân và cơ quan, Chỉ ký số cơ quan, Ký giấy"],
    ),
}
# By these a second row differs from the good one.
OTHERWISE = {
    "TT": 2, "Số": 77, "Tháng": "06/2025", "Đơn vị": "Phòng Kinh tế", "Mã số": "VP-0008",
    "Đơn vị được kiểm tra": "Phòng Kinh tế",
}  # fmt: skip


@pytest.mark.parametrize("kind", CELLS)
def test_a_wrong_row_is_told_and_the_rest_goes_on(tmp_path: Path, kind: str) -> None:
    register, changes, messages = CELLS[kind]
    other = {header: OTHERWISE.get(header, value) for header, value in GOOD[register].items()}
    write(tmp_path, register, GOOD[register] | changes, other)
    contents = read(tmp_path)
    place = f"Tệp so.xlsx, trang “{contents.rejections[0].sheet}”, dòng 2, "
    assert told(contents) == [place + message for message in messages]
    assert len(contents.records[register]) == 1
    assert contents.unread == set()


def test_a_row_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    write(tmp_path, "documents", GOOD["documents"], GOOD["documents"] | {"Ký hiệu": " qđ-UBND\u00a0"})
    contents = read(tmp_path)
    assert told(contents) == ["Tệp so.xlsx, trang “Văn bản đi”, dòng 3, cả dòng: trùng với dòng 2"]
    (kept,) = contents.records["documents"].values()
    assert DIFFERING not in json.loads(kept.payload)


def test_two_rows_of_one_record_that_contradict_each_other_are_kept_as_a_contradiction(tmp_path: Path) -> None:
    good = GOOD["documents"]
    write(tmp_path, "documents", good, good | {"Loại văn bản": "Công văn"}, good | {"Hình thức ký": "Ký giấy"})
    contents = read(tmp_path)
    assert told(contents) == [
        f"Tệp so.xlsx, trang “Văn bản đi”, dòng {row}, cả dòng: cùng một bản ghi với dòng 2 nhưng khác ở cột {column};"
        " chưa biết dòng nào đúng nên bản ghi chưa được kết luận, sửa hoặc xóa một dòng"
        for row, column in ((3, "Loại văn bản"), (4, "Hình thức ký"))
    ]
    (kept,) = contents.records["documents"].values()
    assert json.loads(kept.payload)[DIFFERING] == "Loại văn bản; Hình thức ký"
    (file,) = (json.loads(one.payload) for one in contents.files)
    assert (file["received"], file["rows"], file["doubled"], file["wrong"]) == (3, 1, 2, 0)


def test_what_one_row_leaves_empty_another_fills_in_unless_empty_says_something(tmp_path: Path) -> None:
    planned = {**GOOD["inspections"], "Kết quả": "", "Kiến nghị": ""}
    write(tmp_path, "inspections", planned, GOOD["inspections"], planned)
    contents = read(tmp_path)
    assert [one.message for one in contents.rejections] == [
        "cùng một bản ghi với dòng 2; đã lấy thêm cột Kết quả, Kiến nghị",
        "trùng với dòng 2",
    ]
    (kept,) = contents.records["inspections"].values()
    assert json.loads(kept.payload)["result"] == "Tốt"
    write(tmp_path, "documents", GOOD["documents"], GOOD["documents"] | {"Mã lý do loại trừ": "L03"}, file="di.xlsx")
    (kept,) = read(tmp_path).records["documents"].values()
    row = json.loads(kept.payload)
    assert (row.get("exclusion_code"), row[DIFFERING]) == (None, "Mã lý do loại trừ")


# Register → what of a good row is changed in another that is a record of its own.
OF_THEIR_OWN: dict[str, dict[str, Any]] = {
    "documents": {"Hình thức gửi": "Bản giấy"},
    "incoming": {"Hình thức đến": "Bản giấy"},
    "officials": {"Giữ chức danh từ ngày": date(2025, 3, 1)},
    "ratings": {"Giai đoạn": "Đơn vị đề nghị", "Mức xếp loại": "Hoàn thành xuất sắc nhiệm vụ"},
    "inspection_units": {"Lĩnh vực TTHC": "Tư pháp"},
    "communications": {"Số, ký hiệu văn bản": "2/BB"},
}


@pytest.mark.parametrize("register", OF_THEIR_OWN)
def test_another_way_stage_or_day_is_another_record(tmp_path: Path, register: str) -> None:
    write(tmp_path, register, GOOD[register], GOOD[register] | OF_THEIR_OWN[register])
    contents = read(tmp_path)
    assert told(contents) == []
    assert len(contents.records[register]) == 2


def test_a_rating_without_a_period_is_the_years_and_each_period_is_a_record(tmp_path: Path) -> None:
    good = GOOD["ratings"]
    followed = good | {"Kỳ đánh giá": "quý ii", "Tổng điểm": "85,5"}
    write(tmp_path, "ratings", good, good | {"Kỳ đánh giá": "Năm"}, followed, followed | {"Kỳ đánh giá": "Tháng 6"})
    contents = read(tmp_path)
    assert [one.message for one in contents.rejections] == ["trùng với dòng 2"]
    rows = [json.loads(record.payload) for record in contents.records["ratings"].values()]
    assert sorted((row["period"], row.get("points")) for row in rows) == [
        ("Năm", None), ("Quý II", "85.5"), ("Tháng 6", "85.5"),
    ]  # fmt: skip


def test_a_row_that_stands_on_two_sheets_is_taken_once(tmp_path: Path) -> None:
    with Workbook(tmp_path / "so.xlsx") as workbook:
        workbook.table("risks", GOOD["risks"], name="Quý I").table("risks", GOOD["risks"], name="Quý II")
    contents = read(tmp_path)
    assert told(contents) == ["Tệp so.xlsx, trang “Quý II”, dòng 2, cả dòng: trùng với dòng 2 của trang “Quý I”"]
    assert len(contents.records["risks"]) == 1


def test_two_people_of_one_name_are_two(tmp_path: Path) -> None:
    first = GOOD["officials"] | {"Mã số": None}
    write(tmp_path, "officials", first, first | {"Ngày sinh": date(1990, 1, 1)}, first | {"Ngày sinh": "02/03/1985"})
    contents = read(tmp_path)
    assert told(contents) == ["Tệp so.xlsx, trang “Cán bộ, công chức”, dòng 4, cả dòng: trùng với dòng 2"]
    assert len(contents.records["officials"]) == 2


def test_a_citizen_in_the_place_of_an_agency_needs_the_key(tmp_path: Path) -> None:
    citizen = GOOD["documents"] | {"Nơi nhận": "Ông Nguyễn Văn Tèo", "Loại nơi nhận": "Cơ quan, tổ chức khác"}
    write(tmp_path, "documents", citizen, citizen | {"Nơi nhận": "NGUYỄN THỊ TÝ"})
    assert told(read(tmp_path, key=None)) == [
        f"Tệp so.xlsx, trang “Văn bản đi”, dòng {row}, cột H (Nơi nhận):"
        " ghi tên người; chưa khai báo PSEUDONYM_KEY nên không nhận"
        for row in (2, 3)
    ]
    contents = read(tmp_path)
    assert told(contents) == []
    kept = [record.key + record.payload.decode() for record in contents.records["documents"].values()]
    assert len(kept) == 2
    assert all("(cá nhân " in text for text in kept)
    assert not any(name in text.casefold() for text in kept for name in ("tèo", "teo", "nguyen", "nguyễn"))


def test_an_unknown_column_is_told_and_left_out(tmp_path: Path) -> None:
    write(tmp_path, "risks", GOOD["risks"] | {"Người lập": "Nguyễn Văn Tèo", "Ghi chú": "tự do"})
    contents = read(tmp_path)
    assert told(contents) == [
        "Tệp so.xlsx, trang “Rủi ro và cơ hội”, dòng 1, cột I (Người lập): cột này không có trong mẫu; cột bị bỏ qua"
    ]
    (kept,) = contents.records["risks"].values()
    assert "Tèo" not in kept.payload.decode()


def test_a_missing_column_leaves_the_sheet_unread_and_says_so(tmp_path: Path) -> None:
    absent = ("Nơi nhận", "Hình thức ký")
    row = {header: value for header, value in GOOD["documents"].items() if header not in absent}
    write(tmp_path, "documents", row, above=3)
    contents = read(tmp_path)
    assert told(contents) == [
        f"Tệp so.xlsx, trang “Văn bản đi”, dòng 4, cột {name}: thiếu cột bắt buộc; cả trang chưa được đọc"
        for name in absent
    ]
    assert contents.unread == {"documents"}


def test_a_column_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    with Workbook(tmp_path / "so.xlsx") as workbook:
        headers = [*GOOD["communications"], "HÌNH THỨC (*)"]
        workbook.grid("Truyền đạt mục tiêu", [headers, [*GOOD["communications"].values(), "Danh sách ký nhận"]])
    contents = read(tmp_path)
    assert told(contents) == [
        "Tệp so.xlsx, trang “Truyền đạt mục tiêu”, dòng 1, cột E (HÌNH THỨC (*)):"
        " cột này đã có ở bên trái; chỉ đọc cột đầu"
    ]
    (kept,) = contents.records["communications"].values()
    assert '"form":"Biên bản họp"' in kept.payload.decode()


@pytest.mark.parametrize("register", REGISTERS)
def test_a_row_like_the_example_is_data_unless_the_note_stands_beside_it(tmp_path: Path, register: str) -> None:
    known = REGISTERS[register]
    example = {column.header: column.example for column in known.columns if column.example}
    write(tmp_path, register, example)
    contents = read(tmp_path)
    assert (told(contents), len(contents.records[register])) == ([], 1)
    # Whoever leaves it there by chance changes no figure: it is of the year 2000.
    assert not re.search(
        r"20[1-9]\d", "".join(record.payload.decode() for record in contents.records[register].values())
    )
    write(tmp_path, register, example | {REMARKS: EXAMPLE_NOTE})
    contents = read(tmp_path)
    assert (told(contents), len(contents.records[register])) == ([], 0)


def test_the_real_plan_that_was_once_the_example_is_read(tmp_path: Path) -> None:
    rooms = ("Phòng Hành chính - Tổ chức", "Phòng Tổng hợp")
    write(tmp_path, "inspection_units", *(GOOD["inspection_units"] | {"Đơn vị": room} for room in rooms))
    contents = read(tmp_path)
    assert told(contents) == []
    kept = [json.loads(record.payload) for record in contents.records["inspection_units"].values()]
    assert [(row["plan_number"], row["approved_on"], row["unit"]) for row in kept] == [
        ("281/KH-VP", "2025-01-23", room) for room in rooms
    ]


def test_the_example_of_a_template_that_somebody_wrote_over_is_no_silent_loss(tmp_path: Path) -> None:
    write(tmp_path, "risks", GOOD["risks"] | {"Ghi chú": "VÍ DỤ – dòng này không được tính"})
    assert told(read(tmp_path)) == [
        "Tệp so.xlsx, trang “Rủi ro và cơ hội”, dòng 2, cả dòng:"
        " còn ghi chú VÍ DỤ của mẫu; xóa ghi chú đó nếu là dòng thật"
    ]


def test_a_row_begun_and_left_is_not_taken_for_a_remark(tmp_path: Path) -> None:
    write(tmp_path, "documents", GOOD["documents"], {"Số": 126, "Ký hiệu": "QĐ-UBND"})
    assert [one.message for one in read(tmp_path).rejections] == ["chưa điền"] * 7


def test_secret_rows_are_counted_and_nothing_of_them_is_kept(tmp_path: Path) -> None:
    secret = GOOD["documents"] | {"Số": 4711, "Độ mật": "Mật", "Trích yếu": "V/v diễn tập Cẩm Mỹ"}
    write(tmp_path, "documents", GOOD["documents"], secret, secret | {"Nơi nhận": "Sở Y tế"})
    contents = read(tmp_path)
    (page,) = contents.pages("documents")
    assert (len(page.records), page.refused) == (1, 2)
    names = (*contents.records, "files", "rejections")
    records = [record for name in names for page in contents.pages(name) for record in page.records]
    everything = "".join(record.key + record.payload.decode() for record in records)
    assert "125" in everything
    assert not any(word in everything for word in ("4711", "diễn tập", "Sở Y tế"))
