"""Rows of a table that are no data: blank ones, headers of the next page, totals, sections, examples, what follows."""

from collections.abc import Iterator
from typing import Any

from connectors.registers.cells import WrongCell, converted, plain, tidy
from connectors.registers.headers import LIKENESS, Header, fields_of, title
from connectors.registers.shapes import EXAMPLE_NOTE
from connectors.registers.sheets import Sheet


TOTALS = ("tong cong", "tong so", "cong")
FREE = ("text", "party", "position")

Row = tuple[int, list[Any]]


def data_rows(sheet: Sheet, header: Header) -> Iterator[Row]:
    """The rows below the header that may be data, with their numbers in the sheet."""
    below = enumerate(sheet.rows[header.row + 1 :], header.row + 2)
    kept = [(number, cells) for number, cells in below if not is_decoration(header, cells)]
    # Notes, dates and signatures that follow the table.
    while kept and is_remark(header, kept[-1][1]):
        kept.pop()
    yield from kept


def is_decoration(header: Header, cells: list[Any]) -> bool:
    given = [text for cell in cells if (text := plain(tidy(cell)))]
    if not given or is_total(given) or (is_marked_example(cells) and is_example(header, cells)):
        return True
    if len(given) == 1 and is_remark(header, cells):
        return True  # the title of a section
    return is_header_again(header, given)


def is_total(given: list[str]) -> bool:
    return given[0].startswith("tong cong") or any(text.rstrip(":. ") in TOTALS for text in given[:3])


def is_header_again(header: Header, given: list[str]) -> bool:
    """On the next printed page, or the numbers of the columns under it: (1), (2), (3)…"""
    known = fields_of(header.register)
    numbers = [text.strip("()") for text in given]
    return sum(title(text) in known for text in given) > len(given) / 2 or (
        len(given) > 2 and numbers == [str(number) for number in range(1, len(given) + 1)]
    )


def is_example(header: Header, cells: list[Any]) -> bool:
    """Like the example of the template; one only where the note stands beside it too."""
    columns = [column for column in header.register.columns if column.field in header.places]
    return all(plain(tidy(header.cell(column, cells))) == plain(column.example) for column in columns if column.example)


def is_marked_example(cells: list[Any]) -> bool:
    return any(title(cell) == title(EXAMPLE_NOTE) for cell in cells)


def is_remark(header: Header, cells: list[Any]) -> bool:
    """Less than half of what a row needs, and nothing that only a row would hold: no date, number or listed word."""
    return header.filled(cells) < LIKENESS and not any(
        fits(column, header.cell(column, cells)) for column in header.register.columns if column.kind not in FREE
    )


def fits(column: Any, value: Any) -> bool:
    if not tidy(value):
        return False
    try:
        converted(column, value)
    except WrongCell:
        return False
    return True
