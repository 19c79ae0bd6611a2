"""A file as named grids of cells: Excel by calamine (no formula is ever computed), CSV as people save it."""

import csv
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError


WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv",)
MAX_FILE = 32 << 20
# A workbook is a ZIP: what it unpacks to is bounded too, before anything is unpacked.
MAX_UNPACKED = 256 << 20
MAX_ROWS = 200_000


class UnreadableFile(Exception):
    """A file that cannot be read as a whole; the message is for the officer."""


@dataclass(frozen=True)
class Sheet:
    """`rows` begin at row 1 of the sheet; cells are text, numbers, dates or None."""

    name: str
    rows: list[list[Any]]


def sheets_of(path: Path) -> list[Sheet]:
    """Every visible sheet. Raises UnreadableFile."""
    if path.stat().st_size > MAX_FILE:
        raise UnreadableFile(f"tệp lớn hơn {MAX_FILE >> 20} MB")
    if path.suffix.lower() in TEXTS:
        return [Sheet(path.stem, csv_rows(path.read_bytes()))]
    refuse_bomb(path)
    try:
        return workbook_sheets(path)
    except PasswordError as error:
        raise UnreadableFile("tệp có mật khẩu; lưu lại không mật khẩu rồi thử lại") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile("không đọc được như tệp Excel; mở bằng Excel rồi lưu lại dạng .xlsx") from error


def refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile("tệp Excel bị hỏng") from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableFile(f"nội dung giải nén lớn hơn {MAX_UNPACKED >> 20} MB")


def workbook_sheets(path: Path) -> list[Sheet]:
    found = []
    with CalamineWorkbook.from_path(path) as workbook:
        for meta in workbook.sheets_metadata:
            if str(meta.visible).endswith("Visible") and str(meta.typ).endswith("WorkSheet"):
                sheet = workbook.get_sheet_by_name(meta.name)
                if sheet.total_height > MAX_ROWS:
                    raise UnreadableFile(f"trang {meta.name} dài hơn {MAX_ROWS} dòng")
                rows = sheet.to_python(skip_empty_area=False)
                fill_merged(rows, sheet.merged_cell_ranges or [])
                found.append(Sheet(meta.name, rows))
    return found


def fill_merged(rows: list[list[Any]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Cells merged downwards all mean the value of the first; a title merged across stays one cell."""
    for (top, left), (bottom, right) in ranges:
        if left == right:
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][left] = rows[top][left]


def csv_rows(content: bytes) -> list[list[Any]]:
    text = decoded(content)
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(";,\t", key=head.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise UnreadableFile("không đọc được như tệp CSV") from error


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as Excel saves them, else the Windows code page of Viet Nam. Raises UnreadableFile."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1258")
    for encoding in encodings:
        try:
            return unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("không rõ bảng mã; lưu lại dạng CSV UTF-8")
