"""What `make chaos` stands on: the shim refuses, kills and writes down as it says, and what was amiss is counted."""

import multiprocessing
import os
import random
import shutil
from collections.abc import Iterator
from errno import ENOSPC
from multiprocessing.context import SpawnContext
from pathlib import Path

import pytest

from tests.chaos import figures, power, shim
from tests.chaos.figures import Figures, Trial
from tests.chaos.shim import BUDGET, FAIL_ON, FAIL_ONCE, KILL, Armed


pytestmark = pytest.mark.skipif(not shim.is_possible(), reason="no gcc on this machine")


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpawnContext]:
    """Processes that begin behind the shim."""
    before = dict(os.environ)
    shim.load(tmp_path_factory.mktemp("shim"))
    yield multiprocessing.get_context("spawn")
    os.environ.clear()
    os.environ.update(before)


def writes(home: Path, armed: Armed, codes: Path) -> None:
    """Four files: made, written, the second of them synced; the error of each, 0 for none."""
    armed.stand_before(home)
    found = []
    for number in range(4):
        try:
            descriptor = os.open(home / f"{number}", os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, b"x" * 100)
            if number == 1:
                os.fsync(descriptor)
            found.append(0)
        except OSError as error:
            found.append(error.errno)
        codes.write_text(str(found), encoding="utf-8")
    (home / "0").replace(home / "standing")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    (made / "standing").write_text("whole", encoding="utf-8")
    return made


def errors(context: SpawnContext, home: Path, armed: Armed) -> tuple[str, int | None]:
    codes = home.with_name("codes")
    process = context.Process(target=writes, args=(home, armed, codes))
    process.start()
    process.join()
    return codes.read_text(encoding="utf-8"), process.exitcode


@pytest.mark.parametrize(
    ("armed", "expected"),
    [
        (Armed(FAIL_ONCE, 4, ENOSPC), [0, ENOSPC, 0, 0]),
        (Armed(FAIL_ON, 6, ENOSPC), [0, 0, ENOSPC, ENOSPC]),
        (Armed(BUDGET, 250), [0, 0, ENOSPC, ENOSPC]),
    ],
)
def test_the_operation_of_that_number_is_refused(
    behind: SpawnContext, home: Path, armed: Armed, expected: list[int]
) -> None:
    assert errors(behind, home, armed)[0] == str(expected)


def test_a_power_cut_leaves_what_was_synced_and_what_stood_there(behind: SpawnContext, home: Path) -> None:
    kept = home.with_name("kept")
    kept.mkdir()
    # After everything, the names too.
    assert errors(behind, home, Armed(KILL, 99, kept=str(kept))) == ("[0, 0, 0, 0]", 0)
    assert (home / "standing").read_bytes() == b"x" * 100
    again = shutil.copytree(home, home.with_name("again"))
    assert sorted(path.name for path in again.iterdir()) == ["1", "2", "3", "standing"]

    class Worst(random.Random):
        """All names since the last sync are lost, and all bytes."""

        def random(self) -> float:
            return 0.9

    power.cut(kept, Worst())
    found = {path.name: path.read_bytes() for path in home.iterdir()}
    # Names of before the sync last; the bytes of a file that was not synced do not.
    assert found == {"standing": b"whole", "0": b"", "1": b"x" * 100}


def test_whatever_was_amiss_is_counted_and_told() -> None:
    one = Figures(
        "kill", [Trial("a"), Trial("b", lost=["raw.x 1", "raw.x 2"], tried=4), Trial("c", untold=["Traceback"])]
    )
    assert (one.tried, one.survived) == (6, 1)
    assert figures.line(one).split() == ["kill", "6", "1", "1", "0", "0", "1"]
    assert figures.complaints(one) == ["kill: b: lost raw.x 1, raw.x 2", "kill: c: untold Traceback"]
    assert figures.verdict([one]) == 1
    assert figures.verdict([Figures("wire", [Trial("a")])]) == 0
    assert figures.verdict([Figures("wire")]) == 1
