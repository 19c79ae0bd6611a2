"""How a source is reached: whose certificates count, through which proxy, with what a gateway wants added, how fast.

What a network administrator decides of an address, apart from who asks there and what (docs/protocols.md E.2).
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
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
    `requests_per_second`: None asks as fast as the source answers. `answer_seconds`: a whole answer takes no longer.
    """

    wire: str = ""
    ca_bundle: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None
    proxy: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
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

    def permits(self, url: str) -> bool:
        return permits(url, self.allow_http)


DIRECT = Transport()


def permits(url: str, allow_http: bool) -> bool:
    """Secrets travel over https alone, save on this machine or where an administrator has said otherwise."""
    parts = urlsplit(url)
    return parts.scheme == "https" or allow_http or is_this_machine(parts.hostname or "")


def is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
        made.mount(scheme, WatchedAdapter(transport.answer_seconds, pool_maxsize=max(transport.connections, 4)))
    return made


def certificates_of_this_machine() -> str | bool:
    """Where OpenSSL looks, or SSL_CERT_FILE and SSL_CERT_DIR point; the list that comes with Python without either."""
    found = ssl.get_default_verify_paths()
    # A machine without any has the folder too, empty.
    is_filled = found.capath is not None and any(Path(found.capath).iterdir())
    return found.cafile or (found.capath if is_filled else None) or True
