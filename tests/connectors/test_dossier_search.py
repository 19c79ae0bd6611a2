"""A list that moves while it is read, over a real socket and in the simulator: what is lost, what is asked again."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.portal import Portal
from connectors.records import Pseudonymiser
from connectors.simulator.server import Simulator
from connectors.simulator.world import World


NOW = datetime(2025, 6, 30, 17, tzinfo=UTC)
SIZE = 10


def row(number: int, moment: datetime | None = None) -> dict[str, Any]:
    """The row `number` minutes before now."""
    changed = moment or NOW - timedelta(minutes=number)
    return {"id": f"id{number}", "code": f"c{number}", "updatedDate": changed.strftime("%Y-%m-%dT%H:%M:%S.000+0000")}


class Moving:
    """A list of which a test says how it moves before each answer."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.rows = [row(number) for number in range(40)]
        self.asked: list[int] = []
        self.moves: dict[int, Callable[[list[dict[str, Any]]], object]] = {}
        self.page: Callable[[int], int] = lambda number: number
        self.largest_page = SIZE
        self.more = 0
        self.silent_on: tuple[str, ...] = ()
        httpserver.expect_request("/auth/realms/digo/protocol/openid-connect/token").respond_with_json(
            {"access_token": "t", "expires_in": 300}
        )
        self.given: Callable[[Request], Response] = self.answer
        httpserver.expect_request("/pa/dossier/search").respond_with_handler(lambda request: self.given(request))

    def answer(self, request: Request) -> Response:
        move = self.moves.pop(len(self.asked), None)
        if move is not None:
            move(self.rows)
        self.asked.append(int(request.args["page"]))
        size = min(int(request.args["size"]), self.largest_page)
        number = self.page(int(request.args["page"]))
        page = {
            "content": self.rows[number * size : (number + 1) * size],
            "last": (number + 1) * size >= len(self.rows),
            "totalElements": len(self.rows) + self.more,
            "totalPages": -(-len(self.rows) // size),
        }
        return Response(json.dumps({name: value for name, value in page.items() if name not in self.silent_on}))


@pytest.fixture
def moving(httpserver: HTTPServer) -> Moving:
    return Moving(httpserver)


@pytest.fixture
def portal(client_of: Callable[..., HttpClient], moving: Moving) -> Portal:
    return Portal(client_of(), Keycloak(client_of(), "client", "secret"), Pseudonymiser(b"key"), page_size=SIZE)


def keys(portal: Portal, since: datetime | None = None) -> list[str]:
    return [record.key for page in portal.dossiers(since) for record in page.records]


ALL = {f"c{number}" for number in range(40)}


def test_the_top_is_looked_at_once_more_and_nothing_is_brought_twice(portal: Portal, moving: Moving) -> None:
    assert sorted(keys(portal)) == sorted(ALL)
    assert moving.asked == [0, 1, 2, 3, 0]


def test_a_row_that_left_before_the_last_page_pulls_none_out_of_sight(portal: Portal, moving: Moving) -> None:
    # Without a step back c30 would stand on the page before, which has been read.
    moving.moves[3] = lambda rows: rows.pop(5)
    assert set(keys(portal)) == ALL


def test_a_row_that_left_is_noticed_below_the_cursor_too(portal: Portal, moving: Moving) -> None:
    moving.moves[1] = lambda rows: rows.pop(2)
    assert {f"c{number}" for number in range(11)} <= set(keys(portal, NOW - timedelta(minutes=10)))


@pytest.mark.parametrize("since", [None, NOW - timedelta(minutes=35)])
def test_a_row_that_jumps_up_is_found_at_the_top(portal: Portal, moving: Moving, since: datetime | None) -> None:
    def jump(rows: list[dict[str, Any]]) -> None:
        del rows[33]
        rows.insert(0, row(33, NOW + timedelta(minutes=1)))

    moving.moves[1] = jump
    assert {f"c{number}" for number in range(36)} <= set(keys(portal, since))


def test_rows_gone_and_rows_come_between_two_pages_cancel_out(portal: Portal, moving: Moving) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        del rows[4]
        rows.insert(0, row(99, NOW + timedelta(minutes=1)))

    moving.moves[2] = change
    assert set(keys(portal)) == ALL | {"c99"}


def test_ties_that_change_places_at_the_edge_of_a_page(portal: Portal, moving: Moving) -> None:
    tied = NOW - timedelta(minutes=9)
    moving.rows[9], moving.rows[10] = row(9, tied), row(10, tied)

    def swap(rows: list[dict[str, Any]]) -> None:
        rows[9], rows[10] = rows[10], rows[9]

    moving.moves[1] = swap
    assert {f"c{number}" for number in range(21)} <= set(keys(portal, NOW - timedelta(minutes=20)))


def test_ties_at_the_cursor_are_all_read(portal: Portal, moving: Moving) -> None:
    tied = NOW - timedelta(minutes=5)
    moving.rows[5:25] = [row(number, tied) for number in range(5, 25)]
    assert {f"c{number}" for number in range(25)} <= set(keys(portal, tied))


def test_a_source_that_gives_smaller_pages_than_asked(portal: Portal, moving: Moving) -> None:
    moving.largest_page, moving.silent_on = 4, ("last", "totalPages")
    assert set(keys(portal)) == ALL


def test_one_page_for_ever_is_a_changed_source(portal: Portal, moving: Moving) -> None:
    moving.page, moving.silent_on = (lambda number: 0), ("last", "totalPages", "totalElements")
    with pytest.raises(SourceChanged, match="trang"):
        keys(portal)


@pytest.mark.parametrize("position", [4, 9])
def test_a_row_listed_twice_for_good_stops_nobody(portal: Portal, moving: Moving, position: int) -> None:
    # At 9 the pair stands astride the edge of two pages; pages of another size show both in one answer.
    moving.rows.insert(position, dict(moving.rows[position]))
    assert set(keys(portal)) == ALL


def test_a_row_listed_twice_does_not_make_up_for_one_that_is_missing(portal: Portal, moving: Moving) -> None:
    moving.rows.insert(4, dict(moving.rows[4]))
    moving.more = 1
    *_, last = portal.dossiers()
    assert last.missing == 2
    assert last.told[0].startswith("nguồn báo 42 hồ sơ nhưng chỉ liệt kê 40")


@pytest.mark.parametrize("answer_to_page_0", ["refused", "empty"])
def test_a_source_whose_first_page_is_page_1(portal: Portal, moving: Moving, answer_to_page_0: str) -> None:
    def answer(request: Request) -> Response:
        if request.args["page"] == "0":
            body = json.dumps({"content": [], "totalElements": 40})
            return Response(status=400) if answer_to_page_0 == "refused" else Response(body)
        return moving.answer(request)

    moving.page = lambda number: number - 1
    moving.given = answer
    assert sorted(keys(portal)) == sorted(ALL)
    assert moving.asked == [1, 2, 3, 4, 1]


def test_a_first_page_that_is_refused_for_another_reason_is_a_refusal(portal: Portal, moving: Moving) -> None:
    moving.given = lambda request: Response(status=400)
    with pytest.raises(SourceRefused):
        keys(portal)


def test_totals_that_waver_do_not_keep_the_reader_for_ever(portal: Portal, moving: Moving) -> None:
    spare: list[dict[str, Any]] = []

    def waver(rows: list[dict[str, Any]]) -> None:
        if len(moving.asked) % 2:
            spare.append(rows.pop())
        elif spare:
            rows.append(spare.pop())

    moving.moves = dict.fromkeys(range(500), waver)
    keys(portal, NOW - timedelta(minutes=30))
    assert len(moving.asked) < 200


@pytest.mark.parametrize("fault", ["shifting_pages", "last_missing", "duplicate_page", "unstable_ties"])
@pytest.mark.parametrize("days", [None, 40])
def test_the_faults_of_the_simulator_cost_no_dossier(fault: str, days: int | None) -> None:
    world = World(dossiers=600, documents=0)
    since = datetime(2025, 12, 31, tzinfo=UTC) - timedelta(days=days) if days else None
    with Simulator(world) as calm:
        expected = read(calm, since)
    with Simulator(world, faults=fault) as troubled:
        found = read(troubled, since)
    assert expected <= found


def read(simulator: Simulator, since: datetime | None) -> set[str]:
    """The keys of every dossier changed since then."""
    own = simulator.environment
    sign_on = Keycloak(
        HttpClient(own["PORTAL_SSO_URL"], source="portal"), own["PORTAL_CLIENT_ID"], own["PORTAL_CLIENT_SECRET"]
    )
    portal = Portal(HttpClient(own["PORTAL_URL"], source="portal"), sign_on, Pseudonymiser(b"key"), page_size=20)
    records = [record for page in portal.dossiers(since) for record in page.records]
    floor = f"{since:%Y-%m-%dT%H:%M:%S}" if since else ""
    return {record.key for record in records if (record.updated_at or "") >= floor}
