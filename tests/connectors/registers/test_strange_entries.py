"""What stands in a folder under the name of a workbook and is none costs itself alone, and is never waited for."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from connectors.registers.catalogue import REGISTERS
from tests.support.workbooks import GOOD, read, told, write


def bad_name(folder: Path) -> None:
    (folder / os.fsdecode("sổ".encode() + b"\xe9.csv")).write_text("a;b")


def dangling(folder: Path) -> None:
    (folder / "so.xlsx").symlink_to(folder / "khong-co.xlsx")


def looping(folder: Path) -> None:
    (folder / "so.xlsx").symlink_to(folder / "so.xlsx")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "so.csv")


ENTRIES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a name that is no UTF-8": (bad_name, "sổ�.csv", "tên tệp không phải UTF-8 nên không đọc; đổi tên tệp rồi lưu lại"),
    "a link to nothing": (dangling, "so.xlsx", "liên kết trỏ tới tệp không còn"),
    "a link to itself": (looping, "so.xlsx", "liên kết hỏng hoặc trỏ vòng quanh"),
    "a pipe": (pipe, "so.csv", "không phải là một tệp thường (ống dẫn, ổ cắm hay thiết bị)"),
}


@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.timeout(30)
def test_an_entry_that_is_no_file_is_told_and_the_others_go_on(tmp_path: Path, kind: str) -> None:
    make, name, message = ENTRIES[kind]
    make(tmp_path)
    write(tmp_path, "communications", GOOD["communications"], file="khac.xlsx")
    contents = read(tmp_path)
    assert told(contents) == [f"Tệp {name}, cả tệp: {message}"]
    assert len(contents.records["communications"]) == 1
    assert contents.unread == set(REGISTERS)


def test_a_file_named_after_a_person_is_told_without_the_person(tmp_path: Path) -> None:
    write(tmp_path, "communications", GOOD["communications"], file="so_Nguyễn_Văn_Kín.xlsx")
    (kept,) = read(tmp_path).files
    assert kept.key.startswith("so (tên người)")
    assert "Kín" not in kept.payload.decode()


HEAD = ["Đơn vị", "Năm", "Hình thức", "Số, ký hiệu văn bản", "Ngày truyền đạt", "Số người tham dự"]


def with_formats(folder: Path) -> None:
    """Three good rows: one hidden, one struck through, one with a formula."""
    with xlsxwriter.Workbook(str(folder / "so.xlsx")) as book:
        day, struck = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"font_strikeout": True})
        sheet = book.add_worksheet("Truyền đạt mục tiêu")
        sheet.write_row(0, 0, HEAD)
        for row, unit in enumerate(("Phòng Tổng hợp", "Phòng Nội chính", "Phòng Kinh tế"), 1):
            look = struck if row == 2 else None
            sheet.write_row(row, 0, [unit, 2025, "Biên bản họp", f"0{row}/BB"], look)
            sheet.write_datetime(row, 4, date(2025, 5, 15), day)
        sheet.set_row(1, options={"hidden": True})
        # As programs write formulas that nobody has computed yet.
        sheet.write_formula(3, 5, "=6+6", value="")


def test_hidden_and_struck_rows_are_told_and_counted(tmp_path: Path) -> None:
    with_formats(tmp_path)
    contents = read(tmp_path)
    place = "Tệp so.xlsx, trang “Truyền đạt mục tiêu”, dòng"
    assert told(contents) == [
        f"{place} 2, cả dòng ẩn: 1 dòng ẩn (dòng 2) vẫn được tính; dòng đã hủy thì xóa hẳn",
        f"{place} 3, cả dòng gạch ngang: 1 dòng gạch ngang (dòng 3) vẫn được tính; dòng đã hủy thì xóa hẳn",
        f"{place} 4, cột F (Số người tham dự): ô có công thức nhưng tệp không lưu kết quả; "
        "mở tệp bằng Excel rồi lưu lại",
    ]
    assert len(contents.records["communications"]) == 2
