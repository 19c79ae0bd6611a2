"""How a source is reached: whose certificates count, through which proxy, with what a gateway wants added, how fast.

What a network administrator decides of an address, apart from who asks there and what (docs/protocols.md E.2).
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import requests

from connectors.gateways import Gateway
from connectors.watching import WatchedAdapter


class WrongTransport(ValueError):
    """`name` is the variable, `what` in Vietnamese how it must look; its value is never shown."""

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        super().__init__(f"{name}: {what}")


@dataclass(frozen=True)
class Transport:
    """Headers and query may hold secrets, so that none of them is shown.

    `wire`: what its settings begin with, as in AXIS_CA_BUNDLE, so that a fault can name the one to set.
    `ca_bundle`: a file of certificates or a folder of them by their hashes; None: those of this machine.
    `direct`: hosts and networks that are asked without the proxy, as in no_proxy. `paths`: what stands there instead
    of the first part of a path. `requests_per_second`: None asks as fast as the source answers. `answer_seconds`: a
    whole answer takes no longer. `user_agent`: what asks, as the source is told; None: as usual.
    """

    wire: str = ""
    ca_bundle: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None
    proxy: str | None = None
    direct: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    paths: Mapping[str, str] = field(default_factory=dict)
    user_agent: str | None = None
    requests_per_second: float | None = None
    connections: int = 1
    allow_http: bool = False
    gateway: Gateway = field(default_factory=Gateway, repr=False)
    answer_seconds: float = 600.0

    def variable(self, suffix: str) -> str:
        """The setting as an administrator writes it, such as AXIS_PROXY."""
        return f"{self.wire}_{suffix}" if self.wire else suffix

    @property
    def seconds_between_requests(self) -> float:
        return 1 / self.requests_per_second if self.requests_per_second else 0.0

    @property
    def timeout(self) -> tuple[float, float]:
        """How long to wait for a connection, and for the next part of an answer; `requests` takes both."""
        return min(CONNECT_SECONDS, self.answer_seconds), min(SILENT_SECONDS, self.answer_seconds)

    def permits(self, url: str) -> bool:
        return permits(url, self.allow_http)

    def proxy_to(self, url: str) -> str | None:
        """None where the way to it is direct."""
        return None if goes_directly(urlsplit(url).hostname or "", self.direct) else self.proxy

    def placed(self, path: str) -> str:
        """A path below the address, where this province has it: pa/dossier/search as svc-padman/dossier/search."""
        first, slash, rest = path.partition("/")
        return f"{self.paths.get(first, first).strip('/')}{slash}{rest}"


DIRECT = Transport()
CONNECT_SECONDS, SILENT_SECONDS = 10.0, 180.0


def permits(url: str, allow_http: bool) -> bool:
    """Secrets travel over https alone, save on this machine or where an administrator has said otherwise."""
    parts = urlsplit(url)
    return parts.scheme == "https" or allow_http or is_this_machine(parts.hostname or "")


def is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def goes_directly(host: str, direct: tuple[str, ...]) -> bool:
    """Of names themselves and what is below them, of addresses those of a network."""
    try:
        address = ip_address(host)
    except ValueError:
        return any(f".{host}".endswith(f".{name.lstrip('.').lower()}") for name in direct)
    return any(address in ip_network(one) for one in direct if is_network(one))


def is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def session(transport: Transport) -> requests.Session:
    """Proxies and passwords of the machine are no business of a source; its certificates are."""
    made = requests.Session()
    made.trust_env = False
    made.verify = str(transport.ca_bundle) if transport.ca_bundle else certificates_of_this_machine()
    if transport.client_certificate:
        own, key = str(transport.client_certificate), transport.client_key
        made.cert = (own, str(key)) if key else own
    if transport.proxy:
        made.proxies = {"http": transport.proxy, "https": transport.proxy}
    made.headers.update(transport.headers)
    made.params = dict(transport.query)
    for scheme in ("http://", "https://"):
        made.mount(scheme, adapter(transport))
    return made


def adapter(transport: Transport) -> WatchedAdapter:
    return WatchedAdapter(
        transport.answer_seconds,
        pool_maxsize=max(transport.connections, 4),
        is_direct=lambda url: transport.proxy_to(url) is None,
    )


def certificates_of_this_machine() -> str | bool:
    """Where OpenSSL looks, or SSL_CERT_FILE and SSL_CERT_DIR point; the list that comes with Python without either."""
    found = ssl.get_default_verify_paths()
    # A machine without any has the folder too, empty.
    is_filled = found.capath is not None and any(Path(found.capath).iterdir())
    return found.cafile or (found.capath if is_filled else None) or True
