"""Dagster's history in a real PostgreSQL, as deploy/dagster-storage.yaml says it; figures stay in the home."""

import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import dagster as dg
import pytest

from connectors.simulator.server import Simulator
from pipelines.instance import OWN_STORAGE, opened
from pipelines.orphans import PROCESS_TAG, end_orphans, own_process
from pipelines.running import run_daily
from pipelines.settings import Settings
from pipelines.status import last_ended_run
from tests.support import postgres
from tests.support.documented import PROJECT
from tests.support.office import LAST_DAY, small
from tests.support.postgres import Server


PROGRAMS = postgres.programs()
pytestmark = [
    pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL server on this machine"),
    pytest.mark.skipif(find_spec("dagster_postgres") is None, reason="requirements-postgres.lock is not installed"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    assert PROGRAMS
    # Whoever runs the server has to come through every folder above.
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder), PROGRAMS) as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DAGSTER_PG_HOST", "127.0.0.1")
    monkeypatch.setenv("DAGSTER_PG_PASSWORD", postgres.PASSWORD)
    (tmp_path / "home" / "dagster").mkdir(parents=True)
    text = (PROJECT / "deploy" / "dagster-storage.yaml").read_text(encoding="utf-8")
    own = text.replace("port: 5432", f"port: {server.port}")
    (tmp_path / "home" / "dagster" / OWN_STORAGE).write_text(own, encoding="utf-8")
    return Settings.from_environment({"MTCL_HOME": str(tmp_path / "home")})


@dg.op
def nothing_done() -> None:
    pass


@dg.job(name="daily")
def nothing() -> None:
    nothing_done()


def test_runs_their_events_and_their_orphans_are_in_the_server_and_in_no_file(
    settings: Settings, server: Server
) -> None:
    with opened(settings.dagster_home) as instance:
        ended = nothing.execute_in_process(instance=instance, tags={PROCESS_TAG: own_process()}).run_id
        pid, _, boot = own_process().split()
        gone = {PROCESS_TAG: f"{pid} 1 {boot}"}
        orphan = instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED, tags=gone).run_id
        assert end_orphans(instance, settings) == [orphan]
        found = last_ended_run(settings, instance)
        assert found
        assert found.run_id in (ended, orphan)
    assert set(server.asks("select run_id || ' ' || status from runs")) == {f"{ended} SUCCESS", f"{orphan} FAILURE"}
    (events,) = server.asks(f"select count(*) from event_logs where run_id = '{ended}'")
    assert int(events) >= 5
    assert list(settings.dagster_home.rglob("*.db")) == []


@pytest.mark.soak
def test_a_whole_night_is_told_in_the_server_and_published_in_the_home(
    settings: Settings, server: Server, tmp_path: Path
) -> None:
    registers = tmp_path / "registers"
    registers.mkdir()
    with Simulator(small(), registers=registers) as simulator:
        given = {**simulator.environment, "MTCL_HOME": str(settings.run.home), "MTCL_TODAY": str(LAST_DAY)}
        report = run_daily(Settings.from_environment(given), LAST_DAY, outputs=False)
    assert report.published, report.problems
    assert server.asks(f"select status from runs where run_id = '{report.run_id}'") == ["SUCCESS"]
    assert (settings.run.published / "mtcl.duckdb").exists()
    assert "DAGSTER_PG_PASSWORD" in os.environ
    assert postgres.PASSWORD not in (settings.dagster_home / "dagster.yaml").read_text(encoding="utf-8")
