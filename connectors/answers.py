"""What a source answered: a whole body within bounds of size and time, or what its status means."""

import time
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.patience import seconds_asked


PAGE = (
    "Thường là trang của tường lửa hoặc của cổng đứng trước nguồn: đề nghị đơn vị quản lý nguồn mở cho địa chỉ IP "
    "của máy này, và kiểm tra địa chỉ đã khai báo."
)
CHUNK, MOST_SAID = 1 << 16, 1 << 12
TRANSIENT = (
    requests.Timeout,
    requests.ConnectionError,
    urllib3.exceptions.ProtocolError,
    urllib3.exceptions.TimeoutError,
    urllib3.exceptions.DecodeError,
    urllib3.exceptions.SSLError,
)


@dataclass(frozen=True)
class Answer:
    """A complete 2xx answer."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.body)


@dataclass(frozen=True)
class Bounds:
    """Neither its size, unpacked, nor its time is without an end; `since`: when it was asked for."""

    most_bytes: int
    seconds: float
    since: float
    monotonic: Callable[[], float] = time.monotonic


def body_of(response: requests.Response, source: str, path: str, bounds: Bounds) -> bytes:
    """Part by part as it comes. Raises SourceRefused, SourceUnavailable beyond the bounds."""
    parts, size = [], 0
    while part := response.raw.read1(CHUNK, decode_content=True):
        size += len(part)
        if size > bounds.most_bytes:
            raise SourceRefused(source, f"{path}: câu trả lời lớn hơn {bounds.most_bytes >> 20} MiB")
        if bounds.monotonic() - bounds.since > bounds.seconds:
            raise SourceUnavailable(source, f"{path}: câu trả lời không đến hết trong {bounds.seconds:g} giây")
        parts.append(part)
    return b"".join(parts)


def failure(response: requests.Response, source: str, path: str, now: datetime) -> SourceError | None:
    """None of a success. A refusal holds the beginning of what was said with it."""
    status = response.status_code
    if status < 300:
        return None
    what = f"{path}: mã HTTP {status}"
    if status < 400:
        # Whoever follows hands the password to the host that the answer names.
        host = urlsplit(response.headers.get("Location", "")).hostname or "nơi khác"
        return SourceRefused(
            source,
            f"{what}, nguồn chuyển hướng sang {host}",
            status,
            advice="Không gửi tài khoản sang máy khác; kiểm tra lại địa chỉ đã khai báo với đơn vị quản lý nguồn.",
        )
    if status == 429 or status >= 500 or status == 408:
        asked = seconds_asked(response.headers.get("Retry-After"), now)
        error = SourceUnavailable(source, what if asked is None else f"{what}, nguồn bảo chờ {asked:.0f} giây", status)
        error.retry_after = asked
        return error
    refused = SourceRefused(source, what, status)
    with suppress(*TRANSIENT):
        refused.body = response.raw.read1(MOST_SAID, decode_content=True)
    return refused


def decoded(source: str, path: str, body: bytes, decoder: Callable[[bytes], Any] = msgspec.json.decode) -> Any:
    """`decoder` over the body; raises SourceChanged naming what is wrong and never the content."""
    try:
        return decoder(body.removeprefix(BOM_UTF8))
    except msgspec.ValidationError as error:
        raise SourceChanged(source, f"{path}: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if body.lstrip()[:1] == b"<":
            raise SourceChanged(source, f"{path}: câu trả lời là một trang HTML", advice=PAGE) from None
        raise SourceChanged(source, f"{path}: câu trả lời là JSON không trọn vẹn hoặc không phải JSON") from None
