"""What Dagster notes of runs, taken away again: of some it lets a part lie for ever, which is ours to remove."""

from datetime import datetime

import dagster as dg
from dagster._core.storage.runs import SqlRunStorage
from dagster._core.storage.runs.schema import RunsTable, RunTagsTable

from pipelines.coordinator import WATCH_JOB
from pipelines.event_log import EventLog


ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
# So many old looks go with each look, of which there are 288 a day.
LOOKS_AT_ONCE = 50


def prune(instance: dg.DagsterInstance, before: datetime) -> int:
    """Forgets the runs that began before and are over, with all that they left; how many."""
    old = instance.get_runs(dg.RunsFilter(statuses=ENDED, created_before=before))
    for run in old:
        forget(instance, run.run_id)
    if isinstance(instance.event_log_storage, EventLog):
        instance.event_log_storage.forget_strangers(instance.has_run)
    forget_tags(instance)
    return len(old)


def forget(instance: dg.DagsterInstance, run_id: str) -> None:
    """A run with its log: Dagster itself lets what its steps printed lie."""
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    instance.delete_run(run_id)


def forget_looks(instance: dg.DagsterInstance, before: datetime) -> None:
    """Looks at the axis that were well and began before; those that failed stay as long as any run."""
    done = dg.RunsFilter(job_name=WATCH_JOB, statuses=[dg.DagsterRunStatus.SUCCESS], created_before=before)
    for run in instance.get_runs(done, limit=LOOKS_AT_ONCE):
        forget(instance, run.run_id)


def forget_tags(instance: dg.DagsterInstance) -> None:
    """Of runs that are gone: SQLite is never told to let them go with their run, as PostgreSQL does."""
    storage = instance.run_storage
    if isinstance(storage, SqlRunStorage):
        with storage.connect() as connection:
            known = RunsTable.select().with_only_columns(RunsTable.c.run_id)
            connection.execute(RunTagsTable.delete().where(RunTagsTable.c.run_id.not_in(known)))
