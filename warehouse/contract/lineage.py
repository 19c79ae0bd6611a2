"""Of what each column of each model is made: the columns it takes its values from, back to the fields of a source.

`lineage.csv` is read out of the models by `python -m tests.column_lineage`, and `make check` holds the two together.
Conditions and joins, which decide whether a row is there at all, are told by what a model reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.dictionary import read


FILE = Path(__file__).parent / "lineage.csv"


@dataclass(frozen=True, order=True)
class Origin:
    """A column that another one is made of; `field`: the member of a raw payload, as the source spells it."""

    table: str
    column: str
    field: str = ""

    @property
    def written(self) -> str:
        return f"{self.table}.{self.column}" + (f":{self.field}" if self.field else "")


@cache
def lineage() -> dict[str, dict[str, tuple[Origin, ...]]]:
    """Table → column → its direct origins; none of what is counted or written in the model itself."""
    found: dict[str, dict[str, tuple[Origin, ...]]] = {}
    for row in read(FILE):
        found.setdefault(row["table"], {})[row["column"]] = tuple(map(origin, row["origins"].split()))
    return found


def origin(written: str) -> Origin:
    name, _, field = written.partition(":")
    table, _, column = name.rpartition(".")
    return Origin(table, column, field)


def steps(tables: Iterable[str]) -> Iterator[tuple[str, str, Origin]]:
    """(table, column, origin) of these tables and of all that they are made of, each table once."""
    waiting, seen = list(tables), set()
    while waiting:
        table = waiting.pop()
        if table in seen:
            continue
        seen.add(table)
        for column, origins in lineage().get(table, {}).items():
            for one in origins:
                yield table, column, one
                waiting.append(one.table)
