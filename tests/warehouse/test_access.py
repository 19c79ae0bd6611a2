"""What a run leaves on the disk is closed; what readers may read they cannot write."""

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.instance import prepare
from tests.support.source import Clock
from warehouse import access
from warehouse.exporting import export
from warehouse.opening import open_warehouse
from warehouse.publishing import publish


@pytest.fixture(autouse=True)
def generous_machine() -> Iterator[None]:
    """An administrator who set no umask at all."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_warehouse_is_private_and_the_published_folder_is_the_readers_alone(tmp_path: Path) -> None:
    home = tmp_path / "var"
    prepare(home / "dagster")
    with open_warehouse(home / "warehouse.duckdb", clock=Clock()) as warehouse:
        warehouse.query("create table marts.scoreboard as select 1 as position")
        made = publish(warehouse, home / "published", run_id="run", closing_date=date(2025, 7, 1))
    export(made, home / "published" / "exports", "Kết quả")
    assert mode(home) == 0o711
    assert (mode(home / "dagster"), mode(home / "warehouse.duckdb")) == (0o700, 0o600)
    below = [home / "published", *(home / "published").rglob("*")]
    assert {mode(path) for path in below if path.is_dir() and not path.is_symlink()} == {0o750}
    files = [path for path in below if path.is_file() and not path.is_symlink()]
    assert {path.suffix for path in files} >= {".duckdb", ".json", ".parquet"}
    assert {mode(path) for path in files} == {0o440}


def test_a_warehouse_left_open_to_everybody_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    with open_warehouse(file, clock=Clock()):
        pass
    file.chmod(0o666)
    with open_warehouse(file, clock=Clock()):
        assert mode(file) == 0o600


def test_what_an_administrator_chose_for_the_readers_stays_and_is_inherited(tmp_path: Path) -> None:
    published = tmp_path / "published"
    published.mkdir()
    published.chmod(0o2755)
    access.make_folder(published, access.READERS_FOLDER)
    access.make_folder(published / "exports", access.READERS_FOLDER)
    assert mode(published) == 0o2755
    # Not every file system hands the bit down; where it does, it is kept.
    (published / "by_hand").mkdir()
    assert mode(published / "exports") & 0o2000 == mode(published / "by_hand") & 0o2000
    assert mode(published / "exports") & 0o777 == 0o750
