"""Random fault histories: a small province read on some evenings while everything goes wrong that may go wrong.

After the last evening, which is quiet, every record that a source showed then, or on an evening that came to its end,
is in the warehouse once, and as it is shown now: dossiers, documents and status packets of the axis, procedures and
decisions of the national database.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg

from assets.raw.landing import raw_assets
from assets.run_settings import LOCAL, RunSettings
from connectors.records import Page
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.instance import without_history
from tests.support.office import Office
from warehouse import ledger
from warehouse.opening import open_warehouse


# Faults of the wire and of paging, none of which changes what a record says of its own last change.
FAULTS = (
    "rate_limit",
    "server_errors",
    "html_page",
    "truncated_json",
    "connection_reset",
    "token_expiry",
    "session_expiry",
    "last_missing",
    "duplicate_page",
    "amount_drift",
    "duplicate_delivery",
    "truncated_base64",
    "wrong_content_type",
    "outage",
)
PAGE_SIZES = (7, 20, 50, 200)
FIRST_DAY = date(2025, 6, 2)
TABLES = {
    "portal__dossiers",
    "axis__received_documents",
    "axis__received_statuses",
    "axis__sent_documents",
    "axis__sent_statuses",
    "tthc__procedure_list",
    "tthc__public_procedures",
    "tthc__decisions",
    "tthc__decision_procedures",
    "tthc__procedures",
}
READ = [asset for asset in raw_assets if asset.key.path[-1] in TABLES]
Keys = dict[str, set[str]]
# The connector of a source, by its code.
Connector = Callable[[str], Any]
SHOWN: dict[str, Callable[[Connector], Iterator[Page]]] = {
    "raw.portal__dossiers": lambda of: of("portal").dossiers(None),
    "raw.axis__received_documents": lambda of: of("axis").received(),
    "raw.axis__received_statuses": lambda of: of("axis").statuses(),
    "raw.axis__sent_documents": lambda of: of("axis").sent(),
    "raw.axis__sent_statuses": lambda of: of("axis").sent_statuses(),
    "raw.tthc__procedure_list": lambda of: of("tthc").procedure_list(),
    "raw.tthc__public_procedures": lambda of: of("tthc_public").procedures(),
    "raw.tthc__decisions": lambda of: of("tthc_public").decisions(),
}
KEPT = """
select record_key, payload from {table}
qualify version = max(version) over (partition by record_key) and withdrawn_at is null
"""
TWICE = "select count(*) - count(distinct (record_key, version)) from {table}"


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
    ever: Keys = defaultdict(set)
    world = World(seed=seed % 50, dossiers=80, documents=30, procedures=10, today=FIRST_DAY, is_drained=False)
    with Simulator(world) as simulator:
        evenings = dice.randint(2, 5)
        for _ in range(evenings):
            simulator.world = replace(world, today=simulator.world.today + timedelta(days=dice.randint(0, 3)))
            simulator.faults = "+".join(dice.sample(FAULTS, dice.randint(0, 3))) or "none"
            # A clock that is set back now and then, by up to a day.
            behind = timedelta(hours=dice.choice([0, 0, 0, 1, 24]))
            if evening(simulator, folder, dice, behind, deadly=dice.random() < 0.4):
                simulator.faults = "none"
                for table, records in shown(simulator, folder).items():
                    ever[table] |= records.keys()
        simulator.faults = "none"
        simulator.world = replace(world, today=simulator.world.today + timedelta(days=1))
        assert evening(simulator, folder, dice, timedelta(), deadly=False)
        return judged(seed, evenings + 1, simulator, folder, ever)


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

    settings = RunSettings(home=folder, clock=lambda: now)
    try:
        with open_warehouse(folder / "warehouse.duckdb", clock=settings.clock, on_commit=die_in_time) as warehouse:
            ledger.start_run(warehouse, str(uuid4()), simulator.world.today)
            resources = office.resources(warehouse) | {"run_settings": settings}
            return dg.materialize(READ, instance=without_history(), resources=resources, raise_on_error=False).success
    except Killed:
        return False


def shown(simulator: Simulator, folder: Path) -> dict[str, dict[str, str]]:
    """Raw table → key → what the source says of it now, asked without faults."""
    of = Office(folder, simulator.environment, simulator.world.today).connections().connector
    return {
        table: {record.key: record.payload.decode() for page in ask(of) for record in page.records}
        for table, ask in SHOWN.items()
    }


def judged(seed: int, evenings: int, simulator: Simulator, folder: Path, ever: Keys) -> Ended:
    lost = doubled = different = 0
    with Office(folder, simulator.environment, simulator.world.today).open() as warehouse:
        for table, records in shown(simulator, folder).items():
            assert records or table.endswith("statuses"), f"{table}: an empty source proves nothing"
            kept = warehouse.query(KEPT.format(table=table))
            known = {key for (key,) in warehouse.query(f"select distinct record_key from {table}")}
            ((twice,),) = warehouse.query(TWICE.format(table=table))
            newest = dict(kept)
            lost += len(records.keys() - newest.keys()) + len(ever[table] - known)
            doubled += twice + len(kept) - len(newest)
            different += sum(newest[key] != payload for key, payload in records.items() if key in newest)
    return Ended(seed, evenings, lost, doubled, different)
