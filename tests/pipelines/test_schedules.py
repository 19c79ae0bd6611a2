"""The night run: for which day, and without anybody switching it on."""

from datetime import UTC, datetime

import dagster as dg

from pipelines.coordinator import CLOSING_JOBS
from pipelines.definitions import build_definitions
from pipelines.schedules import daily_0130


OBJECTS = dict.fromkeys(("run_settings", "database", "connections"), object())


def test_at_half_past_one_in_vietnam_the_day_that_begins_is_closed() -> None:
    night = datetime(2025, 12, 30, 18, 30, tzinfo=UTC)
    definitions = build_definitions(OBJECTS)
    context = dg.build_schedule_context(scheduled_execution_time=night, repository_def=definitions.get_repository_def())
    (request,) = daily_0130.evaluate_tick(context).run_requests or []
    assert (request.run_key, request.partition_key) == ("2025-12-31", "2025-12-31")


def test_it_runs_by_default_in_vietnamese_time() -> None:
    assert daily_0130.default_status == dg.DefaultScheduleStatus.RUNNING
    assert (daily_0130.cron_schedule, daily_0130.execution_timezone) == ("30 1 * * *", "Asia/Ho_Chi_Minh")


def test_every_job_that_closes_a_day_is_given_today_when_its_form_is_empty() -> None:
    jobs = build_definitions(OBJECTS).get_repository_def().get_all_jobs()
    closing = {job.name for job in jobs if job.partitions_def is not None and not job.name.startswith("__")}
    assert closing == set(CLOSING_JOBS)
