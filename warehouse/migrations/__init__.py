"""Runs the SQL files beside it, each once, in order of their names. Tables that keep state are made nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from warehouse.database import Warehouse

FOLDER = Path(__file__).parent


def migrate(warehouse: Warehouse) -> None:
    done = applied(warehouse)
    waiting = [path for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
    for path in waiting:
        with warehouse.transaction(f"migration {path.stem}"):
            if not done:
                warehouse.connection.execute("create schema if not exists ledger")
                warehouse.connection.execute(
                    "create table if not exists ledger.migrations (name varchar, applied_at timestamptz)"
                )
            warehouse.connection.execute(path.read_text(encoding="utf-8"))
            warehouse.connection.execute(
                "insert into ledger.migrations values ($1, $2)", [path.stem, warehouse.clock()]
            )
    if waiting:
        # Changed tables in the log of an older file have made DuckDB files unreadable; leave none there.
        warehouse.connection.execute("checkpoint")


def applied(warehouse: Warehouse) -> set[str]:
    exists = warehouse.query("select 1 from duckdb_tables() where schema_name = 'ledger' and table_name = 'migrations'")
    if not exists:
        return set()
    return {name for (name,) in warehouse.query("select name from ledger.migrations")}
