"""One polite HTTP client for every source: timeouts, one pool, a retry budget, Retry-After, a rate limit, redaction."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3

from connectors.answers import TRANSIENT, Answer, Bounds, body_of, decoded, failure
from connectors.errors import SourceError, SourceRefused, SourceUnavailable
from connectors.faults import fault
from connectors.patience import LATER, HeldBack, RetryBudget, Spacing
from connectors.transport import DIRECT, Transport, session


# Addresses and headers that cannot be sent, whoever of the three notices.
UNSENDABLE = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)
Headers = Mapping[str, str]


class HttpClient:
    """Asks one source. `sleep`, `monotonic` and `now` are given by tests; nothing else knows about waiting."""

    def __init__(
        self,
        base_url: str,
        *,
        source: str,
        budget: RetryBudget | None = None,
        transport: Transport = DIRECT,
        timeout: tuple[float, float] | None = None,
        max_bytes: int = 256 << 20,
        attempts_per_request: int | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.source = source
        self.budget = budget if budget is not None else RetryBudget()
        self._transport = transport
        self._timeout = timeout or transport.timeout
        self.spacing = Spacing(transport.seconds_between_requests)
        self._max_bytes = max_bytes
        self._attempts = attempts_per_request or self.budget.in_a_row
        self._sleep, self._monotonic, self._now = sleep, monotonic, now
        self._last_request = -math.inf
        self._session = session(transport)
        self.gateway = transport.gateway
        self.connections = transport.connections
        self._turn = Lock()
        self.requests = self.retries = self.bytes = 0
        # The newest instant that the source itself has told (RFC 9110, 6.6.1), and by how much we are ahead of it.
        self.told_at: datetime | None = None
        self.ahead = timedelta()

    def get(self, path: str, params: Mapping[str, Any] | None = None, **options: Any) -> Answer:
        return self.ask("GET", path, params=params, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.ask("POST", path, **options)

    def ask(
        self,
        method: str,
        path: str,
        *,
        read: Callable[[bytes], object] | None = None,
        attempts: int | None = None,
        **options: Any,
    ) -> Answer:
        """A 2xx answer, asked again within the budget; `read` may reject a body that is no complete JSON.

        `attempts`: fewer than usual, where another address may do as well.

        `headers` may be a function, asked anew for every attempt: what is signed with a moment grows old while waiting.
        Raises SourceUnavailable, SourceRefused or SourceChanged.
        """
        most = attempts or self._attempts
        attempt, held_back = 1, HeldBack()
        while True:
            if over := self.budget.over:
                raise SourceUnavailable(self.source, f"{spoken(path or self.base_url)}: {over}", advice=LATER)
            try:
                answer = self._once(method, path, options)
                if read is not None:
                    read(answer.body)
                self.budget.earn()
                self.spacing.answered()
                return answer
            except SourceRefused:
                raise
            except SourceError as error:
                if error.status == 429:
                    if not held_back.times:
                        self.spacing.refused()
                    pause = held_back.pause(self.budget, retry_after(error))
                else:
                    pause = self.budget.pause(attempt, retry_after(error)) if attempt < most else None
                    attempt += 1
                if pause is None:
                    raise
                self.retries += 1
                self._wait(pause)

    def _wait(self, pause: float) -> None:
        self.budget.wait(pause)
        self._sleep(pause)
        # Whoever has paused has kept his distance, also by a clock that stands still.
        self._last_request -= pause

    def json(
        self, method: str, path: str, decoder: Callable[[bytes], Any] = msgspec.json.decode, **options: Any
    ) -> Any:
        """The decoded JSON of a 2xx answer; HTML or truncated JSON is asked again, then SourceChanged."""
        found: list[Any] = []

        def read(body: bytes) -> None:
            found[:] = [self.decoded(body, path, decoder)]

        self.ask(method, path, read=read, **options)
        return found[0]

    def decoded(self, body: bytes, path: str, decoder: Callable[[bytes], Any] = msgspec.json.decode) -> Any:
        """Raises SourceChanged."""
        return decoded(self.source, path, body, decoder)

    def sign_on_to_gateway(self) -> str:
        """For whoever probes: that the gateway in front lets us in."""
        self._headers({})
        return "đã được cho vào"

    def _once(self, method: str, path: str, options: dict[str, Any]) -> Answer:
        """Twice where the gateway in front has forgotten who we are."""
        self._keep_distance()
        sent = self._headers(options)
        try:
            return self._sent(method, path, options | {"headers": sent})
        except SourceRefused as error:
            if error.status != 401 or not self.gateway.has_renewed(sent):
                raise
        self._keep_distance()
        return self._sent(method, path, options | {"headers": self._headers(options)})

    def _headers(self, options: dict[str, Any]) -> Headers:
        headers: Headers | Callable[[], Headers] | None = options.get("headers")
        own = self.gateway.headers((headers() if callable(headers) else headers) or {}, self._post_to_gateway)
        # Also instead of what a protocol's own client calls itself.
        return {**own, "User-Agent": self._transport.user_agent} if self._transport.user_agent else own

    def _post_to_gateway(self, url: str, headers: Headers, form: Headers) -> Any:
        """As polite as any request."""
        bare = HttpClient(
            url,
            source=self.source,
            budget=self.budget,
            transport=replace(self._transport, gateway=self.gateway.at_its_own_address()),
            timeout=self._timeout,
            sleep=self._sleep,
            monotonic=self._monotonic,
            now=self._now,
        )
        try:
            return bare.json("POST", url, headers=headers, data=form)
        finally:
            self.requests, self.retries = self.requests + bare.requests, self.retries + bare.retries

    def _sent(self, method: str, path: str, options: dict[str, Any]) -> Answer:
        url, path = self.gateway.url(self.url(path)), spoken(path or self.base_url)
        if not self._transport.permits(url):
            name = self._transport.variable("ALLOW_HTTP")
            raise SourceRefused(
                self.source,
                f"{path}: địa chỉ http:// làm lộ mật khẩu trên đường truyền nên không được dùng",
                advice=f"Đổi địa chỉ sang https://, hoặc đặt {name}=1 nếu người quản trị mạng chấp nhận.",
            )
        try:
            bounds = Bounds(self._max_bytes, self._transport.answer_seconds, self._monotonic(), self._monotonic)
            with self._session.request(
                method, url, timeout=self._timeout, stream=True, allow_redirects=False, **options
            ) as response:
                self._note_date(response.headers.get("Date"))
                if error := failure(response, self.source, path, self._now()):
                    raise self.gateway.told(error, response.headers)
                body = body_of(response, self.source, path, bounds)
                self.bytes += len(body)
        except TRANSIENT as error:
            raise fault(self.source, path, error, url, self._transport) from None
        except UNSENDABLE as error:
            raise SourceRefused(self.source, f"{path}: yêu cầu không gửi được ({type(error).__name__})") from None
        if refusal := self.gateway.refusal(body):
            what, status, advice = refusal
            raise SourceRefused(self.source, f"{path}: {what}", status, advice)
        return Answer(body, response.headers)

    def _note_date(self, told: str | None) -> None:
        try:
            at = parsedate_to_datetime(told or "")
        except ValueError:
            return
        if at.tzinfo is not None:
            self.told_at = max(at, self.told_at or at)
            self.ahead = self._now() - at

    def url(self, path: str) -> str:
        """A path under the base, the base itself for an empty path, or a full address."""
        if "://" in path:
            return path
        return f"{self.base_url}/{self._transport.placed(path.lstrip('/'))}" if path else self.base_url

    def _keep_distance(self) -> None:
        """Also of the requests that are under way at once."""
        with self._turn:
            wait = self._last_request + self.spacing.seconds - self._monotonic()
            if wait > 0:
                self._sleep(wait)
            self._last_request = self._monotonic()
            self.requests += 1

    def __repr__(self) -> str:
        parts = urlsplit(self.base_url)
        return f"HttpClient({self.source}, {parts.scheme}://{parts.hostname})"


def retry_after(error: SourceError) -> float | None:
    return error.retry_after if isinstance(error, SourceUnavailable) else None


def spoken(path: str) -> str:
    """A path as messages name it: of a full address only what follows the host, for a host may carry a password."""
    return path.partition("://")[2].partition("/")[2] if "://" in path else path
