"""What is left for Prometheus: true figures of a home, none of what is not known."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner

from assets.raw.outcomes import was_read, was_read_spec
from pipelines import metrics
from pipelines.cli import main
from pipelines.instance import opened
from pipelines.metrics import HELP
from pipelines.orphans import PROCESS_TAG
from pipelines.settings import NAMES, Settings
from pipelines.status import FRESH, Status
from tests.support.command_line import FirstRun


AXIS = {"AXIS_URL": "https://axis.example", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "x"}
LINE = re.compile(r'(\w+)(?:\{(\w+)="(\w+)"\})? (\S+)')


def figures(file: Path) -> dict[str, dict[str, float]]:
    """By name, then by the value of the label, if there is one."""
    found: dict[str, dict[str, float]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            told = LINE.fullmatch(line)
            assert told, line
            found.setdefault(told[1], {})[told[3] or ""] = float(told[4])
    return found


def test_a_home_that_nobody_used_has_figures_of_the_disk_and_none_of_publications(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MTCL_HOME", str(tmp_path))
    looked = CliRunner().invoke(main, ["look"])
    assert (looked.exit_code, looked.output) == (0, "Không có gì hỏng.\n")
    found = figures(tmp_path / metrics.FILE)
    assert found["mtcl_status"] == {"": 5}
    assert found["mtcl_free_bytes"][""] > 0
    assert not found.keys() & {name for name in HELP if "published" in name or "backup" in name or "source" in name}
    assert (tmp_path / metrics.FILE).stat().st_mode & 0o777 == 0o644


def test_runs_that_go_on_sources_that_were_read_and_orphans_are_counted(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MTCL_HOME": str(tmp_path), **AXIS})

    @dg.asset(key=["raw", "axis__received_documents"], check_specs=[was_read_spec(["raw", "axis__received_documents"])])
    def landed() -> Iterator[dg.MaterializeResult[None]]:
        yield dg.MaterializeResult(check_results=[was_read(timedelta(minutes=-7))])

    job = dg.define_asset_job("daily", selection=dg.AssetSelection.assets(landed))
    daily = dg.Definitions(assets=[landed], jobs=[job]).resolve_job_def("daily")
    with opened(tmp_path / "dagster") as instance:
        daily.execute_in_process(instance=instance)
        instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTING)
        gone = {PROCESS_TAG: "1 1 another-boot"}
        instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTED, tags=gone)
        found = figures(metrics.write(settings, instance, Status(FRESH, None, None), 2))
    assert found["mtcl_runs"] == {"queued": 0, "running": 2}
    assert found["mtcl_orphans"] == {"": 1}
    assert found["mtcl_source_unread"] == {"axis": 0}
    assert abs(found["mtcl_source_read_timestamp_seconds"]["axis"] - datetime.now(UTC).timestamp()) < 600
    assert found["mtcl_source_clock_ahead_seconds"] == {"axis": -420}
    assert found["mtcl_incidents"] == {"": 2}


def test_after_a_run_every_figure_is_there_but_that_of_a_daemon_which_none_had(first_run: FirstRun) -> None:
    found = figures(first_run.home / metrics.FILE)
    assert set(HELP) - set(found) == {"mtcl_daemon_timestamp_seconds"}
    assert found["mtcl_closing_date_timestamp_seconds"][""] == datetime(2025, 12, 30, 17, tzinfo=UTC).timestamp()
    assert found["mtcl_runs"] == {"queued": 0, "running": 0}
