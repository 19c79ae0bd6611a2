"""Nights of many organisations: who is killed is begun anew and holds nobody up, and no figure tells the difference."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines import nights, organisation_nights
from pipelines.instance import opened
from pipelines.nights import MTCL, Night, Start
from pipelines.settings import NAMES
from tests.support.command_line import DAY, PROJECT
from warehouse.reading import Published, latest


DIES_ONCE = """
import os, pathlib, signal, sys
mark = pathlib.Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    os.kill(os.getpid(), signal.SIGKILL)
print('{"version": "second"}')
"""
# At so many seconds of its own processor time, once: `mtcl` as it is started otherwise.
DIES_AFTER = """
import os, pathlib, signal, sys, threading, time
mark, seconds = pathlib.Path(sys.argv[1]), float(sys.argv[2])
def watch():
    while time.process_time() < seconds:
        time.sleep(0.02)
    mark.write_text(str(time.process_time()))
    os.kill(os.getpid(), signal.SIGKILL)
if not mark.exists():
    threading.Thread(target=watch, daemon=True).start()
from pipelines.cli import main
sys.argv[1:] = sys.argv[3:]
main(prog_name='mtcl')
"""


def python(code: str, *arguments: object) -> Start:
    return [sys.executable, "-c", code, *map(str, arguments)], dict(os.environ)


def says(version: str) -> Start:
    return python(f"print('{json.dumps({'version': version})}')")


def test_a_killed_worker_is_begun_anew_and_the_others_go_on(tmp_path: Path) -> None:
    heard: list[str] = []
    starts = {"H19": python(DIES_ONCE, tmp_path / "mark"), "H20": says("first")}
    assert nights.run_each(starts, workers=2, say=heard.append) == [
        Night("H19", 0, 2, {"version": "second"}),
        Night("H20", 0, 1, {"version": "first"}),
    ]
    assert heard == ["[H19] Tiến trình bị ngắt (tín hiệu 9), lần 1/3."]


def test_who_is_killed_again_and_again_is_given_up_and_who_has_answered_is_not_asked_again() -> None:
    heard: list[str] = []
    killed = python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    refused = python("import sys; print('không có mạng', file=sys.stderr); sys.exit(1)")
    found = nights.run_each({"H19": killed, "H20": refused}, workers=1, say=heard.append)
    assert found == [Night("H19", -9, 3), Night("H20", 1, 1)]
    assert "[H20] không có mạng" in heard


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with opened(tmp_path / "dagster") as made:
        yield made


def test_dagster_has_a_night_of_each_for_each_closing_date(instance: dg.DagsterInstance) -> None:
    started: list[tuple[str, str]] = []

    def start(code: str, day: str) -> Start:
        started.append((code, day))
        return says("mtcl-2025-12-31-1") if code == "H19" else python("raise SystemExit(1)")

    definitions = organisation_nights.build_definitions(["H19", "H20"], start)
    context = dg.build_schedule_context(
        instance=instance,
        scheduled_execution_time=datetime(2025, 12, 30, 18, 30, tzinfo=UTC),
        repository_def=definitions.get_repository_def(),
    )
    schedule = definitions.resolve_schedule_def(organisation_nights.NIGHTS_SCHEDULE)
    requests = schedule.evaluate_tick(context).run_requests or []
    assert [request.partition_key for request in requests] == ["2025-12-31|H19", "2025-12-31|H20"]
    job = definitions.resolve_job_def(organisation_nights.NIGHTS)
    ended = [
        job.execute_in_process(instance=instance, partition_key=request.partition_key, raise_on_error=False).success
        for request in requests
    ]
    assert (ended, started) == ([True, False], [("H19", "2025-12-31"), ("H20", "2025-12-31")])


@pytest.mark.soak
@pytest.mark.parametrize("seconds", [4, 9, 14])
def test_a_night_that_is_killed_anywhere_comes_to_what_it_comes_to_alone(tmp_path: Path, seconds: float) -> None:
    with ExitStack() as stack:
        serial, together = tmp_path / "serial", tmp_path / "together"
        for number, code in enumerate(("H19", "H20")):
            world = World(dossiers=300, documents=60, procedures=40, today=DAY, defect_share=0.03, seed=number)
            registers = tmp_path / f"registers-{code}"
            registers.mkdir()
            sources = stack.enter_context(Simulator(world, registers=registers))
            found_an_organisation(serial, code, sources)
        alone = nights.run_each(starts(serial), workers=1, say=print)
        # When an appointment was seen first is a fact that is published: both go on from the same first night.
        shutil.copytree(serial, together, symlinks=True)
        killed = starts(together)
        command, environment = killed["H19"]
        dies = [sys.executable, "-c", DIES_AFTER, str(tmp_path / "mark"), str(seconds), *command[len(MTCL) :]]
        both = nights.run_each({**killed, "H19": (dies, environment)}, workers=2, say=print)
    assert [night.code for night in (*alone, *both)] == [0, 0, 0, 0]
    assert [night.attempts for night in both] == [2, 1]
    for code in ("H19", "H20"):
        assert hashes(together, code) == hashes(serial, code)
        assert published(together, code).version > published(serial, code).version
    assert hashes(serial, "H19") != hashes(serial, "H20")


def starts(installation: Path) -> dict[str, Start]:
    machine = {name: text for name, text in os.environ.items() if name not in NAMES}
    ours = {"PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path]), "MTCL_HOME": str(installation)}
    return {code: nights.of(machine | ours, code, str(DAY)) for code in ("H19", "H20")}


def found_an_organisation(installation: Path, code: str, sources: Simulator) -> None:
    home = installation / "organisations" / code
    home.mkdir(parents=True)
    own = {**sources.environment, "MTCL_TODAY": str(DAY)}
    lines = "".join(f"{name} = {json.dumps(text)}\n" for name, text in own.items() if name != "MTCL_ORG_CODE")
    (home / "mtcl.toml").write_text(lines, encoding="utf-8")
    (home / "mtcl.toml").chmod(0o600)


def published(installation: Path, code: str) -> Published:
    found = latest(installation / "organisations" / code / "published")
    assert found
    return found


def hashes(installation: Path, code: str) -> dict[str, str]:
    return {table: facts["content_hash"] for table, facts in published(installation, code).manifest["tables"].items()}
