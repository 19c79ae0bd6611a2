"""What real search back-ends say wrongly of their lists: nothing is lost, nothing stops, and the officer is told."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from connectors.dossier_search import Found
from connectors.dossiers import item_of
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.patience import RetryBudget
from connectors.portal import Portal
from connectors.portal_dossiers import is_accepted
from connectors.records import Page, Pseudonymiser
from connectors.simulator.faults import FaultPlan
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.passing import Time


WORLD = World(dossiers=600, documents=0)
WINDOW = date(2025, 4, 1), date(2025, 10, 1)
SINCE = datetime(2025, 9, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(WORLD) as running:
        yield running


@pytest.fixture
def portal(simulator: Simulator) -> Iterator[Portal]:
    yield asked(simulator, Time())
    simulator.faults = "none"


def asked(simulator: Simulator, time: Time) -> Portal:
    own = simulator.environment

    def client(name: str) -> HttpClient:
        budget = RetryBudget(monotonic=time)
        return HttpClient(own[name], source="portal", budget=budget, sleep=time.sleep, monotonic=time)

    sign_on = Keycloak(client("PORTAL_SSO_URL"), own["PORTAL_CLIENT_ID"], own["PORTAL_CLIENT_SECRET"])
    return Portal(client("PORTAL_URL"), sign_on, Pseudonymiser(b"key"), page_size=20)


def keys(pages: Iterator[Page]) -> set[str]:
    return {record.key for page in pages for record in page.records}


def told(pages: list[Page]) -> str:
    return "; ".join(sentence for page in pages for sentence in page.told)


COUNTS = "chỉ liệt kê"
HABITS = {
    "totals_more": COUNTS,
    "totals_fewer": "đã lấy đủ những gì liệt kê",
    "totals_minus_one": "không cho biết tổng số",
    "totals_as_text": "",
    "totals_null": "không cho biết tổng số",
    "slices_only": "không cho biết tổng số",
    "listed_twice": "hồ sơ hai lần",
    "last_too_early": "vẫn còn hồ sơ ở trang sau",
    "last_never": "",
    "last_missing": "",
    "small_pages": "",
    "sort_ignored": "",
    "one_based": "đánh số trang từ 1",
    "boot_pages": "",
    "no_updated_date": "",
    "deep_refused": "",
    "shallow_refused": "",
    "shallow_failed": "",
    "slices_only+shallow_failed": "không cho biết tổng số",
    "totals_minus_one+last_too_early+one_based+small_pages": "không cho biết tổng số",
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_period_is_read_whole_whatever_is_said_of_it(portal: Portal, simulator: Simulator, habit: str) -> None:
    expected = keys(portal.dossiers_accepted(*WINDOW))
    assert len(expected) > 250
    simulator.faults = habit
    pages = list(portal.dossiers_accepted(*WINDOW))
    assert keys(iter(pages)) == expected
    assert HABITS[habit] in told(pages)
    assert bool(told(pages)) == bool(HABITS[habit])


@pytest.mark.parametrize("habit", [name for name in HABITS if name not in ("sort_ignored", "no_updated_date")])
def test_what_has_changed_is_read_down_to_the_cursor(portal: Portal, simulator: Simulator, habit: str) -> None:
    expected = keys(changed(portal, Found()))
    simulator.faults = habit
    found = Found()
    pages = list(changed(portal, found))
    assert found.is_too_deep or keys(iter(pages)) >= expected
    assert found.is_too_deep == ("shallow" in habit)


def changed(portal: Portal, found: Found) -> Iterator[Page]:
    """Only records that have changed since: pages reach a little further down."""
    for page in portal.dossiers(SINCE, found):
        kept = [record for record in page.records if (record.updated_at or "") >= f"{SINCE:%Y-%m-%dT%H:%M:%S}"]
        yield Page(kept, page.number, None, None, 0, told=page.told)


@pytest.mark.parametrize("habit", ["sort_ignored", "no_updated_date"])
def test_a_list_without_order_is_not_read_to_its_end_every_night(
    portal: Portal, simulator: Simulator, habit: str
) -> None:
    simulator.faults = habit
    found = Found()
    before = portal.http.requests
    pages = list(portal.dossiers(SINCE, found))
    assert found.has_no_order
    assert portal.http.requests - before < 10
    assert "không theo thứ tự thay đổi" in told(pages)


def test_a_few_items_without_a_date_of_change_do_not_mean_the_whole_list(portal: Portal, simulator: Simulator) -> None:
    before = portal.http.requests
    expected = keys(portal.dossiers(SINCE))
    asked_then = portal.http.requests - before
    simulator.faults = "updated_date_of_some"
    before = portal.http.requests
    assert keys(portal.dossiers(SINCE)) == expected
    assert portal.http.requests - before == asked_then


@pytest.mark.parametrize("rate", ["two_a_second", "two_a_second_told", "one_in_four", "minute_off", "hour_off"])
def test_a_limited_source_is_read_to_its_end(simulator: Simulator, rate: str) -> None:
    expected = keys(asked(simulator, Time()).dossiers_accepted(*WINDOW))
    time = Time()
    portal = asked(simulator, time)
    simulator.faults = FaultPlan(rate, clock=lambda: time.now)
    try:
        assert keys(portal.dossiers_accepted(*WINDOW)) == expected
        assert simulator.faults.history
    finally:
        simulator.faults = "none"


def test_removed_dossiers_are_neither_listed_nor_counted(portal: Portal) -> None:
    start, end = WINDOW
    (page,) = portal.dossier_counts([(start, end - timedelta(days=1))], date(2025, 12, 31))
    count = len(keys(portal.dossiers_accepted(start, end)))
    assert json.loads(page.records[0].payload)["dossiers"] == count


def test_the_usual_parameters_can_be_replaced_added_to_and_left_out(simulator: Simulator) -> None:
    own = simulator.environment
    client = HttpClient(own["PORTAL_SSO_URL"], source="portal")

    def count(search: dict[str, str]) -> int:
        sign_on = Keycloak(client, own["PORTAL_CLIENT_ID"], own["PORTAL_CLIENT_SECRET"])
        http = HttpClient(own["PORTAL_URL"], source="portal")
        return Portal(http, sign_on, Pseudonymiser(b"key"), search=search).dossiers_total() or 0

    usual = count({})
    assert count({"remove-status": "18"}) == usual
    assert count({"remove-status": ""}) > usual
    assert 0 < count({"task-status-id": "60ebf0" + f"{10:018x}"}) < usual
    assert count({"ancestor-agency-id": "nobody"}) == 0


def test_windows_and_those_without_acceptance_are_all_there_are(portal: Portal) -> None:
    accepted = ids(portal.dossiers_accepted(date(2000, 1, 1), date(2100, 1, 1)))
    others = ids(portal.dossiers_never_accepted()) - accepted
    assert others
    assert len(accepted | others) == portal.dossiers_total()
    assert ids(portal.dossiers_beyond(accepted)) == others
    assert ids(portal.dossiers_beyond(accepted | others)) == set()


def ids(pages: Iterator[Page]) -> set[str]:
    return {json.loads(record.payload)["id"] for page in pages for record in page.records}


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("null", False),
        ('""', False),
        ('"31/13/2025 25:61"', False),
        ('"0001-01-01T00:00:00.000+0700"', False),
        ('"2205-10-20T08:15:00.000+0700"', False),
        ('"2025-10-20T08:15:00.000+0700"', True),
        ('"2025-10-20"', True),
        ('"20/10/2025 08:15"', True),
        ("1760922900000", True),
    ],
)
def test_a_day_of_acceptance_is_one_that_a_window_can_hold(written: str, is_one: bool) -> None:
    item = item_of(f'{{"id": "d1", "acceptedDate": {written}}}'.encode())
    assert is_accepted(item) is is_one
