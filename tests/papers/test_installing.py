"""What whoever types `make run` for the first time sees while pip fetches a hundred packages."""

import subprocess
from pathlib import Path

import pytest


SCRIPT = Path(__file__).parents[2] / "deploy" / "installing.awk"
FETCHED = [
    f"Collecting p{number}==1.0 (from -r requirements.lock (line {number}))\n  Downloading it" for number in range(20)
]


def shown(lines: list[str], live: int) -> tuple[int, list[str]]:
    command = ["awk", "-f", str(SCRIPT), "-v", "total=20", "-v", f"live={live}"]
    done = subprocess.run(command, input="\n".join([*lines, ""]), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.replace("\r", "\n").splitlines()


def test_each_tenth_of_the_packages_is_a_line_where_nobody_watches() -> None:
    code, lines = shown([*FETCHED, "Installing collected packages: p0, p1"], live=0)
    assert (code, lines[0], lines[9]) == (0, "Tải về 2/20 gói", "Tải về 20/20 gói")
    assert lines[10:] == ["Đang ghi các gói vào .venv, một hai phút…"]


def test_on_a_terminal_one_bar_fills() -> None:
    _, lines = shown(FETCHED[:10], live=1)
    assert lines[-1] == f"[{'#' * 15}{' ' * 15}] 10/20 gói "


@pytest.mark.parametrize("live", [0, 1])
def test_a_failure_of_pip_stops_make(live: int) -> None:
    assert shown([*FETCHED[:3], "pip has failed"], live)[0] == 1
