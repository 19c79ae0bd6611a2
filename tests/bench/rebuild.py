"""Rebuild of every model from 1 M raw dossiers against the same SQL run bare in the same file."""

from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from tests.bench.world import landed
from warehouse import building, models
from warehouse.database import Database
from warehouse.opening import open_warehouse


CLOSING = date(2025, 12, 31)


def rebuild(warehouse: Database) -> float:
    started = perf_counter()
    for model in models.load():
        building.build(warehouse, model)
    return perf_counter() - started


def bare_sql(warehouse: Database) -> float:
    """The same statements in the same order, one connection, nothing around them."""
    statements = [f"create or replace table {model.table} as {model.sql}" for model in models.load()]
    started = perf_counter()
    for statement in statements:
        warehouse.connection.execute(statement)
    return perf_counter() - started


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    with open_warehouse(folder / "rebuild.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        landed(warehouse, 5_000 if quick else 1_000_000, CLOSING)
        rebuild(warehouse)
        return [{"bare_sql": bare_sql(warehouse), "rebuild": rebuild(warehouse)} for _ in range(turns)]
