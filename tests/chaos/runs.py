"""Errors of the disk, a full disk and power cuts in `mtcl run` itself, at random operations."""

import subprocess
from collections.abc import Iterator
from itertools import count
from os import strerror

from tests.chaos import power
from tests.chaos.figures import Trial
from tests.chaos.homes import Dice, Province, Until, compare, disturbed, ends_well, facts, readable, told
from tests.chaos.shim import BUDGET, ERRORS, FAIL_ON, FAIL_ONCE, KILL, Armed
from tests.support.command_line import FIRST


MEGABYTE = 1 << 20
# From too little to begin with, over too little to end, to enough.
TMPFS = (200, 300, 400, 800)


def writes(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    for turn in count():
        if until():
            return
        number, error = dice.randint(1, province.operations), ERRORS[turn % 2]
        what = (FAIL_ON, FAIL_ONCE)[turn // 2 % 2]
        name = f"mtcl run: {strerror(error)}, operation {number}{' and all after' if what == FAIL_ON else ''}"
        yield judged(province, name, Armed(what, number, error))


def full(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    """Real small disks where this may be mounted, then a budget behind the room that was there at the start."""
    for size in TMPFS:
        if until():
            return
        if trial := on_tmpfs(province, size):
            yield trial
    while not until():
        size = dice.randint(0, 200) * MEGABYTE
        yield judged(province, f"mtcl run: {size // MEGABYTE} MB left", Armed(BUDGET, size))


def cuts(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    while not until():
        number = dice.randint(1, province.operations)
        kept = province.folder / "disturbed" / "kept"
        trial = Trial(f"mtcl run: cut at operation {number} of {province.operations}")
        home = province.copy()
        kept.mkdir()
        disturbed(province, home, Armed(KILL, number, kept=str(kept)))
        power.cut(kept, dice)
        readable(province, home, trial)
        ends_well(province, home, trial)
        yield trial


def judged(province: Province, name: str, armed: Armed) -> Trial:
    trial, home = Trial(name), province.copy()
    done, _ = disturbed(province, home, armed)
    told(done, trial)
    readable(province, home, trial)
    ends_well(province, home, trial)
    return trial


def on_tmpfs(province: Province, megabytes: int) -> Trial | None:
    """The home on a disk of that size; None where none may be mounted."""
    place = province.folder / "disk"
    place.mkdir(exist_ok=True)
    if not done_well("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)):
        return None
    try:
        trial = Trial(f"mtcl run on a disk of {megabytes} MB")
        done = province.shell(place / "home").asks(*FIRST)
        told(done, trial)
        if done.returncode == 0:
            compare(province.facts, facts(place / "home"), trial)
        return trial
    finally:
        done_well("umount", str(place))


def done_well(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False
