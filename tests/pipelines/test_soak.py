"""The simulator's whole default world through the command line, as `make run` does it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import NAMES


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
