"""The machine's clock jumps, at the start of a run or at a random operation of it; then it is right again."""

from collections.abc import Iterator

from tests.chaos.figures import Trial
from tests.chaos.homes import Dice, Province, Until, disturbed, ends_well, readable, told
from tests.chaos.shim import JUMP, Armed


HOUR, DAY = 3600, 86400
JUMPS = (3 * DAY, -3 * HOUR, int(-2.4 * HOUR), 5 * HOUR, 400 * DAY, -30 * DAY)


def clocks(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    turn = 0
    while not until():
        home, jump = province.copy(), JUMPS[turn % len(JUMPS)]
        number = 1 if turn % 2 == 0 else dice.randint(1, province.operations)
        trial = Trial(f"{jump / HOUR:+.1f} h at operation {number} of {province.operations}")
        done, _ = disturbed(province, home, Armed(JUMP, number, jump))
        told(done, trial)
        readable(province, home, trial)
        ends_well(province, home, trial)
        turn += 1
        yield trial
