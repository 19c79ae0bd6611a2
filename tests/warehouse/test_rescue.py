"""A damaged warehouse is replaced by its last copy, and what came since is asked for again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.support.source import Clock, pages, record
from warehouse.database import Warehouse
from warehouse.rescue import HEADERS, keep_copy, mark_of


def day(number: int) -> str:
    return f"2025-06-{number:02}T08:00:00.000+0700"


def landed(path: Path, numbers: range, copied: bool = False) -> str | None:
    """Lands dossiers as a run does; says what the opening said."""
    with Warehouse(path, clock=Clock()) as warehouse:
        with warehouse.extraction("portal", "dossiers", run_id="r") as extraction:
            for page in pages([record(f"H{number}", number, day(number)) for number in numbers], 5):
                extraction.add(page)
            extraction.finish(cursor=day(max(numbers)))
        # Enough beside them that damage in the middle meets data.
        warehouse.query("create or replace table core.filling as select md5(range::varchar) as word from range(200000)")
        warehouse.query("checkpoint")
        if copied:
            keep_copy(warehouse)
        return warehouse.rescued


def header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"x" * 4096)


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def nothing(path: Path) -> None:
    os.truncate(path, 0)


def kept(path: Path) -> tuple[set[str], str | None]:
    with Warehouse(path, clock=Clock()) as warehouse:
        return warehouse.keys("portal__dossiers"), warehouse.cursor("portal", "dossiers")


@pytest.mark.parametrize("damage", [header, half, nothing])
def test_a_file_that_cannot_be_opened_is_replaced_and_its_cursor_goes_back(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    landed(path, range(8, 12))
    damage(path)
    with Warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.rescued is not None
        assert "bản dự phòng" in warehouse.rescued
        assert warehouse.keys("portal__dossiers") == {f"H{number}" for number in range(1, 8)}
        assert warehouse.cursor("portal", "dossiers") == day(7)
    assert len(list(tmp_path.glob("warehouse.duckdb.damaged-*"))) == 1
    landed(path, range(7, 12))
    assert kept(path) == ({f"H{number}" for number in range(1, 12)}, day(11))


def test_damage_that_a_query_meets_costs_one_run(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(200_000))
    with Warehouse(path, clock=Clock()) as warehouse, pytest.raises(duckdb.Error, match="Corrupt"):
        warehouse.query("select count(distinct word) from core.filling")
    assert mark_of(path).exists()
    with Warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.rescued is not None
        assert warehouse.query("select count(distinct word) from core.filling") == [(200_000,)]
    with Warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.rescued is None


def test_without_a_copy_it_begins_anew_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8))
    header(path)
    with Warehouse(path, clock=Clock()) as warehouse:
        assert "chưa có bản dự phòng" in (warehouse.rescued or "")
        assert warehouse.keys("portal__dossiers") == set()


def test_a_file_that_another_process_holds_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    assert landed(path, range(1, 3)) is None
    holding = f"import duckdb; held = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", holding], stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(duckdb.IOException, match="lock"), Warehouse(path, clock=Clock()):
            pass
        holder.communicate("\n")
    assert not list(tmp_path.glob("*.damaged*"))
    assert len(kept(path)[0]) == 2


def test_a_file_whose_free_end_a_checkpoint_cut_off_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    assert landed(path, range(1, 8)) is None
    changes = ["drop table core.filling", *(f"create table core.t{number} (a int)" for number in range(20))]
    # Each in an opening of its own: the number of blocks is written before the end is cut off, and read when opening.
    while blocks(path) >= promised(path):
        with Warehouse(path, clock=Clock()) as warehouse:
            warehouse.query(changes.pop(0))
            warehouse.query("checkpoint")
    with Warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.rescued is None
        assert warehouse.keys("portal__dossiers") == {f"H{number}" for number in range(1, 8)}


def promised(path: Path) -> int:
    """Blocks that the header tells of."""
    with duckdb.connect(path, read_only=True) as reader:
        [(total,)] = reader.execute("select total_blocks from pragma_database_size()").fetchall()
        return int(total)


def blocks(path: Path) -> int:
    """Blocks that are there, of 256 KiB each."""
    return (path.stat().st_size - HEADERS) // 2**18
