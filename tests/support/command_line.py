"""`mtcl` as a shell runs it, and a home after its first run, made once for all who ask such a home."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.settings import NAMES
from tests.support import prepared


PUBLISHED, STOPPED, WRONG, STALE, FAILED, NEVER = 0, 1, 2, 3, 4, 5
COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main(prog_name='mtcl')"]
PROJECT = Path(__file__).parents[2]
DAY = date(2025, 12, 31)
FIRST = ("run", "--closing-date", str(DAY), "--json")
Done = subprocess.CompletedProcess[str]


class CommandLine:
    """A shell in the project's folder, with the settings given and none of the machine's own."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        machine = {name: value for name, value in os.environ.items() if name not in NAMES}
        self.environment = {**machine, **settings, "MTCL_HOME": str(home)}

    def asks(self, *arguments: str, **settings: str) -> Done:
        return prepared.mtcl(PROJECT, self.environment | settings, arguments)

    def starts(self, *arguments: str) -> Done:
        """In a Python that has imported nothing yet."""
        command = [*COMMAND, *arguments]
        return subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)


@contextmanager
def province(registers: Path) -> Iterator[Simulator]:
    """The sources of the first run; the same again wherever they are started."""
    world = World(dossiers=300, documents=60, procedures=40, today=DAY, defect_share=0.03)
    with Simulator(world, registers=registers) as running:
        yield running


@dataclass(frozen=True)
class FirstRun:
    """`home` is not to be changed: copy it."""

    home: Path
    done: Done


def first_run(folder: Path) -> FirstRun:
    """Made in the folder, or read from there."""
    home, told = folder / "home", folder / "done.json"
    if not told.exists():
        with province(folder / "registers") as sources:
            done = CommandLine(home, sources.environment | {"MTCL_TODAY": str(DAY)}).starts(*FIRST)
        told.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
    return FirstRun(home, subprocess.CompletedProcess(FIRST, *json.loads(told.read_text(encoding="utf-8"))))
