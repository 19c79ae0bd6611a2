"""Whole homes: one undisturbed `mtcl run` over a small province, and what every disturbed home is held against."""

import json
import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.chaos.figures import Trial
from tests.chaos.shim import COUNT, Armed
from tests.support import prepared
from tests.support.command_line import DAY, FIRST, PROJECT, CommandLine, Done
from warehouse.reading import latest


WORLD = World(dossiers=120, documents=30, procedures=20, today=DAY, defect_share=0.03)
Until = Callable[[], bool]
Dice = random.Random
# Newest content of each key that the source still has.
KEPT = """
select record_key, max_by(content_hash, version) from kho.raw.{table}
group by record_key having max_by(withdrawn_at is null, version)
"""
# Each look at the queue is a record of its own, and Dagster looks between the nights too.
LOOKS = "axis__queue_looks"
TWICE = "select count(*) - count(distinct (record_key, version)) from kho.raw.{table}"
DISTURBED = """
import sys
from pathlib import Path
from tests.chaos.shim import Armed, passed
what, number, given, kept, home, told = sys.argv[1:7]
Armed(int(what), int(number), int(given), kept).stand_before(Path(home))
sys.argv[1:] = sys.argv[7:]
from pipelines.cli import main
try:
    main(prog_name="mtcl")
finally:
    Path(told).write_text(str(passed()), encoding="utf-8")
"""


@dataclass(frozen=True)
class Facts:
    """Published table → hash; raw table → key → content; raw tables with a version that stands twice."""

    published: Mapping[str, object]
    raw: Mapping[str, Mapping[str, str]]
    doubled: list[str]


def published(home: Path) -> Mapping[str, object]:
    found = latest(home / "published")
    return found.manifest["tables"] if found else {}


def facts(home: Path) -> Facts:
    """Read beside the product: no lock, no migration, nothing changed."""
    with duckdb.connect() as reader:
        reader.execute(f"attach '{home / 'warehouse.duckdb'}' as kho (read_only)")
        tables = [
            name
            for (name,) in reader.execute(
                "select table_name from duckdb_tables() where database_name = 'kho' and schema_name = 'raw'"
            ).fetchall()
        ]
        raw = {table: dict(reader.execute(KEPT.format(table=table)).fetchall()) for table in tables}
        doubled = [table for table in tables if reader.execute(TWICE.format(table=table)).fetchall() != [(0,)]]
    return Facts(published(home), raw, doubled)


@dataclass(frozen=True)
class Province:
    """`operations`: changes of files that a run makes."""

    folder: Path
    sources: Mapping[str, str]
    home: Path
    facts: Facts
    board: str
    operations: int
    seconds: float

    def copy(self) -> Path:
        place = self.folder / "disturbed"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.home, place / "home", symlinks=True)
        return place / "home"

    def shell(self, home: Path) -> CommandLine:
        return CommandLine(home, self.sources)


def begun(folder: Path, simulator: Simulator, clock: Callable[[], float]) -> Province:
    sources = {**simulator.environment, "MTCL_TODAY": str(DAY)}
    home = folder / "undisturbed"
    province = Province(folder, sources, home, Facts({}, {}, []), "", 0, 0)
    started = clock()
    done, operations = disturbed(province, home, Armed(COUNT))
    assert done.returncode == 0, done.stderr[-3000:]
    seconds = clock() - started
    board = province.shell(home).asks("scoreboard", "--json").stdout
    return Province(folder, sources, home, facts(home), board, operations, seconds)


def disturbed(province: Province, home: Path, armed: Armed, **settings: str) -> tuple[Done, int]:
    """`mtcl run` behind the armed shim; with it how many operations passed, 0 where it was killed."""
    told = province.folder / "passed"
    told.unlink(missing_ok=True)
    given = [str(value) for value in (armed.what, armed.number, armed.given, armed.kept, home, told)]
    environment = province.shell(home).environment | settings
    done = prepared.python(DISTURBED, PROJECT, environment, [*given, *FIRST])
    return done, int(told.read_text(encoding="utf-8")) if told.exists() else 0


def readable(province: Province, home: Path, trial: Trial) -> None:
    """The pointer names a publication that says what it said."""
    if not (home / "published" / "mtcl.duckdb").exists():
        trial.lost.append("what the pointer names")
        return
    done = province.shell(home).asks("scoreboard", "--json")
    if done.returncode or done.stdout != province.board:
        trial.wrong.append(f"the board: {(done.stderr or done.stdout)[-200:]}")


def told(done: Done, trial: Trial) -> None:
    """Whatever a command came to, it said so in a sentence."""
    if "Traceback" in done.stdout + done.stderr:
        trial.untold.append(done.stderr[done.stderr.index("Traceback") :][-600:])
    elif done.returncode not in (0, -9) and not problems(done):
        trial.untold.append(f"code {done.returncode} without a word")


def problems(done: Done) -> str:
    try:
        return "; ".join(json.loads(done.stdout.strip().splitlines()[-1])["problems"])
    except (ValueError, IndexError, KeyError):
        return done.stderr.strip()[-200:]


def ends_well(province: Province, home: Path, trial: Trial, nights: int = 1) -> None:
    """A quiet run, or as many as may be needed, then everything is as in the home that nobody disturbed."""
    for left in reversed(range(nights)):
        done = province.shell(home).asks(*FIRST)
        told(done, trial)
        if done.returncode == 0:
            break
        if not left:
            trial.lost.append(f"the next publication: {problems(done)[:300]}")
            return
    compare(province.facts, facts(home), trial)


def compare(expected: Facts, found: Facts, trial: Trial) -> None:
    trial.doubled.extend(found.doubled)
    for table in expected.raw.keys() - {LOOKS}:
        keys = expected.raw[table]
        there = found.raw.get(table, {})
        trial.lost.extend(f"raw.{table} {key}" for key in keys if key not in there)
        trial.wrong.extend(f"raw.{table} {key}" for key in keys if key in there and there[key] != keys[key])
    tables = expected.published.keys() | found.published.keys()
    trial.wrong.extend(name for name in tables if expected.published.get(name) != found.published.get(name))


def own_environment(province: Province, home: Path) -> dict[str, str]:
    """For a command that runs in this process."""
    return {**os.environ, **province.shell(home).environment}
