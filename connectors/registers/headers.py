"""The header of a register, wherever it stands in a sheet and however its words are written."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from connectors.registers.catalogue import REGISTERS
from connectors.registers.cells import REMEMBERED, plain, tidy
from connectors.registers.shapes import Column, Register
from connectors.registers.sheets import Sheet


HEADER_ROWS = 30
# A header is one where at least half of the required columns stand.
LIKENESS = 0.5
# Columns that any sheet may have beside the register's own.
IGNORED = frozenset({"stt", "tt", "ghi chu"})


@dataclass(frozen=True)
class Header:
    """`row` and `places` count from 0; `unknown` and `doubled` are (place, header) of columns that are not read."""

    register: Register
    row: int
    places: dict[str, int]
    unknown: list[tuple[int, str]]
    doubled: list[tuple[int, str]]

    def cell(self, column: Column, cells: list[Any]) -> Any:
        place = self.places.get(column.field)
        return cells[place] if place is not None and place < len(cells) else None

    def filled(self, cells: list[Any]) -> float:
        """The share of required columns that hold something."""
        required = self.register.required
        return sum(bool(tidy(self.cell(column, cells))) for column in required) / len(required)

    @property
    def absent(self) -> list[Column]:
        return [column for column in self.register.required if column.field not in self.places]


def header_of(sheet: Sheet) -> Header | None:
    """The best likeness of any register among the first rows; the name of the sheet decides between equals."""
    best: tuple[tuple[float, bool, int], Header] | None = None
    for number, cells in enumerate(sheet.rows[:HEADER_ROWS]):
        titles = [title(cell) for cell in cells]
        for register in REGISTERS.values():
            header = header_at(register, number, cells, titles)
            share = 1 - len(header.absent) / len(register.required)
            rank = (share, plain(sheet.name) == plain(register.sheet), len(header.places))
            if share >= LIKENESS and len(header.places) > 1 and (best is None or rank > best[0]):
                best = (rank, header)
    return best[1] if best else None


def header_at(register: Register, row: int, cells: list[Any], titles: list[str]) -> Header:
    fields = fields_of(register)
    places: dict[str, int] = {}
    unknown, doubled = [], []
    for place, text in enumerate(titles):
        if text in fields and fields[text] not in places:
            places[fields[text]] = place
        elif text in fields:
            doubled.append((place, tidy(cells[place])))
        elif text and text not in IGNORED:
            unknown.append((place, tidy(cells[place])))
    return Header(register, row, places, unknown, doubled)


@cache
def fields_of(register: Register) -> dict[str, str]:
    """Header as compared → field."""
    return {title(column.header): column.field for column in register.columns}


@lru_cache(REMEMBERED, typed=True)
def title(cell: Any) -> str:
    """A header as people write it: any case, accents, line breaks and signs; the sign of percent is a word."""
    return " ".join(re.findall(r"\w+|%", plain(tidy(cell))))
