"""Each generation of systems is read whole: what is landed is what the strict one gives."""

from datetime import date
from pathlib import Path

import pytest

from connectors.simulator.profiles import DEFAULT, PROFILES
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import Office


LAST_DAY = date(2025, 12, 31)
WORLD = World(dossiers=120, documents=30, procedures=10, today=LAST_DAY)


def read(folder: Path, profile: str) -> dict[str, int]:
    """Raw table → records."""
    with Simulator(WORLD, profile=PROFILES[profile]) as simulator:
        office = Office(folder, simulator.environment, LAST_DAY, attempts=400)
        result = office.read()
        assert result.success
    with office.open() as warehouse:
        tables = warehouse.query("select table_name from duckdb_tables() where schema_name = 'raw'")
        return {
            table: warehouse.query(f"select count(distinct record_key) from raw.{table}")[0][0] for (table,) in tables
        }


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    return read(tmp_path_factory.mktemp("strict"), DEFAULT)


@pytest.mark.parametrize("profile", sorted(set(PROFILES) - {DEFAULT}))
def test_a_generation_is_read_whole(tmp_path: Path, strict: dict[str, int], profile: str) -> None:
    assert strict["portal__dossiers"] == WORLD.dossiers
    assert read(tmp_path, profile) == strict
