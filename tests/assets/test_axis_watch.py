"""Between two nights: what waits on the axis is kept aside, whoever empties the queue, and landed once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from assets.raw.asking import Asking
from assets.raw.axis import queue_looks, received_statuses
from assets.raw.axis_watch import PacketsAside, aside
from assets.raw.landing import read
from assets.run_settings import RunSettings
from assets.sources import AXIS
from connectors.axis import Axis
from connectors.errors import SourceError
from connectors.http import HttpClient
from connectors.patience import RetryBudget
from connectors.simulator.server import Simulator
from connectors.simulator.states import evening
from connectors.simulator.world import World
from warehouse.database import Database
from warehouse.opening import open_warehouse


DAY = date(2025, 10, 20)
WORLD = World(dossiers=20, documents=900, procedures=20, today=DAY)
NOW = datetime(2025, 10, 20, 11, 0, tzinfo=UTC)
LIST, COUNT, PACKET = "/axis/getReceivedEdocList", "/axis/countReceiveStatus", "/axis/getEdoc"
STATUSES = next(one for one in AXIS.collections if one.resource == "received_statuses")


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(WORLD) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Iterator[Simulator]:
    running.requests.clear()
    yield running
    running.world, running.faults, running.axis.queues.moment = WORLD, "none", None


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Database]:
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=lambda: NOW) as opened:
        yield opened


def axis_of(simulator: Simulator, *, acknowledge: bool = False) -> Axis:
    given = simulator.environment
    http = HttpClient(given["AXIS_URL"], source="axis", budget=RetryBudget(attempts=0))
    return Axis(http, given["AXIS_SYSTEM_ID"], given["AXIS_SECRET"], acknowledge=acknowledge)


def arrivals(simulator: Simulator) -> list[int]:
    """The minutes of the day before today at which status packets come."""
    at = simulator.axis.queues._exchange.answers_received.at
    return sorted({int(one) for one in at if evening(DAY) - 20 * 1440 < one <= evening(DAY)})


def keys(kept: PacketsAside, resource: str = "received_statuses") -> list[str]:
    return [record.key for page in kept.pages(kept.files(resource)) for record in page.records]


def night(simulator: Simulator, warehouse: Database, axis: Axis | None = None) -> None:
    asking = Asking(
        axis or axis_of(simulator),
        warehouse,
        RunSettings(warehouse.path.parent, lambda: NOW),
        "night",
        "daily",
        Quiet(),
    )
    for reading in received_statuses(asking):
        read(asking, AXIS, STATUSES, reading)
    for reading in queue_looks(asking):
        read(asking, AXIS, replace(STATUSES, resource="queue_looks"), reading)


class Quiet:
    def info(self, text: str) -> None: ...


def test_a_look_that_finds_nothing_asks_for_one_list_of_each_kind(simulator: Simulator, tmp_path: Path) -> None:
    simulator.axis.queues.moment = simulator.axis.queues.drained_at
    PacketsAside(tmp_path / "axis").look(axis_of(simulator), NOW)
    assert dict(simulator.requests) == {LIST: 2}


def test_what_waits_is_kept_once_and_not_acknowledged(simulator: Simulator, tmp_path: Path) -> None:
    simulator.world = replace(WORLD, is_drained=False)
    kept, axis = PacketsAside(tmp_path / "axis"), axis_of(simulator)
    found = kept.look(axis, NOW)
    assert len(keys(kept)) == found["received_statuses"] > 20
    assert simulator.requests[PACKET] >= sum(found.values())
    simulator.requests.clear()
    assert sum(kept.look(axis, NOW).values()) == 0
    assert simulator.requests[PACKET] == 0
    assert "/axis/updateStatus" not in simulator.requests
    assert kept.looks()["2025-10-20"]["status"] == {"looks": 2, "taken": 0}


def test_what_is_drained_between_two_nights_is_landed_by_the_second(simulator: Simulator, warehouse: Database) -> None:
    """One look before each drain; the night that reads then finds an empty queue."""
    kept = aside(warehouse.path.parent)
    seen: set[str] = set()
    for at in arrivals(simulator):
        simulator.axis.queues.moment = at
        seen |= {row["docId"] for row in simulator.axis.queues.received("status", "", office=True)}
        kept.look(axis_of(simulator), NOW)
    assert set(keys(kept)) == seen != set()
    simulator.axis.queues.moment = simulator.axis.queues.drained_at
    night(simulator, warehouse)
    landed = warehouse.query("select record_key, count(*) from raw.axis__received_statuses group by all")
    assert dict(landed) == dict.fromkeys(seen, 1)
    assert kept.files("received_statuses") == []
    (look,) = warehouse.query("select payload from raw.axis__queue_looks where record_key = '2025-10-20|status'")
    assert json.loads(look[0])["taken"] > 0
    assert json.loads(look[0])["gone"] == len(seen)


def test_packets_stay_aside_until_they_are_landed_and_landing_twice_changes_nothing(
    simulator: Simulator, warehouse: Database
) -> None:
    simulator.world = replace(WORLD, is_drained=False)
    kept = aside(warehouse.path.parent)
    kept.look(axis_of(simulator), NOW)
    files = {file: file.read_text(encoding="utf-8") for file in kept.files("received_statuses")}
    simulator.faults = "outage@axis"
    with pytest.raises(SourceError):
        night(simulator, warehouse)
    contents = "select record_key, version, payload, content_hash from raw.axis__received_statuses order by all"
    before = warehouse.query(contents)
    assert len(before) > 20
    # As after a kill between the commit and the removal of the file.
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    simulator.faults = "none"
    night(simulator, warehouse)
    assert warehouse.query(contents) == before


def test_a_look_does_not_wait_for_the_warehouse_nor_for_another_look(simulator: Simulator, warehouse: Database) -> None:
    """The fixture holds the warehouse all the time."""
    kept = aside(warehouse.path.parent)
    simulator.axis.queues.moment = arrivals(simulator)[0]
    assert kept.look(axis_of(simulator), NOW)["received_statuses"] > 0
    with FileLock(kept.folder / "lock"), pytest.raises(Timeout):
        kept.look(axis_of(simulator), NOW)


def test_files_are_nobody_elses_and_name_no_person(simulator: Simulator, tmp_path: Path) -> None:
    simulator.world = replace(WORLD, is_drained=False)
    kept = PacketsAside(tmp_path / "axis")
    kept.look(axis_of(simulator), NOW)
    files = [file for file in kept.folder.rglob("*") if file.is_file() and file.name != "lock"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert kept.folder.stat().st_mode & 0o777 == 0o700
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert "ông/bà" not in text
    assert "FullName" not in text


def test_an_office_that_says_so_acknowledges_what_is_safely_kept(simulator: Simulator, warehouse: Database) -> None:
    simulator.world = replace(WORLD, is_drained=False)
    axis = axis_of(simulator, acknowledge=True)
    kept = aside(warehouse.path.parent)
    found = kept.look(axis, NOW)
    assert simulator.requests["/axis/updateStatus"] >= sum(found.values())
    assert simulator.axis.queues.received("status", "", office=True) == []
    night(simulator, warehouse, axis)
    assert len(warehouse.query("select * from raw.axis__received_statuses")) == found["received_statuses"]
    (look,) = warehouse.query("select payload from raw.axis__queue_looks where record_key = '2025-10-20|status'")
    assert json.loads(look[0]) == {"on": "2025-10-20", "kind": "status", "looks": 1, "taken": 0, "gone": 0}
    simulator.axis.queues.states.clear()


def test_days_long_past_are_forgotten(simulator: Simulator, tmp_path: Path) -> None:
    simulator.axis.queues.moment = simulator.axis.queues.drained_at
    kept, axis = PacketsAside(tmp_path / "axis"), axis_of(simulator)
    for day in range(45):
        kept.look(axis, NOW + timedelta(days=day))
    assert min(kept.looks()) == "2025-10-25"
