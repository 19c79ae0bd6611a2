"""A home on another disk and back again: whole, small from night to night, and interrupted anywhere without harm."""

import hashlib
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.source import Clock, pages, record
from warehouse import raw_versions
from warehouse.backup.generations import Backup, NoGeneration, instant_of, kept_of
from warehouse.backup.restoring import HomeNotEmpty, restore
from warehouse.backup.store import DamagedBackup
from warehouse.backup.taking import NothingToBackUp, Taken, WrongPlace, back_up
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse


NIGHT = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    landed(home, range(1, 8))
    published = home / "published"
    published.mkdir()
    (published / "mtcl-2025-06-30-1.duckdb").write_bytes(b"a version")
    (published / "mtcl-2025-06-30-1.duckdb").chmod(0o440)
    (published / "mtcl.duckdb").symlink_to("mtcl-2025-06-30-1.duckdb")
    (home / "closings").mkdir()
    (home / "closings" / "2025.html").write_text("biên bản", encoding="utf-8")
    (home / "empty.json").touch()
    for secret in (".env", "signing.key", "dagster/history.db", "backup/warehouse.duckdb"):
        (home / secret).parent.mkdir(exist_ok=True)
        (home / secret).write_text("secret", encoding="utf-8")
    return home


def landed(home: Path, numbers: range) -> None:
    with open_warehouse(home / "warehouse.duckdb", clock=Clock()) as warehouse:
        with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
            for page in pages([record(f"H{number}", hashlib.sha512(b"%d" % number).hexdigest()) for number in numbers]):
                extraction.add(page)
        warehouse.query("checkpoint")


def known(home: Path) -> int:
    with open_warehouse(home / "warehouse.duckdb", clock=Clock()) as warehouse:
        return len(raw_versions.keys(warehouse, "raw.portal__dossiers"))


def made(home: Path, to: Path, at: datetime = NIGHT, step: Callable[[str], None] = lambda done: None) -> Taken:
    registers = home.parent / "registers"
    return back_up(Database(home / "warehouse.duckdb", clock=Clock()), to, at, pytest.fail, registers, step)


def put_back(to: Path, home: Path, replace: bool = False, step: Callable[[str], None] = lambda done: None) -> None:
    backup = Backup(to)
    restore(backup, backup.at(None), home, NIGHT, replace, step)


def held(home: Path) -> dict[str, str]:
    """What of a home must come back, with what is in it."""
    return {
        path.relative_to(home).as_posix(): str(path.readlink()) if path.is_symlink() else content(path)
        for path in sorted(home.rglob("*"))
        if path.is_file()
        and path.suffix not in (".lock", ".wal")
        and path.relative_to(home).parts[0] not in (".env", "signing.key", "dagster", "backup")
        and not path.relative_to(home).parts[0].startswith("replaced-")
    }


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_home_comes_back_as_it_was_without_secrets(home: Path, tmp_path: Path) -> None:
    registers = tmp_path / "registers"
    registers.mkdir()
    (registers / "so van ban.xlsx").write_bytes(b"rows")
    there, back = tmp_path / "disk", tmp_path / "back"
    taken = made(home, there)
    assert taken.files == len(held(home)) + 1
    put_back(there, back)
    found = held(back)
    assert found.pop("registers_at_backup/so van ban.xlsx") == content(registers / "so van ban.xlsx")
    assert found == held(home)
    assert stat.S_IMODE((back / "published" / "mtcl-2025-06-30-1.duckdb").stat().st_mode) == 0o440
    assert known(back) == 7
    stored = b"".join(path.read_bytes() for path in there.rglob("*") if path.is_file())
    assert b"secret" not in stored


def test_a_night_later_only_what_changed_is_written(home: Path, tmp_path: Path) -> None:
    # Texts that do not compress, as many as fill some blocks.
    landed(home, range(10_000))
    first = made(home, tmp_path / "disk")
    assert first.written == first.bytes
    (home / "closings" / "2026.html").write_text("một biên bản nữa", encoding="utf-8")
    second = made(home, tmp_path / "disk", NIGHT + timedelta(days=1))
    assert second.bytes > first.bytes
    assert second.written < first.bytes / 4
    backup = Backup(tmp_path / "disk")
    assert backup.at(NIGHT + timedelta(hours=23)) == first.name
    assert backup.at(None) == second.name
    with pytest.raises(NoGeneration, match="cũ nhất là bản lúc 20:00 05/01/2026"):
        backup.at(NIGHT - timedelta(days=1))


def test_of_800_nights_14_days_8_weeks_and_24_months_are_kept_and_the_oldest_of_them_can_be_read() -> None:
    names: set[str] = set()
    for night in range(800):
        names = kept_of(names | {f"{NIGHT + timedelta(days=night):%Y%m%dT%H%M%S%fZ}"})
    instants = sorted(map(instant_of, names), reverse=True)
    last = NIGHT + timedelta(days=799)
    assert instants[:14] == [last - timedelta(days=day) for day in range(14)]
    weeks = sorted({f"{one:%G-%V}" for one in instants}, reverse=True)
    assert weeks[:8] == [f"{last - timedelta(weeks=week):%G-%V}" for week in range(8)]
    assert len({f"{one:%Y-%m}" for one in instants}) == 24
    assert len(instants) <= 14 + 8 + 24


