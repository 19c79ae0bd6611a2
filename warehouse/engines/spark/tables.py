"""Tables on their way between the engines: Parquet that Spark can read, and what Spark has written of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb


# Types that Parquet or Spark has not: how they are written out. The last day that Spark knows stands for infinity.
OUT = {"HUGEINT": "decimal(38, 0)", "UHUGEINT": "decimal(38, 0)", "JSON": "varchar", "UBIGINT": "decimal(20, 0)"}


def shapes(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table or view (with its schema) → column → type, of the catalog in use."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and not internal order by table_oid, column_index"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def offer(session: Any, connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """The table under its own name in the session, by a Parquet file beside the others; once."""
    file = folder / f"{table}.parquet"
    schema, _, name = table.partition(".")
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        columns = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
        chosen = ", ".join(written(column, kind) for column, kind in columns.items())
        connection.execute(f"copy (select {chosen} from {table}) to '{file}' (format parquet)")
        session.sql(f"create database if not exists `{schema}`")
        session.sql(f"drop table if exists `{schema}`.`{name}`")
        session.sql(f"create table `{schema}`.`{name}` using parquet location '{file}'")


def written(column: str, kind: str) -> str:
    value = f'"{column}"'
    if kind in OUT:
        value = f"cast({value} as {OUT[kind]})"
    elif kind == "DATE":
        # Neither takes part of NULL: least(day, NULL) is the day.
        value = f"if({value} is null, null, greatest(date '0001-01-01', least(date '9999-12-31', {value})))"
    elif "JSON" in kind or "HUGEINT" in kind:
        value = f"cast({value} as {kind.replace('JSON', 'VARCHAR').replace('HUGEINT', 'DECIMAL(38,0)')})"
    return f'{value} as "{column}"'


def as_shaped(shape: Mapping[str, str]) -> str:
    """The columns that Spark has written, in the order and of the types of DuckDB's own table."""
    return ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in shape.items())


def comparable(shape: Mapping[str, str]) -> str:
    """Doubles to nine places (sums depend on the order of their parts), nested values as JSON."""
    return ", ".join(comparable_column(name, kind) for name, kind in shape.items())


def comparable_column(name: str, kind: str) -> str:
    if kind in ("DOUBLE", "FLOAT"):
        return f'round("{name}", 9) as "{name}"'
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
        return f'cast(to_json("{name}") as varchar) as "{name}"'
    if kind == "JSON":
        return f'cast("{name}" as varchar) as "{name}"'
    return f'"{name}"'


def forget(session: Any, table: str, folder: Path) -> None:
    """What was offered of a table that has been made anew: the next who reads it is offered the new one."""
    file = folder / f"{table}.parquet"
    if file.exists():
        schema, _, name = table.partition(".")
        session.sql(f"drop table if exists `{schema}`.`{name}`")
        file.unlink()
