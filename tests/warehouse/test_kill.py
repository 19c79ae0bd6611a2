"""kill -9 at every commit point, then the same work again: nothing is lost, nothing is doubled."""

import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import duckdb
import pytest

from tests.support import night
from tests.support.source import Clock
from warehouse import building, ledger
from warehouse.opening import open_warehouse
from warehouse.publishing import latest


# A server that has the imports done and forks: a tenth of a second for a process instead of a second.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.night"])
# `start` of one thread asks every child how it ended; a `join` of another that asks the same child then reads 255.
ONE_AT_A_TIME = Lock()

Contents = dict[str, object]


def contents(folder: Path) -> Contents:
    """All that a reader or a later run could tell a difference by; of the ledger, where the next run begins."""
    with open_warehouse(folder / "warehouse.duckdb", clock=Clock()) as warehouse:
        raw = {"raw.portal__dossiers", "raw.portal__agencies"}
        built = {path.removesuffix(".sql").replace("/", ".") for path in night.MODELS}
        hashes: Contents = {
            table: building.table_hash(warehouse, table) for table in raw | built | {"quarantine.records"}
        }
        hashes["cursor"] = ledger.cursor(warehouse, "portal", "dossiers")
        hashes["running"] = warehouse.query("select count(*) from ledger.runs where outcome <> 'succeeded'")
        hashes["identity"] = warehouse.query("select bool_and(records = landed + duplicates) from ledger.extractions")
    published = latest(folder / "published")
    assert published
    assert not list((folder / "published").glob("*unfinished*"))
    return hashes | {"published": published.manifest["tables"]}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Contents]:
    folder = tmp_path_factory.mktemp("undisturbed")
    points: list[str] = []
    night.work(folder, points.append)
    return points, contents(folder)


def test_every_kind_of_commit_is_among_the_points(undisturbed: tuple[list[str], Contents]) -> None:
    points, _ = undisturbed
    for expected in (
        "migration 0001_ledger",
        "raw tables made",
        "run started",
        "extraction opened",
        "batch",
        "extraction finished",
        "closing date set",
        "build marts.indicator_result",
        "checks of staging.portal__dossiers",
        "quarantine of staging.portal__dossiers",
        "run ended",
    ):
        assert f"before {expected}" in points
        assert f"after {expected}" in points
    for expected in (
        "after copy of marts.scoreboard",
        "before file",
        "before manifest",
        "before pointer",
        "after pointer",
    ):
        assert expected in points


def kill_at(folder: Path, number: int) -> int | None:
    process = PROCESSES.Process(target=night.work_and_die, args=(folder, number))
    with ONE_AT_A_TIME:
        process.start()
        process.join()
    return process.exitcode


def test_killed_at_any_commit_point_the_work_comes_to_the_same(
    tmp_path: Path, undisturbed: tuple[list[str], Contents]
) -> None:
    points, expected = undisturbed

    def killed_and_run_again(number: int) -> tuple[int | None, Contents]:
        folder = tmp_path / str(number)
        folder.mkdir()
        code = kill_at(folder, number)
        night.work(folder, lambda _: None)
        return code, contents(folder)

    with ThreadPoolExecutor(4) as pool:  # each spends most of its time waiting for the disk
        outcomes = list(pool.map(killed_and_run_again, range(1, len(points) + 1)))
    for point, outcome in zip(points, outcomes, strict=True):
        assert outcome == (-signal.SIGKILL, expected), point


def test_killed_while_publishing_readers_keep_what_they_had(tmp_path: Path) -> None:
    night.work(tmp_path, lambda _: None)
    points: list[str] = []
    night.work(tmp_path, points.append)
    before = latest(tmp_path / "published")
    assert before
    assert before.version == "mtcl-2025-07-01-2"
    assert kill_at(tmp_path, points.index("before pointer") + 1) == -signal.SIGKILL
    assert latest(tmp_path / "published") == before
    with duckdb.connect(str(tmp_path / "published" / "mtcl.duckdb"), read_only=True) as reader:
        assert reader.execute("select count(*) from marts.scoreboard").fetchall() == [(1,)]


@pytest.mark.parametrize("free", [1 << 12, 1 << 16, 1 << 18, 1 << 20])
def test_a_full_disk_fails_the_run_and_the_next_one_comes_to_the_same(
    tmp_path: Path, undisturbed: tuple[list[str], Contents], free: int
) -> None:
    _, expected = undisturbed
    process = PROCESSES.Process(target=night.work_on_a_full_disk, args=(tmp_path, free))
    process.start()
    process.join()
    assert process.exitcode == 1
    night.work(tmp_path, lambda _: None)
    assert contents(tmp_path) == expected | {"running": [(0,)]}
