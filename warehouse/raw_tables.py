"""The raw tables: all of one shape, each made when it is first landed or first read, and `raw.versions` over all."""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb

from warehouse.database import Database


# One row per distinct version of a source record. No index: an update of last_seen_at then stays in its own column.
SHAPE = """
    record_key varchar,
    version integer,
    payload varchar,
    content_hash varchar,
    source_updated_at varchar,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    withdrawn_at timestamptz,
    run_id varchar
"""
# In the place of a payload that does not match its hash (raw_integrity.py): the rules on readable records know it.
PLACEHOLDER = '{"unreadable":"payload"}'
# In the place of a payload whose time was over (forgetting.py); only where the ledger says so.
CUT = '{"cut":"retention"}'
VERSIONS = "raw.versions"
NAME = re.compile(r"raw\.[a-z0-9]+__[a-z0-9_]+")

EXISTING = """
select table_name from duckdb_tables()
where database_name = 'warehouse' and schema_name = 'raw' order by table_name
"""
ONE_OF_ALL = "select '{system}' as system, '{resource}' as resource, * exclude (payload) from raw.{system}__{resource}"


def name_of(system: str, resource: str) -> str:
    """Raises ValueError where that is no name of a raw table: it becomes part of SQL."""
    table = f"raw.{system}__{resource}"
    if not NAME.fullmatch(table):
        raise ValueError(f"{table!r} is no name of a raw table")
    return table


def ensure(database: Database, tables: Iterable[str], beside: Iterable[str] = ()) -> None:
    """Makes those of the tables (`raw.portal__dossiers`) that are not there, and the view over all anew.

    `beside`: where one is missing, those as well: in a new home forty tables are made at once instead of one by one.
    """
    missing = absent(database, tables)
    if not missing:
        return
    missing += absent(database, set(beside).difference(missing))
    with database.transaction("raw tables made"):
        for table in missing:
            system, _, resource = table.removeprefix("raw.").partition("__")
            database.query(f"create table {name_of(system, resource)} ({SHAPE})")
        draw_together(database)
    # Changed tables in the log of an older file have made DuckDB files unreadable; leave none there.
    database.query("checkpoint")


def absent(database: Database, tables: Iterable[str]) -> list[str]:
    wanted = sorted({table for table in tables if table.startswith("raw.")} - {VERSIONS})
    return [table for table in wanted if not is_there(database, table)]


def is_there(database: Database, table: str) -> bool:
    """A tenth of what a look into duckdb_tables() costs, and asked for every collection and every model of a night."""
    try:
        database.query(f"from {table} limit 0")
    except duckdb.CatalogException:
        return False
    return True


def draw_together(database: Database) -> None:
    """`raw.versions`: system, resource and everything but the payload of every version of every collection."""
    parts = [
        ONE_OF_ALL.format(system=system, resource=resource)
        for (name,) in database.query(EXISTING)
        for system, separator, resource in [name.partition("__")]
        if separator
    ]
    database.query(f"create or replace view {VERSIONS} as\n" + "\nunion all by name\n".join(parts))
