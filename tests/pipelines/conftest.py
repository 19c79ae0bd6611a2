"""A small province on real sockets, and a home after its first night."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from connectors.simulator.server import Simulator
from tests.support import command_line
from tests.support.browsing import BROWSER
from tests.support.command_line import DAY, CommandLine, FirstRun
from tests.support.office import LAST_DAY, Office, small
from warehouse.reading import Published, latest


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(small(), registers=tmp_path_factory.mktemp("registers")) as running:
        yield running


@pytest.fixture
def simulator(source: Simulator) -> Iterator[Simulator]:
    """The sources as they are on the last day, without faults, whatever a test makes of them."""
    yield source
    source.world, source.faults = small(), "none"


@contextmanager
def shared_folder(factory: pytest.TempPathFactory, worker_id: str, name: str) -> Iterator[Path]:
    """One for all workers, to one of them at a time: whichever comes first makes what the others find."""
    folder = factory.mktemp(name) if worker_id == "master" else factory.getbasetemp().parent / name
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        yield folder


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> FirstRun:
    """What `mtcl run` left and said; each module works on a copy of its home."""
    with shared_folder(tmp_path_factory, worker_id, "first-run") as folder:
        return command_line.first_run(folder)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """The sources of the first run."""
    with command_line.province(tmp_path_factory.mktemp("registers")) as running:
        yield running


@pytest.fixture(scope="module")
def shell(province: Simulator, first_run: FirstRun, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A home of the module's own after its first run, over the same sources."""
    home = tmp_path_factory.mktemp("shell") / "home"
    shutil.copytree(first_run.home, home, symlinks=True)
    return CommandLine(home, province.environment | {"MTCL_TODAY": str(DAY)})


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a module: where it is open, no other may be started."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory, source: Simulator, worker_id: str) -> Path:
    """A home after its first night, without Dagster's history; each test works on a copy."""
    with shared_folder(tmp_path_factory, worker_id, "first-night") as shared:
        home, done = shared / "home", shared / "done"
        if not done.exists():
            assert Office(home, source.environment, LAST_DAY).night(outputs=True).success
            done.touch()
    return home


@pytest.fixture(scope="session")
def published(first_night: Path) -> Published:
    """What it published."""
    found = latest(first_night / "published")
    assert found is not None
    return found


@pytest.fixture
def office(tmp_path: Path, first_night: Path, simulator: Simulator) -> Office:
    home = tmp_path / "home"
    shutil.copytree(first_night, home, symlinks=True)
    return Office(home, simulator.environment, LAST_DAY)
