"""A source that is asked too often: what it asks for is done, what it does not say is learned, and every wait ends."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceUnavailable
from connectors.http import HttpClient
from connectors.patience import RetryBudget, Spacing, patience_of
from connectors.transport import Transport
from connectors.transport_settings import retry_seconds
from tests.support.passing import Time


class Limited:
    """So many requests a second, a few at once; else 429, with or without a word on how long to wait."""

    def __init__(self, time: Time, rate: float, burst: int = 5, headers: dict[str, str] | None = None) -> None:
        self.time, self.rate, self.burst, self.headers = time, rate, burst, headers or {}
        self.tokens, self.seen_at = float(burst), 0.0
        self.answered = self.refused = 0

    def __call__(self, request: Request) -> Response:
        self.tokens = min(self.burst, self.tokens + (self.time.now - self.seen_at) * self.rate)
        self.seen_at = self.time.now
        if self.tokens < 1:
            self.refused += 1
            return Response(status=429, headers=self.headers)
        self.tokens -= 1
        self.answered += 1
        return Response("{}")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(httpserver: HTTPServer, time: Time) -> HttpClient:
    budget = RetryBudget(monotonic=time)
    return HttpClient(httpserver.url_for("/"), source="portal", budget=budget, sleep=time.sleep, monotonic=time)


Served = Callable[[Callable[[Request], Response]], None]


@pytest.fixture
def served(httpserver: HTTPServer) -> Served:
    return lambda answer: httpserver.expect_request("/records").respond_with_handler(answer)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "1"}, {"Retry-After": "0"}])
def test_two_a_second_are_learned(client: HttpClient, served: Served, time: Time, headers: dict[str, str]) -> None:
    limited = Limited(time, rate=2.0, headers=headers)
    served(limited)
    for _ in range(300):
        client.json("GET", "records")
    assert limited.answered == 300
    # Some are refused while it is learned and when it is tried again; most are not, and little time is lost.
    assert limited.refused < 40
    assert time.now < 1.5 * 300 / limited.rate


def test_one_answer_in_four_is_enough(client: HttpClient, served: Served) -> None:
    asked: list[int] = []

    def answer(request: Request) -> Response:
        asked.append(1)
        return Response("{}") if len(asked) % 4 == 0 else Response(status=429)

    served(answer)
    for _ in range(100):
        client.json("GET", "records")
    assert len(asked) == 400


@pytest.mark.parametrize("asked", ["60", "3600", "Wed, 31 Dec 2025 11:00:00 GMT"])
def test_an_hour_is_waited_where_the_source_asks_for_it(
    httpserver: HTTPServer, served: Served, time: Time, asked: str
) -> None:
    client = HttpClient(
        httpserver.url_for("/"),
        source="portal",
        budget=RetryBudget(monotonic=time),
        sleep=time.sleep,
        monotonic=time,
        now=lambda: datetime(2025, 12, 31, 10, tzinfo=UTC),
    )
    answers = iter([Response(status=429, headers={"Retry-After": asked}), Response("{}")] * 3)
    served(lambda request: next(answers))
    for _ in range(3):
        client.json("GET", "records")
    assert time.now >= 3 * (60 if asked == "60" else 3600)


@pytest.mark.parametrize("asked", ["60", "3600", "0", None])
def test_a_source_that_never_answers_is_given_up_in_time(
    client: HttpClient, served: Served, time: Time, asked: str | None
) -> None:
    served(lambda request: Response(status=429, headers={"Retry-After": asked} if asked else {}))
    with pytest.raises(SourceUnavailable, match="429"):
        client.json("GET", "records")
    assert time.now <= client.budget.deadline_seconds
    assert asked is not None or time.now <= client.budget.seconds


def test_a_wait_beyond_the_deadline_is_not_begun_and_is_told(client: HttpClient, served: Served, time: Time) -> None:
    served(lambda request: Response(status=429, headers={"Retry-After": "86400"}))
    with pytest.raises(SourceUnavailable, match="nguồn bảo chờ 86400 giây"):
        client.json("GET", "records")
    assert time.now < 1


def test_who_waits_at_a_screen_is_not_kept(httpserver: HTTPServer, served: Served, time: Time) -> None:
    budget = RetryBudget(attempts=0, monotonic=time)
    client = HttpClient(httpserver.url_for("/"), source="portal", budget=budget, sleep=time.sleep, monotonic=time)
    served(lambda request: Response(status=429, headers={"Retry-After": "60"}))
    with pytest.raises(SourceUnavailable):
        client.json("GET", "records")
    assert time.now < 1


def test_refusals_for_being_too_fast_cost_no_patience_with_failures(client: HttpClient, served: Served) -> None:
    client.budget.attempts = 1
    answers = iter([*(Response(status=429) for _ in range(5)), Response(status=502), Response("{}")])
    served(lambda request: next(answers))
    client.json("GET", "records")
    assert client.budget.spent_attempts == pytest.approx(1, abs=0.1)


def test_what_was_learned_fades_and_the_setting_stays() -> None:
    spacing = Spacing(least=0.5)
    for _ in range(20):
        spacing.refused()
    assert spacing.seconds == 2.0
    for _ in range(10_000):
        spacing.answered()
    assert spacing.seconds == 0.5
    assert Spacing(Transport(requests_per_second=4).seconds_between_requests).seconds == 0.25


@pytest.mark.parametrize(
    ("minutes", "down", "is_read"), [("60", 50 * 60, True), ("5", 50 * 60, False), ("0", 1, False)]
)
def test_a_source_is_asked_again_as_long_as_its_settings_say(
    httpserver: HTTPServer, time: Time, minutes: str, down: float, is_read: bool
) -> None:
    httpserver.expect_request("/records").respond_with_handler(
        lambda request: Response("{}") if time.now > down else Response(status=503)
    )
    budget = patience_of(retry_seconds({"AXIS_URL": "…", "AXIS_RETRY_MINUTES": minutes}), None)
    client = HttpClient(httpserver.url_for("/"), source="axis", budget=budget, sleep=time.sleep, monotonic=time)
    if is_read:
        assert client.json("GET", "records") == {}
    else:
        with pytest.raises(SourceUnavailable, match="503"):
            client.json("GET", "records")
        assert time.now <= float(minutes) * 60 + 1
    # A minute apart at most, and not oftener than that asks for.
    assert client.requests <= float(minutes) + 10
