"""What a room gets told when a whole file or sheet cannot be read; what was known of it is not taken for deleted."""

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.errors import SourceUnavailable
from connectors.registers.catalogue import REGISTERS
from tests.support.workbooks import GOOD, Workbook, locked_workbook, read, told, write


def put(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def spoiled(folder: Path) -> None:
    """A good workbook of which bytes in the middle were lost on the way."""
    path = write(folder, "risks", GOOD["risks"])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    name, extra = struct.unpack_from("<HH", content, start + 26)
    begin = start + 30 + name + extra
    content[begin : begin + 40] = bytes(40)
    path.write_bytes(content)


def bomb(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "so.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(257):
            part.write(bytes(1 << 20))


def huge(folder: Path) -> None:
    (folder / "so.xlsx").touch()
    os.truncate(folder / "so.xlsx", (32 << 20) + 1)


def far(folder: Path) -> None:
    """A space in the last cell there is: reading the grid up to it would take all memory."""
    with Workbook(folder / "so.xlsx") as workbook:
        workbook.grid("Rủi ro và cơ hội", [["Đơn vị"]])
        workbook.sheet("Rủi ro và cơ hội").write_string(1_048_575, 16_383, " ")


NO_WORKBOOK = "không đọc được như tệp Excel; mở bằng Excel rồi lưu lại dạng .xlsx"
NO_REGISTER = "không trang nào có tiêu đề cột của một sổ theo mẫu"
FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no workbook": (put("so.xlsx", b"MZ not a workbook"), NO_WORKBOOK),
    "no old workbook": (put("so.xls", b"MZ not a workbook"), NO_WORKBOOK),
    "an empty file": (put("so.xlsx", b""), NO_WORKBOOK),
    "a password": (put("so.xlsx", locked_workbook()), "tệp có mật khẩu; lưu lại không mật khẩu rồi thử lại"),
    "lost bytes": (spoiled, "tệp Excel bị hỏng; mở bằng Excel rồi lưu lại dạng .xlsx"),
    "a bomb": (bomb, "nội dung giải nén lớn hơn 256 MB"),
    "too large": (huge, "tệp lớn hơn 32 MB"),
    "a value far off": (far, "trang Rủi ro và cơ hội kéo dài đến ô XFD1048576; xóa các dòng, cột thừa"),
    "a CSV in no encoding": (put("so.csv", b"\xff\xfeA"), "không rõ bảng mã; lưu lại dạng CSV UTF-8"),
    "a CSV of one endless cell": (put("so.csv", b'"' + b"x" * 200_000), "không đọc được như tệp CSV"),
    "a CSV without end": (put("so.csv", b"a;b\n" * 200_001), "tệp dài hơn 200000 dòng"),
    "an empty CSV": (put("so.csv", b""), NO_REGISTER),
    "no register in it": (put("so.csv", "Họ tên;Điện thoại\nA;1\n".encode()), NO_REGISTER),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path, kind: str) -> None:
    make, message = FILES[kind]
    make(tmp_path)
    (file,) = tmp_path.iterdir()
    write(tmp_path, "communications", GOOD["communications"], file="khac.xlsx")
    contents = read(tmp_path)
    assert told(contents) == [f"Tệp {file.name}, cả tệp: {message}"]
    assert len(contents.records["communications"]) == 1
    assert contents.unread == set(REGISTERS)
    assert not any(contents.is_complete(name) for name in REGISTERS)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    write(tmp_path, "risks", GOOD["risks"])
    for name in ("so.docx", "~$so.xlsx", ".an.xlsx", "Thumbs.db", "so.tmp"):
        (tmp_path / name).write_bytes(b"x")
    contents = read(tmp_path)
    assert told(contents) == [
        "Tệp so.docx, cả tệp: không đọc được loại tệp này; chỉ đọc .xlsx, .xlsm, .xls, .ods, .csv"
    ]
    assert contents.is_complete("risks")


def test_a_sheet_of_a_register_without_its_header_is_not_lost_in_silence(tmp_path: Path) -> None:
    with Workbook(tmp_path / "so.xlsx") as workbook:
        workbook.table("risks", GOOD["risks"])
        workbook.grid("Mục tiêu chất lượng", [["Phòng", "Nội dung"], ["Phòng Tổng hợp", "Đúng hạn"]])
        workbook.grid("Biểu đồ", [["Quý", "Số"], ["I", 3]]).grid("Hướng dẫn", [["Cột", "Nghĩa"]]).grid("Trống", [])
    contents = read(tmp_path)
    assert told(contents) == [
        f"Tệp so.xlsx, trang “{name}”, cả trang: không nhận ra tiêu đề cột của sổ nào; trang không được đọc"
        for name in ("Mục tiêu chất lượng", "Biểu đồ")
    ]
    assert contents.unread == {"objectives"}


def test_people_are_not_read_without_a_key(tmp_path: Path) -> None:
    write(tmp_path, "officials", GOOD["officials"], file="a.xlsx")
    write(tmp_path, "ratings", GOOD["ratings"], file="b.xlsx")
    write(tmp_path, "risks", GOOD["risks"], file="c.xlsx")
    contents = read(tmp_path, key=None)
    assert sorted(told(contents)) == [
        f"Tệp {file}, trang “{sheet}”, cả trang: chưa khai báo PSEUDONYM_KEY nên không đọc sổ có thông tin cá nhân"
        for file, sheet in (("a.xlsx", "Cán bộ, công chức"), ("b.xlsx", "Xếp loại"))
    ]
    assert contents.unread == {"officials", "ratings"}
    assert contents.records["officials"] == contents.records["ratings"] == {}
    assert len(contents.records["risks"]) == 1


def test_of_two_files_with_one_row_the_one_saved_later_holds_and_the_other_is_told(tmp_path: Path) -> None:
    older = write(tmp_path, "risks", GOOD["risks"], GOOD["risks"] | {"TT": 2}, file="rui-ro (ban cu).xlsx")
    os.utime(older, (1_700_000_000, 1_700_000_000))
    write(tmp_path, "risks", GOOD["risks"] | {"Mô tả": "Chậm công bố"}, GOOD["risks"] | {"TT": 2}, file="rui-ro.xlsx")
    contents = read(tmp_path)
    assert told(contents) == [
        "Tệp rui-ro (ban cu).xlsx, trang “Rủi ro và cơ hội”, cả trang:"
        " 1 dòng có nội dung khác trong tệp lưu sau (rui-ro.xlsx); lấy theo tệp lưu sau"
    ]
    assert "Chậm công bố" in contents.records["risks"]["2025|phong tong hop|1"].payload.decode()


def test_a_folder_that_is_not_there_is_no_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="không thấy thư mục REGISTERS_DIR"):
        read(tmp_path / "absent")
    assert not any(read(tmp_path).is_complete(name) for name in (*REGISTERS, "files", "rejections"))
