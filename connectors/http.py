"""One polite HTTP client for every source: timeouts, one pool, a retry budget, Retry-After, a rate limit, redaction."""

import math
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.faults import fault
from connectors.patience import LATER, HeldBack, RetryBudget, Spacing, seconds_asked
from connectors.transport import DIRECT, Transport, session


CHUNK, MOST_SAID = 1 << 16, 1 << 12
TRANSIENT = (
    requests.Timeout,
    requests.ConnectionError,
    urllib3.exceptions.ProtocolError,
    urllib3.exceptions.TimeoutError,
    urllib3.exceptions.DecodeError,
    urllib3.exceptions.SSLError,
)
# Addresses and headers that cannot be sent, whoever of the three notices.
UNSENDABLE = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)
Headers = Mapping[str, str]


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
        transport: Transport = DIRECT,
        timeout: tuple[float, float] = (10.0, 180.0),
        max_bytes: int = 256 << 20,
        attempts_per_request: int = 8,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.source = source
        self.budget = budget if budget is not None else RetryBudget()
        self._transport = transport
        self._timeout = timeout
        self.spacing = Spacing(transport.seconds_between_requests)
        self._max_bytes = max_bytes
        self._attempts = attempts_per_request
        self._sleep, self._monotonic, self._now = sleep, monotonic, now
        self._last_request = -math.inf
        self._session = session(transport)
        self.gateway = transport.gateway
        self.connections = transport.connections
        self._turn = Lock()
        self.requests = self.retries = self.bytes = 0

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
        """`decoder` over the body; raises SourceChanged naming what is wrong and never the content."""
        try:
            return decoder(body.removeprefix(BOM_UTF8))
        except msgspec.ValidationError as error:
            raise SourceChanged(self.source, f"{path}: {error}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            kind = "một trang HTML" if body.lstrip()[:1] == b"<" else "JSON không trọn vẹn hoặc không phải JSON"
            raise SourceChanged(self.source, f"{path}: câu trả lời là {kind}") from None

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
        return self.gateway.headers((headers() if callable(headers) else headers) or {}, self._post_to_gateway)

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
            asked_at = self._monotonic()
            with self._session.request(
                method, url, timeout=self._timeout, stream=True, allow_redirects=False, **options
            ) as response:
                self._raise_for_status(response, path)
                body = self._body(response, path, asked_at)
        except TRANSIENT as error:
            raise fault(self.source, path, error, url, self._transport) from None
        except UNSENDABLE as error:
            raise SourceRefused(self.source, f"{path}: yêu cầu không gửi được ({type(error).__name__})") from None
        if refusal := self.gateway.refusal(body):
            what, status, advice = refusal
            raise SourceRefused(self.source, f"{path}: {what}", status, advice)
        return Answer(body, response.headers)

    def url(self, path: str) -> str:
        """A path under the base, the base itself for an empty path, or a full address."""
        if "://" in path:
            return path
        return f"{self.base_url}/{path.lstrip('/')}" if path else self.base_url

    def _body(self, response: requests.Response, path: str, asked_at: float) -> bytes:
        """Part by part as it comes, so that neither its size nor its time is without an end."""
        parts, size = [], 0
        while part := response.raw.read1(CHUNK, decode_content=True):
            size += len(part)
            if size > self._max_bytes:
                raise SourceRefused(self.source, f"{path}: câu trả lời lớn hơn {self._max_bytes >> 20} MiB")
            if self._monotonic() - asked_at > self._transport.answer_seconds:
                seconds = f"{self._transport.answer_seconds:g}"
                raise SourceUnavailable(self.source, f"{path}: câu trả lời không đến hết trong {seconds} giây")
            parts.append(part)
        self.bytes += size
        return b"".join(parts)

    def _raise_for_status(self, response: requests.Response, path: str) -> None:
        status = response.status_code
        if status < 300:
            return
        what = f"{path}: mã HTTP {status}"
        if status < 400:
            # Whoever follows hands the password to the host that the answer names.
            host = urlsplit(response.headers.get("Location", "")).hostname or "nơi khác"
            raise SourceRefused(
                self.source,
                f"{what}, nguồn chuyển hướng sang {host}",
                status,
                advice="Không gửi tài khoản sang máy khác; kiểm tra lại địa chỉ đã khai báo với đơn vị quản lý nguồn.",
            )
        if status == 429 or status >= 500 or status == 408:
            asked = seconds_asked(response.headers.get("Retry-After"), self._now())
            error = SourceUnavailable(
                self.source, what if asked is None else f"{what}, nguồn bảo chờ {asked:.0f} giây", status
            )
            error.retry_after = asked
            raise self.gateway.told(error, response.headers)
        refused = SourceRefused(self.source, what, status)
        with suppress(*TRANSIENT):
            refused.body = response.raw.read1(MOST_SAID, decode_content=True)
        raise self.gateway.told(refused, response.headers)

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
