"""What a disk without room says: before a run in a sentence with its figures, in a run without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.settings import NAMES
from warehouse import disk
from warehouse.disk import BESIDE_BYTES, BESIDE_FILES, FULL, MEGABYTE, NOT_OURS, NoRoom, Room


PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("needed", "free", "told"),
    [
        (Room(MEGABYTE, 10), Room(MEGABYTE, 10), None),
        (Room(3000 * MEGABYTE, 10), Room(MEGABYTE - 1, 10), "cần khoảng 3.000 MB, còn trống 1 MB"),
        (Room(MEGABYTE, 11), Room(MEGABYTE, 10), "cần khoảng 11 tệp (inode), ổ đĩa chỉ còn chỗ cho 10"),
    ],
)
def test_too_little_of_either_is_told_with_its_figures(needed: Room, free: Room, told: str | None) -> None:
    assert disk.lacking(needed, free) == told


def test_what_a_run_needs_follows_from_what_the_last_one_left(tmp_path: Path) -> None:
    assert disk.needed(tmp_path) == Room(BESIDE_BYTES, BESIDE_FILES)
    (tmp_path / "published" / "exports" / "latest").mkdir(parents=True)
    for name, length in (
        ("warehouse.duckdb", 100),
        ("published/mtcl.duckdb", 30),
        ("published/exports/latest/a.csv", 5),
    ):
        (tmp_path / name).write_bytes(b"x" * length)
    assert disk.needed(tmp_path) == Room(BESIDE_BYTES + 235, BESIDE_FILES + 1)


def test_a_folder_with_room_may_run(tmp_path: Path) -> None:
    disk.refuse_without_room(tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").touch()
    with pytest.raises(NoRoom, match="đường dẫn đi qua một tệp"):
        disk.refuse_without_room(tmp_path / "tep" / "home")


def test_a_run_without_room_ends_with_a_sentence_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").touch()
    # A file that takes nothing and is as large as no disk.
    os.truncate(tmp_path / "warehouse.duckdb", 1 << 43)
    settings = {"MTCL_HOME": str(tmp_path), "REGISTERS_DIR": str(tmp_path), "AXIS_URL": "http://127.0.0.1:9"}
    settings |= {"AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "x"}
    done = CliRunner(env=dict.fromkeys(NAMES) | settings).invoke(main, ["run"])
    assert (done.exit_code, "Không đủ chỗ để chạy" in done.output, "Traceback" in done.output) == (2, True, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["warehouse.duckdb"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[Errno 28] No space left on device", FULL),
        ("(sqlite3.OperationalError) database or disk is full", FULL),
        ('IO Error: Could not write file "x": No space left on device', FULL),
        ("attempt to write a readonly database", NOT_OURS),
        ("[Errno 30] Read-only file system: 'x'", NOT_OURS),
        ("division by zero", None),
    ],
)
def test_an_error_of_the_disk_is_known_by_what_it_says_also_inside_another(said: str, words: str | None) -> None:
    outer = RuntimeError("step failed")
    outer.__cause__ = OSError(said)
    assert disk.in_words(outer) == words


FULL_DISK = """
import signal, sys
from resource import RLIMIT_FSIZE, setrlimit
from pipelines.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
setrlimit(RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
main(["run"], prog_name="mtcl")
"""


@pytest.mark.parametrize("free", [0, 1 << 16])
def test_a_disk_that_is_full_in_a_run_is_told_in_words(tmp_path: Path, free: int) -> None:
    """No file may grow beyond so many bytes: what a full disk says, without one."""
    machine = {name: value for name, value in os.environ.items() if name not in NAMES}
    axis = {"AXIS_URL": "http://127.0.0.1:9", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "x"}
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(free)],
        cwd=PROJECT,
        env=machine | axis | {"MTCL_HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (1, 2), done.stderr
    assert "Ổ đĩa" in done.stderr or "Không ghi được" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
