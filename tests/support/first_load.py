"""The first reading of all dossiers from a source of our own, in a process that may be killed on its way."""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import dagster as dg

from assets.raw import portal as one_stop
from assets.raw.asking import Asking
from assets.run_settings import LOCAL, RunSettings
from assets.sources import PORTAL
from connectors.http import HttpClient
from connectors.patience import RetryBudget
from connectors.portal import Portal
from connectors.simulator.faults import FaultPlan
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from connectors.transport import Transport
from tests.support.instance import without_history
from tests.support.landed import landed
from tests.support.passing import Time
from warehouse import raw_tables
from warehouse.database import Database
from warehouse.opening import open_warehouse


DOSSIERS = next(collection for collection in PORTAL.collections if collection.resource == "dossiers")
SEARCH = "/portal/pa/dossier/search"


@dataclass(frozen=True)
class Load:
    """`die_at`: killed, without a word, at the first pause after so many searches."""

    folder: Path
    world: World
    faults: str = "none"
    page_size: int = 50
    die_at: int | None = None


@dataclass(frozen=True)
class Outcome:
    """`seconds`: as the source and the reader have lived through them."""

    success: bool
    searches: int
    refused: int
    seconds: float
    told: list[str]


def load(given: Load) -> Outcome:
    """Reads on where the folder's warehouse stands; time passes on paper."""
    passing = Time()
    plan = FaultPlan(given.faults, clock=lambda: passing.now)
    with Simulator(given.world, plan) as simulator:

        def sleep(seconds: float) -> None:
            if given.die_at is not None and simulator.requests[SEARCH] >= given.die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            passing.sleep(seconds)

        with opened(given) as database:
            said, success = read(given, database, simulator.environment, sleep, passing)
        refused = sum(happening.what == "429" for happening in plan.history)
        return Outcome(success, simulator.requests[SEARCH], refused, passing.now, said)


def opened(given: Load) -> Database:
    return open_warehouse(given.folder / "warehouse.duckdb", clock=clock_of(given.world), threads=1)


def clock_of(world: World) -> Callable[[], datetime]:
    return lambda: datetime.combine(world.today, time(20), LOCAL)


def portal_of(environment: Mapping[str, str], page_size: int, sleep: Callable[[float], None], passing: Time) -> Portal:
    def client(wire: str, url: str) -> HttpClient:
        return HttpClient(url, source="portal", budget=budget, transport=Transport(), sleep=sleep, monotonic=passing)

    budget = RetryBudget(monotonic=passing)
    return one_stop.connect({**environment, "PORTAL_PAGE_SIZE": str(page_size)}, client)


def read(
    given: Load, database: Database, environment: Mapping[str, str], sleep: Callable[[float], None], passing: Time
) -> tuple[list[str], bool]:
    """What was told, and whether it came to its end."""
    connector = portal_of(environment, given.page_size, sleep, passing)

    def asking(context: dg.AssetExecutionContext) -> Asking[Portal]:
        return Asking(
            connector,
            database,
            RunSettings(home=given.folder, clock=clock_of(given.world)),
            context.run.run_id,
            context.run.job_name,
            context.log,
            one_stop.DossierReading(),
        )

    raw_tables.ensure(database, ["raw.portal__dossiers", "raw.portal__dossier_counts"])
    result = landed(asking, PORTAL, DOSSIERS, one_stop.dossiers, without_history())
    told = database.query("select told from ledger.extractions where told is not null order by extraction_id")
    was_read = all(check.passed for check in result.get_asset_check_evaluations())
    return [what for (what,) in told], result.success and was_read
