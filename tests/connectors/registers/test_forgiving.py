"""What people may do with their tables: the same rows come out, and nobody is told anything."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from connectors.registers.catalogue import REGISTERS
from tests.support.workbooks import GOOD, Workbook, read, told, write


def payloads(folder: Path, register: str) -> list[dict[str, Any]]:
    """Everything that was taken; nothing may have been rejected."""
    contents = read(folder)
    assert told(contents) == []
    return [json.loads(record.payload) for record in contents.records[register].values()]


@pytest.mark.parametrize("register", REGISTERS)
def test_a_good_row_is_taken_with_every_field(tmp_path: Path, register: str) -> None:
    write(tmp_path, register, GOOD[register])
    (row,) = payloads(tmp_path, register)
    known = REGISTERS[register]
    given = {column.field for column in known.columns if GOOD[register].get(column.header) not in (None, "")}
    hidden = {column.field for column in known.columns if column.is_hidden}
    made = ({"person"} if known.is_personal else set()) | ({"subject_sha256"} if register == "documents" else set())
    assigned = {column.field for column in known.columns if column.default}
    assert set(row) == (given - hidden) | made | assigned


def test_a_document_as_it_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "documents", GOOD["documents"])
    (record,) = read(tmp_path).records["documents"].values()
    assert record.key == "2025|125|qd-ubnd|so noi vu|truc lien thong"
    assert json.loads(record.payload) == {
        "number": "125",
        "notation": "QĐ-UBND",
        "issued_on": "2025-05-08",
        "type_name": "Quyết định",
        "subject_sha256": hashlib.sha256("V/v nghỉ lễ".encode()).hexdigest(),
        "secrecy": "Thường",
        "urgency": "Thường",
        "drafting_unit": "Phòng Tổng hợp",
        "recipient_name": "Sở Nội vụ",
        "recipient_kind": "Cơ quan hành chính",
        "sending": "Trục liên thông",
        "signing": "Ký số cá nhân và cơ quan",
        "sent_at": "2025-05-08T14:30:00",
        "state": "Đã ban hành",
    }


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("Ngày ban hành", "NGÀY BAN HÀNH"),
        ("Ngày ban hành", "  ngày\nban   hành (*) "),
        ("Ngày ban hành", unicodedata.normalize("NFD", "Ngày ban hành")),
        ("Ngày ban hành", "Ngày\u00a0ban hành:"),
        ("Ngày ban hành", "Ngay ban hanh"),
        ("Số", "Số *"),
        ("Loại nơi nhận", "Loại nơi nhận*"),
    ],
)
def test_headers_in_any_spelling(tmp_path: Path, header: str, written: str) -> None:
    write(tmp_path, "documents", {written if name == header else name: v for name, v in GOOD["documents"].items()})
    assert len(payloads(tmp_path, "documents")) == 1


def test_signs_in_headers_are_set_as_people_set_them(tmp_path: Path) -> None:
    names = {"Quá trình/Hoạt động": "Quá trình / hoạt động", "Khả năng xảy ra (P)": "Khả năng xảy ra ( P )"}
    write(tmp_path, "risks", {names.get(name, name): value for name, value in GOOD["risks"].items()})
    assert len(payloads(tmp_path, "risks")) == 1


def test_columns_in_any_order_and_a_column_of_numbers_before_them(tmp_path: Path) -> None:
    write(tmp_path, "documents", {"STT": 1} | dict(reversed(GOOD["documents"].items())))
    assert len(payloads(tmp_path, "documents")) == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (date(2025, 5, 8), "2025-05-08"),
        (datetime(2025, 5, 8, 16, 5), "2025-05-08"),
        (45785, "2025-05-08"),
        (" 08/05/2025 ", "2025-05-08"),
        ("8/5/2025", "2025-05-08"),
        ("08 / 05 / 2025", "2025-05-08"),
        ("08-05-2025", "2025-05-08"),
        ("8.5.2025", "2025-05-08"),
        ("2025-05-08", "2025-05-08"),
        ("2025-05-08 00:00:00", "2025-05-08"),
        ("ngày 8 tháng 5 năm 2025", "2025-05-08"),
    ],
)
def test_days_as_people_write_them(tmp_path: Path, written: object, kept: str) -> None:
    write(tmp_path, "documents", GOOD["documents"] | {"Ngày ban hành": written})
    (row,) = payloads(tmp_path, "documents")
    assert row["issued_on"] == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (datetime(2025, 5, 8, 14, 30, 5), "2025-05-08T14:30:05"),
        (45785.5, "2025-05-08T12:00:00"),
        ("08/05/2025 14:30", "2025-05-08T14:30:00"),
        ("14:30 08/05/2025", "2025-05-08T14:30:00"),
        ("08/05/2025 14h30", "2025-05-08T14:30:00"),
        ("2025-05-08T14:30:00", "2025-05-08T14:30:00"),
        ("08/05/2025", "2025-05-08"),
        (date(2025, 5, 8), "2025-05-08"),
    ],
)
def test_moments_as_people_write_them(tmp_path: Path, written: object, kept: str) -> None:
    write(tmp_path, "documents", GOOD["documents"] | {"Thời điểm gửi": written})
    (row,) = payloads(tmp_path, "documents")
    assert row["sent_at"] == kept


@pytest.mark.parametrize("written", ["05/2025", "5/2025", "Tháng 5/2025", "2025-05", date(2025, 5, 1), "17/05/2025"])
def test_months_as_people_write_them(tmp_path: Path, written: object) -> None:
    write(tmp_path, "secret_counts", GOOD["secret_counts"] | {"Tháng": written})
    (row,) = payloads(tmp_path, "secret_counts")
    assert row["month"] == "2025-05-01"


@pytest.mark.parametrize(("written", "kept"), [(1234, "1234"), ("1.234", "1234"), (" 12 ", "12"), ("\u00a07", "7")])
def test_numbers_as_people_write_them(tmp_path: Path, written: object, kept: str) -> None:
    write(tmp_path, "secret_counts", GOOD["secret_counts"] | {"Số văn bản": written})
    (row,) = payloads(tmp_path, "secret_counts")
    assert row["documents"] == kept


@pytest.mark.parametrize(
    ("written", "kept"), [(98, "98"), (97.5, "97.5"), ("97,5 %", "97.5"), (0.97, "97"), ("98%", "98")]
)
def test_percentages_as_people_write_them(tmp_path: Path, written: object, kept: str) -> None:
    write(tmp_path, "objectives", GOOD["objectives"] | {"Chỉ tiêu (%)": written})
    (row,) = payloads(tmp_path, "objectives")
    assert row["target_percent"] == kept


def test_listed_words_in_any_spelling(tmp_path: Path) -> None:
    changes = {"Loại văn bản": "QUYẾT ĐỊNH", "Hình thức gửi": "truc lien  thong", "Độ mật": ""}
    write(tmp_path, "documents", GOOD["documents"] | changes)
    (row,) = payloads(tmp_path, "documents")
    assert (row["type_name"], row["sending"], row["secrecy"]) == ("Quyết định", "Trục liên thông", "Thường")


def test_everything_that_stands_around_a_table(tmp_path: Path) -> None:
    headers = [*GOOD["inspection_units"], "Lĩnh vực TTHC"]
    rows = [["281/KH-VP", date(2025, 1, 23), unit, "Tư pháp"] for unit in ("Phòng Nội chính", "Phòng Kinh tế")]
    with Workbook(tmp_path / "so.xlsx") as workbook:
        workbook.grid(
            "Danh mục đơn vị",
            [
                ["ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["DANH MỤC PHÒNG, ĐƠN VỊ"],
                [],
                headers,
                ["(1)", "(2)", "(3)", "(4)"],
                ["I. Khối phòng"],
                rows[0],
                [],
                headers,
                rows[1],
                ["Tổng cộng:", None, 2],
                [],
                ["Ghi chú: số liệu đến ngày 23/01/2025"],
                [None, "Người lập biểu", None, "Chánh Văn phòng"],
                [None, "Nguyễn Văn Tèo", None, "Trần Thị Tý"],
            ],
        )
    assert [row["unit"] for row in payloads(tmp_path, "inspection_units")] == ["Phòng Nội chính", "Phòng Kinh tế"]


def test_a_cell_merged_down_means_its_value_in_every_row(tmp_path: Path) -> None:
    with Workbook(tmp_path / "so.xlsx") as workbook:
        workbook.table("risks", GOOD["risks"], GOOD["risks"] | {"TT": 2, "Đơn vị": None})
        workbook.sheet("Rủi ro và cơ hội").merge_range(1, 0, 2, 0, "Phòng Kinh tế")
    assert [row["unit"] for row in payloads(tmp_path, "risks")] == ["Phòng Kinh tế"] * 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_it_is_saved(tmp_path: Path, encoding: str, delimiter: str) -> None:
    header = delimiter.join(GOOD["communications"])
    text = f'{header}\r\n"Phòng Tổng hợp"{delimiter}2025{delimiter}Biên bản họp{delimiter}15/05/2025\r\n'
    (tmp_path / "so.csv").write_bytes((in_code_page(text) if encoding == "cp1258" else text).encode(encoding))
    (row,) = payloads(tmp_path, "communications")
    assert row == {
        "unit": "Phòng Tổng hợp",
        "year": "2025",
        "form": "Biên bản họp",
        "communicated_on": "2025-05-15",
    }


def in_code_page(text: str) -> str:
    """The Vietnamese code page has ê as one letter, and the sign of its tone as another behind it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for letter in unicodedata.normalize("NFC", text):
        signs = unicodedata.normalize("NFD", letter)
        body = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in tones))
        found += body + "".join(sign for sign in signs if sign in tones)
    return found


