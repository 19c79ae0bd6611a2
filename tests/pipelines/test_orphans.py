"""A run whose process is gone holds nobody up, and is not taken for one that waits, runs or was stopped on purpose."""

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.incidents import failed_run
from pipelines.instance import opened
from pipelines.orphans import ENDED, PROCESS_TAG, end_orphans, own_process
from pipelines.settings import Settings
from pipelines.status import last_ended_run
from tests.support import prepared
from tests.support.command_line import PROJECT


KILLED = """
import os, signal, sys
from pathlib import Path
import dagster as dg
from pipelines.instance import opened
from pipelines.orphans import PROCESS_TAG, own_process

@dg.op
def die():
    os.kill(os.getpid(), signal.SIGKILL)

@dg.job(name="daily")
def job():
    die()

with opened(Path(sys.argv[1])) as instance:
    job.execute_in_process(instance=instance, tags={PROCESS_TAG: own_process()})
"""


@dg.job(name="daily")
def nothing() -> None:
    pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment({"MTCL_HOME": str(tmp_path)})


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    with opened(settings.dagster_home) as history:
        yield history


def entered(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, tags: dict[str, str] | None = None) -> str:
    return instance.create_run_for_job(nothing, status=status, tags=tags).run_id


def status_of(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run
    return run.status


def test_a_run_that_was_killed_is_ended_by_the_next_look(instance: dg.DagsterInstance, settings: Settings) -> None:
    done = prepared.python(KILLED, PROJECT, os.environ, [str(settings.dagster_home)])
    (run,) = instance.get_runs()
    assert (done.returncode, run.status) == (-9, dg.DagsterRunStatus.STARTED)
    # Before anybody ends it, it is known for what it is.
    found = last_ended_run(settings, instance)
    assert found
    assert found.run_id == run.run_id
    assert end_orphans(instance, settings) == [run.run_id]
    assert status_of(instance, run.run_id) == dg.DagsterRunStatus.FAILURE
    assert any(ENDED in entry.message for entry in instance.all_logs(run.run_id))
    (incident,) = failed_run(instance, settings)
    assert "bị ngắt hoặc máy tắt" in incident.text
    assert end_orphans(instance, settings) == []


@pytest.mark.parametrize("told", ["{pid} 1 0000", "{pid} {started} another-boot"])
def test_another_process_of_the_same_number_is_not_it(
    instance: dg.DagsterInstance, settings: Settings, told: str
) -> None:
    pid, started, _ = own_process().split()
    tags = {PROCESS_TAG: told.format(pid=pid, started=started)}
    run = entered(instance, dg.DagsterRunStatus.STARTED, tags)
    assert end_orphans(instance, settings) == [run]


def test_what_runs_waits_begins_or_was_stopped_is_neither_ended_nor_told(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    published = entered(instance, dg.DagsterRunStatus.SUCCESS)
    statuses = dg.DagsterRunStatus
    runs = {
        entered(instance, status): status for status in (statuses.CANCELED, statuses.NOT_STARTED, statuses.STARTING)
    }
    # One that has not said yet by which process it is done, and one that has.
    runs |= {entered(instance, statuses.STARTED): statuses.STARTED}
    runs |= {entered(instance, statuses.STARTED, {PROCESS_TAG: own_process()}): statuses.STARTED}
    assert end_orphans(instance, settings) == []
    assert {run: status_of(instance, run) for run in runs} == runs
    found = last_ended_run(settings, instance)
    assert found
    assert found.run_id == published
