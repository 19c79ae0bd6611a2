"""Fresh, stale, failed or never run: what an outside monitor asks every few minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.freshness import STALE_AFTER
from assets.run_settings import LOCAL
from pipelines.coordinator import CLOSING_JOBS
from pipelines.identity import is_of_rehearsal
from pipelines.instance import opened
from pipelines.orphans import is_orphan
from pipelines.reading import main_readings, unread
from pipelines.settings import Settings, real_time
from warehouse.reading import POINTER, latest, manifest_of


FRESH, STALE, FAILED, NEVER = 0, 3, 4, 5
NAMES = {FRESH: "fresh", STALE: "stale", FAILED: "failed", NEVER: "never_run"}
# As old as a source may grow.
FRESH_FOR = STALE_AFTER
ONE_NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Status:
    code: int
    published_at: datetime | None
    last_run_id: str | None

    @property
    def name(self) -> str:
        return NAMES[self.code]


def status(settings: Settings, instance: dg.DagsterInstance | None = None) -> Status:
    """Opens Dagster's state for the question, unless it is open already."""
    told_at = published_at(settings)
    if instance is not None:
        last, read_at = last_ended_run(settings, instance), oldest_reading(settings, instance)
    elif settings.dagster_home.is_dir():
        with opened(settings.dagster_home) as own:
            last, read_at = last_ended_run(settings, own), oldest_reading(settings, own)
    else:
        last = read_at = None
    code = judge(last, told_at, real_time(), read_at)
    if code == FRESH and not is_current(settings):
        code = STALE
    return Status(code, told_at, last.run_id if last else None)


def is_current(settings: Settings) -> bool:
    """By the closing date of the scoreboard itself: a run of a day to come leaves it standing, night after night.

    A rehearsal is of the simulator's day, which is no today.
    """
    if is_of_rehearsal(settings):
        return True
    closing = closing_date_of(settings.run.published)
    return closing is None or abs(settings.run.today - closing) <= ONE_NIGHT


def closing_date_of(folder: Path) -> date | None:
    """Of the scoreboard that is published; None where nothing is, or its manifest says none that can be read."""
    try:
        published = latest(folder)
        return date.fromisoformat(published.manifest["newest_closing_date"]) if published else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def published_at(settings: Settings) -> datetime | None:
    """By the machine's clock: the manifest carries that of the sources, which a simulator sets."""
    pointer = settings.run.published / POINTER
    if not pointer.is_file():
        return None
    file = pointer.resolve()
    # A manifest that is lost tells no time; the version was written just before it.
    told = manifest_of(file) if manifest_of(file).is_file() else file
    return datetime.fromtimestamp(told.stat().st_mtime, LOCAL)


def oldest_reading(settings: Settings, instance: dg.DagsterInstance) -> datetime | None:
    """Of the sources that can be read no more: what is published every night may stand on what is old."""
    silent = [one.source for one in unread(instance, settings)]
    return min((read_at for source, read_at in main_readings(instance, settings) if source in silent), default=None)


def judge(
    last: dg.DagsterRun | None, published_at: datetime | None, now: datetime, read_at: datetime | None = None
) -> int:
    if last is not None and last.status != dg.DagsterRunStatus.SUCCESS:
        return FAILED
    if published_at is None:
        return NEVER
    return STALE if now - min(published_at, read_at or published_at) > FRESH_FOR else FRESH


def last_ended_run(settings: Settings, instance: dg.DagsterInstance) -> dg.DagsterRun | None:
    """The newest run that is over, but for what somebody stopped on purpose; one that waits or begins is not over.

    One that says "running" while its process is gone was killed.
    """
    records = newest_runs(instance, CLOSING_JOBS, 10)
    over = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE)
    return next(
        (one.dagster_run for one in records if one.dagster_run.status in over or is_orphan(one, settings)), None
    )


def newest_runs(instance: dg.DagsterInstance, jobs: Iterable[str], limit: int) -> list[dg.RunRecord]:
    """Of each of these jobs so many, the newest first; job by job, since looks at the axis would crowd them out."""
    records = [one for job in jobs for one in instance.get_run_records(dg.RunsFilter(job_name=job), limit=limit)]
    return sorted(records, key=lambda record: record.storage_id, reverse=True)
