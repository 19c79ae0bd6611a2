"""What a table promises beyond the meaning of its words: its key, what may be added up, what it refers to, in English.

Data beside this file. The constraints of the published file, `data_dictionary` and every file that describes the data
to other programs are made of it, so that they cannot say different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from warehouse import dictionary
from warehouse.dictionary import SHARE, read


FOLDER = Path(__file__).parent
# `checked`: unique by a critical rule before publication; an index over every closing date would cost too much.
Kind = Literal["primary", "unique", "checked", ""]
Additivity = Literal["additive", "semi_additive", "non_additive", ""]


@dataclass(frozen=True)
class Terms:
    """`key`: the columns that name a row; `grain`: what a row is, in words, where the key does not say it."""

    table: str
    name_en: str = ""
    key: tuple[str, ...] = ()
    kind: Kind = ""
    grain: str = ""
    grain_en: str = ""


@dataclass(frozen=True)
class Measure:
    """Whether a column may be added up, and over which columns of the key it must not be."""

    additivity: Additivity = ""
    not_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Columns of a table whose values stand in the columns of another."""

    table: str
    columns: tuple[str, ...]
    to_table: str
    to_columns: tuple[str, ...]


@dataclass(frozen=True)
class CodeList:
    """Where the words for the codes of a column are kept as a table."""

    column: str
    table: str
    code: str
    label: str


@cache
def terms() -> dict[str, Terms]:
    return {
        row["table"]: Terms(
            row["table"],
            row["name_en"],
            tuple(row["key"].split()),
            cast("Kind", row["kind"]),
            row["grain"],
            row["grain_en"],
        )
        for row in read(FOLDER / "tables.csv")
    }


def of_table(table: str) -> Terms:
    return terms().get(table) or Terms(table)


@cache
def measures() -> dict[tuple[str, str], Measure]:
    return {
        (row["table"], column): Measure(cast("Additivity", row["additivity"]), tuple(row["not_over"].split()))
        for row in read(FOLDER / "measures.csv")
        for column in row["columns"].split()
    }


def measure(table: str, column: str) -> Measure:
    """A share is never added up, wherever it stands, save where the data say so."""
    words = dictionary.load().column(table, column)
    is_share = words is not None and words.unit == SHARE
    return measures().get((table, column)) or Measure("non_additive" if is_share else "")


@cache
def references() -> tuple[Reference, ...]:
    return tuple(
        Reference(row["table"], tuple(row["columns"].split()), row["to_table"], tuple(row["to_columns"].split()))
        for row in read(FOLDER / "references.csv")
    )


@cache
def code_lists() -> tuple[CodeList, ...]:
    return tuple(CodeList(**row) for row in read(FOLDER / "code_lists.csv"))


@cache
def english() -> dict[tuple[str, str], str]:
    return {(row["table"], row["column"]): row["name_en"] for row in read(FOLDER / "english.csv")}


def name_en(table: str, column: str) -> str:
    """Column names are English already: what needs no more words is its name, read as words."""
    return english().get((table, column)) or english().get(("", column)) or column.replace("_", " ")


def grain(table: str) -> tuple[str, str]:
    """What one row is, in Vietnamese and English; of a key whose words say it, made of them."""
    own = of_table(table)
    words = dictionary.load()
    labels = [column.label if (column := words.column(table, name)) else name for name in own.key]
    return own.grain or " × ".join(labels), own.grain_en or " × ".join(name_en(table, name) for name in own.key)
