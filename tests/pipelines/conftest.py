"""A small province on real sockets, and a home after its first night."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from connectors.simulator.server import Simulator
from tests.support.office import LAST_DAY, Office, small


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(small(), registers=tmp_path_factory.mktemp("registers")) as running:
        yield running


@pytest.fixture
def simulator(source: Simulator) -> Iterator[Simulator]:
    """The sources as they are on the last day, without faults, whatever a test makes of them."""
    yield source
    source.world, source.faults = small(), "none"


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory, source: Simulator, worker_id: str) -> Path:
    """A home after its first run, made by whichever worker comes first; each test works on a copy."""
    alone = worker_id == "master"
    shared = tmp_path_factory.mktemp("night") if alone else tmp_path_factory.getbasetemp().parent / "first-night"
    shared.mkdir(exist_ok=True)
    home, done = shared / "home", shared / "done"
    with FileLock(shared / "lock"):
        if not done.exists():
            assert Office(home, source.environment, LAST_DAY).night(outputs=True).success
            done.touch()
    return home


@pytest.fixture
def office(tmp_path: Path, first_night: Path, simulator: Simulator) -> Office:
    home = tmp_path / "home"
    shutil.copytree(first_night, home, symlinks=True)
    return Office(home, simulator.environment, LAST_DAY)
