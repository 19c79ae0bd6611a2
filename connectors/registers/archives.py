"""A workbook looked at from outside before anything unpacks it: a ZIP of XML parts.

calamine reserves the whole grid up to the last value (a space in the last cell of a sheet is 512 GB), and gives a cell
whose formula failed as an empty one: both are seen here.
"""

import errno
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lxml import etree


# What a workbook unpacks to, and the grid from the first to the last filled cell.
MAX_UNPACKED = 256 << 20
MAX_CELLS = 5_000_000
CHUNK = 1 << 20
# A tag or a formula is shorter than this, so one that is cut by the end of a chunk is whole in the next look.
OVERLAP = 1 << 14
# A cell that holds something: the tag of an empty, only formatted one ends in "/>".
CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>")
FAILED = re.compile(rb"\st=[\"']e[\"']")
# A formula whose result the file does not keep; an empty text (t="str") is a result.
UNSAVED = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\st=[\"']str[\"'])[^<>]*?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>\s*"
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
HIDDEN = re.compile(rb"<(?:\w+:)?row\s(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*?\br=[\"'](\d{1,7})[\"']")
STYLE = re.compile(rb"\ss=[\"'](\d{1,6})[\"']")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Oversized(Exception):
    """The message is for the officer."""


@dataclass
class Part:
    """One sheet of the archive: how far it reaches, and what calamine does not tell of it.

    Cells (row, column from 0): formulas that `failed`, and those of which the result is `unsaved`. Rows from 1: those
    `hidden`, and those `struck` through in at least half of what they hold.
    """

    rows: int = 0
    columns: int = 0
    failed: set[tuple[int, int]] = field(default_factory=set)
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    # Row → its filled cells, and those of them that are struck through.
    filled: dict[int, set[int]] = field(default_factory=dict)
    crossed: dict[int, set[int]] = field(default_factory=dict)

    @property
    def struck(self) -> set[int]:
        return {row for row, cells in self.crossed.items() if 2 * len(cells) >= len(self.filled[row])}

    @property
    def is_oversized(self) -> bool:
        return self.rows * self.columns > MAX_CELLS

    @property
    def last_cell(self) -> str:
        return f"{letters(self.columns - 1)}{self.rows}"


def inspected(path: Path) -> dict[str, Part]:
    """Sheet → what its part holds; nothing for a file that is no ZIP. Raises Oversized, BadZipFile, OSError."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
            raise Oversized(f"nội dung giải nén lớn hơn {MAX_UNPACKED >> 20} MB")
        names = sheet_names(archive)
        styles = struck_styles(archive)
        parts = {}
        for member in archive.namelist():
            # Reading to the end also proves that a part is as long as the archive says.
            part = scanned(archive, member, styles)
            if member in names:
                parts[names[member]] = part
    return parts


def scanned(archive: zipfile.ZipFile, member: str, styles: set[int]) -> Part:
    part = Part()
    rest = b""
    is_sheet = member.endswith(".xml") and "worksheets/" in member
    with opened(archive, member) as stream:
        while chunk := stream.read(CHUNK):
            if is_sheet:
                text = rest + chunk
                look(part, text, styles)
                rest = text[-OVERLAP:]
    return part


def look(part: Part, text: bytes, styles: set[int]) -> None:
    for cell in CELL.finditer(text):
        row, column = int(cell[2]), column_number(cell[1])
        part.rows, part.columns = max(part.rows, row), max(part.columns, column)
        if FAILED.search(cell[0]):
            part.failed.add((row - 1, column - 1))
        if styles:
            part.filled.setdefault(row, set()).add(column)
            style = STYLE.search(cell[0])
            if style and int(style[1]) in styles:
                part.crossed.setdefault(row, set()).add(column)
    part.unsaved |= {(int(cell[2]) - 1, column_number(cell[1]) - 1) for cell in UNSAVED.finditer(text)}
    part.hidden |= {int(row[1]) for row in HIDDEN.finditer(text)}


def struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell formats whose letters are struck through."""
    try:
        styles = parsed(opened(archive, "xl/styles.xml").read())
    except (KeyError, etree.XMLSyntaxError):
        return set()
    fonts = [
        any(one.get("val") not in ("0", "false") for one in font.iter("{*}strike"))
        for font in styles.iterfind("{*}fonts/{*}font")
    ]
    formats = [str(one.get("fontId", "")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return {at for at, font in enumerate(formats) if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]}


def opened(archive: zipfile.ZipFile, member: str) -> IO[bytes]:
    """Raises BadZipFile also where a damaged directory points before the beginning of the file."""
    try:
        return archive.open(member)
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise zipfile.BadZipFile(member) from error
        raise


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Member of the archive → name of the sheet; nothing where the archive is no Excel workbook."""
    try:
        relations = parsed(opened(archive, "xl/_rels/workbook.xml.rels").read())
        book = parsed(opened(archive, "xl/workbook.xml").read())
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    sheets = {targets.get(str(one.get(RELATION))): str(one.get("name")) for one in book.iter("{*}sheet")}
    return {member_of(target): name for target, name in sheets.items() if target}


def member_of(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def column_number(name: bytes) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def letters(place: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
