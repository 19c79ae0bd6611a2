"""The one-stop system on a socket: tokens that end, pages that move, fields that must not pass."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.portal import Portal
from connectors.records import Pseudonymiser


TOKEN = "/realms/digo/protocol/openid-connect/token"
PERSON = {
    "fullname": "Trần Thị Bí Mật",
    "birthday": "1980-02-03",
    "identityNumber": "075080001234",
    "phoneNumber": "0999123456",
    "email": "bi.mat@example.vn",
    "address": "12 Đường Kín",
    "chonDoiTuong": 1,
    "organization": " ",
}


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"id{number}", "code": f"H19.01-250101-{number:04d}", "updatedDate": moment(number)} | fields


def moment(number: int) -> str:
    """Higher numbers are older."""
    return f"2025-06-{30 - number // 24:02d}T{23 - number % 24:02d}:00:00.000+0700"


def spring(items: list[dict[str, Any]], number: int, size: int, **facts: Any) -> dict[str, Any]:
    content = items[number * size : (number + 1) * size]
    return {
        "content": content,
        "last": (number + 1) * size >= len(items),
        "totalElements": len(items),
        "totalPages": -(-len(items) // size),
    } | facts


class Source:
    """An iGate whose list the test may change between two answers."""

    def __init__(self, httpserver: HTTPServer, items: list[dict[str, Any]]) -> None:
        self.items = items
        self.tokens = 0
        self.valid = {"token-1", "token-2", "token-3"}
        self.asked: list[int] = []
        self.before_answer: Callable[[int], None] = lambda number: None
        self.facts: dict[str, Any] = {}
        self.expires_in = 300
        self.body: bytes | None = None
        httpserver.expect_request(f"/auth{TOKEN}", method="POST").respond_with_handler(self.sign_on)
        httpserver.expect_request("/portal/pa/dossier/search").respond_with_handler(self.search)

    def sign_on(self, request: Request) -> Response:
        assert request.authorization is not None
        if (request.authorization.username, request.authorization.password) != ("client", "secret"):
            return Response('{"error": "unauthorized_client"}', status=401)
        self.tokens += 1
        return Response(json.dumps({"access_token": f"token-{self.tokens}", "expires_in": self.expires_in}))

    def search(self, request: Request) -> Response:
        if request.headers["Authorization"].removeprefix("Bearer ") not in self.valid:
            return Response(status=401)
        number, size = int(request.args["page"]), int(request.args["size"])
        self.before_answer(number)
        self.asked.append(number)
        if self.body is not None:
            return Response(self.body)
        page = {key: fact for key, fact in spring(self.items, number, size, **self.facts).items() if fact != "absent"}
        return Response(json.dumps(page))


@pytest.fixture
def source(httpserver: HTTPServer) -> Source:
    return Source(httpserver, [item(number) for number in range(30)])


@pytest.fixture
def clock() -> Iterator[list[float]]:
    return [0.0]


@pytest.fixture
def portal(client_of: Callable[..., HttpClient], source: Source, clock: list[float]) -> Portal:
    sign_on = Keycloak(client_of(), "client", "secret", monotonic=lambda: clock[0])
    return Portal(client_of(path="/portal/"), sign_on, Pseudonymiser(b"key"), page_size=10)


def keys(portal: Portal, since: datetime | None = None) -> list[str]:
    return [record.key for page in portal.dossiers(since) for record in page.records]


def test_everything_is_read_page_by_page(portal: Portal, source: Source) -> None:
    assert keys(portal) == [entry["code"] for entry in source.items]
    assert source.asked == [0, 1, 2, 0]


def test_reading_stops_below_the_cursor(portal: Portal, source: Source) -> None:
    assert len(keys(portal, datetime.fromisoformat("2025-06-30T12:30:00+07:00"))) == 20
    assert source.asked == [0, 1, 0]


def test_an_order_that_is_not_kept_is_not_relied_on(portal: Portal, source: Source) -> None:
    source.items.insert(3, item(99, updatedDate="2024-01-01T00:00:00.000+0700"))
    keys(portal, datetime.fromisoformat("2025-06-30T20:00:00+07:00"))
    assert source.asked[:2] == [0, 1]


def test_a_list_that_shrinks_while_it_is_read_loses_nothing(portal: Portal, source: Source) -> None:
    def remove(number: int) -> None:
        if number == 1 and len(source.items) == 30:
            del source.items[2:5]

    source.before_answer = remove
    expected = {entry["code"] for entry in source.items}
    assert set(keys(portal)) == expected
    assert source.asked == [0, 1, 0, 1, 2, 0]


def test_items_that_move_to_the_top_are_only_seen_twice(portal: Portal, source: Source) -> None:
    def update(number: int) -> None:
        if number == 1 and source.items[0]["code"] != "moved":
            moved = source.items.pop(25) | {"code": "moved", "updatedDate": "2025-07-01T00:00:00.000+0700"}
            source.items.insert(0, moved)

    source.before_answer = update
    before = {entry["code"] for entry in source.items} - {item(25)["code"]}
    # The moved one is above what was already read: a full read notices that one is missing and reads again.
    assert set(keys(portal)) == before | {"moved"}


def test_a_total_that_cannot_be_reached_is_told_and_stops_nothing(portal: Portal, source: Source) -> None:
    source.facts = {"totalElements": 31}
    *pages, last = portal.dossiers()
    assert {record.key for page in pages for record in page.records} == {entry["code"] for entry in source.items}
    assert (last.records, last.missing) == ([], 1)
    assert last.told == ("nguồn báo 31 hồ sơ nhưng chỉ liệt kê 30, đọc lại vẫn vậy; 1 hồ sơ chưa rõ",)


@pytest.mark.parametrize("facts", [{"last": "absent"}, {"last": "absent", "totalElements": "absent"}])
def test_the_end_is_found_without_being_told(portal: Portal, source: Source, facts: dict[str, str]) -> None:
    source.facts = facts
    assert set(keys(portal)) == {entry["code"] for entry in source.items}


def test_counts_that_come_as_text_are_numbers(portal: Portal, source: Source) -> None:
    source.facts = {"totalElements": "30", "totalPages": "3"}
    assert len(keys(portal)) == 30


def test_a_changed_envelope_is_reported_and_nothing_is_guessed(portal: Portal, source: Source) -> None:
    source.facts = {"content": "absent"}
    with pytest.raises(SourceChanged, match="content"):
        keys(portal)


def test_a_token_is_renewed_before_its_end(portal: Portal, source: Source, clock: list[float]) -> None:
    keys(portal)
    clock[0] = 269.0
    keys(portal)
    assert source.tokens == 1
    clock[0] = 271.0
    keys(portal)
    assert source.tokens == 2


def test_a_token_that_is_refused_is_renewed_once(portal: Portal, source: Source) -> None:
    source.valid = {"token-2"}
    assert len(keys(portal)) == 30
    source.valid = set()
    with pytest.raises(SourceRefused) as refused:
        keys(portal)
    assert refused.value.status == 401
    assert source.tokens == 3


def test_personal_data_stop_at_the_border(portal: Portal, source: Source, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    task = {"id": "t", "assignee": {"fullname": "Lê Văn Kín"}, "isCurrent": True, "candidateGroup": [{"name": "x"}]}
    source.items = [
        item(0, applicant={"userId": "u-77", "data": PERSON}, accepter={"fullname": "Lê Văn Kín"}, task=[task])
    ]
    (page,) = portal.dossiers()
    kept = page.records[0].payload.decode()
    for secret in (*map(str, [*PERSON.values()][:6]), "Lê Văn Kín", "u-77"):
        assert secret not in kept
        assert secret not in caplog.text
    applicant = json.loads(kept)["applicant"]
    assert applicant == {
        "pseudonym": Pseudonymiser(b"key").of("075080001234"),
        "chonDoiTuong": 1,
        "organization": False,
    }


def test_a_person_without_a_number_is_known_by_name_and_birthday(portal: Portal, source: Source) -> None:
    nameless = PERSON | {"identityNumber": None}
    respelled = nameless | {"fullname": " TRẦN  thị bí mật"}
    source.items = [item(0, applicant={"data": nameless}), item(1, applicant={"data": respelled})]
    (page,) = portal.dossiers()
    first, second = (json.loads(record.payload)["applicant"]["pseudonym"] for record in page.records)
    assert first == second
    assert len(first) == 32


def test_a_leaf_of_another_type_passes_where_it_may_be_that_and_leaves_a_hash_elsewhere(
    portal: Portal, source: Source
) -> None:
    source.items = [item(0, acceptedDate=1735689600000, dossierTaskStatus={"name": ["x"]}, unknown={"a": 1})]
    (page,) = portal.dossiers()
    kept = json.loads(page.records[0].payload)
    assert kept["acceptedDate"] == 1735689600000
    name = kept["dossierTaskStatus"]["name"]
    assert re.fullmatch("withheld:[0-9a-f]{32}", name)
    assert kept["unreadable"] == "dossierTaskStatus.name"
    assert "unknown" not in kept


def test_a_period_is_asked_by_acceptance_days(portal: Portal, httpserver: HTTPServer, source: Source) -> None:
    list(portal.dossiers_accepted(date(2025, 6, 1), date(2025, 7, 1)))
    asked = httpserver.log[-1][0]
    assert (asked.args["accepted-from"], asked.args["accepted-to"]) == ("01/06/2025", "30/06/2025")


def test_parents_are_asked_for_where_the_rows_do_not_name_them(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    rows = [{"id": "p", "code": "H19", "name": "UBND tỉnh"}, {"id": "c", "code": "H19.01", "name": "Sở"}]
    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_json({"content": rows, "last": True})
    httpserver.expect_request("/portal/ba/agency/--by-parent-id", query_string={"parent-id": "p"}).respond_with_json(
        [{"id": "c"}]
    )
    httpserver.expect_request("/portal/ba/agency/--by-parent-id", query_string={"parent-id": "c"}).respond_with_json([])
    (page,) = portal.agencies()
    assert [json.loads(record.payload)["parent_id"] for record in page.records] == [None, "p"]


def test_a_directory_row_without_an_id_is_kept_and_statistics_need_no_agency(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    rows = [{"name": [{"languageId": 228, "name": "Sở"}]}, {"id": 1, "parentId": "p"}]
    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_json(rows)
    (page,) = portal.agencies()
    assert page.records[0].key.startswith("sha256:")
    assert json.loads(page.records[1].payload) == {"id": 1, "parent_id": "p"}
    counts = [{"agency": None, "received": "3", "note": "x"}, {"agency": {"id": "a"}, "received": 4}]
    httpserver.expect_request("/portal/pa/dossier-statistic/--statistic-agency-kgg").respond_with_json(counts)
    (page,) = portal.statistics(date(2025, 1, 1), date(2025, 1, 31))
    assert page.records[1].key == "a|2025-01-01|2025-01-31"
    assert json.loads(page.records[0].payload) == {"received": "3"}


@pytest.mark.parametrize("told", [{"last": False}, {"totalElements": 3}, {"totalPages": 2}, {}])
def test_a_directory_in_pages_is_read_to_its_end(
    portal: Portal, httpserver: HTTPServer, source: Source, told: dict[str, object]
) -> None:
    pages = {0: [{"id": "a", "parentId": "p"}, {"id": "b"}], 1: [{"id": "c"}]}

    def answer(request: Request) -> Response:
        number = int(request.args["page"])
        return Response(json.dumps({"content": pages.get(number, [])} | told))

    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_handler(answer)
    (page,) = portal.agencies()
    assert [record.key for record in page.records] == ["a", "b", "c"]


def test_the_steps_of_a_dossier_come_without_the_clerk(portal: Portal, httpserver: HTTPServer, source: Source) -> None:
    step = {"id": "t", "assignee": {"fullname": "Lê Văn Kín"}, "bpmProcessDefinitionTask": {"name": "Thụ lý", "x": 1}}
    httpserver.expect_request("/portal/pa/dossier/d1/--online").respond_with_json({"id": "d1", "task": [step]})
    record = portal.dossier_tasks("d1")
    assert json.loads(record.payload) == {"task": [{"id": "t", "bpmProcessDefinitionTask": {"name": "Thụ lý"}}]}


def test_another_encoding_is_asked_again_and_then_a_changed_source(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    person = {"fullname": "Trần Văn Kín", "address": "Đồng Nai"}
    page = json.dumps({"content": [{"code": "a", "applicant": {"data": person}}], "last": True}, ensure_ascii=False)
    encoded = page.replace("ầ", "â").replace("ồ", "ô").encode("cp1258")
    httpserver.expect_oneshot_request("/portal/pa/dossier/search").respond_with_data(encoded)
    assert len(keys(portal)) == 30
    httpserver.clear()
    httpserver.expect_request("/portal/pa/dossier/search").respond_with_data(encoded)
    with pytest.raises(SourceChanged, match="JSON") as changed:
        keys(portal)
    assert "Kín" not in str(changed.value)


def test_people_without_a_number_are_not_taken_for_one(portal: Portal, source: Source) -> None:
    blank = PERSON | {"identityNumber": " "}
    source.items = [item(0, applicant={"data": blank}), item(1, applicant={"data": blank | {"fullname": "Lê Văn B"}})]
    (page,) = portal.dossiers()
    first, second = (json.loads(record.payload)["applicant"]["pseudonym"] for record in page.records)
    assert first != second


def test_a_directory_that_shrinks_while_it_is_read_loses_no_agency(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    rows = [{"id": f"a{number}", "parentId": "p"} for number in range(25)]
    asked: list[int] = []

    def answer(request: Request) -> Response:
        if len(asked) == 1:
            del rows[2]
        asked.append(int(request.args["page"]))
        return Response(json.dumps(spring(rows, asked[-1], 10)))

    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_handler(answer)
    (page,) = portal.agencies()
    assert {record.key for record in page.records} == {f"a{number}" for number in range(25)}


@pytest.mark.parametrize("facts", [{"totalElements": 26}, {"last": True}, {"totalElements": -1, "last": "absent"}])
def test_a_directory_that_is_counted_wrongly_is_read_and_told(
    portal: Portal, httpserver: HTTPServer, source: Source, facts: dict[str, Any]
) -> None:
    rows = [{"id": f"a{number}", "parentId": "p"} for number in range(25)]

    def answer(request: Request) -> Response:
        page = spring(rows, int(request.args["page"]), 10, **facts)
        return Response(json.dumps({name: fact for name, fact in page.items() if fact != "absent"}))

    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_handler(answer)
    (page,) = portal.agencies()
    assert {record.key for record in page.records} == {row["id"] for row in rows}
    assert page.missing == (1 if facts.get("totalElements") == 26 else 0)
    assert bool(page.told) == bool(page.missing)


def test_a_directory_that_lists_half_of_what_it_counts_is_no_directory(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    page = spring([{"id": "a", "parentId": "p"}], 0, 10, totalElements=50)
    httpserver.expect_request("/portal/ba/agency/name+code").respond_with_json(page)
    with pytest.raises(SourceChanged, match="50"):
        list(portal.agencies())


MONTHS = [(date(2025, 5, 1), date(2025, 5, 31)), (date(2025, 6, 1), date(2025, 6, 30))]


def test_a_month_is_counted_with_one_question(portal: Portal, source: Source, httpserver: HTTPServer) -> None:
    asked: list[tuple[str | None, str | None, str]] = []

    def search(request: Request) -> Response:
        asked.append((request.args.get("accepted-from"), request.args.get("accepted-to"), request.args["size"]))
        count = {None: 30, "01/05/2025": 12, "01/06/2025": 9}[asked[-1][0]]
        return Response(json.dumps(spring(source.items, 0, 1, totalElements=count)))

    httpserver.clear()
    httpserver.expect_request(f"/auth{TOKEN}", method="POST").respond_with_handler(source.sign_on)
    httpserver.expect_request("/portal/pa/dossier/search").respond_with_handler(search)
    (page,) = portal.dossier_counts(MONTHS, date(2025, 6, 20))
    assert [(record.key, json.loads(record.payload)) for record in page.records] == [
        ("2025-05-01|2025-05-31", {"counted_on": "2025-06-20", "dossiers": 12}),
        ("2025-06-01|2025-06-30", {"counted_on": "2025-06-20", "dossiers": 9}),
    ]
    assert asked == [(None, None, "1"), ("01/05/2025", "31/05/2025", "1"), ("01/06/2025", "30/06/2025", "1")]


def test_a_source_that_does_not_heed_the_days_is_not_counted(portal: Portal) -> None:
    with pytest.raises(SourceRefused, match="không lọc theo ngày tiếp nhận"):
        list(portal.dossier_counts(MONTHS, date(2025, 6, 20)))


ODD = {
    "another shape": ('"agency":"Sở Nội vụ"', "agency"),
    "a list for an object": ('"dossierStatus":[1]', "dossierStatus"),
    "half a letter": ('"applicant":{"data":{"fullname":"\\ud800x"}}', "JSON hỏng trong bản ghi"),
    "a line break in a text": ('"createdDate":"2025\n06"', "JSON hỏng trong bản ghi"),
    "1,500 levels": (f'"createdDate":{"[" * 1500}{"]" * 1500}', "JSON hỏng trong bản ghi"),
    "a wrong byte": ('"applicant":{"data":{"fullname":"Tr\xe2n"}}', "JSON hỏng trong bản ghi"),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_record_costs_no_other_and_is_known_by_its_code(portal: Portal, source: Source, kind: str) -> None:
    written, why = ODD[kind]
    items = [json.dumps({"id": f"{number}", "code": f"H19-{number}", "updatedDate": moment(0)}) for number in range(5)]
    items[2] = items[2][:-1] + f", {written}}}"
    source.body = f'{{"content": [{",".join(items)}], "last": true, "totalElements": 5}}'.encode().replace(
        b"\xc3\xa2", b"\xe2"
    )
    records = {record.key: json.loads(record.payload) for found in portal.dossiers() for record in found.records}
    assert set(records) == {f"H19-{number}" for number in range(5)}
    odd = records["H19-2"]
    assert (odd["id"], odd["code"], odd["updatedDate"], odd["unreadable"]) == ("2", "H19-2", moment(0), why)
    assert all("withheld:" in str(odd[name]) for name in odd.keys() - {"id", "code", "updatedDate", "unreadable"})
    assert all("unreadable" not in payload for key, payload in records.items() if key != "H19-2")


PROCESS_PATH = "/portal/bd/procedure-process-definition"
LIMIT = {"processingTime": 5, "processingTimeUnit": "d"}


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ([{"id": "x", "processDefinition": LIMIT | {"timesheet": {}}}], [{"id": "x", "processDefinition": LIMIT}]),
        ({"content": [{"id": "x", **LIMIT}], "last": True}, [{"id": "x", **LIMIT}]),
        ({"id": "x", "processDefinition": LIMIT, "assignee": {"fullname": "Trần Thị Bí Mật"}}, [
            {"id": "x", "processDefinition": LIMIT}
        ]),
        ([], []),
        ({}, []),
    ],
)  # fmt: skip
def test_the_process_of_a_procedure_is_kept_without_people(
    portal: Portal, httpserver: HTTPServer, source: Source, answer: Any, kept: list[dict[str, Any]]
) -> None:
    httpserver.expect_request(PROCESS_PATH, query_string={"procedure-id": "p1"}).respond_with_json(answer)
    (page,) = portal.processes(["p1"])
    assert [(one.key, json.loads(one.payload)) for one in page.records] == [("p1", {"processes": kept})]


def test_a_procedure_that_has_gone_is_passed_over_and_a_call_not_offered_is_refused(
    portal: Portal, httpserver: HTTPServer, source: Source
) -> None:
    known = {f"p{number}" for number in range(60)} - {"p3", "p4"}

    def answer(request: Request) -> Response:
        return Response("[]") if request.args["procedure-id"] in known else Response(status=404)

    httpserver.expect_request(PROCESS_PATH).respond_with_handler(answer)
    pages = list(portal.processes(f"p{number}" for number in range(60)))
    assert [page.total_pages for page in pages] == [2, 2]
    assert {one.key for page in pages for one in page.records} == known
    with pytest.raises(SourceRefused):
        list(portal.processes(f"q{number}" for number in range(60)))


def test_the_agencies_of_a_listed_procedure_are_kept(portal: Portal, httpserver: HTTPServer, source: Source) -> None:
    agency = {"id": "a", "code": "H19.04", "name": "Sở Tư pháp"}
    row = {"id": "p1", "code": "1.000001", "agency": [agency | {"phone": "0999123456"}]}
    httpserver.expect_request("/portal/bd/procedure/--can-apply").respond_with_json([row])
    (page,) = portal.procedures()
    assert json.loads(page.records[0].payload)["agency"] == [agency]
