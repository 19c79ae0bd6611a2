"""Random fault histories: a small province read on some evenings while everything goes wrong that may go wrong.

After the last evening, which is quiet, every dossier that the source shows is in the warehouse once, as it is shown.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import dagster as dg

from assets.raw.portal import portal__dossiers
from assets.terms import LOCAL, Terms
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import Office
from warehouse.database import Warehouse


# Faults of the wire and of paging, none of which changes what a record says.
FAULTS = (
    "rate_limit",
    "server_errors",
    "html_page",
    "truncated_json",
    "connection_reset",
    "token_expiry",
    "last_missing",
    "duplicate_page",
    "amount_drift",
    "outage",
)
PAGE_SIZES = (7, 20, 50, 200)
FIRST_DAY = date(2025, 6, 2)


class Killed(BaseException):
    """The process is gone at a commit: nothing after it happens."""


@dataclass(frozen=True)
class Ended:
    """What a history came to: keys that are missing, that stand twice as newest, or that say something else."""

    seed: int
    evenings: int
    lost: int
    doubled: int
    different: int

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.doubled or self.different)


def live(seed: int, folder: Path) -> Ended:
    """One history from its seed, over real sockets, in a folder of its own."""
    dice = random.Random(seed)
    world = World(seed=seed % 50, dossiers=80, documents=20, procedures=10, today=FIRST_DAY)
    with Simulator(world) as simulator:
        evenings = dice.randint(2, 5)
        for _ in range(evenings):
            simulator.world = replace(world, today=simulator.world.today + timedelta(days=dice.randint(0, 3)))
            simulator.faults = "+".join(dice.sample(FAULTS, dice.randint(0, 3))) or "none"
            # A clock that is set back now and then, by up to a day.
            behind = timedelta(hours=dice.choice([0, 0, 0, 1, 24]))
            evening(simulator, folder, dice, behind, deadly=dice.random() < 0.4)
        simulator.faults = "none"
        simulator.world = replace(world, today=simulator.world.today + timedelta(days=1))
        assert evening(simulator, folder, dice, timedelta(), deadly=False)
        return judged(seed, evenings + 1, simulator, folder)


def evening(simulator: Simulator, folder: Path, dice: random.Random, behind: timedelta, deadly: bool) -> bool:
    """One reading as the night run does it; perhaps dead at some commit. Whether it came to its end."""
    now = datetime.combine(simulator.world.today, time(20), LOCAL) - behind
    office = Office(
        folder, simulator.environment, simulator.world.today, page_size=dice.choice(PAGE_SIZES), attempts=60
    )
    left = dice.randint(1, 8) if deadly else 0

    def die_in_time(point: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed(point)

    terms = Terms(home=folder, clock=lambda: now)
    try:
        with Warehouse(folder / "warehouse.duckdb", clock=terms.clock, on_commit=die_in_time) as warehouse:
            warehouse.start_run(str(uuid4()), simulator.world.today)
            return dg.materialize(
                [portal__dossiers],
                resources={"terms": terms, "warehouse": warehouse, "portal": office.sources()["portal"]},
                raise_on_error=False,
            ).success
    except Killed:
        return False


def judged(seed: int, evenings: int, simulator: Simulator, folder: Path) -> Ended:
    office = Office(folder, simulator.environment, simulator.world.today)
    shown = {
        record.key: record.payload.decode()
        for page in office.sources()["portal"].dossiers(None)
        for record in page.records
    }
    assert shown, "an empty province proves nothing"
    with office.open() as warehouse:
        kept = warehouse.query(
            "select record_key, payload from raw.portal__dossiers"
            " qualify version = max(version) over (partition by record_key) and withdrawn_at is null"
        )
        (twice,) = warehouse.query("select count(*) - count(distinct (record_key, version)) from raw.portal__dossiers")[
            0
        ]
    newest = dict(kept)
    return Ended(
        seed,
        evenings,
        lost=len(shown.keys() - newest.keys()),
        doubled=twice + len(kept) - len(newest),
        different=sum(newest[key] != payload for key, payload in shown.items() if key in newest),
    )
