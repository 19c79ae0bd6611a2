"""A night in small (tests/support/night.py) over a home that has had one: a second each, so that errors sweep."""

import multiprocessing
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import duckdb

from tests.chaos import power
from tests.chaos.figures import Trial
from tests.chaos.shim import BUDGET, ERRORS, FAIL_ON, FAIL_ONCE, KILL, Armed, passed
from tests.support import night
from tests.support.source import Clock
from warehouse import building, published_folder, rescue
from warehouse.opening import open_warehouse
from warehouse.reading import latest


PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.night"])
Contents = dict[str, object]
Until = Callable[[], bool]


def whole_night(folder: Path) -> None:
    """With the copy of the warehouse and the page that follow a publication."""
    night.work(folder, lambda _: None)
    with open_warehouse(folder / "warehouse.duckdb", clock=Clock()) as warehouse:
        rescue.keep_copy(warehouse)
    if published := latest(folder / "published"):
        published_folder.set_page(published, "<p>")


def disturbed(folder: Path, armed: Armed, told: Path) -> None:
    """In a child: its count of operations and whatever it says go to `told`."""
    os.dup2(os.open(told.with_suffix(".err"), os.O_WRONLY | os.O_CREAT), 2)
    armed.stand_before(folder)
    try:
        whole_night(folder)
    finally:
        told.write_text(str(passed()), encoding="utf-8")


def run(folder: Path, armed: Armed, told: Path) -> int:
    process = PROCESSES.Process(target=disturbed, args=(folder, armed, told))
    process.start()
    process.join()
    return process.exitcode or 0


def contents(folder: Path) -> Contents:
    """Hashes of what is in the warehouse and of what is published; keys that stand twice."""
    with open_warehouse(folder / "warehouse.duckdb", clock=Clock()) as warehouse:
        raw = ("raw.portal__dossiers", "raw.portal__agencies")
        built = sorted(path.removesuffix(".sql").replace("/", ".") for path in night.MODELS)
        found: Contents = {table: building.table_hash(warehouse, table) for table in [*raw, *built]}
        found["doubled"] = [
            table
            for table in raw
            if warehouse.query(f"select count(*) - count(distinct (record_key, version)) from {table}") != [(0,)]
        ]
    published = latest(folder / "published")
    return found | {"published": published.manifest["tables"] if published else None}


def board(folder: Path) -> tuple[str, list[object]] | None:
    """What a reader sees through the pointer; None where there is nothing to see. Raises duckdb.Error."""
    pointer = folder / "published" / "mtcl.duckdb"
    if not pointer.exists():
        return None
    with duckdb.connect(str(pointer.resolve()), read_only=True) as reader:
        return pointer.resolve().stem, reader.execute("from marts.scoreboard order by all").fetchall()


@dataclass(frozen=True)
class Ground:
    """A home after one night, what it holds, how many operations the next night takes and how large it makes things."""

    home: Path
    contents: Contents
    board: tuple[str, list[object]]
    operations: int


def prepared(folder: Path) -> Ground:
    home, again = folder / "first", folder / "again"
    home.mkdir()
    whole_night(home)
    shutil.copytree(home, again, symlinks=True)
    assert run(again, Armed(), folder / "told") == 0, (folder / "told.err").read_text(encoding="utf-8")
    seen = board(home)
    assert seen
    assert contents(again) == contents(home)
    return Ground(home, contents(home), seen, int((folder / "told").read_text(encoding="utf-8")))


def judged(ground: Ground, folder: Path, what: str, armed: Armed, dice: random.Random) -> Trial:
    """One disturbed night on a copy, then a quiet one."""
    trial = Trial(what)
    home, kept = folder / "home", folder / "kept"
    shutil.rmtree(folder, ignore_errors=True)
    kept.mkdir(parents=True)
    shutil.copytree(ground.home, home, symlinks=True)
    code = run(home, armed, folder / "told")
    done = board(home) if code == 0 else None
    if armed.kept:
        power.cut(kept, dice)
    try:
        seen = board(home)
        if seen is None or (done and seen[0] != done[0]):
            trial.lost.append(f"the publication {(done or ground.board)[0]}")
        elif seen[1] != ground.board[1]:
            trial.wrong.append(f"{seen[0]} reads {seen[1]}")
    except duckdb.Error as error:
        trial.wrong.append(f"the published file cannot be read: {error}")
    try:
        whole_night(home)
        compare(trial, contents(home), ground.contents)
    except Exception as error:  # whatever it is, the next night did not come to its end
        trial.untold.append(f"the next night: {type(error).__name__}: {error}")
    return trial


def compare(trial: Trial, found: Contents, expected: Contents) -> None:
    for name, value in expected.items():
        if found.get(name) != value:
            kind = trial.doubled if name == "doubled" else trial.lost if name.startswith("raw.") else trial.wrong
            kind.append(name)


def writes(ground: Ground, folder: Path, dice: random.Random, until: Until) -> Iterator[Trial]:
    """Every operation in turn that changes a file, from a place that the dice say: refused once, or from then on."""
    start, step = dice.randrange(ground.operations), 7
    for turn in count():
        if until():
            return
        number = 1 + (start + turn * step) % ground.operations
        what, error = (FAIL_ONCE, FAIL_ON)[turn % 2], ERRORS[turn // 2 % 2]
        name = f"{os.strerror(error)}, operation {number}{' and all after' if what == FAIL_ON else ''}"
        yield judged(ground, folder, name, Armed(what, number, error), dice)


def full(ground: Ground, folder: Path, dice: random.Random, until: Until) -> Iterator[Trial]:
    """A disk with so much room left, twenty sizes from nothing to what a night needs."""
    needed = sum(file.stat().st_size for file in ground.home.rglob("*") if file.is_file())
    for size in (needed * step // 19 for step in range(20)):
        if until():
            return
        yield judged(ground, folder, f"{size} bytes left", Armed(BUDGET, size), dice)


def cuts(ground: Ground, folder: Path, dice: random.Random, until: Until) -> Iterator[Trial]:
    """The current gone at a random operation, now and then after the last."""
    while not until():
        number = dice.randint(1, ground.operations + ground.operations // 10)
        armed = Armed(KILL, number, kept=str(folder / "kept"))
        yield judged(ground, folder, f"cut at operation {number} of {ground.operations}", armed, dice)
