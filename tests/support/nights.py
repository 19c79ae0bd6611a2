"""A home that ages: night after night over a very small province.

On Sundays a night is as `mtcl run` does it, with all that follows a publication and with Dagster's history, and its
home is tidied. Four fifths of such a night depend on nothing that came before it: the other nights do without, so that
a year takes two hours. What a night came to is a line of `curve.jsonl`: a soak goes on where the last one stopped.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import duckdb

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.definitions import build_definitions
from pipelines.instance import opened
from pipelines.resources import resources
from pipelines.running import run_daily
from pipelines.settings import Settings
from tests.support.office import Office, failures


FIRST_NIGHT = date(2025, 1, 1)
SUNDAY = 7
WORLD = World(dossiers=300, documents=100, procedures=20, is_drained=False)
PARTS = ("warehouse", "published", "exports", "reports", "dagster", "backup", "rest")
WEEK = 7
# After so many nights everything is there that is kept for a number of days: closing dates, versions, histories.
FILLED = 112
MARGIN = 1.1
# Dagster knows only the machine's clock: a night later everything that it has noted is a day older.
OLDER = """
update runs set
    create_timestamp = datetime(create_timestamp, '-1 day'),
    update_timestamp = datetime(update_timestamp, '-1 day'),
    start_time = start_time - 86400,
    end_time = end_time - 86400
"""


@dataclass(frozen=True)
class Night:
    """Bytes of what stands in the home after it; `raw` are versions, `raw_bytes` payloads.

    `seconds` of a processor: what else the machine does makes no night longer.
    """

    number: int
    seconds: float
    raw: int
    raw_bytes: int
    warehouse: int
    published: int
    exports: int
    reports: int
    dagster: int
    backup: int
    rest: int


def lived(folder: Path, nights: int, changes: bool = True) -> Iterator[Night]:
    """The nights that were lived before, then the others up to that number; `changes`: whether the days go on."""
    curve = folder / "curve.jsonl"
    known = [Night(**json.loads(line)) for line in curve.read_text().splitlines()] if curve.exists() else []
    yield from known[:nights]
    registers = folder / "registers"
    registers.mkdir(parents=True, exist_ok=True)
    with Simulator(WORLD, registers=registers) as simulator:
        for number in range(len(known) + 1, nights + 1):
            day = FIRST_NIGHT + timedelta(days=number - 1) if changes else WORLD.today
            simulator.world = replace(WORLD, today=day)
            settings = Settings.from_environment(
                simulator.environment | {"MTCL_HOME": str(folder / "home"), "MTCL_TODAY": day.isoformat()}
            )
            night = measured(number, settings, seconds(settings, simulator.environment, day))
            with curve.open("a") as lines:
                lines.write(json.dumps(asdict(night)) + "\n")
            if changes:
                grow_older(settings)
            yield night


def seconds(settings: Settings, environment: dict[str, str], day: date) -> float:
    """Of the night alone."""
    started = processor()
    if day.isoweekday() == SUNDAY:
        report = run_daily(settings, day)
        assert report.published, report.problems
        took = processor() - started
        maintain(settings)
        return took
    night = Office(settings.run.home, environment, day).night()
    assert night.success, failures(night)
    return processor() - started


def processor() -> float:
    """Seconds that this process and those that it has started have taken of one."""
    return sum(os.times()[:4])


def maintain(settings: Settings) -> None:
    with opened(settings.dagster_home) as instance:
        job = build_definitions(resources(lambda: settings)).resolve_job_def("maintenance")
        assert job.execute_in_process(instance=instance, raise_on_error=False).success


def grow_older(settings: Settings) -> None:
    file = settings.dagster_home / "history" / "runs.db"
    if file.exists():
        with sqlite3.connect(file) as history:
            history.execute(OLDER)


def measured(number: int, settings: Settings, took: float) -> Night:
    home = settings.run.home
    exports = size(home / "published" / "exports")
    parts = {
        "warehouse": size(settings.warehouse),
        "published": size(home / "published") - exports,
        "exports": exports,
        "reports": size(home / "reports"),
        "dagster": size(settings.dagster_home),
        "backup": size(home / "backup"),
    }
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        tables = warehouse.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        rows = " union all ".join(f"select payload from raw.{table}" for (table,) in tables)
        found = warehouse.execute(f"select count(*), sum(strlen(payload)) from ({rows})").fetchone()
    assert found
    return Night(number, round(took, 3), *found, **parts, rest=size(home) - sum(parts.values()))


def size(place: Path) -> int:
    """What a file or all files of a folder take, each link as none."""
    files = [place] if place.is_file() else place.rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file() and not path.is_symlink())


def told(night: Night) -> str:
    parts = ", ".join(f"{name} {value / 1e6:.1f}" for name, value in asdict(night).items() if name in PARTS)
    return f"night {night.number}: {night.seconds:.1f} s, {night.raw} raw versions; MB: {parts}"


def grown(curve: list[Night]) -> dict[str, float]:
    """What has grown faster than raw versions, by how much: medians of a week, the first that is full and the last."""
    first, last = (curve[start:][:WEEK] for start in (FILLED, -WEEK))

    def growth(name: str) -> float:
        before, after = (median(asdict(night)[name] for night in week) for week in (first, last))
        return float(after / before)

    allowed = MARGIN * growth("raw")
    return {name: growth(name) for name in (*PARTS, "seconds") if growth(name) > allowed}
