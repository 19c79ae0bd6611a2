"""Processes that read by the pointer without pause while versions are published, and one that never lets go."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.support.source import Clock
from warehouse.database import Database
from warehouse.publishing import publish


CLOSING = date(2025, 6, 30)
KEPT = 3
RECORDS = 5_000
# A version is whole when all its tables carry its number and its records add up to the sum that its scoreboard tells.
PARTS = {
    "marts.failing_record": "select $1::integer as version, hash(range, $1) as content from range({records})",
    "core.dossiers": "select $1::integer as version, range as dossier from range({records})",
    "marts.scoreboard": "select $1::integer as version,"
    " (select sum(content)::varchar from marts.failing_record) as told",
}

READER = """
import json, sys, threading
import duckdb

told = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
print("ready", flush=True)
opened, seen = 0, set()


def look(reader):
    found, = reader.execute(
        "select (select list(distinct version) from marts.failing_record), (select list(distinct version) from"
        " core.dossiers), version, told = (select sum(content)::varchar from marts.failing_record)"
        " from marts.scoreboard").fetchall()
    return found


while True:
    last = told.is_set()
    with duckdb.connect(sys.argv[1], read_only=True) as reader:
        reader.execute("set threads = 1")
        before, after = look(reader), look(reader)
    version = before[2]
    assert before == after == ([version], [version], version, True), (before, after)
    assert not seen or version >= max(seen), (version, max(seen))
    opened += 1
    seen.add(version)
    if last:
        break
print(json.dumps([opened, sorted(seen)]))
"""

HOLDER = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as reader:
    for _ in sys.stdin:
        print(reader.execute("select version, (select count(*) from core.dossiers) from marts.scoreboard").fetchone(),
              flush=True)
"""


@dataclass(frozen=True)
class Figures:
    seconds: float
    opened: list[int]
    seen: list[list[int]]


def processes(stack: ExitStack, script: str, file: Path, number: int) -> Iterator["subprocess.Popen[str]"]:
    for _ in range(number):
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        yield stack.enter_context(subprocess.Popen([sys.executable, "-c", script, str(file)], text=True, **pipes))


def publish_version(warehouse: Database, clock: Clock, folder: Path, version: int) -> None:
    clock.now += timedelta(seconds=1)
    for table, sql in PARTS.items():
        warehouse.query(f"create or replace table {table} as {sql.format(records=RECORDS)}", [version])
    publish(warehouse, folder, run_id="r", closing_date=CLOSING, keep=KEPT)


def read_while_publishing(warehouse: Database, clock: Clock, folder: Path, readers: int, versions: int) -> Figures:
    """Publishes versions 1 to `versions` under the eyes of the readers; raises when one of them met an error."""
    with ExitStack() as stack:
        watching = list(processes(stack, READER, folder / "mtcl.duckdb", readers))
        for reader in watching:
            assert reader.stdout
            assert reader.stdout.readline() == "ready\n"
        started = perf_counter()
        for version in range(1, versions + 1):
            publish_version(warehouse, clock, folder, version)
        seconds = perf_counter() - started
        answers = [reader.communicate("enough\n", timeout=120) for reader in watching]
        assert [errors for _, errors in answers] == [""] * readers
        told = [json.loads(printed) for printed, _ in answers]
        return Figures(seconds, [opened for opened, _ in told], [seen for _, seen in told])


def ask(holder: "subprocess.Popen[str]") -> str:
    assert holder.stdin
    assert holder.stdout
    holder.stdin.write("?\n")
    holder.stdin.flush()
    return holder.stdout.readline().strip()


@pytest.mark.parametrize(
    ("readers", "versions"), [(4, 20), pytest.param(8, 100, marks=pytest.mark.soak)], ids=["short", "full"]
)
def test_readers_meet_no_error_and_each_connection_sees_one_version(
    warehouse: Database, clock: Clock, tmp_path: Path, readers: int, versions: int
) -> None:
    folder = tmp_path / "published"
    publish_version(warehouse, clock, folder, 0)
    figures = read_while_publishing(warehouse, clock, folder, readers, versions)
    assert [seen[-1] for seen in figures.seen] == [versions] * readers
    assert len(set().union(*figures.seen)) > versions // 2  # they did read in between
    assert len(list(folder.glob("mtcl-*.duckdb"))) <= KEPT + readers
    print(
        f"\n{versions} publications in {figures.seconds:.1f} s ({figures.seconds / versions * 1000:.0f} ms each),"
        f" {readers} readers, {sum(figures.opened)} connections,"
        f" {len(set().union(*figures.seen))} versions seen, 0 errors"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="who reads a file is asked of Linux")
def test_a_version_goes_only_when_nobody_reads_it_any_more(warehouse: Database, clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    first = folder / f"mtcl-{CLOSING}-1.duckdb"
    publish_version(warehouse, clock, folder, 1)
    with ExitStack() as stack:
        (holder,) = processes(stack, HOLDER, folder / "mtcl.duckdb", 1)
        assert ask(holder) == f"(1, {RECORDS})"
        for version in range(2, 9):
            publish_version(warehouse, clock, folder, version)
        assert first.exists()
        assert len(list(folder.glob("mtcl-*.duckdb"))) == KEPT + 1
        assert ask(holder) == f"(1, {RECORDS})"
        _, errors = holder.communicate(timeout=30)
        assert errors == ""
    publish_version(warehouse, clock, folder, 9)
    assert not first.exists()
    assert len(list(folder.glob("mtcl-*.duckdb"))) == KEPT
