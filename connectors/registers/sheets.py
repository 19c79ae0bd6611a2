"""A file as named grids of cells: Excel by calamine (no formula is ever computed), CSV as people save it."""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from connectors.registers.archives import MAX_CELLS, Oversized, Part, inspected
from connectors.registers.cells import FAILED, UNSAVED
from connectors.registers.names import masked


WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv",)
MAX_FILE = 32 << 20
MAX_ROWS = 200_000
NO_WORKBOOK = "không đọc được như tệp Excel; mở bằng Excel rồi lưu lại dạng .xlsx"
NO_CSV = "không đọc được như tệp CSV"


class UnreadableFile(Exception):
    """A file that cannot be read as a whole; the message is for the officer."""


@dataclass(frozen=True)
class Sheet:
    """`rows` begin at row 1; cells are text, numbers, dates or None. `hidden`, `struck`: numbers of rows."""

    name: str
    rows: list[list[Any]]
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def sheets_of(path: Path) -> list[Sheet]:
    """Every visible sheet. Raises UnreadableFile, OSError."""
    if path.stat().st_size > MAX_FILE:
        raise UnreadableFile(f"tệp lớn hơn {MAX_FILE >> 20} MB")
    if path.suffix.lower() in TEXTS:
        return [Sheet(masked(path.stem), csv_rows(path.read_bytes()))]
    try:
        return workbook_sheets(path, inspected(path))
    except PasswordError as error:
        raise UnreadableFile("tệp có mật khẩu; lưu lại không mật khẩu rồi thử lại") from error
    except Oversized as error:
        raise UnreadableFile(str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise UnreadableFile("tệp Excel bị hỏng; mở bằng Excel rồi lưu lại dạng .xlsx") from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise UnreadableFile(NO_WORKBOOK) from error
    except BaseException as error:
        # A panic inside calamine is no Exception, so that nobody catches it by chance; here it is one bad file.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(NO_WORKBOOK) from error


def workbook_sheets(path: Path, parts: dict[str, Part]) -> list[Sheet]:
    found = []
    with CalamineWorkbook.from_path(path) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet:
                part = parts.get(meta.name, Part())
                if part.is_oversized:
                    raise Oversized(f"trang {masked(meta.name)} kéo dài đến ô {part.last_cell}; xóa các dòng, cột thừa")
                rows = cells(workbook, meta.name, part)
                found.append(Sheet(masked(meta.name), rows, frozenset(part.hidden), frozenset(part.struck)))
    return found


def cells(workbook: CalamineWorkbook, name: str, part: Part) -> list[list[Any]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_height * sheet.total_width > MAX_CELLS:
        raise Oversized(f"trang {masked(name)} dài hơn {MAX_ROWS} dòng")
    rows = sheet.to_python(skip_empty_area=False)
    for places, shown in ((part.failed, FAILED), (part.unsaved, UNSAVED)):
        for row, column in places:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = shown
    fill_merged(rows, sheet.merged_cell_ranges or [])
    return rows


def fill_merged(rows: list[list[Any]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Cells merged downwards all mean the value of the first; a title merged across stays one cell."""
    for (top, left), (bottom, right) in ranges:
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][left] = rows[top][left]


def csv_rows(content: bytes) -> list[list[Any]]:
    text = decoded(content)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            if len(rows) == MAX_ROWS:
                raise UnreadableFile(f"tệp dài hơn {MAX_ROWS} dòng")
            rows.append(list(row))
    except csv.Error as error:
        raise UnreadableFile(NO_CSV) from error
    return rows


def delimiter_of(text: str) -> str:
    """The one that cuts most lines into the same number of cells: commas in prose fall anywhere."""

    def regularity(delimiter: str) -> int:
        counts = Counter(line.count(delimiter) for line in text.splitlines()[:50])
        return max((count * lines for count, lines in counts.items()), default=0)

    return max(";,\t", key=regularity)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as Excel saves them, else the Windows code page of Viet Nam. Raises UnreadableFile."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1258")
    for encoding in encodings:
        try:
            return unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("không rõ bảng mã; lưu lại dạng CSV UTF-8")
