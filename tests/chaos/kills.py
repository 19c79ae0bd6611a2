"""kill -9 of the whole tree of `mtcl run` at random moments, several in a row on one home, then a run that may end."""

import os
import signal
import subprocess
from collections.abc import Iterator

from tests.chaos.figures import Trial
from tests.chaos.homes import Dice, Province, Until, ends_well, readable
from tests.support.command_line import COMMAND, FIRST, PROJECT


IN_A_ROW = 4
# What a Python that has imported nothing takes longer than one that is forked.
IMPORTS = 6


def kills(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    while not until():
        home = province.copy()
        moments = [dice.uniform(1, province.seconds + IMPORTS) for _ in range(IN_A_ROW)]
        trial = Trial(f"killed after {', '.join(f'{moment:.1f}' for moment in moments)} s", tried=IN_A_ROW)
        for moment in moments:
            killed(province.shell(home).environment, moment)
            readable(province, home, trial)
        ends_well(province, home, trial)
        yield trial


def killed(environment: dict[str, str], moment: float) -> None:
    """A session of its own, so that whatever it started is killed with it."""
    quiet = subprocess.DEVNULL
    command = [*COMMAND, *FIRST]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
