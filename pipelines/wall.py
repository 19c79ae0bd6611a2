"""What stands between the officer's browser and Dagster, which would let any web page command it.

Dagster executes mutations that arrive by GET and asks neither for whom a request was meant (Host) nor which page sent
it (Origin): an `<img>` of a foreign page starts a job, a name that is rebound to 127.0.0.1 reads everything. What
passes here was meant for us, comes from our own page or from no page at all, and changes something only as JSON by
POST, which a browser sends for a foreign page only after asking (design rule 25; Fetch Metadata: W3C, Sec-Fetch-*).
"""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.refusing import refused


LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
COMMANDS = "/graphql"
JSON = "application/json"
# The answer is shown in no page of another: nobody can be made to click in it unseen.
UNFRAMED = [(b"x-frame-options", b"DENY"), (b"content-security-policy", b"frame-ancestors 'none'")]


class Wall:
    """`hosts`: names by which browsers may call us, without port."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif why := refusal(scope, self.hosts):
            await refuse(why, scope, receive, send)
        else:
            await self.app(scope, receive, unframed(send))


def refusal(scope: Scope, hosts: Collection[str]) -> str | None:
    """Why a request does not pass; None: it does."""
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin")
    method = scope.get("method", "GET")
    if host_name(host) not in hosts or len(headers.getlist("host")) > 1:
        return "Yêu cầu gửi tới một tên máy không phải của giao diện này."
    if origin is not None and origin.partition("://")[2] != host:
        return "Yêu cầu do một trang web khác gửi."
    if headers.get("sec-fetch-site", "none") in ("cross-site", "same-site") and not is_link(headers, scope):
        return "Yêu cầu do một trang web khác gửi."
    if scope["type"] == "websocket":
        return None
    if scope["path"] == COMMANDS and method != "POST":
        return "Lệnh chỉ được gửi bằng POST."
    if method not in ("GET", "HEAD") and headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        return f"Lệnh chỉ được gửi dưới dạng {JSON}."
    return None


def host_name(host: str) -> str:
    """Without the port, which an address of IPv6 in brackets need not have."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def is_link(headers: Headers, scope: Scope) -> bool:
    """Whoever clicks on a link in another page, or in a mail, opens ours in a window of its own."""
    opens = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return opens and scope.get("method") == "GET"


async def refuse(why: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await refused(f"Bị từ chối: {why}", 403, scope)(scope, receive, send)


def unframed(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *UNFRAMED]
        await send(message)

    return sent
