"""A damaged warehouse is replaced by its last copy, and what came since is asked for again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.support.source import Clock, pages, record
from warehouse import ledger, raw_versions
from warehouse.damage import HEADERS, mark_of
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse
from warehouse.rescue import NothingToBringBack, copy_of, keep_copy


def day(number: int) -> str:
    return f"2025-06-{number:02}T08:00:00.000+0700"


def landed(path: Path, numbers: range, copied: bool = False) -> str | None:
    """Lands dossiers as a run does; says what the opening said."""
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
            for page in pages([record(f"H{number}", number, day(number)) for number in numbers], 5):
                extraction.add(page)
            extraction.finish(cursor=day(max(numbers)))
        # Enough beside them that damage in the middle meets data.
        warehouse.query("create or replace table core.filling as select md5(range::varchar) as word from range(200000)")
        warehouse.query("checkpoint")
        if copied:
            keep_copy(warehouse)
    return said[0] if said else None


def header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"x" * 4096)


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def nothing(path: Path) -> None:
    os.truncate(path, 0)


def kept(path: Path) -> tuple[set[str], str | None]:
    with open_warehouse(path, clock=Clock()) as warehouse:
        return raw_versions.keys(warehouse, "raw.portal__dossiers"), ledger.cursor(warehouse, "portal", "dossiers")


@pytest.mark.parametrize("damage", [header, half, nothing])
def test_a_file_that_cannot_be_opened_is_replaced_and_its_cursor_goes_back(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    landed(path, range(8, 12))
    damage(path)
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        (sentence,) = said
        assert "bản dự phòng" in sentence
        assert raw_versions.keys(warehouse, "raw.portal__dossiers") == {f"H{number}" for number in range(1, 8)}
        assert ledger.cursor(warehouse, "portal", "dossiers") == day(7)
    assert len(list(tmp_path.glob("warehouse.duckdb.damaged-*"))) == 1
    landed(path, range(7, 12))
    assert kept(path) == ({f"H{number}" for number in range(1, 12)}, day(11))


def test_damage_that_a_query_meets_costs_one_run(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(200_000))
    with open_warehouse(path, clock=Clock()) as warehouse, pytest.raises(duckdb.Error, match="Corrupt"):
        warehouse.query("select count(distinct word) from core.filling")
    assert mark_of(path).exists()
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        assert len(said) == 1
        assert warehouse.query("select count(distinct word) from core.filling") == [(200_000,)]
    with open_warehouse(path, clock=Clock(), tell=said.append):
        assert len(said) == 1


def killed_in_the_rescue(path: Path) -> None:
    """Marked, set aside, and no copy put in its place; the log of before is left."""
    mark_of(path).touch()
    path.replace(path.with_name("warehouse.duckdb.damaged-20250701-010000"))


@pytest.mark.parametrize("loss", [Path.unlink, killed_in_the_rescue])
def test_a_file_that_is_lost_is_brought_back_not_begun_anew(tmp_path: Path, loss: Callable[[Path], None]) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    loss(path)
    path.with_name("warehouse.duckdb.wal").write_bytes(b"of another file")
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        assert raw_versions.keys(warehouse, "raw.portal__dossiers") == {f"H{number}" for number in range(1, 8)}
    (sentence,) = said
    assert "bản dự phòng" in sentence
    assert kept(path)[1] == day(7)


def test_without_a_copy_it_begins_anew_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8))
    header(path)
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        (sentence,) = said
        assert "chưa có bản dự phòng" in sentence
        assert warehouse.query("select count(*) from raw.versions") == [(0,)]


def test_a_file_that_another_process_holds_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    assert landed(path, range(1, 3)) is None
    holding = f"import duckdb; held = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", holding], stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(duckdb.IOException, match="lock"), open_warehouse(path, clock=Clock()):
            pass
        holder.communicate("\n")
    assert not list(tmp_path.glob("*.damaged*"))
    assert len(kept(path)[0]) == 2


def test_a_file_whose_free_end_a_checkpoint_cut_off_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    assert landed(path, range(1, 8)) is None
    more = "create or replace table core.more as select md5(range::varchar) as word from range({})"
    changes = [change for size in range(1, 12) for change in (more.format(20_000 * size), "drop table core.more")]
    # Each in an opening of its own: the number of blocks is written before the end is cut off, and read when opening.
    while blocks(path) >= promised(path):
        with open_warehouse(path, clock=Clock()) as warehouse:
            warehouse.query(changes.pop(0))
            warehouse.query("checkpoint")
    said: list[str] = []
    with open_warehouse(path, clock=Clock(), tell=said.append) as warehouse:
        assert said == []
        assert raw_versions.keys(warehouse, "raw.portal__dossiers") == {f"H{number}" for number in range(1, 8)}


def promised(path: Path) -> int:
    """Blocks that the header tells of."""
    with duckdb.connect(path, read_only=True) as reader:
        [(total,)] = reader.execute("select total_blocks from pragma_database_size()").fetchall()
        return int(total)


def blocks(path: Path) -> int:
    """Blocks that are there, of 256 KiB each."""
    return (path.stat().st_size - HEADERS) // 2**18


def published(path: Path) -> None:
    folder = path.parent / "published"
    folder.mkdir(exist_ok=True)
    (folder / "mtcl-2025-06-30-1.duckdb").write_bytes(b"a version")


@pytest.mark.parametrize("loss", [Path.unlink, header, killed_in_the_rescue])
def test_without_a_copy_a_home_that_has_published_begins_nothing_by_itself(
    tmp_path: Path, loss: Callable[[Path], None]
) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8))
    published(path)
    loss(path)
    for _ in range(3):
        with (
            pytest.raises(NothingToBringBack, match=r"restore.*--begin-anew"),
            open_warehouse(path, clock=Clock()),
        ):
            pass
    left = sorted(file.name for file in tmp_path.glob("warehouse.duckdb*") if file.suffix != ".lock")
    assert len([name for name in left if name == "warehouse.duckdb" or "damaged-" in name]) == (loss != Path.unlink)
    with open_warehouse(path, clock=Clock(), begin_anew=True) as warehouse:
        assert warehouse.query("select count(*) from raw.versions") == [(0,)]
    with open_warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.query("select count(*) from raw.versions") == [(0,)]


@pytest.mark.parametrize("loss", [Path.unlink, header])
def test_a_damaged_copy_is_put_nowhere_and_no_try_leaves_one_more(tmp_path: Path, loss: Callable[[Path], None]) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    half(copy_of(path))
    loss(path)
    for _ in range(3):
        with pytest.raises(NothingToBringBack, match="cũng bị hỏng"), open_warehouse(path, clock=Clock()):
            pass
    assert path.exists() == (loss != Path.unlink)
    assert not list(tmp_path.glob("*.damaged-*"))
    assert [file.name for file in copy_of(path).parent.iterdir()] == ["warehouse.duckdb"]


def test_a_beginning_anew_on_purpose_keeps_the_copy_of_before(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    landed(path, range(1, 8), copied=True)
    with open_warehouse(path, clock=Clock(), begin_anew=True) as warehouse:
        assert warehouse.query("select count(*) from raw.versions") == [(0,)]
        keep_copy(warehouse)
    assert len(list(copy_of(path).parent.glob("warehouse.duckdb.before-*"))) == 1
    with open_warehouse(path, clock=Clock()) as warehouse:
        assert warehouse.query("select count(*) from raw.versions") == [(0,)]
