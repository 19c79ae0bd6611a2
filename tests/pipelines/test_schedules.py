"""The night run: for which day, and without anybody switching it on."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
import yaml

from assets.partitions import FIRST_DAY, NAME, asked, enter
from assets.raw.axis_watch import aside
from assets.raw.connecting import Connections
from assets.raw.probing import impatient
from assets.run_settings import RunSettings
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.coordinator import CLOSING_JOBS, PLACE_TAG, WATCH_JOB
from pipelines.definitions import build_definitions
from pipelines.instance import opened, prepare
from pipelines.pruning import prune
from pipelines.schedules import axis_watch_every_5_minutes, daily_0130, maintenance_weekly
from pipelines.settings import Settings


OBJECTS = dict.fromkeys(("run_settings", "database", "connections"), object())


def test_at_half_past_one_in_vietnam_the_day_that_begins_is_closed(tmp_path: Path) -> None:
    night = datetime(2025, 12, 30, 18, 30, tzinfo=UTC)
    definitions = build_definitions(OBJECTS)
    with opened(tmp_path / "dagster") as instance:
        context = dg.build_schedule_context(
            instance=instance, scheduled_execution_time=night, repository_def=definitions.get_repository_def()
        )
        (request,) = daily_0130.evaluate_tick(context).run_requests or []
        assert instance.get_dynamic_partitions(NAME) == ["2025-12-31"]
    assert (request.run_key, request.partition_key) == ("2025-12-31", "2025-12-31")


def test_a_home_in_which_every_day_was_a_partition_keeps_those_that_were_published() -> None:
    published = dg.AssetKey(["published", "mtcl"])
    with dg.DagsterInstance.ephemeral() as instance:
        for day in ("2025-06-30", "2025-12-30"):
            instance.report_runless_asset_event(dg.AssetMaterialization(published, partition=day))
        enter(instance, "2025-12-31")
        assert instance.get_dynamic_partitions(NAME) == ["2025-06-30", "2025-12-30", "2025-12-31"]
        enter(instance, "2025-12-31")
        assert len(instance.get_dynamic_partitions(NAME)) == 3


@pytest.mark.parametrize("typed", ["30/06/2025", "2024-12-31", "2999-01-01", "hôm nay", ""])
def test_what_is_typed_as_a_closing_date_and_is_none_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="không phải là ngày chốt: phải là một ngày"):
        asked(typed)
    assert asked("2025-01-01") == FIRST_DAY


def test_it_runs_by_default_in_vietnamese_time() -> None:
    assert daily_0130.default_status == dg.DefaultScheduleStatus.RUNNING
    assert (daily_0130.cron_schedule, daily_0130.execution_timezone) == ("30 1 * * *", "Asia/Ho_Chi_Minh")


def test_maintenance_runs_by_itself_at_noon_on_sundays() -> None:
    assert maintenance_weekly.default_status == dg.DefaultScheduleStatus.RUNNING
    assert (maintenance_weekly.cron_schedule, maintenance_weekly.execution_timezone) == (
        "30 12 * * 0",
        "Asia/Ho_Chi_Minh",
    )


@dg.asset_check(asset="anything")
def whatever() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def lived(instance: dg.DagsterInstance) -> str:
    """The id of a run with a check, a tag and a log, which began when `prune` is asked for whatever is older."""
    job = dg.Definitions(asset_checks=[whatever]).resolve_implicit_global_asset_job_def()
    return job.execute_in_process(instance=instance, tags={"mark": "1"}).run_id


def rows(folder: Path, run_id: str) -> dict[str, int]:
    """Table of Dagster's own files → how often it names that run, where it does."""
    found = {}
    for file in folder.rglob("*.db"):
        with closing(sqlite3.connect(file)) as kept:
            tables = kept.execute(
                "select tables.name from sqlite_master as tables, pragma_table_info(tables.name) as columns"
                " where tables.type = 'table' and columns.name = 'run_id'"
            ).fetchall()
            for (table,) in tables:
                ((count,),) = kept.execute(f"select count(*) from {table} where run_id = ?", [run_id])
                found |= {f"{file.stem} {table}": count} if count else {}
    return found


def test_a_run_that_is_pruned_leaves_nothing(tmp_path: Path) -> None:
    history = tmp_path / "dagster" / "history"
    with opened(tmp_path / "dagster") as instance:
        old = lived(instance)
        between = datetime.now(UTC)
        kept = lived(instance)
        # As Dagster itself leaves one.
        stranger = history / "runs" / "11111111-2222-3333-4444-555555555555.db"
        shutil.copyfile(history / "runs" / f"{old}.db", stranger)
        assert {"index asset_check_executions", "runs run_tags"} <= rows(history, old).keys()
        assert prune(instance, between) == 1
        assert rows(history, old) == {}
        assert {"index asset_check_executions", "runs run_tags", "runs runs"} <= rows(history, kept).keys()
        assert instance.all_logs(kept)
    assert {path.name for path in (history / "runs").iterdir()} == {f"{kept}.db", "index.db"}


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
