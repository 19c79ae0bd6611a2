"""The warehouse's file is written anew where most of it is free, with all that stood in it, or stays as it was."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from tests.support.source import Clock, pages, record
from warehouse import compaction, ledger
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse
from warehouse.whole_files import draft_of


PROCESSES = multiprocessing.get_context("forkserver")
SHARE, LEAST = 0.3, 1 << 20
KNOWN = "select count(*), max(extraction_id) from ledger.extractions"


def land(warehouse: Database, numbers: range) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
        for page in pages([record(f"H{number}", number, "2025-06-01T08:00:00.000+0700") for number in numbers], 5):
            extraction.add(page)
        extraction.finish(cursor="2025-06-01T08:00:00.000+0700")


def with_much_free(warehouse: Database) -> None:
    """Dossiers, a view over them, and ten times as much that is gone."""
    warehouse.query("create or replace table core.gone as select md5(range::varchar) as word from range(200000)")
    warehouse.query("checkpoint")
    land(warehouse, range(1, 21))
    warehouse.query("create or replace view core.seen as select fold(record_key) as code from raw.portal__dossiers")
    warehouse.query("drop table core.gone")


def test_what_is_free_is_given_back_and_everything_stays(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, clock=Clock()) as warehouse:
        with_much_free(warehouse)
        before, inode = compaction.contents(warehouse, "warehouse"), path.stat().st_ino
        given_back = compaction.compact(warehouse, SHARE, LEAST)
        assert given_back > 1 << 20
        assert path.stat().st_ino != inode
        assert path.stat().st_mode & 0o777 == 0o600
        assert compaction.contents(warehouse, "warehouse") == before
        assert warehouse.query("select min(code) from core.seen") == [("h1",)]
        land(warehouse, range(21, 31))
    with open_warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.query("select count(*) from raw.portal__dossiers") == [(30,)]
        assert warehouse.query(KNOWN) == [(2, 2)]
        assert ledger.cursor(warehouse, "portal", "dossiers")
    assert not draft_of(path).exists()


@pytest.mark.parametrize(("share", "least"), [(0.95, LEAST), (SHARE, 1 << 30)])
def test_a_file_of_which_little_is_free_stays(tmp_path: Path, share: float, least: int) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, clock=Clock()) as warehouse:
        with_much_free(warehouse)
        draft_of(path).write_bytes(b"of a killed run")
        inode = path.stat().st_ino
        assert compaction.compact(warehouse, share, least) == 0
        assert path.stat().st_ino == inode
    assert not draft_of(path).exists()


def die(path: Path, at: str) -> None:
    def kill(point: str) -> None:
        if point == at:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_warehouse(path, clock=Clock(), on_commit=kill) as warehouse:
        compaction.compact(warehouse, SHARE, LEAST)


@pytest.mark.parametrize("at", ["before compacted file", "after compacted file"])
def test_whoever_kills_it_leaves_the_old_file_or_the_new_one(tmp_path: Path, at: str) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, clock=Clock()) as warehouse:
        with_much_free(warehouse)
        before = compaction.contents(warehouse, "warehouse")
    killed = PROCESSES.Process(target=die, args=(path, at))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    with open_warehouse(path, clock=Clock()) as warehouse:
        assert compaction.contents(warehouse, "warehouse") == before
