"""The file: one writer, state made by migrations, hashes that tell equal tables."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.source import NOON, Clock, pages, record
from warehouse import building, ledger
from warehouse.database import Database, WarehouseBusy
from warehouse.landing import Extraction
from warehouse.models import Model
from warehouse.opening import open_warehouse


def test_a_raw_table_is_made_when_it_is_first_landed_or_read_and_stands_in_the_view_over_all(
    warehouse: Database,
) -> None:
    assert warehouse.query("select count(*) from raw.versions") == [(0,)]
    with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
        for page in pages([record("A")]):
            extraction.add(page)
    building.build(warehouse, Model("staging", "b", "from raw.axis__b", "", frozenset({"raw.axis__b"}), False))
    assert warehouse.query("select system, resource, record_key from raw.versions") == [("portal", "dossiers", "A")]
    assert building.rows(warehouse, "raw.axis__b") == 0


def test_a_name_that_is_none_of_a_raw_table_is_refused(warehouse: Database) -> None:
    with pytest.raises(ValueError, match="no name of a raw table"):
        Extraction(warehouse, "portal", "dossiers; drop schema core", run_id="r")


def test_a_second_opening_migrates_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "warehouse.duckdb"
    commits: list[str] = []
    with open_warehouse(path, clock=clock):
        pass
    with open_warehouse(path, clock=clock, on_commit=commits.append):
        pass
    assert commits == []


def test_who_comes_second_waits_and_is_told_why_in_vietnamese(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "warehouse.duckdb"
    with (
        FileLock(f"{path}.lock"),
        pytest.raises(WarehouseBusy, match="đang được một lần chạy khác sử dụng"),
        open_warehouse(path, clock=clock, lock_timeout=0.05),
    ):
        pass
    with open_warehouse(path, clock=clock, lock_timeout=0.05) as warehouse:
        assert building.rows(warehouse, "raw.versions") == 0


def test_an_extraction_whose_process_is_gone_is_closed_as_abandoned(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, clock=clock) as warehouse:
        Extraction(warehouse, "portal", "dossiers", run_id="r").__enter__()
    with open_warehouse(path, clock=clock) as warehouse:
        assert warehouse.query("select outcome, ended_at from ledger.extractions") == [("abandoned", NOON)]


def test_a_failed_transaction_leaves_nothing(warehouse: Database) -> None:
    def write_and_fail() -> None:
        with warehouse.transaction("test"):
            warehouse.query("insert into ledger.cursors values ('portal', 'dossiers', '1', now())")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        write_and_fail()
    assert ledger.cursor(warehouse, "portal", "dossiers") is None


def test_a_run_that_never_ended_is_closed_by_the_next(warehouse: Database) -> None:
    ledger.start_run(warehouse, "first", date(2025, 6, 30))
    ledger.start_run(warehouse, "second", date(2025, 6, 30))
    ledger.end_run(warehouse, "second", "succeeded", version="mtcl-2025-06-30-1")
    assert warehouse.query("select run_id, outcome, version from ledger.runs order by run_id") == [
        ("first", "abandoned", None),
        ("second", "succeeded", "mtcl-2025-06-30-1"),
    ]


@pytest.mark.parametrize(
    ("closing_date", "known_until"),
    [
        (date(2025, 7, 1), datetime(2025, 7, 1, 17, tzinfo=UTC)),  # the day of the first observation, to its local end
        (date(2025, 6, 30), datetime.max),  # before history begins there is nothing to cut at
    ],
)
def test_a_closing_date_says_how_far_history_reaches(
    warehouse: Database, closing_date: date, known_until: datetime
) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
        for page in pages([record("A")]):
            extraction.add(page)
    ledger.set_closing(warehouse, closing_date, "r")
    closing = warehouse.query("select closing_date, known_from, known_until, run_id, org_code from reference.closing")
    assert closing == [(closing_date, date(2025, 7, 1), known_until, "r", "H19")]


def test_equal_rows_have_equal_hashes_whatever_their_order_and_run(warehouse: Database) -> None:
    warehouse.query("create table core.a as select range as n, 'x' || range as t, 'first' as run_id from range(5000)")
    warehouse.query("create table core.b as select 'second' as run_id, t, n from core.a order by t desc")
    assert building.table_hash(warehouse, "core.a") == building.table_hash(warehouse, "core.b")
    assert building.table_hash(warehouse, "core.a", without=()) != building.table_hash(warehouse, "core.b", without=())


@pytest.mark.parametrize("threads", [1, 2])
def test_a_hash_depends_on_neither_threads_nor_machine(tmp_path: Path, clock: Clock, threads: int) -> None:
    # The hash is written out, so that another version of DuckDB has to come to the same.
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock, threads=threads) as warehouse:
        warehouse.query(
            "create table core.a as select range as n, range / 7 as d, [range, null] as l, {'x': range} as s,"
            " date '2025-01-01' + range::int as day, timestamptz '2025-01-01 00:00:00Z' as at from range(300000)"
        )
        assert building.table_hash(warehouse, "core.a") == "19a2de70f5cc0e46e3deca35752d8132"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select null as a, 'x' as b", "select '' as a, 'x' as b"),
        ("select 'xy' as a, 'z' as b", "select 'x' as a, 'yz' as b"),
        ("select 1 as a union all select 1", "select 1 as a"),
        ("select 1 as a", "select 1 as b"),
        ("select 1 as a where false", "select 1 as a"),
    ],
)
def test_different_rows_have_different_hashes(warehouse: Database, one: str, other: str) -> None:
    warehouse.query(f"create table core.one as {one}")
    warehouse.query(f"create table core.other as {other}")
    assert building.table_hash(warehouse, "core.one") != building.table_hash(warehouse, "core.other")


def test_instants_of_a_home_never_go_back(tmp_path: Path) -> None:
    """A clock set back 2.4 hours, in a run or between two, once told later things as earlier ones."""
    clock = Clock()
    said: list[str] = []
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as warehouse:
        ledger.start_run(warehouse, "first", date(2025, 7, 1))
        clock.now -= timedelta(hours=2.4)
        assert warehouse.clock() == NOON
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock, tell=said.append) as warehouse:
        # After what was published at that very instant.
        assert NOON < warehouse.clock() < NOON + timedelta(milliseconds=1)
        clock.now = NOON + timedelta(hours=1)
        assert warehouse.clock() == NOON + timedelta(hours=1)
    assert ["so với lần ghi trước" in text for text in said] == [True]
