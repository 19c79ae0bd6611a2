"""Every plan that makes the simulator's dossiers look better than they are is found out, through the whole pipeline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import LAST_DAY, Office


PLANS = ("t01", "t02", "t03", "t04", "t05", "t06", "t08", "t09", "t10", "t11", "t12", "t14", "t15", "t17", "t18")
WORLD = World(dossiers=1500, documents=60, procedures=40, today=LAST_DAY - timedelta(days=1))
AGAIN = {"ops": {"raw__portal__dossiers": {"config": {"everything": True}}}}
Suspicions = dict[str, set[str]]


def suspicions(office: Office) -> Suspicions:
    """Record keys by trap."""
    found: Suspicions = {}
    with office.open() as warehouse:
        for trap, key in warehouse.query("select trap, record_key from marts.anomaly where record_kind = 'dossier'"):
            found.setdefault(trap.lower(), set()).add(key)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traps")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(WORLD) as running:
        yield running


@pytest.fixture(scope="module")
def honest(simulator: Simulator, home: Path) -> Suspicions:
    office = Office(home, simulator.environment, WORLD.today)
    assert office.night().success
    return suspicions(office)


@pytest.fixture(scope="module")
def told(simulator: Simulator, home: Path, honest: Suspicions) -> tuple[Suspicions, Suspicions]:
    """(what the plans touched, what was suspected on the day after that was not suspected before)."""
    simulator.world = replace(WORLD, today=LAST_DAY)
    simulator.faults = "+".join(PLANS)
    office = Office(home, simulator.environment, LAST_DAY)
    assert office.night(config=AGAIN).success
    touched: Suspicions = {}
    for happening in simulator.faults.history:
        touched.setdefault(happening.fault, set()).add(happening.what)
    return touched, {trap: keys - honest.get(trap, set()) for trap, keys in suspicions(office).items()}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_is_found_out(told: tuple[Suspicions, Suspicions], plan: str) -> None:
    touched, suspected = told
    lies, found = touched[plan], suspected.get(plan, set())
    right = lies & found
    recall, precision = len(right) / len(lies), len(right) / len(found or [0])
    print(f"{plan}: {len(lies)} lies, recall {recall:.2f}, precision {precision:.2f}")
    assert recall >= 0.95, sorted(lies - found)
    assert precision >= 0.8, sorted(found - lies)


def test_an_honest_province_is_suspected_no_more_than_the_thresholds_promise(home: Path, honest: Suspicions) -> None:
    with Office(home, {}, date(2025, 12, 30)).open() as warehouse:
        promised = warehouse.query(
            "select lower(trap), sum(promised_rate)::double from reference.trap_signals group by trap"
        )
    beyond = {trap: len(honest.get(trap, ())) for trap, rate in promised if len(honest.get(trap, ())) > rate * 1500}
    assert beyond == {}
