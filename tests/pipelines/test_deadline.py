"""A run has an end: what is read when it comes stops in words, the rest is not begun, the next night misses nothing."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import dagster as dg
import pytest
from pytest_httpserver import HTTPServer

from connectors.errors import SourceUnavailable
from connectors.http import HttpClient
from connectors.patience import RetryBudget, RunDeadline
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines import instance
from pipelines.coordinator import ClosingDateCoordinator
from pipelines.jobs import maintenance
from tests.support.office import LAST_DAY, Office, failures


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(World(dossiers=60, documents=40, procedures=10, today=LAST_DAY)) as running:
        yield running


def spent_after(looks: int) -> RunDeadline:
    """Over when the clock has been looked at so many times; an hour is 3600 looks."""
    ticking = count()
    return RunDeadline(looks / 3600, monotonic=lambda: float(next(ticking)))


def test_when_it_comes_what_is_read_stops_and_the_next_run_misses_nothing(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(tmp_path / "stopped", simulator.environment, LAST_DAY, page_size=20)
    office.deadline, office.publish_when = spent_after(25), "all"
    result = office.read()
    assert not result.success
    told = failures(result)
    assert told
    assert all("cả lần chạy đã quá" in words and "(RUN_DEADLINE)" in words for words in told.values()), told
    with office.open() as warehouse:
        outcomes = warehouse.query("select distinct outcome from ledger.extractions order by all")
    # None is left as if it were still being read.
    assert outcomes == [("failed",), ("succeeded",)]
    office.deadline = None
    assert office.read().success
    undisturbed = Office(tmp_path / "undisturbed", simulator.environment, LAST_DAY, page_size=20)
    assert undisturbed.read().success
    assert office.raw() == undisturbed.raw()


def test_nobody_waits_for_what_comes_after_it(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/records").respond_with_data(status=503, headers={"Retry-After": "600"})
    pauses: list[float] = []
    budget = RetryBudget(run=RunDeadline(0.1, monotonic=lambda: 0.0))
    client = HttpClient(httpserver.url_for("/"), source="axis", budget=budget, sleep=pauses.append)
    with pytest.raises(SourceUnavailable, match="503"):
        client.get("records")
    assert pauses == []


def test_dagster_ends_a_run_that_stands_still_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCL_HOME", str(tmp_path))
    monkeypatch.setenv("RUN_DEADLINE", "2.5")
    with instance.opened(tmp_path / "dagster") as dagster:
        run = dagster.create_run_for_job(maintenance, status=dg.DagsterRunStatus.STARTED)
        coordinator = dagster.run_coordinator
        assert isinstance(coordinator, ClosingDateCoordinator)
        submitted = coordinator.submit_run(dg.SubmitRunContext(run, workspace=None))  # type: ignore[arg-type]
        assert submitted.tags["dagster/max_runtime"] == "12600"
        assert dagster.run_monitoring_enabled
