"""The road to an address, step by step: its name, the connection, an answer, the clock. Nobody signs on here."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from connectors.answers import TRANSIENT
from connectors.errors import SourceError, SourceRefused
from connectors.faults import fault
from connectors.http import UNSENDABLE
from connectors.transport import DIRECT, Transport, session


CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 30.0
# What signatures and tokens bear with; beyond it they are refused without a word about clocks.
MOST_MINUTES_APART = 3
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Step:
    """One thing that was tried; `told` says what came of it, or what is wrong and who can mend it."""

    name: str
    is_well: bool
    told: str


def road(source: str, url: str, transport: Transport, now: Callable[[], datetime] | None = None) -> Iterator[Step]:
    """The steps to an address that the settings permit, up to the first that fails."""
    host = urlsplit(url).hostname or ""
    proxy = transport.proxy_to(url)
    for name, attempt in (
        ("Tên máy", lambda: named(host, transport) if not proxy else f"máy ủy nhiệm sẽ tìm {host}"),
        ("Kết nối", lambda: connected_to_proxy(proxy, transport) if proxy else connected(url)),
        ("Trả lời", lambda: answered(url, transport, now or (lambda: datetime.now(UTC)))),
    ):
        step = tried(source, name, attempt, url, transport)
        yield step
        if not step.is_well:
            return


def tried(source: str, name: str, attempt: Callable[[], str], url: str = "", how: Transport = DIRECT) -> Step:
    """What comes of an attempt, in the same words as a run would fail with."""
    try:
        return Step(name, True, attempt())
    except SourceError as error:
        return Step(name, False, str(error))
    except (*TRANSIENT, *UNSENDABLE, OSError) as error:
        return Step(name, False, str(fault(source, urlsplit(url).netloc.rpartition("@")[2], error, url, how)))


def named(host: str, transport: Transport) -> str:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        advice = f"Kiểm tra {transport.variable('URL')}; nếu đúng thì nhờ người quản trị mạng xem máy chủ DNS."
        raise SourceRefused("", f"không tìm thấy máy tên {host}", advice=advice) from None
    return f"{host} là {', '.join(dict.fromkeys(str(address[0]) for *_, address in found))}"


def connected(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme, 1080)
    with socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS):
        return f"cổng {port} mở"


def connected_to_proxy(proxy: str, transport: Transport) -> str:
    """Only its host and port are told: an address of a proxy may hold a password."""
    try:
        return f"máy ủy nhiệm: {connected(proxy)}"
    except OSError:
        where = urlsplit(proxy).netloc.rpartition("@")[2]
        advice = f"Kiểm tra {transport.variable('PROXY')}; nếu đúng thì nhờ người quản trị mạng mở máy ủy nhiệm đó."
        raise SourceRefused("", f"không kết nối được máy ủy nhiệm (proxy) {where}", advice=advice) from None


def answered(url: str, transport: Transport, now: Callable[[], datetime]) -> str:
    """Any answer will do, since nobody has signed on; its date tells how far the two clocks are apart."""
    with (
        session(transport) as asked,
        asked.get(
            transport.gateway.url(url), timeout=(CONNECT_SECONDS, ANSWER_SECONDS), stream=True, allow_redirects=False
        ) as answer,
    ):
        apart = minutes_apart(answer, now())
        if apart is not None and abs(apart) > MOST_MINUTES_APART:
            way = "nhanh" if apart > 0 else "chậm"
            raise SourceRefused(
                "",
                f"đồng hồ máy này {way} hơn nguồn {abs(apart)} phút",
                advice="Chỉnh đồng hồ máy này (NTP), nếu không chữ ký và token sẽ bị từ chối.",
            )
        return f"nguồn trả lời (mã HTTP {answer.status_code})" + ("" if apart is None else ", đồng hồ khớp")


def minutes_apart(answer: requests.Response, now: datetime) -> int | None:
    try:
        told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return round((now - told.replace(tzinfo=told.tzinfo or UTC)).total_seconds() / 60)
