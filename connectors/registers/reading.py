"""A register found in a sheet: its header wherever it stands, its rows, every cell that cannot be what it should be."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from connectors.registers.catalogue import REGISTERS
from connectors.registers.cells import WrongCell, converted, plain, tidy
from connectors.registers.shapes import Column, Register
from connectors.registers.sheets import Sheet


HEADER_ROWS = 30
# A header is one where at least half of the required columns stand.
LIKENESS = 0.5
TOTALS = ("tong cong", "tong so", "cong")
EXAMPLE = "vi du"
# Columns that any sheet may have beside the register's own.
IGNORED = {"stt", "tt", "ghi chu"}
SECRET = ("documents", "incoming")
SHOWN = 60

Values = dict[str, str]


@dataclass(frozen=True)
class Rejection:
    """A cell, a row or a file that was not taken; `value` is empty where it may not be quoted."""

    register: str
    file: str
    sheet: str
    row: int
    column: str
    message: str
    value: str = ""

    @property
    def key(self) -> str:
        return "|".join((self.file, self.sheet, str(self.row), self.column))


@dataclass
class Found:
    """What one sheet held: rows by their number in the sheet, rejections, secret rows that were only counted."""

    register: Register | None = None
    rows: list[tuple[int, Values]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    secret: int = 0


@dataclass(frozen=True)
class Header:
    register: Register
    row: int
    places: dict[str, int]
    unknown: list[tuple[int, str]]


def read_sheet(file: str, sheet: Sheet) -> Found:
    """The register in a sheet; a sheet without one, such as a guide, holds nothing."""
    header = header_of(sheet)
    if header is None:
        return Found()
    found = Found(header.register)
    reject = Rejector(header.register, file, sheet.name, found)
    for place, title in header.unknown:
        reject(header.row + 1, place, title, "cột này không có trong mẫu; cột bị bỏ qua", "")
    absent = [column for column in header.register.required if column.field not in header.places]
    for column in absent:
        reject(header.row + 1, None, column.header, "thiếu cột bắt buộc; cả trang chưa được đọc", "")
    if not absent:
        read_rows(sheet, header, found, reject)
    return found


def header_of(sheet: Sheet) -> Header | None:
    """The best likeness of any register among the first rows; the name of the sheet decides between equals."""
    best: tuple[tuple[float, bool, int], Header] | None = None
    for number, cells in enumerate(sheet.rows[:HEADER_ROWS]):
        titles = [title(cell) for cell in cells]
        for register in REGISTERS.values():
            names = {plain(column.header): column.field for column in register.columns}
            places = {names[text]: place for place, text in reversed(list(enumerate(titles))) if text in names}
            share = sum(column.field in places for column in register.required) / len(register.required)
            rank = (share, plain(sheet.name) == plain(register.sheet), len(places))
            if share >= LIKENESS and len(places) > 1 and (best is None or rank > best[0]):
                ours = set(names) | IGNORED
                unknown = [(at, tidy(cells[at])) for at, text in enumerate(titles) if text and text not in ours]
                best = (rank, Header(register, number, places, unknown))
    return best[1] if best else None


def title(cell: Any) -> str:
    """A header as people write it: stars for required columns, line breaks, any case and accents."""
    return plain(tidy(cell).replace("(*)", "").replace("*", ""))


class Rejector:
    """Writes down what was not taken, with the place where the officer finds it."""

    def __init__(self, register: Register, file: str, sheet: str, found: Found) -> None:
        self._place = (register.name, file, sheet)
        self._found = found

    def __call__(self, row: int, place: int | None, header: str, message: str, value: str) -> None:
        column = f"{letter(place)} ({header})" if place is not None else header
        self._found.rejections.append(Rejection(*self._place, row, column, message, value[:SHOWN]))


def letter(place: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_rows(sheet: Sheet, header: Header, found: Found, reject: Rejector) -> None:
    seen: dict[str, int] = {}
    for number, cells in data_rows(sheet, header):
        if is_secret(header, cells):
            found.secret += 1
            reject(number, None, "Độ mật", secret_message(header, cells), "")
            continue
        values = read_row(header, number, cells, reject)
        if values is None:
            continue
        key = key_of(header.register, values, person_of(values))
        if key in seen:
            reject(number, None, "cả dòng", f"trùng với dòng {seen[key]}", "")
            continue
        seen[key] = number
        found.rows.append((number, values))


def data_rows(sheet: Sheet, header: Header) -> Iterator[tuple[int, list[Any]]]:
    """Rows below the header with their numbers, without blank, total, example and repeated-header rows, and the notes
    and signatures that follow the table."""
    below = [(number, cells) for number, cells in enumerate(sheet.rows[header.row + 1 :], header.row + 2)]
    kept = [(number, cells) for number, cells in below if not is_decoration(header, cells)]
    while kept and filled(header, kept[-1][1]) < LIKENESS:
        kept.pop()
    yield from kept


def is_decoration(header: Header, cells: list[Any]) -> bool:
    texts = [plain(tidy(cell)) for cell in cells]
    given = [text for text in texts if text]
    if not given:
        return True
    if any(text.rstrip(":. ") in TOTALS for text in given[:3]) or any(text.startswith(EXAMPLE) for text in given):
        return True
    titles = {plain(column.header) for column in header.register.columns}
    # The header again on the next printed page, or the numbers of columns under it: (1), (2), (3)…
    numbers = [text.strip("()") for text in given]
    return sum(text in titles for text in given) > len(given) / 2 or (
        len(given) > 2 and numbers == [str(n) for n in range(1, len(given) + 1)]
    )


def filled(header: Header, cells: list[Any]) -> float:
    required = header.register.required
    return sum(bool(tidy(cell_at(header, column, cells))) for column in required) / len(required)


def cell_at(header: Header, column: Column, cells: list[Any]) -> Any:
    place = header.places.get(column.field)
    return cells[place] if place is not None and place < len(cells) else None


def is_secret(header: Header, cells: list[Any]) -> bool:
    """Any word of secrecy but the ordinary one: what it means is not for us to guess."""
    return header.register.name in SECRET and any(
        column.field == "secrecy" and plain(tidy(cell_at(header, column, cells))) not in ("", "thuong", "khong")
        for column in header.register.columns
    )


def secret_message(header: Header, cells: list[Any]) -> str:
    subject = next((column for column in header.register.columns if column.field == "subject"), None)
    has_subject = subject is not None and bool(tidy(cell_at(header, subject, cells)))
    what = "dòng mang trích yếu của văn bản mật" if has_subject else "dòng ghi văn bản mật"
    return f"{what}: không lưu, chỉ đếm; nhập số lượng ở trang Thống kê văn bản mật"


def read_row(header: Header, number: int, cells: list[Any], reject: Rejector) -> Values | None:
    """The values of a row; None where one of them is wrong, with every wrong one reported."""
    values: Values = {}
    is_whole = True
    for column in header.register.columns:
        given = cell_at(header, column, cells)
        try:
            value = converted(column, given)
        except WrongCell as error:
            shown = "" if column.is_hidden else tidy(given)
            place = header.places.get(column.field)
            reject(number, place, column.header, f"{f'giá trị {shown[:SHOWN]!r} ' if shown else ''}{error}", shown)
            is_whole = False
        else:
            if value is not None:
                values[column.field] = value
    return values if is_whole else None


def key_of(register: Register, values: Values, person: str) -> str:
    """The natural key of a row; of `a|b` the first that is filled; spelling does not matter."""
    parts = [values[register.year_of][:4]] if register.year_of else []
    for name in register.key:
        if name == "person":
            parts.append(person)
        else:
            parts.append(next((plain(values[one]) for one in name.split("|") if one in values), ""))
    return "|".join(parts)


def person_of(values: Values) -> str:
    """Who it is, for telling rows of one sheet apart; never kept."""
    known = values.get("staff_number") or f"{values.get('full_name')}/{values.get('birthday')}"
    return hashlib.sha256(plain(known).encode()).hexdigest()
