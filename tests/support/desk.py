"""The desk over a home, with nights behind it, before an application that stands for Dagster's own page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.definitions.metadata import normalize_metadata
from dagster._core.execution.plan.objects import StepFailureData, StepSuccessData, UserFailureData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assets.partitions import PARTITION_TAG
from pipelines.desk.pages import Desk
from pipelines.documents import Documents
from pipelines.door import OPERATOR, Door, Role
from pipelines.settings import Settings
from pipelines.wall import Wall
from tests.support.web import served


READING = "raw__portal__dossiers"
WHY = "Không công bố: Cổng dịch vụ công từ chối đăng nhập."


@dataclass
class Dagster:
    """`launched`: what it was asked to start, as (job, settings, tags)."""

    launched: list[tuple[str, Any, dict[str, str]]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: HTMLResponse | JSONResponse = HTMLResponse("<!doctype html><title>Dagster</title>")
        if scope["path"] == "/graphql":
            params = (await Request(scope, receive).json())["variables"]["params"]
            tags = {tag["key"]: tag["value"] for tag in params["executionMetadata"]["tags"]}
            self.launched.append((params["selector"]["jobName"], json.loads(params["runConfigData"]), tags))
            run = {"__typename": "LaunchRunSuccess", "run": {"runId": "0"}}
            answer = JSONResponse({"data": {"launchRun": run}})
        await answer(scope, receive, send)


@dg.op(name=READING)
def dossiers() -> int:
    return 0


@dg.op
def publish(read: int) -> None: ...


@contextmanager
def desk(home: Path, instance: dg.DagsterInstance, dagster: ASGIApp, role: Role = OPERATOR) -> Iterator[str]:
    """Its address, without a path: wall, door, published files and desk, in the order in which they stand."""
    settings = Settings.from_environment({"MTCL_HOME": str(home)})
    with served(Wall(Door(Documents(Desk(dagster, settings, instance), home), lambda scope: role))) as browser:
        yield f"http://127.0.0.1:{browser.port}"


@dg.job(name="daily")
def daily() -> None:
    """Two steps under the names of ours: to make the real one takes longer than all that is asked of it here."""
    publish(dossiers())


def nights(instance: dg.DagsterInstance) -> tuple[dg.DagsterRun, dg.DagsterRun]:
    """One that a source has stopped, and one that has begun and done one step."""
    failed = instance.create_run_for_job(daily, tags={PARTITION_TAG: "2025-12-30"})
    why = UserFailureData(label="Failure", description=WHY, metadata=normalize_metadata({}))
    step(instance, failed, "STEP_FAILURE", READING, StepFailureData(None, why))
    instance.report_run_failed(failed)
    running = instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTING)
    step(instance, running, "STEP_SUCCESS", READING, StepSuccessData(duration_ms=0.0))
    return failed, running


def step(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: str, name: str, told: Any) -> None:
    event = dg.DagsterEvent(kind, run.job_name, step_key=name, event_specific_data=told)
    instance.report_dagster_event(event, run.run_id)
