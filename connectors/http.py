"""One polite HTTP client for every source: timeouts, one pool, a retry budget, Retry-After, a rate limit, redaction."""

import re
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable


CHUNK = 1 << 16
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 8.0
SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
TRANSIENT = (
    requests.Timeout,
    requests.ConnectionError,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
# Addresses and headers that cannot be sent, whoever of the three notices.
UNSENDABLE = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)
Headers = Mapping[str, str]
# Fifty answers earn one attempt back, so that thousands of requests survive what ten could not.
EARNED = 0.02


@dataclass
class RetryBudget:
    """How much patience one source gets in one run, shared by every client that asks it."""

    attempts: int = 30
    seconds: float = 900.0
    spent_attempts: float = field(default=0.0, init=False)
    spent_seconds: float = field(default=0.0, init=False)

    def allows(self, pause: float) -> bool:
        return self.spent_attempts < self.attempts and self.spent_seconds + pause <= self.seconds

    def spend(self, pause: float) -> None:
        self.spent_attempts += 1
        self.spent_seconds += pause

    def earn(self) -> None:
        self.spent_attempts = max(0.0, self.spent_attempts - EARNED)


@dataclass(frozen=True)
class Answer:
    """A complete 2xx answer."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.body)


class HttpClient:
    """Asks one source. `sleep`, `monotonic` and `now` are given by tests; nothing else knows about waiting."""

    def __init__(
        self,
        base_url: str,
        *,
        source: str,
        budget: RetryBudget | None = None,
        timeout: tuple[float, float] = (10.0, 180.0),
        min_interval: float = 0.0,
        max_bytes: int = 256 << 20,
        attempts_per_request: int = 8,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.source = source
        self.budget = budget if budget is not None else RetryBudget()
        self._timeout = timeout
        self._min_interval = min_interval
        self._max_bytes = max_bytes
        self._attempts = attempts_per_request
        self._sleep, self._monotonic, self._now = sleep, monotonic, now
        self._last_request = -min_interval
        self._session = requests.Session()
        # Proxies and netrc of the machine are no business of a source inside the state network.
        self._session.trust_env = False
        self._session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=4))
        self._session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=4))
        self.requests = self.retries = self.bytes = 0

    def get(self, path: str, params: Mapping[str, Any] | None = None, **options: Any) -> Answer:
        return self.ask("GET", path, params=params, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.ask("POST", path, **options)

    def ask(self, method: str, path: str, *, read: Callable[[bytes], object] | None = None, **options: Any) -> Answer:
        """A 2xx answer, asked again within the budget; `read` may reject a body that is no complete JSON.

        `headers` may be a function, asked anew for every attempt: what is signed with a moment grows old while waiting.
        Raises SourceUnavailable, SourceRefused or SourceChanged.
        """
        for attempt in range(1, self._attempts + 1):
            try:
                answer = self._once(method, path, options)
                if read is not None:
                    read(answer.body)
                self.budget.earn()
                return answer
            except SourceRefused:
                raise
            except SourceError as error:
                pause = self._pause(error, attempt)
                if attempt == self._attempts or not self.budget.allows(pause):
                    raise
                self.budget.spend(pause)
                self.retries += 1
                self._sleep(pause)
        raise AssertionError("the loop returns or raises")

    def json(self, method: str, path: str, **options: Any) -> Any:
        """The decoded JSON of a 2xx answer; HTML or truncated JSON is asked again, then SourceChanged."""
        found: list[Any] = []

        def read(body: bytes) -> None:
            found[:] = [self.decoded(body, path)]

        self.ask(method, path, read=read, **options)
        return found[0]

    def decoded(self, body: bytes, path: str, decoder: Callable[[bytes], Any] = msgspec.json.decode) -> Any:
        """`decoder` over the body; raises SourceChanged naming what is wrong and never the content."""
        try:
            return decoder(body.removeprefix(BOM_UTF8))
        except msgspec.ValidationError as error:
            raise SourceChanged(self.source, f"{path}: {error}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            kind = "một trang HTML" if body.lstrip()[:1] == b"<" else "JSON không trọn vẹn hoặc không phải JSON"
            raise SourceChanged(self.source, f"{path}: câu trả lời là {kind}") from None

    def _once(self, method: str, path: str, options: dict[str, Any]) -> Answer:
        self._keep_distance()
        url, path = self.url(path), spoken(path)
        self.requests += 1
        headers: Headers | Callable[[], Headers] | None = options.get("headers")
        if callable(headers):
            options = options | {"headers": headers()}
        try:
            with self._session.request(method, url, timeout=self._timeout, stream=True, **options) as response:
                self._raise_for_status(response, path)
                return Answer(self._body(response, path), response.headers)
        except TRANSIENT as error:
            raise SourceUnavailable(self.source, f"{path}: không kết nối được ({type(error).__name__})") from None
        except UNSENDABLE as error:
            raise SourceRefused(self.source, f"{path}: yêu cầu không gửi được ({type(error).__name__})") from None

    def url(self, path: str) -> str:
        """A path under the base, the base itself for an empty path, or a full address."""
        if "://" in path:
            return path
        return f"{self.base_url}/{path.lstrip('/')}" if path else self.base_url

    def _body(self, response: requests.Response, path: str) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(CHUNK):
            size += len(part)
            if size > self._max_bytes:
                raise SourceRefused(self.source, f"{path}: câu trả lời lớn hơn {self._max_bytes >> 20} MiB")
            parts.append(part)
        self.bytes += size
        return b"".join(parts)

    def _raise_for_status(self, response: requests.Response, path: str) -> None:
        status = response.status_code
        if status < 300:
            return
        what = f"{path}: mã HTTP {status}"
        if status == 429 or status >= 500 or status == 408:
            error = SourceUnavailable(self.source, what, status)
            error.retry_after = self._retry_after(response.headers.get("Retry-After"))
            raise error
        raise SourceRefused(self.source, what, status)

    def _retry_after(self, text: str | None) -> float | None:
        """Seconds the server asks for; a date is counted from now."""
        asked = (text or "").strip()
        if SECONDS.fullmatch(asked):
            return float(asked)
        try:
            moment = parsedate_to_datetime(asked)
        except (TypeError, ValueError):
            return None
        # A date of "-0000" names no zone; HTTP dates are in UTC.
        until = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (until - self._now()).total_seconds())

    def _pause(self, error: SourceError, attempt: int) -> float:
        if isinstance(error, SourceUnavailable) and error.retry_after is not None:
            return error.retry_after
        return min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE)

    def _keep_distance(self) -> None:
        wait = self._last_request + self._min_interval - self._monotonic()
        if wait > 0:
            self._sleep(wait)
        self._last_request = self._monotonic()

    def __repr__(self) -> str:
        parts = urlsplit(self.base_url)
        return f"HttpClient({self.source}, {parts.scheme}://{parts.hostname})"


def spoken(path: str) -> str:
    """A path as messages name it: of a full address only what follows the host, for a host may carry a password."""
    return path.partition("://")[2].partition("/")[2] if "://" in path else path
