"""Gives a run that was started with an empty form its closing date, today, before it is queued.

Dagster lets a partitioned job start without a partition and then fails in the first step that reads another
partitioned asset. This is its place for adding tags to a run; dagster.yaml names the class.
"""

import dagster as dg

from assets.partitions import PARTITION_TAG


# The jobs that make results, which are all partitioned by closing date.
CLOSING_JOBS = ("daily", "reread", "registers", "recompute", "publish")


class ClosingDateCoordinator(dg.QueuedRunCoordinator):
    def submit_run(self, context: dg.SubmitRunContext) -> dg.DagsterRun:
        run = context.dagster_run
        if run.job_name in CLOSING_JOBS and not is_partitioned(run):
            self._instance.add_run_tags(run.run_id, {PARTITION_TAG: today()})
        return super().submit_run(context)


def is_partitioned(run: dg.DagsterRun) -> bool:
    return any(tag == PARTITION_TAG or tag.startswith("dagster/asset_partition_range") for tag in run.tags)


def today() -> str:
    """The day of the sources: that of the simulator, where there is one."""
    from pipelines.resources import settings_from_environment  # slow, and the web page loads this module at its start

    return settings_from_environment().run.today.isoformat()
