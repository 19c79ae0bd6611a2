"""How many threads DuckDB takes changes no row of any table."""

import shutil
from pathlib import Path

import pytest

from tests.support.office import LAST_DAY, Office
from warehouse import building, models
from warehouse.opening import open_warehouse


def hashes(path: Path, threads: int) -> dict[str, str]:
    with open_warehouse(path, clock=Office(path.parent, {}, LAST_DAY).run_settings.clock, threads=threads) as warehouse:
        known = models.load()
        for model in known:
            building.build(warehouse, model)
        return {model.table: building.table_hash(warehouse, model.table) for model in known}


@pytest.mark.timeout(600)
def test_one_thread_and_four_build_the_same(first_night: Path, tmp_path: Path) -> None:
    shutil.copy(first_night / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    one, four = (hashes(tmp_path / "warehouse.duckdb", threads) for threads in (1, 4))
    assert {table for table in one if one[table] != four[table]} == set()
