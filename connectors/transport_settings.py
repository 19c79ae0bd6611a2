"""How a source is reached, read from its settings: S_CA_BUNDLE, S_PROXY, … for a source whose names begin with S."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from connectors import gateway_settings
from connectors.transport import Transport, WrongTransport


SUFFIXES = (
    "CA_BUNDLE",
    "CLIENT_CERT",
    "CLIENT_KEY",
    "PROXY",
    "NO_PROXY",
    "HEADERS",
    "QUERY",
    "PATHS",
    "USER_AGENT",
    "TIMEOUT",
    "RETRY_MINUTES",
    "RATE",
    "CONNECTIONS",
    "ALLOW_HTTP",
)
PROXIES = ("http://", "https://", "socks5://", "socks5h://")
NO_PROXY = "none"
# Where a source hands over one thing with each answer, thousands of them on the first day.
CONNECTIONS = {"AXIS": "4"}
AMOUNT = re.compile(r"\d+(\.\d+)?")
# What a source may be given at most: an answer that takes longer, or failures for longer, would hold the night.
MOST_SECONDS, MOST_MINUTES = 3600, 240


def names(wire: str) -> tuple[str, ...]:
    return (*(f"{wire}_{suffix}" for suffix in SUFFIXES), *gateway_settings.names(wire))


def transport(wire: str, given: Mapping[str, str]) -> Transport:
    """Raises WrongTransport. Whatever is not given stays as it is for everybody."""
    own = {suffix: given[f"{wire}_{suffix}"] for suffix in SUFFIXES if given.get(f"{wire}_{suffix}")}

    def file(suffix: str) -> Path | None:
        if suffix not in own:
            return None
        path = Path(own[suffix])
        if not path.exists():
            raise WrongTransport(f"{wire}_{suffix}", "không có tệp hoặc thư mục này.")
        return path

    if "CLIENT_KEY" in own and "CLIENT_CERT" not in own:
        raise WrongTransport(f"{wire}_CLIENT_CERT", f"đã có {wire}_CLIENT_KEY thì phải có chứng thư của khóa đó.")
    allow_http = switch(f"{wire}_ALLOW_HTTP", own.get("ALLOW_HTTP", "0"))
    gateway = gateway_settings.gateway(wire, given, allow_http)
    headers = texts(f"{wire}_HEADERS", own.get("HEADERS", "{}"))
    if gateway.takes_authorization and "authorization" in {name.lower() for name in headers}:
        raise WrongTransport(f"{wire}_HEADERS", f"không được có Authorization, vì {gateway.name} dùng tiêu đề ấy.")
    return Transport(
        wire=wire,
        ca_bundle=file("CA_BUNDLE"),
        client_certificate=file("CLIENT_CERT"),
        client_key=file("CLIENT_KEY"),
        proxy=proxy(f"{wire}_PROXY", own.get("PROXY", NO_PROXY)),
        direct=hosts(own.get("NO_PROXY", "")),
        headers=headers,
        query=texts(f"{wire}_QUERY", own.get("QUERY", "{}")),
        paths=texts(f"{wire}_PATHS", own.get("PATHS", "{}")),
        user_agent=line(f"{wire}_USER_AGENT", own["USER_AGENT"]) if "USER_AGENT" in own else None,
        requests_per_second=rate(f"{wire}_RATE", own["RATE"]) if "RATE" in own else None,
        answer_seconds=seconds(f"{wire}_TIMEOUT", own["TIMEOUT"]) if "TIMEOUT" in own else Transport.answer_seconds,
        connections=connections(f"{wire}_CONNECTIONS", own.get("CONNECTIONS", CONNECTIONS.get(wire, "1"))),
        allow_http=allow_http,
        gateway=gateway,
    )


def retry_seconds(given: Mapping[str, str]) -> float | None:
    """How long a source is asked again after failures: the longest that any of its addresses is given.

    Raises WrongTransport.
    """
    suffix = "_RETRY_MINUTES"
    told = {name: text for name, text in given.items() if name.endswith(suffix) and text}
    return max((minutes(name, text) * 60 for name, text in told.items()), default=None)


def minutes(name: str, text: str) -> float:
    if not AMOUNT.fullmatch(text) or float(text) > MOST_MINUTES:
        raise WrongTransport(name, f"phải là số phút từ 0 đến {MOST_MINUTES}.")
    return float(text)


def seconds(name: str, text: str) -> float:
    if not AMOUNT.fullmatch(text) or not 1 <= float(text) <= MOST_SECONDS:
        raise WrongTransport(name, f"phải là số giây từ 1 đến {MOST_SECONDS}.")
    return float(text)


def line(name: str, text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise WrongTransport(name, "phải là một dòng chữ không dấu.")
    return text


def hosts(text: str) -> tuple[str, ...]:
    return tuple(one for one in re.split(r"[,\s]+", text) if one)


def proxy(name: str, text: str) -> str | None:
    if text == NO_PROXY:
        return None
    if not text.startswith(PROXIES):
        raise WrongTransport(name, f"phải là địa chỉ bắt đầu bằng {', '.join(PROXIES)}, hoặc `{NO_PROXY}`.")
    return text


def texts(name: str, text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise WrongTransport(name, 'phải là JSON dạng {"tên": "giá trị"}.')
    return found


def rate(name: str, text: str) -> float:
    if not AMOUNT.fullmatch(text) or float(text) == 0:
        raise WrongTransport(name, "phải là số yêu cầu mỗi giây lớn hơn 0, như 2 hoặc 0.5.")
    return float(text)


def connections(name: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 16:
        raise WrongTransport(name, "phải là số nguyên từ 1 đến 16.")
    return int(text)


def switch(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise WrongTransport(name, "phải là 0 hoặc 1.")
    return text == "1"
