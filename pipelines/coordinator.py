"""Gives a run its place in the queue and its end and, where its form was empty, its closing date: today.

Dagster lets a partitioned job start without a partition and then fails in the first step that reads another
partitioned asset. This is its place for adding tags to a run; dagster.yaml names the class.
"""

import dagster as dg

from assets.partitions import PARTITION_TAG, enter


# The jobs that make results, which are all partitioned by closing date.
CLOSING_JOBS = ("daily", "reread", "registers", "recompute", "publish")
WATCH_JOB = "axis_watch"
# Dagster's daemon ends a run that is older. Sources are left alone an hour before (RUN_DEADLINE), in our own words.
LONGEST_TAG = "dagster/max_runtime"
GRACE_HOURS = 1
# One run at a time writes to the warehouse; a look at the axis, which does not open it, need not wait for that.
PLACE_TAG, WRITING, WATCHING = "mtcl/cho", "ghi", "xem"


class ClosingDateCoordinator(dg.QueuedRunCoordinator):
    def submit_run(self, context: dg.SubmitRunContext) -> dg.DagsterRun:
        run = context.dagster_run
        place = {PLACE_TAG: WATCHING if run.job_name == WATCH_JOB else WRITING}
        tags = place | tags_of(run)
        self._instance.add_run_tags(run.run_id, tags)
        if day := (tags | dict(run.tags)).get(PARTITION_TAG):
            enter(self._instance, day)
        return super().submit_run(context)


def tags_of(run: dg.DagsterRun) -> dict[str, str]:
    """None where the settings are wrong: the run tells so as it begins."""
    # Slow, and the web page loads this module at its start.
    from pipelines.resources import settings_from_environment
    from pipelines.settings import SettingsError

    try:
        settings = settings_from_environment().run
    except SettingsError:
        return {}
    tags = {LONGEST_TAG: f"{(settings.deadline_hours + GRACE_HOURS) * 3600:.0f}"}
    if run.job_name in CLOSING_JOBS and not is_partitioned(run):
        # The day of the sources: that of the simulator, where there is one.
        tags[PARTITION_TAG] = settings.today.isoformat()
    return tags


def is_partitioned(run: dg.DagsterRun) -> bool:
    return any(tag == PARTITION_TAG or tag.startswith("dagster/asset_partition_range") for tag in run.tags)
