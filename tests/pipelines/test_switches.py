"""A schedule that somebody stopped stands in the log of actions, once, and again when it is started."""

import json
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    ScheduleInstigatorData,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

from pipelines.sensors import incident_watch
from warehouse import actions


ORIGIN = RemoteInstigatorOrigin(
    RemoteRepositoryOrigin(
        ManagedGrpcPythonEnvCodeLocationOrigin(LoadableTargetOrigin(module_name="pipelines.definitions")), "mtcl"
    ),
    "daily_0130",
)


def switched(instance: dg.DagsterInstance, status: InstigatorStatus) -> None:
    state = InstigatorState(ORIGIN, InstigatorType.SCHEDULE, status, ScheduleInstigatorData("30 1 * * *"))
    known = instance.get_instigator_state(state.instigator_origin_id, state.selector_id)
    (instance.update_instigator_state if known else instance.add_instigator_state)(state)


def log(home: Path) -> list[tuple[str, str]]:
    file = home / actions.FILE
    told = [json.loads(line) for line in file.read_bytes().splitlines()] if file.exists() else []
    return [(one["action"], one["name"]) for one in told]


def test_each_look_notes_what_was_stopped_or_started_since_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTCL_HOME", str(tmp_path))
    with dg.instance_for_test() as instance:
        cursor = None

        def look() -> None:
            nonlocal cursor
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            incident_watch(context)
            cursor = context.cursor

        look()
        assert log(tmp_path) == []
        switched(instance, InstigatorStatus.STOPPED)
        look()
        look()
        assert log(tmp_path) == [("automation_stopped", "daily_0130")]
        switched(instance, InstigatorStatus.RUNNING)
        look()
        assert log(tmp_path)[1:] == [("automation_started", "daily_0130")]
