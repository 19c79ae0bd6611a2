"""What a table is and holds, asked alike of a published file, of Parquet and of the lake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from warehouse.lake.connection import Lake


Shape = Mapping[str, str]


class Told(TypedDict):
    """What an append says of a table: `hash` is the same for equal rows in any order, of these columns."""

    rows: int
    hash: str
    columns: list[str]


def shape(lake: Lake, source: str) -> dict[str, str]:
    """Name and type of each column, in order. Raises duckdb.Error where there is no such table."""
    return {name: kind for name, kind, *_ in lake.query(f"describe select * from {source}")}


def tables_of(lake: Lake, catalog: str, schemas: Iterable[str]) -> list[str]:
    """`schema.table` of each table in a catalog, in order."""
    found = lake.query(
        "select schema_name || '.' || table_name as name from duckdb_tables()"
        " where database_name = $1 and list_contains($2, schema_name) order by name",
        [catalog, list(schemas)],
    )
    return [name for (name,) in found]


def told(lake: Lake, source: str, columns: Iterable[str], where: str = "true", params: Iterable[Any] = ()) -> Told:
    """Every value is read: what a disk has lost is found. Raises duckdb.Error."""
    names = sorted(columns)
    # A zero before them: a table may have a single column, whose NULL has a hash as well.
    row = ", ".join(["0", *(f'"{name}"' for name in names)])
    ((rows, hashed),) = lake.query(
        f"select count(*), coalesce(sum(hash({row})::hugeint), 0)::varchar from {source} where {where}", list(params)
    )
    return {"rows": rows, "hash": hashed, "columns": names}
