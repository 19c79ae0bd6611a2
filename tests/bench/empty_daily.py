"""One `daily` that finds nothing new, end to end through Dagster over sockets, in the simulator's default world."""

from pathlib import Path
from time import perf_counter

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import LAST_DAY, Office, small


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    measured = []
    with Simulator(small() if quick else World()) as simulator:
        office = Office(folder, simulator.environment, LAST_DAY)
        office.night()
        for _ in range(turns):
            started = perf_counter()
            office.night()
            measured.append({"daily": perf_counter() - started})
    return measured
