"""Patience and its limits: what is asked again, how long is waited, what is said when it does not help."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from connectors.errors import SourceChanged, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.patience import RetryBudget
from connectors.transport import Transport


Clients = Callable[..., HttpClient]


def answers(httpserver: HTTPServer, *responses: Response) -> None:
    for response in responses:
        httpserver.expect_ordered_request("/records").respond_with_response(response)


def test_waits_as_long_as_the_server_asks(httpserver: HTTPServer, client_of: Clients, pauses: list[float]) -> None:
    answers(httpserver, Response(status=429, headers={"Retry-After": "7"}), Response("[1]"))
    assert client_of().json("GET", "records") == [1]
    assert pauses == [7.0]


def test_a_date_to_wait_for_is_counted_from_now(httpserver: HTTPServer, pauses: list[float]) -> None:
    answers(httpserver, Response(status=503, headers={"Retry-After": "Wed, 31 Dec 2025 10:02:00 GMT"}), Response("{}"))
    client = HttpClient(
        httpserver.url_for("/"),
        source="portal",
        sleep=pauses.append,
        now=lambda: datetime(2025, 12, 31, 10, 0, tzinfo=UTC),
    )
    assert client.json("GET", "records") == {}
    assert pauses == [120.0]


def test_doubles_its_pauses_without_a_word_from_the_server(
    httpserver: HTTPServer, client_of: Clients, pauses: list[float]
) -> None:
    answers(httpserver, *(Response(status=500) for _ in range(3)), Response("{}"))
    assert client_of().json("GET", "records") == {}
    assert pauses == [1.0, 2.0, 4.0]


def test_the_budget_is_shared_and_ends(httpserver: HTTPServer, client_of: Clients) -> None:
    budget = RetryBudget(attempts=2)
    answers(httpserver, *(Response(status=502) for _ in range(4)))
    with pytest.raises(SourceUnavailable, match="502"):
        client_of(budget=budget).json("GET", "records")
    with pytest.raises(SourceUnavailable, match="502"):
        client_of(budget=budget).json("GET", "records")
    assert len(httpserver.log) == 4


def test_a_wait_longer_than_the_budget_is_not_begun(
    httpserver: HTTPServer, client_of: Clients, pauses: list[float]
) -> None:
    answers(httpserver, Response(status=429, headers={"Retry-After": "86400"}))
    with pytest.raises(SourceUnavailable):
        client_of(budget=RetryBudget(seconds=600)).json("GET", "records")
    assert pauses == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_not_asked_again(httpserver: HTTPServer, client_of: Clients, status: int) -> None:
    answers(httpserver, Response("personal data inside", status=status))
    with pytest.raises(SourceRefused) as refused:
        client_of().json("GET", "records")
    assert refused.value.status == status
    assert "personal" not in str(refused.value)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("body", "says"), [("<html><body>Bảo trì</body></html>", "HTML"), ('{"content":[{"a":1', "không trọn vẹn")]
)
def test_what_is_no_json_is_asked_again_and_then_reported_as_changed(
    httpserver: HTTPServer, client_of: Clients, body: str, says: str
) -> None:
    answers(httpserver, *(Response(body) for _ in range(3)))
    with pytest.raises(SourceChanged, match=says):
        client_of(budget=RetryBudget(attempts=2)).json("GET", "records")
    assert len(httpserver.log) == 3


def test_one_bad_answer_does_not_matter(httpserver: HTTPServer, client_of: Clients) -> None:
    answers(httpserver, Response("<html>"), Response('{"ok": true}'))
    assert client_of().json("GET", "records") == {"ok": True}


def test_a_source_that_is_not_there_is_unavailable(pauses: list[float]) -> None:
    client = HttpClient("http://127.0.0.1:9", source="axis", budget=RetryBudget(attempts=1), sleep=pauses.append)
    with pytest.raises(SourceUnavailable, match=r"^records: máy 127.0.0.1 từ chối kết nối") as caught:
        client.get("records")
    assert caught.value.source == "axis"


def test_an_answer_without_end_is_cut_off(httpserver: HTTPServer, pauses: list[float]) -> None:
    answers(httpserver, Response(b"x" * 4_000_000))
    client = HttpClient(httpserver.url_for("/"), source="portal", max_bytes=1 << 20, sleep=pauses.append)
    with pytest.raises(SourceRefused, match="lớn hơn"):
        client.get("records")


def test_requests_keep_their_distance(httpserver: HTTPServer, pauses: list[float]) -> None:
    answers(httpserver, Response("{}"), Response("{}"))
    client = HttpClient(
        httpserver.url_for("/"),
        source="portal",
        transport=Transport(requests_per_second=2),
        sleep=pauses.append,
        monotonic=lambda: 100.0,
    )
    client.get("records")
    client.get("records")
    assert pauses == [0.5]


def test_many_answers_earn_patience_back() -> None:
    budget = RetryBudget(attempts=1, seconds=60)
    budget.spend(1.0)
    assert not budget.allows(1.0)
    for _ in range(51):
        budget.earn()
    assert budget.allows(1.0)


def test_a_byte_order_mark_is_no_reason_to_refuse(httpserver: HTTPServer, client_of: Clients) -> None:
    answers(httpserver, Response(b"\xef\xbb\xbf{}"))
    assert client_of().json("GET", "records") == {}


def test_a_body_shorter_than_announced_is_asked_for_again(httpserver: HTTPServer, client_of: Clients) -> None:
    short = Response(b'{"a":', headers={"Content-Length": "100", "Connection": "close"})
    short.automatically_set_content_length = False
    answers(httpserver, short, Response('{"a": 1}'))
    assert client_of().json("GET", "records") == {"a": 1}


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("2.5", 2.5), (" 3 ", 3.0), ("-5", 1.0), ("²", 1.0), ("soon", 1.0), ("Wed, 31 Dec 2025 10:00:09 -0000", 9.0)],
)
def test_every_way_to_ask_for_patience_is_understood_or_passed_over(
    httpserver: HTTPServer, pauses: list[float], asked: str, waited: float
) -> None:
    answers(httpserver, Response(status=429, headers={"Retry-After": asked}), Response("{}"))
    client = HttpClient(
        httpserver.url_for("/"),
        source="portal",
        sleep=pauses.append,
        now=lambda: datetime(2025, 12, 31, 10, tzinfo=UTC),
    )
    client.json("GET", "records")
    assert pauses == [waited]


def test_nesting_without_end_is_a_changed_source(httpserver: HTTPServer, client_of: Clients) -> None:
    answers(httpserver, Response("[" * 100_000 + "]" * 100_000))
    with pytest.raises(SourceChanged):
        client_of(budget=RetryBudget(attempts=0)).json("GET", "records")


@pytest.mark.parametrize("address", ["http://", "not-an-address", "http://127.0.0.1:99999", "http://a..b"])
def test_an_address_that_is_none_is_refused_at_once(address: str, pauses: list[float]) -> None:
    with pytest.raises(SourceRefused):
        HttpClient(address, source="axis", sleep=pauses.append).get("records")
    assert pauses == []


def test_a_source_that_is_one_address_is_named_by_its_path(httpserver: HTTPServer, client_of: Clients) -> None:
    httpserver.expect_request("/jsp/rest.jsp").respond_with_data(status=404)
    with pytest.raises(SourceRefused, match=r"^jsp/rest\.jsp: mã HTTP 404"):
        client_of(path="/jsp/rest.jsp").get("")