def test_what_no_kept_generation_needs_is_removed(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    made(home, there)
    (home / "closings" / "2025.html").write_text("khác", encoding="utf-8")
    taken = made(home, there, NIGHT + timedelta(hours=1))
    assert (taken.removed, Backup(there).names()) == (1, [taken.name])
    needed = {digest for entry in Backup(there).read(taken.name).files for digest in entry.chunks}
    assert {path.name for path in (there / "chunks").glob("??/*")} == needed


def test_a_damaged_backup_is_named_puts_nothing_back_and_is_mended_by_the_next(home: Path, tmp_path: Path) -> None:
    there, back = tmp_path / "disk", tmp_path / "back"
    made(home, there)
    for chunk in (there / "chunks").glob("??/*"):
        chunk.write_bytes(b"x" * chunk.stat().st_size)
    with pytest.raises(DamagedBackup, match="chunks"):
        put_back(there, back)
    assert [path.name for path in back.iterdir()] == ["restoring.unfinished"]
    made(home, there, NIGHT + timedelta(days=1))
    put_back(there, back)
    assert held(back) == held(home)


@pytest.mark.parametrize("left", ["", "{}", "[]", '{"format": 1, "sha256": "0"}'])
def test_a_manifest_that_is_not_whole_is_refused_and_nothing_is_pruned_by_it(
    home: Path, tmp_path: Path, left: str
) -> None:
    there = tmp_path / "disk"
    name = made(home, there).name
    (there / "generations" / f"{name}.json").write_text(left, encoding="utf-8")
    with pytest.raises(DamagedBackup, match=name):
        put_back(there, tmp_path / "back")
    told: list[str] = []
    assert Backup(there).prune(told.append) == 0
    assert name in told[0]
    assert list((there / "chunks").glob("??/*"))


def test_a_path_out_of_the_home_is_refused(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    backup = Backup(there)
    generation = backup.read(made(home, there).name)
    outside = type(generation)(
        NIGHT + timedelta(days=1), tuple(type(entry)("../outside", chunks=entry.chunks) for entry in generation.files)
    )
    backup.write(outside)
    with pytest.raises(DamagedBackup, match="ra ngoài"):
        put_back(there, tmp_path / "back")
    assert not (tmp_path / "outside").exists()


def killed_at(number: int) -> Callable[[str], None]:
    steps = iter(range(number))

    def step(done: str) -> None:
        if next(steps, None) is None:
            raise Killed(done)

    return step


def test_a_backup_killed_anywhere_leaves_what_was_there(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    made(home, there)
    before = held(home)
    (home / "closings" / "2025.html").write_text("khác", encoding="utf-8")
    number = 0
    while True:
        try:
            made(home, there, NIGHT + timedelta(days=number + 1), killed_at(number))
            break
        except Killed as end:
            if str(end) != "named":
                put_back(there, back := tmp_path / f"back{number}")
                assert held(back) == before
        number += 1
    assert number > 5
    put_back(there, tmp_path / "back")
    assert held(tmp_path / "back") == held(home)


def test_a_restore_killed_anywhere_is_of_one_home_or_the_other(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    made(home, there)
    wanted, number, states = held(home), 0, set()
    landed(home, range(1, 20))
    while True:
        try:
            put_back(there, home, replace=True, step=killed_at(number))
            break
        except Killed as end:
            # Whoever opens the home next finds one of the two, never halves.
            is_decided = not str(end).startswith("written")
            assert known(home) == (7 if is_decided else 19)
            states.add(is_decided)
            if is_decided:
                landed(home, range(1, 20))
        number += 1
    assert states == {True, False}
    assert held(home) == wanted
    assert (home / ".env").read_text(encoding="utf-8") == "secret"
    assert (home / "dagster" / "history.db").exists()
    assert not (home / "backup").exists()


def test_a_home_with_something_in_it_is_left_unless_asked_and_then_kept_aside(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    made(home, there)
    wanted = held(home)
    (home / "later.json").write_text("later", encoding="utf-8")
    with pytest.raises(HomeNotEmpty, match="--replace"):
        put_back(there, home)
    put_back(there, home, replace=True)
    assert held(home) == wanted
    (aside,) = home.glob("replaced-*")
    assert (aside / "later.json").read_text(encoding="utf-8") == "later"


def test_a_home_without_a_warehouse_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUp, match=r"warehouse\.duckdb"):
        made(tmp_path / "home", tmp_path / "disk")
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()


def test_a_backup_inside_the_home_is_refused(home: Path) -> None:
    with pytest.raises(WrongPlace, match="phải ở nơi khác"):
        made(home, home / "published" / "sao-luu")
    assert not (home / "published" / "sao-luu").exists()
