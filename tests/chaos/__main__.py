"""`python -m tests.chaos [--minutes M] [--seed N] [KIND …]`: disturbs, counts, ends with 1 where anything was amiss.

Each kind has its share of the minutes (CHAOS_MINUTES, 10) and is tried at least once; the seed that is printed does the
same again. Kinds that change files go first over nights in small, a second each, then over runs of `mtcl`.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from time import monotonic

from connectors.simulator.server import Simulator
from tests.chaos import clocks, damage, figures, homes, kills, runs, shim, small, trees, wire
from tests.chaos.figures import Figures, Trial


MEMORY = Path("/dev/shm")  # noqa: S108 - homes are copied and thrown away: no disk need hear of it
Until = Callable[[], bool]
Kind = Callable[[random.Random, Until], Iterator[Trial]]


class Grounds:
    """What the kinds stand on, each made when the first asks for it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self._province: homes.Province | None = None
        self._ground: small.Ground | None = None

    def province(self) -> homes.Province:
        if self._province is None:
            registers = self.folder / "registers"
            registers.mkdir()
            simulator = self.stack.enter_context(Simulator(homes.WORLD, registers=registers))
            self._province = homes.begun(self.folder, simulator, monotonic)
        return self._province

    def ground(self) -> small.Ground:
        if self._ground is None:
            (self.folder / "small").mkdir()
            self._ground = small.prepared(self.folder / "small")
        return self._ground

    def kinds(self) -> dict[str, Kind]:
        """What is tried in small, or only read, has half of the time of its kind, the whole run the other half."""
        return {
            "kill": lambda dice, until: kills.kills(self.province(), dice, until),
            "tree": lambda dice, until: trees.trees(self.province(), dice, until),
            "damage": self.damage,
            "writes": self.both("writes"),
            "full": self.both("full"),
            "power": self.both("cuts"),
            "clock": lambda dice, until: clocks.clocks(self.province(), dice, until),
            "wire": wire.wires,
        }

    def damage(self, dice: random.Random, until: Until) -> Iterator[Trial]:
        yield from damage.reads(self.province(), dice, half(until))
        yield from damage.together(self.province(), dice, half(until))

    def both(self, name: str) -> Kind:
        def kind(dice: random.Random, until: Until) -> Iterator[Trial]:
            place = self.folder / "small" / "trial"
            yield from getattr(small, name)(self.ground(), place, dice, half(until))
            yield from getattr(runs, name)(self.province(), dice, half(until))

        return kind


class Share:
    """Is over so many seconds after it was first asked, which is when a kind has its ground: never before one trial."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begun: float | None = None

    def __call__(self) -> bool:
        if self.begun is None:
            self.begun = monotonic()
            return False
        return monotonic() - self.begun > self.seconds


def half(until: Until) -> Until:
    return Share(until.seconds / 2) if isinstance(until, Share) else until


def tried(name: str, kind: Kind, seed: int, seconds: float) -> Figures:
    found = Figures(name)
    for trial in kind(random.Random(f"{seed} {name}"), Share(seconds)):
        found.trials.append(trial)
        if not trial.has_survived:
            print(f"  {figures.complaints(Figures(name, [trial]))[0]}", file=sys.stderr, flush=True)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("CHAOS_MINUTES", "10")))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    if not shim.is_possible():
        print("gcc is needed for what stands between the product and its disk", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    if MEMORY.is_dir():
        tempfile.tempdir = str(MEMORY)
    print(f"seed {options.seed}, {options.minutes:g} minutes\n{figures.HEADING}", flush=True)
    found = []
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, ExitStack() as stack:
        shim.load(Path(folder))
        kinds = Grounds(Path(folder), stack).kinds()
        for name in options.kinds or kinds:
            share = 60 * options.minutes / len(options.kinds or kinds)
            found.append(tried(name, kinds[name], options.seed, share))
            print(figures.line(found[-1]), flush=True)
    for complaint in chain.from_iterable(map(figures.complaints, found)):
        print(complaint)
    return figures.verdict(found)


if __name__ == "__main__":
    sys.exit(main())
