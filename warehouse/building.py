"""From a model to its table, and the fingerprint by which two tables are known to be equal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

import duckdb

from warehouse import raw_tables
from warehouse.database import Database
from warehouse.models import Model


THIS_PARTITION = "closing_date = (select closing_date from reference.closing)"


class Asked(Protocol):
    """Whatever answers a question: the warehouse, or a published file."""

    def query(self, sql: str, params: Sequence[object] = ()) -> list[Any]: ...


def build(database: Database, model: Model) -> int:
    """Makes the table anew (or its partition of the closing date) and returns the rows written. Its errors name it."""
    raw_tables.ensure(database, model.reads)
    try:
        with database.transaction(f"build {model.table}"):
            # What it was made of and found to be is noted when all of it is known (unchanged.py).
            database.query("delete from ledger.builds where table_name = $1", [model.table])
            if model.partitioned and columns(database, model.table):
                return replace_partition(database, model)
            database.query(f"create or replace {model.kind} {model.table} as\n{model.sql}")
    except duckdb.Error as error:
        error.add_note(f"({model.table})")
        raise
    return rows(database, model.table)


def rows(database: Asked, table: str) -> int:
    return int(database.query(f"select count(*) from {table}")[0][0])


def replace_partition(database: Database, model: Model) -> int:
    database.query(f"create or replace temp table fresh as\n{model.sql}")
    kept, made = columns(database, model.table), columns(database, "temp.main.fresh")
    if kept == made:
        database.query(f"delete from {model.table} where {THIS_PARTITION}")
        database.query(f"insert into {model.table} by name from temp.main.fresh")
    else:
        # The model has changed its columns: earlier closing dates keep what the two shapes share.
        shared = ", ".join(f'"{name}"' for name in made if name in kept)
        database.query(
            f"create or replace temp table earlier as select {shared} from {model.table} where not {THIS_PARTITION}"
        )
        # In one statement: a table made empty and filled in one transaction reads as empty until it is opened anew.
        both = "from temp.main.fresh union all by name from temp.main.earlier"
        database.query(f"create or replace table {model.table} as {both}")
        database.query("drop table temp.main.earlier")
    written = rows(database, "temp.main.fresh")
    database.query("drop table temp.main.fresh")
    return written


def tables_of(database: Asked, catalog: str, schemas: Iterable[str]) -> list[str]:
    """`schema.table` of each table in a catalog, in order."""
    found = database.query(
        "select schema_name || '.' || table_name as name from duckdb_tables()"
        " where database_name = $1 and list_contains($2, schema_name) order by name",
        [catalog, list(schemas)],
    )
    return [name for (name,) in found]


def columns(database: Asked, table: str) -> dict[str, str]:
    """Name and type, in order; empty when there is no such table."""
    # A thirtieth of what duckdb_columns() costs, which looks at every table there is.
    try:
        return dict(database.query("select name, type from pragma_table_info($1)", [table]))
    except duckdb.CatalogException:
        return {}


# Not what is known, but by which run and when it came to be known.
CIRCUMSTANCES = ("run_id", "first_seen_at", "last_seen_at", "known_until", "checked_at")


def table_hash(database: Asked, table: str, without: Collection[str] = CIRCUMSTANCES, where: str = "true") -> str:
    """The same for equal rows in whatever order, with any number of threads and any version of DuckDB.

    Rows are written out with the separators that ASCII has for this, hashed, and parts of the hashes are added up: sums
    of integers do not depend on order, and are exact up to 2^63 rows.
    """
    shape = {name: kind for name, kind in sorted(columns(database, table).items()) if name not in without}
    row = ", ".join(["''", *(written_out(name, kind) for name, kind in shape.items())])
    found = database.query(
        f"""
        with hashed as (select md5(concat_ws(chr(31), {row})) as digest from {table} where {where})
        select md5(concat_ws(
            chr(31),
            $1,
            count(*),
            coalesce(sum(cast('0x' || digest[1:15] as ubigint)), 0),
            coalesce(sum(cast('0x' || digest[16:30] as ubigint)), 0)
        ))
        from hashed
        """,
        [",".join(shape)],
    )
    return str(found[0][0])


def facts(database: Asked, catalog: str, tables: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What a manifest says of each table of a catalog: its rows and its content hash."""
    return {
        table: {
            "rows": rows(database, f"{catalog}.{table}"),
            "content_hash": table_hash(database, f"{catalog}.{table}"),
        }
        for table in tables
    }


def written_out(name: str, kind: str) -> str:
    """NULL is the record separator, so that it differs from the empty text."""
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION"))
    value = f'to_json("{name}")' if nested else f'"{name}"'
    return f"coalesce(cast({value} as varchar), chr(30))"
