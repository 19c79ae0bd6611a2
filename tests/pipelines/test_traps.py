"""Every plan that makes the simulator's records look better than they are is found out, through the whole pipeline."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import LAST_DAY, Office


# Planted in dossiers that an honest evening has shown before; t26 hides what the evening between does not find.
LATER = ["t01", "t02", "t03", "t04", "t05", "t06", "t08", "t09", "t10", "t11", "t12", "t14", "t15", "t17", "t18", "t26"]
# Planted from the first evening on.
ALWAYS = ["t13", "t16", "t19", "t20", "t21", "t22", "t23", "t24", "t25", "t27", "t34"]
PEOPLE = ["t28", "t29"]
WORLD = World(dossiers=1500, documents=1000, procedures=40, today=LAST_DAY - timedelta(days=2), is_drained=False)
AGAIN = {"ops": {"raw__portal__dossiers": {"config": {"everything": True}}}}
SUSPECTED = "marts.anomaly"
Suspicions = dict[str, set[str]]


def suspicions(office: Office) -> Suspicions:
    """Record keys by trap."""
    found: Suspicions = {}
    with office.open() as warehouse:
        for trap, key in warehouse.query("select trap, record_key from marts.anomaly"):
            found.setdefault(trap.lower(), set()).add(key)
    return found


def people(office: Office) -> Counter[str]:
    """Officials counted by a trap."""
    with office.open() as warehouse:
        found = warehouse.query("select lower(trap), evidence from marts.anomaly where record_kind = 'official'")
    return Counter({trap: json.loads(evidence)["so_nguoi"] for trap, evidence in found})


def touched(simulator: Simulator) -> Suspicions:
    planted: Suspicions = {}
    for happening in simulator.faults.history:
        planted.setdefault(happening.fault, set()).add(happening.what)
    return planted


def without(found: Suspicions, honest: Suspicions) -> Suspicions:
    return {trap: keys - honest.get(trap, set()) for trap, keys in found.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traps")


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(WORLD, registers=tmp_path_factory.mktemp("registers")) as running:
        yield running


@pytest.fixture(scope="module")
def office(simulator: Simulator, home: Path) -> Office:
    """After an honest evening."""
    made = Office(home, simulator.environment, WORLD.today)
    assert made.night(only=SUSPECTED).success
    return made


@pytest.fixture(scope="module")
def honest(office: Office) -> Suspicions:
    return suspicions(office)


@pytest.fixture(scope="module")
def counted(office: Office) -> Counter[str]:
    return people(office)


@pytest.fixture(scope="module")
def trapped(
    simulator: Simulator, office: Office, counted: Counter[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Suspicions, Counter[str]]:
    """A home that has known the same evening with the traps only; what they touched; how many people they speak of."""
    simulator.faults = "+".join([*ALWAYS, *PEOPLE])
    made = Office(tmp_path_factory.mktemp("trapped"), simulator.environment, WORLD.today)
    assert made.night(only=SUSPECTED).success
    return made, touched(simulator), Counter(happening.fault for happening in simulator.faults.history)


@pytest.fixture(scope="module")
def told(
    simulator: Simulator, office: Office, honest: Suspicions, trapped: tuple[Office, Suspicions, Counter[str]]
) -> tuple[Suspicions, Suspicions]:
    """(what the plans touched, what was suspected that an honest evening was not suspected of)."""
    always, planted, _ = trapped
    found = without(suspicions(always), honest)
    simulator.faults = "t26"
    hiding(simulator, office)
    planted |= touched(simulator)
    office.day = LAST_DAY
    simulator.world, simulator.faults = (
        replace(WORLD, today=LAST_DAY),
        "+".join(plan for plan in LATER if plan != "t26"),
    )
    assert office.night(config=AGAIN, only=SUSPECTED).success
    planted |= touched(simulator)
    later = without(suspicions(office), honest)
    return planted, {**found, **{plan: later.get(plan, set()) for plan in LATER}}


def hiding(simulator: Simulator, office: Office) -> None:
    """The evening between: only the national list of procedures is read."""
    office.day = LAST_DAY - timedelta(days=1)
    assert office.read("tthc__procedure_list").success


@pytest.mark.parametrize("plan", LATER + ALWAYS)
def test_a_plan_is_found_out(told: tuple[Suspicions, Suspicions], plan: str) -> None:
    touched, suspected = told
    planted, found = touched[plan], suspected.get(plan, set())
    right = planted & found
    recall, precision = len(right) / len(planted), len(right) / len(found or [0])
    print(
        f"{plan.upper()}  {len(planted):4} planted {len(found):4} found  recall {recall:.2f}  precision {precision:.2f}"
    )
    assert recall >= 0.95, sorted(planted - found)
    assert precision >= 0.8, sorted(found - planted)


@pytest.mark.parametrize("plan", PEOPLE)
def test_people_are_counted_and_not_named(
    trapped: tuple[Office, Suspicions, Counter[str]], counted: Counter[str], plan: str
) -> None:
    always, _, planted = trapped
    more = people(always)[plan] - counted[plan]
    print(f"{plan.upper()}  {planted[plan]:4} people {more:4} found")
    assert more == planted[plan] > 1


def test_an_honest_province_is_suspected_no_more_than_the_thresholds_promise(home: Path, honest: Suspicions) -> None:
    with Office(home, {}, date(2025, 12, 30)).open() as warehouse:
        promised = warehouse.query(
            "select lower(trap), sum(promised_rate)::double from reference.trap_signals group by trap"
        )
    beyond = {trap: len(honest.get(trap, ())) for trap, rate in promised if len(honest.get(trap, ())) > rate * 1500}
    assert beyond == {}
