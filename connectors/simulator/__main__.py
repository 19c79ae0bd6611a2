"""`python -m connectors.simulator`: serve until standard input closes or a signal comes."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory

from connectors.simulator.faults import FaultPlan
from connectors.simulator.profiles import DEFAULT, PROFILES
from connectors.simulator.server import Simulator
from connectors.simulator.world import World


LOOK_UP_SECONDS = 0.5
_PLAN_HELP = "for instance rate_limit+outage@axis; an unknown name is answered with all there are"


def _plan(name: str) -> FaultPlan:
    try:
        return FaultPlan(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m connectors.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--dossiers", type=int, default=World.dossiers)
    parser.add_argument("--seed", type=int, default=World.seed)
    parser.add_argument("--today", type=date.fromisoformat, default=World.today)
    parser.add_argument("--documents", type=int, default=World.documents)
    parser.add_argument("--procedures", type=int, default=World.procedures)
    parser.add_argument("--faults", type=_plan, default="none", metavar="PLAN", help=_PLAN_HELP)
    parser.add_argument("--profile", choices=PROFILES, default=DEFAULT, help="the generation of systems it stands for")
    parser.add_argument("--undrained", action="store_true", help="nobody else empties the received queue of the axis")
    parser.add_argument("--packets", type=Path, help="folder of .edxml files to put on the axis")
    parser.add_argument("--registers", type=Path, help="folder for the rooms' workbooks; a temporary one by default")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> None:
    asked = _arguments(given)
    world = World(
        seed=asked.seed,
        dossiers=asked.dossiers,
        today=asked.today,
        documents=asked.documents,
        procedures=asked.procedures,
        is_drained=not asked.undrained,
    )
    # A queue, since an event that a signal sets while we begin to wait for it would never be set.
    done: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.put(None))
    with (
        TemporaryDirectory(prefix="mtcl-registers-") as temporary,
        Simulator(
            world,
            asked.faults,
            port=asked.port,
            packets=asked.packets,
            registers=asked.registers or Path(temporary),
            profile=PROFILES[asked.profile],
        ) as simulator,
    ):
        port = int(simulator.url.rpartition(":")[2])
        line = {"port": port, "today": str(world.today), "environment": simulator.environment}
        print(json.dumps(line), flush=True)
        threading.Thread(target=_wait_for_the_end_of_input, args=(done,), daemon=True).start()
        _wait_for(done)


def _wait_for(done: SimpleQueue[None]) -> None:
    """Looks up now and then: a signal that comes just before the wait, or to another thread, wakes nobody by itself."""
    while True:
        with suppress(Empty):
            return done.get(timeout=LOOK_UP_SECONDS)


def _wait_for_the_end_of_input(done: SimpleQueue[None]) -> None:
    while sys.stdin.readline():
        pass
    done.put(None)


if __name__ == "__main__":
    main()
