"""Figures for Prometheus, left as a text file that its node exporter collects: instants and counts, never contents.

An age is the reader's business (`time() - …`), so that a file that nobody writes any more grows old. What is not known
has no line: no publication yet, a source never read, a copy not yet made.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

import dagster as dg

from assets.run_settings import LOCAL
from assets.sources import SOURCES
from pipelines.automation import WITHOUT, stopped
from pipelines.orphans import BUSY, is_orphan
from pipelines.reading import clocks_ahead, main_readings, unread
from pipelines.settings import Settings
from pipelines.status import Status
from warehouse import access
from warehouse.reading import NothingPublished, newest
from warehouse.rescue import copy_of
from warehouse.whole_files import put


FILE = "metrics/mtcl.prom"
HELP = {
    "mtcl_looked_timestamp_seconds": "When somebody looked last",
    "mtcl_status": "0 fresh, 3 stale, 4 last run failed, 5 never run",
    "mtcl_published_timestamp_seconds": "When the newest publication was made",
    "mtcl_closing_date_timestamp_seconds": "Beginning of the closing date of the newest publication",
    "mtcl_source_read_timestamp_seconds": "When a configured source was last read whole",
    "mtcl_source_unread": "1 where the newest reading of a configured source failed",
    "mtcl_source_clock_ahead_seconds": "How far this machine's clock was ahead of a source's when it was last read",
    "mtcl_runs": "Runs that wait or go on",
    "mtcl_orphans": "Runs that say they go on while their process is gone",
    "mtcl_free_bytes": "Space on the disk of the home",
    "mtcl_free_inodes": "Files that the disk of the home can still take",
    "mtcl_backup_timestamp_seconds": "When the warehouse was last copied",
    "mtcl_automation_running": "1 for a schedule or sensor that is on",
    "mtcl_daemon_timestamp_seconds": "When Dagster's daemon was last heard of",
    "mtcl_incidents": "What is broken now",
}
STATES = {"queued": [dg.DagsterRunStatus.QUEUED], "running": [dg.DagsterRunStatus.STARTING, *BUSY]}


@dataclass(frozen=True)
class Sample:
    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        labels = ",".join(f'{name}="{value}"' for name, value in self.labels.items())
        return f"{self.name}{{{labels}}} {self.value:.15g}" if labels else f"{self.name} {self.value:.15g}"


def write(settings: Settings, instance: dg.DagsterInstance, found: Status, broken: int) -> Path:
    """For whoever may look at the machine."""
    file = settings.run.home / FILE
    access.make_folder(file.parent, 0o755)
    told = text([*samples(settings, instance, found), Sample("mtcl_incidents", broken)])
    put(file, told.encode(), access.PUBLIC_FILE)
    return file


def text(samples: list[Sample]) -> str:
    """All of a name together, after its help (Prometheus text format 0.0.4)."""
    lines = []
    for name, told in HELP.items():
        own = [str(sample) for sample in samples if sample.name == name]
        lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge", *own] if own else []
    return "\n".join([*lines, ""])


def samples(settings: Settings, instance: dg.DagsterInstance, found: Status) -> Iterator[Sample]:
    yield Sample("mtcl_looked_timestamp_seconds", datetime.now(UTC).timestamp())
    yield Sample("mtcl_status", found.code)
    yield from of_publication(settings, found)
    yield from of_sources(settings, instance)
    yield from of_runs(settings, instance)
    yield from of_automation(instance)
    disk = os.statvfs(settings.run.home)
    yield Sample("mtcl_free_bytes", disk.f_bavail * disk.f_frsize)
    yield Sample("mtcl_free_inodes", disk.f_favail)


def of_publication(settings: Settings, found: Status) -> Iterator[Sample]:
    if found.published_at is not None:
        yield Sample("mtcl_published_timestamp_seconds", found.published_at.timestamp())
        try:
            day = datetime.fromisoformat(newest(settings.run.published).manifest["closing_date"])
        except (NothingPublished, KeyError, ValueError):
            return
        yield Sample("mtcl_closing_date_timestamp_seconds", datetime.combine(day, time(), LOCAL).timestamp())
    copy = copy_of(settings.warehouse)
    if copy.exists():
        yield Sample("mtcl_backup_timestamp_seconds", copy.stat().st_mtime)


def of_sources(settings: Settings, instance: dg.DagsterInstance) -> Iterator[Sample]:
    for source, read_at in main_readings(instance, settings):
        yield Sample("mtcl_source_read_timestamp_seconds", read_at.timestamp(), {"source": source.code})
    for source, seconds in clocks_ahead(instance, settings):
        yield Sample("mtcl_source_clock_ahead_seconds", seconds, {"source": source.code})
    silent = {one.source.code for one in unread(instance, settings)}
    for source in SOURCES:
        if source.code in settings.sources:
            yield Sample("mtcl_source_unread", source.code in silent, {"source": source.code})


def of_runs(settings: Settings, instance: dg.DagsterInstance) -> Iterator[Sample]:
    for state, statuses in STATES.items():
        yield Sample("mtcl_runs", instance.get_runs_count(dg.RunsFilter(statuses=statuses)), {"state": state})
    busy = instance.get_run_records(dg.RunsFilter(statuses=list(BUSY)), limit=100)
    yield Sample("mtcl_orphans", sum(is_orphan(record, settings) for record in busy))


def of_automation(instance: dg.DagsterInstance) -> Iterator[Sample]:
    """On by default, so what Dagster has no word of is on; whether the daemon lives is another line."""
    off = {one.instigator_name for one in stopped(instance)}
    for name in WITHOUT:
        yield Sample("mtcl_automation_running", name not in off, {"name": name})
    if heard := [heartbeat.timestamp for heartbeat in instance.get_daemon_heartbeats().values()]:
        yield Sample("mtcl_daemon_timestamp_seconds", min(heard))