def test_prose_full_of_commas_does_not_decide_how_a_csv_is_cut(tmp_path: Path) -> None:
    names = ";".join(GOOD["risks"])
    row = ";".join(
        str(value) for value in (GOOD["risks"] | {"Mô tả": "một, hai, ba, bốn, năm, sáu, bảy, tám"}).values()
    )
    (tmp_path / "so.csv").write_text(f"{names}\n{row}\n", encoding="utf-8")
    (kept,) = payloads(tmp_path, "risks")
    assert kept["description"] == "một, hai, ba, bốn, năm, sáu, bảy, tám"


def test_open_document_sheets(tmp_path: Path) -> None:
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))

    def cells(values: Iterable[object]) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in values
        )

    row = GOOD["communications"] | {"Ngày truyền đạt": "15/05/2025"}
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Truyền đạt mục tiêu"><table:table-row>{cells(row)}</table:table-row>'
        f"<table:table-row>{cells(row.values())}</table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "so.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    assert len(payloads(tmp_path, "communications")) == 1


def test_several_registers_in_one_workbook_and_in_subfolders(tmp_path: Path) -> None:
    (tmp_path / "phong-a").mkdir()
    with Workbook(tmp_path / "phong-a" / "so.xlsx") as workbook:
        for register, row in GOOD.items():
            workbook.table(register, row)
    contents = read(tmp_path)
    assert told(contents) == []
    assert {name: len(records) for name, records in contents.records.items()} == dict.fromkeys(REGISTERS, 1)
    (file,) = contents.files
    facts = json.loads(file.payload)
    assert (file.key, facts["received"], facts["rows"], facts["rejections"]) == (
        "phong-a/so.xlsx",
        len(GOOD),
        len(GOOD),
        0,
    )


def test_hidden_sheets_are_nobodys_register(tmp_path: Path) -> None:
    with Workbook(tmp_path / "so.xlsx") as workbook:
        workbook.table("risks", GOOD["risks"]).table("communications", GOOD["communications"])
        workbook.sheet("Truyền đạt mục tiêu").hide()
    assert payloads(tmp_path, "communications") == []
