"""The night run: for which day, and without anybody switching it on."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
import yaml

from assets.raw.axis_watch import aside
from assets.raw.connecting import Connections
from assets.raw.probing import impatient
from assets.run_settings import RunSettings
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.coordinator import CLOSING_JOBS, PLACE_TAG, WATCH_JOB
from pipelines.definitions import build_definitions
from pipelines.event_log import EventLog
from pipelines.instance import opened, prepare
from pipelines.jobs import forget, maintenance
from pipelines.schedules import axis_watch_every_5_minutes, daily_0130, maintenance_weekly
from pipelines.settings import Settings


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


def test_maintenance_runs_by_itself_at_noon_on_sundays() -> None:
    assert maintenance_weekly.default_status == dg.DefaultScheduleStatus.RUNNING
    assert (maintenance_weekly.cron_schedule, maintenance_weekly.execution_timezone) == (
        "30 12 * * 0",
        "Asia/Ho_Chi_Minh",
    )


def test_a_run_that_is_forgotten_leaves_no_file(tmp_path: Path) -> None:
    with opened(tmp_path / "dagster") as instance:
        kept, old = (instance.create_run_for_job(maintenance, status=dg.DagsterRunStatus.SUCCESS) for _ in range(2))
        for run in (kept, old):
            instance.report_engine_event("Một việc", run)
        files = tmp_path / "dagster" / "history" / "runs"
        # As Dagster itself leaves one.
        stranger = files / "11111111-2222-3333-4444-555555555555.db"
        shutil.copyfile(files / f"{old.run_id}.db", stranger)
        forget(instance, old.run_id)
        assert isinstance(instance.event_log_storage, EventLog)
        assert instance.event_log_storage.forget_strangers(instance.has_run) == 1
        assert {path.name for path in files.glob("*-*.db*")} - {f"{kept.run_id}.db-wal", f"{kept.run_id}.db-shm"} == {
            f"{kept.run_id}.db"
        }
        assert len(instance.all_logs(kept.run_id)) == 1


def test_every_job_that_closes_a_day_is_given_today_when_its_form_is_empty() -> None:
    jobs = build_definitions(OBJECTS).get_repository_def().get_all_jobs()
    closing = {job.name for job in jobs if job.partitions_def is not None and not job.name.startswith("__")}
    assert closing == set(CLOSING_JOBS)


def test_the_axis_is_looked_at_every_five_minutes_where_it_is_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert axis_watch_every_5_minutes.default_status == dg.DefaultScheduleStatus.RUNNING
    assert axis_watch_every_5_minutes.cron_schedule == "*/5 * * * *"
    with opened(tmp_path / "dagster") as instance:
        moment = datetime.now(UTC)
        context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
        monkeypatch.delenv("AXIS_URL", raising=False)
        assert not axis_watch_every_5_minutes.evaluate_tick(context).run_requests
        for name in ("URL", "SYSTEM_ID", "SECRET"):
            monkeypatch.setenv(f"AXIS_{name}", "https://axis.example")
        assert len(axis_watch_every_5_minutes.evaluate_tick(context).run_requests or []) == 1
        instance.create_run_for_job(
            build_definitions(OBJECTS).resolve_job_def(WATCH_JOB), status=dg.DagsterRunStatus.STARTED
        )
        tick = axis_watch_every_5_minutes.evaluate_tick(context)
        assert (tick.run_requests, tick.skip_message) == ([], "Lần xem trước chưa xong.")


def test_a_look_runs_without_the_warehouse_and_says_what_it_found(tmp_path: Path) -> None:
    world = World(dossiers=20, documents=60, procedures=20, is_drained=False)
    with Simulator(world) as simulator:
        settings = Settings.from_environment(simulator.environment | {"MTCL_HOME": str(tmp_path)})
        definitions = build_definitions(
            {
                "run_settings": dg.ResourceDefinition(lambda context: settings.run),
                "connections": dg.ResourceDefinition(lambda context: Connections(settings.sources)),
                "database": dg.ResourceDefinition(lambda context: pytest.fail("nobody asked for the warehouse")),
            }
        )
        with dg.DagsterInstance.ephemeral() as instance:
            assert definitions.resolve_job_def(WATCH_JOB).execute_in_process(instance=instance).success
    assert len(aside(tmp_path).files("received_documents")) == 1
    assert not settings.warehouse.exists()


def test_a_source_that_does_not_answer_is_told_by_the_night_and_not_by_each_look(tmp_path: Path) -> None:
    given = {"AXIS_URL": "http://127.0.0.1:9", "AXIS_SYSTEM_ID": "a", "AXIS_SECRET": "b"}
    definitions = build_definitions(
        {
            "run_settings": dg.ResourceDefinition(lambda context: RunSettings(tmp_path, lambda: datetime.now(UTC))),
            "connections": dg.ResourceDefinition(lambda context: Connections({"axis": given}, impatient)),
            "database": dg.ResourceDefinition(lambda context: None),
        }
    )
    with dg.DagsterInstance.ephemeral() as instance:
        assert definitions.resolve_job_def(WATCH_JOB).execute_in_process(instance=instance).success


def test_one_run_writes_at_a_time_and_a_look_may_run_beside_it(tmp_path: Path) -> None:
    coordinator = yaml.safe_load((prepare(tmp_path) / "dagster.yaml").read_text(encoding="utf-8"))["run_coordinator"]
    assert coordinator["config"]["max_concurrent_runs"] == 2
    (limit,) = coordinator["config"]["tag_concurrency_limits"]
    assert limit == {"key": PLACE_TAG, "value": {"applyLimitPerUniqueValue": True}, "limit": 1}
