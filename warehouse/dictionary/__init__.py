"""What every published table and column means, in the words of the people who read them: the one place that says so.

Comments in the published file, the tables of `data_dictionary`, the views of `bao_cao` and `datapackage.json` are made
of it. A table made by SQL describes itself in the first line of its file; its short name and its columns stand here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from warehouse import models


FOLDER = Path(__file__).parent
# A fraction in the table (0.97), a percentage for people (97).
SHARE = "share"


@dataclass(frozen=True)
class Table:
    """`label`: the short Vietnamese name, which is that of its view in `bao_cao`; empty where people need no view."""

    name: str
    label: str
    description: str


@dataclass(frozen=True)
class Column:
    """`unit`: what its numbers count, or `share`; empty where it has none."""

    label: str
    unit: str = ""
    description: str = ""

    @property
    def comment(self) -> str:
        return f"{self.label}. {self.description}" if self.description else self.label


@dataclass(frozen=True)
class Dictionary:
    """`columns` by table and name; those of no table in particular mean the same wherever they stand."""

    tables: dict[str, Table]
    columns: dict[tuple[str, str], Column]
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        return self.tables.get(name) or Table(name, "", "")

    def column(self, table: str, name: str) -> Column | None:
        return self.columns.get((table, name)) or self.columns.get(("", name))

    def label(self, column: str, value: str) -> str:
        """The word for a code; a code nobody has named stands for itself."""
        return self.values.get(column, {}).get(value, value)

    def naming(self, column: str, values: dict[str, str]) -> Dictionary:
        """The same words, with those of one column's codes as given."""
        return replace(self, values={**self.values, column: values})


@cache
def load(folder: Path = FOLDER) -> Dictionary:
    described = {model.table: model.description for model in models.load()}
    named = {row["table"]: row for row in read(folder / "tables.csv")}
    tables = {
        name: Table(
            name, named[name]["label"] if name in named else "", described.get(name) or named[name]["description"]
        )
        for name in [*described, *(name for name in named if name not in described)]
    }
    columns = {
        (row["table"], row["column"]): Column(row["label"], row["unit"], row["description"])
        for row in read(folder / "columns.csv")
    }
    values: dict[str, dict[str, str]] = {}
    for row in read(folder / "values.csv"):
        values.setdefault(row["column"], {})[row["value"]] = row["label"]
    return Dictionary(tables, columns, values)


@cache
def types(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Types by column, in order, by table of each layer after raw (`python -m tests.column_types` writes them)."""
    found: dict[str, dict[str, str]] = {}
    for row in read(folder / "types.csv"):
        found.setdefault(row["table"], {})[row["column"]] = row["type"]
    return found


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
