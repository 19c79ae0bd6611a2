"""What takes minutes: the whole default world as `make run` does it, and runs that are killed on their way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from pipelines.settings import NAMES
from tests.support.nights import FILLED, WEEK, grown, lived, told
from tests.support.office import LAST_DAY, Office, small


LIFE = Path(os.environ.get("SOAK_LIFE", ".soak/nights")).resolve()
NIGHTS = int(os.environ.get("SOAK_NIGHTS", "400"))


@pytest.mark.soak
def test_the_default_world_comes_to_its_truth_and_a_second_run_lands_nothing(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", "--json"]
    first, second = (
        json.loads(
            subprocess.run(
                command,
                env=environment | {"MTCL_HOME": str(tmp_path)},
                cwd=Path(__file__).parents[2],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout.splitlines()[-1]
        )
        for _ in range(2)
    )
    assert first["matches_simulator_truth"]
    assert second["matches_simulator_truth"]
    assert [source["landed"] for source in second["sources"].values()] == [0, 0, 0]


def run_until(environment: dict[str, str], lines: int | None) -> None:
    """`mtcl run`, killed without a word once it has printed so many lines; None lets it end."""
    command = [sys.executable, "-u", "-c", "from pipelines.cli import main; main()", "run"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        assert run.stdout is not None
        for number, _ in enumerate(run.stdout, start=1):
            if number == lines:
                run.kill()
        ended = run.wait()
    assert ended == (0 if lines is None else -9)


@pytest.mark.soak
def test_runs_killed_anywhere_leave_what_an_undisturbed_run_leaves(tmp_path: Path) -> None:
    with Simulator(small()) as simulator:
        machine = {name: value for name, value in os.environ.items() if name not in NAMES}
        environment = machine | simulator.environment | {"MTCL_TODAY": LAST_DAY.isoformat()}

        def office(name: str) -> Office:
            return Office(tmp_path / name, simulator.environment, LAST_DAY)

        run_until(environment | {"MTCL_HOME": str(tmp_path / "undisturbed")}, None)
        killed = environment | {"MTCL_HOME": str(tmp_path / "killed")}
        for lines in (3, 9, 15, 21, 27, 33, 39, 45, 51):
            run_until(killed, lines)
        run_until(killed, None)
        assert office("killed").hashes() == office("undisturbed").hashes()
        assert office("killed").raw() == office("undisturbed").raw()


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_home_of_400_nights_grows_no_faster_than_what_it_was_told() -> None:
    """Goes on where the last soak stopped; prints some nights of the curve, all of which stand in its folder."""
    curve = list(lived(LIFE, NIGHTS))
    for night in curve:
        if night.number in (1, 50, 100, 200, NIGHTS):
            print(told(night))
    assert len(curve) >= FILLED + 2 * WEEK, "too few nights to tell growth from a home that fills"
    assert grown(curve) == {}
