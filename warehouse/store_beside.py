"""What a run tells the shared store beside the published file: measures, and raw records where the office says so."""

from __future__ import annotations

from pathlib import Path

from warehouse import building
from warehouse.database import Database
from warehouse.raw_tables import EXISTING, VERSIONS


# What the figures of all organisations together are made of; it is not published (warehouse/lake/national.py).
BESIDE = (
    "indicators.measures",
    "indicators.repeats",
    "indicators.mt3_periods",
    "indicators.valued_figures",
    "indicators.figures",
)
NEWEST = "select max(greatest(first_seen_at, coalesce(withdrawn_at, first_seen_at)))::varchar from raw.{table}"
NEW_RAW = (
    "select '{table}' as source_table, * exclude (last_seen_at) from raw.{table}"
    " where greatest(first_seen_at, coalesce(withdrawn_at, first_seen_at)) > '{since}'::timestamptz"
)
ALWAYS = "0001-01-01 00:00:00+00"


def write(database: Database, folder: Path) -> None:
    """`<schema>.<table>.parquet` of each."""
    for table in BESIDE:
        if building.columns(database, table):
            database.query(f"copy {table} to '{folder / table}.parquet' (compression zstd)")


def write_raw(database: Database, folder: Path, since: str | None) -> str | None:
    """The versions that were first seen or withdrawn later; until when raw is told by them, None without any table."""
    tables = [table for (table,) in database.query(EXISTING)]
    if not tables:
        return None
    rows = " union all by name ".join(NEW_RAW.format(table=table, since=since or ALWAYS) for table in tables)
    database.query(f"copy ({rows}) to '{folder / VERSIONS}.parquet' (compression zstd)")
    newest = [told for table in tables for (told,) in database.query(NEWEST.format(table=table)) if told]
    return max(newest, default=None)
