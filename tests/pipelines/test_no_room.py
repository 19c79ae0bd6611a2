"""A night without room on the disk: it ends before its first step, and whoever is told reads why."""

import os
from pathlib import Path

import dagster as dg
import pytest

from assets.partitions import enter
from pipelines.definitions import build_definitions
from pipelines.incidents import failed_run
from pipelines.instance import opened
from pipelines.resources import resources
from pipelines.settings import Settings


@pytest.mark.parametrize("job", ["registers", "axis_watch"])
def test_a_run_without_room_is_told_by_what_is_missing_and_a_look_at_the_axis_goes_on(tmp_path: Path, job: str) -> None:
    (tmp_path / "warehouse.duckdb").touch()
    # A file that takes nothing and is as large as no disk.
    os.truncate(tmp_path / "warehouse.duckdb", 1 << 43)
    settings = Settings.from_environment({"MTCL_HOME": str(tmp_path)})
    definitions = build_definitions(resources(lambda: settings))
    with opened(settings.dagster_home) as instance:
        enter(instance, "2025-06-30")
        done = definitions.resolve_job_def(job).execute_in_process(
            instance=instance, partition_key="2025-06-30" if job == "registers" else None, raise_on_error=False
        )
        told = [one.text for one in failed_run(instance, settings)]
    if job == "axis_watch":
        assert done.success
    else:
        assert isinstance(done, dg.ExecuteInProcessResult)
        (text,) = told
        assert text.startswith(f"Không đủ chỗ để chạy trong {tmp_path}: cần khoảng")
