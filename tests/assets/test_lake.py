"""A night tells the shared store what it has published; raw only where that is set; a store that is down is told."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.lake import append
from connectors.records import Page
from pipelines.definitions import build_definitions
from pipelines.settings import Settings, SettingsError
from tests.support import lake, postgres
from tests.support.lake import LakeShell, published
from tests.support.source import Clock, record
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse
from warehouse.reading import Published
from warehouse.shared_store import SharedStore, StoreFailed


NOTHING = {name: dg.ResourceDefinition(lambda context: None) for name in ("run_settings", "database", "connections")}
LAKE = dg.AssetKey(["published", "lake"])
has_lake = [
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server on this machine"),
    pytest.mark.skipif(lake.python() is None, reason="no environment of the lake: make lake"),
]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def warehouse(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with open_warehouse(tmp_path / "home" / "warehouse.duckdb", clock=clock) as opened:
        yield opened


@pytest.fixture
def version(tmp_path: Path) -> Published:
    file = published(tmp_path / "published", 1)
    return Published(file.stem, file, json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))


def test_the_store_is_a_step_of_the_night_only_where_there_is_one() -> None:
    for is_set in (False, True):
        definitions = build_definitions(NOTHING, has_lake=is_set)
        assert (LAKE in definitions.resolve_asset_graph().get_all_asset_keys()) is is_set


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"STORE": "lake"}, "file hoặc ducklake"),
        ({"STORE": "ducklake"}, "LAKE_CATALOG, LAKE_DATA, LAKE_PYTHON"),
        ({"LAKE_DATA": "/srv/lake"}, "không có tác dụng"),
        (
            {"STORE": "ducklake", "LAKE_CATALOG": "dbname=x", "LAKE_DATA": "/x", "LAKE_PYTHON": "/khong/co"},
            "LAKE_PYTHON không hợp lệ",
        ),
    ],
)
def test_a_store_that_is_set_by_half_or_without_effect_is_refused(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment(given)


def test_a_store_that_cannot_be_run_is_told_in_a_sentence(
    warehouse: Database, version: Published, tmp_path: Path
) -> None:
    with pytest.raises(StoreFailed, match="Không chạy được môi trường"):
        append(SharedStore(tmp_path / "nowhere"), "H19", version, warehouse)


def land(warehouse: Database, *keys: str) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="run") as extraction:
        extraction.add(Page([record(key) for key in keys], 1, 1, len(keys), 0))
        extraction.finish()


@pytest.fixture(scope="module")
def shell() -> Iterator[LakeShell]:
    with lake.running() as found:
        yield found


class TestOnALake:
    pytestmark = has_lake

    def test_what_is_published_and_what_is_new_in_raw_is_appended(
        self, shell: LakeShell, warehouse: Database, clock: Clock, version: Published, tmp_path: Path
    ) -> None:
        python = lake.python()
        assert python
        store = SharedStore(python, shell.environment, tells_raw=True)
        land(warehouse, "a", "b")
        assert append(store, "H19", version, warehouse)["is_new"] is True
        clock.now += timedelta(days=1)
        land(warehouse, "b", "c")
        file = published(tmp_path / "published", 2)
        second = Published(file.stem, file, {})
        append(store, "H19", second, warehouse)
        told = "select record_key, count(*) from appended.raw__versions group by 1 order by 1"
        assert shell.asks(told) == [["a", 1], ["b", 1], ["c", 1]]
        assert shell.asks("select record_key from raw.versions order by 1") == [["a"], ["b"], ["c"]]
        assert shell.asks("select distinct mark from marts.board") == [[2]]

    def test_raw_stays_at_home_unless_it_is_said(
        self, shell: LakeShell, warehouse: Database, version: Published
    ) -> None:
        python = lake.python()
        assert python
        land(warehouse, "a")
        append(SharedStore(python, shell.environment), "H20", version, warehouse)
        ((tables,),) = shell.asks("select tables from store.publications where organisation = 'H20'")
        assert "marts.board" in tables
        assert "raw.versions" not in tables
