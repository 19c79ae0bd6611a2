"""Publication of the tables of 1 M dossiers, hashes and manifest included, against `cp` of the finished file."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.bench.rebuild import CLOSING, rebuild
from tests.bench.world import landed
from warehouse.database import Database
from warehouse.opening import open_warehouse
from warehouse.publishing import publish


def publication(warehouse: Database, folder: Path) -> tuple[float, Path]:
    started = perf_counter()
    version = publish(warehouse, folder, run_id="bench", closing_date=CLOSING, keep=1)
    return perf_counter() - started, version.path


def copy(path: Path) -> float:
    started = perf_counter()
    shutil.copyfile(path, path.with_suffix(".copy"))
    return perf_counter() - started


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    measured = []
    with open_warehouse(folder / "warehouse.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        landed(warehouse, 5_000 if quick else 1_000_000, CLOSING)
        rebuild(warehouse)
        for _ in range(turns):
            seconds, path = publication(warehouse, folder / "published")
            measured.append({"publication": seconds, "copy": copy(path), "MiB": path.stat().st_size / (1 << 20)})
    return measured
