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
    "HEADERS",
    "QUERY",
    "RATE",
    "CONNECTIONS",
    "ALLOW_HTTP",
)
PROXIES = ("http://", "https://", "socks5://", "socks5h://")
NO_PROXY = "none"
AMOUNT = re.compile(r"\d+(\.\d+)?")


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
        headers=headers,
        query=texts(f"{wire}_QUERY", own.get("QUERY", "{}")),
        requests_per_second=rate(f"{wire}_RATE", own["RATE"]) if "RATE" in own else None,
        connections=connections(f"{wire}_CONNECTIONS", own.get("CONNECTIONS", "1")),
        allow_http=allow_http,
        gateway=gateway,
    )


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
