"""The engine as a run has it: what it builds in a copy of a warehouse has the hash that DuckDB's own has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from warehouse import building, engines
from warehouse.models import load
from warehouse.opening import open_warehouse


def hashes(warehouse: Path, folder: Path, tables: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Table → its hash built by DuckDB, then by Spark; each stands on what was built before it."""
    copy = folder / "in_a_run.duckdb"
    shutil.copyfile(warehouse, copy)
    models = [model for model in load() if model.table in tables]
    with open_warehouse(copy, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as database:
        ours = {}
        for model in models:
            building.build(database, model)
            ours[model.table] = building.table_hash(database, model.table)
        with engines.chosen("spark", database, folder / "engine"):
            for model in models:
                engine = engines.of(database)
                engine.build(model)
                yield model.table, ours[model.table], engine.table_hash(model.table)
