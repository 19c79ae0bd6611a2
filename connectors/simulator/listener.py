"""The socket: HTTP/1.1 with keep-alive, one thread per connection, as little work per request as possible.

The standard library's server spends most of its time on mail headers; this one reads a few thousand
small requests a second, which is what a run of the daily job asks for.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.simulator.wire import Headers, Request, Response


_LONGEST_HEAD = 256 * 1024
_LINE_END = b"\r\n"
_HEAD_END = b"\r\n\r\n"
_PHRASES = {status.value: status.phrase for status in HTTPStatus}

Answer = Callable[[Request], Response]


class CutOff(Exception):
    """Raised instead of an answer: the connection is reset without a word."""


class _BadRequest(Exception):
    pass


class _Connection(socketserver.BaseRequestHandler):
    """Reads requests from one socket until the other side has had enough."""

    request: socket.socket
    server: Listener

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waiting = b""
        self.server.connections.add(self.request)

    def handle(self) -> None:
        try:
            while (asked := self._next()) is not None:
                response = self.server.answer(asked)
                keep = asked.headers.get("connection").lower() != "close"
                self.request.sendall(_written(response, keep))
                if not keep:
                    return
        except _BadRequest:
            self.request.sendall(_written(Response(400, b"bad request"), keep=False))
        except CutOff:
            # Linger 0 makes the kernel send RST, which is what a dying gateway sends.
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close()
        except OSError:
            return

    def finish(self) -> None:
        self.server.connections.discard(self.request)

    def _next(self) -> Request | None:
        while (end := self._waiting.find(_HEAD_END)) < 0:
            if len(self._waiting) > _LONGEST_HEAD:
                raise _BadRequest
            if not self._read():
                return None
        head, self._waiting = self._waiting[:end], self._waiting[end + 4 :]
        first, *lines = head.decode("iso-8859-1").split("\r\n")
        headers = _headers(lines)
        return _request(first, headers, self._body(headers))

    def _body(self, headers: Headers) -> bytes:
        if headers.get("transfer-encoding").lower() == "chunked":
            return self._chunks()
        try:
            length = int(headers.get("content-length", "0"))
        except ValueError:
            raise _BadRequest from None
        if headers.get("expect").lower() == "100-continue" and len(self._waiting) < length:
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self._exactly(length)

    def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while True:
            while (end := self._waiting.find(_LINE_END)) < 0:
                if not self._read():
                    raise _BadRequest
            size = int(self._waiting[:end].split(b";")[0], 16)
            self._waiting = self._waiting[end + 2 :]
            chunk = self._exactly(size + 2)[:-2]
            if not size:
                return b"".join(parts)
            parts.append(chunk)

    def _exactly(self, length: int) -> bytes:
        parts, missing = [self._waiting], length - len(self._waiting)
        while missing > 0:
            chunk = self.request.recv(min(missing, 1 << 20))
            if not chunk:
                raise _BadRequest
            parts.append(chunk)
            missing -= len(chunk)
        body = b"".join(parts)
        self._waiting = body[length:]
        return body[:length]

    def _read(self) -> bool:
        chunk = self.request.recv(1 << 16)
        self._waiting += chunk
        return bool(chunk)


def _headers(lines: list[str]) -> Headers:
    fields = Headers()
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise _BadRequest
        dict.__setitem__(fields, name.lower(), value.strip())
        fields.written[name] = value.strip()
    return fields


def _request(first: str, headers: Headers, body: bytes) -> Request:
    try:
        method, target, _ = first.split(" ", 2)
    except ValueError:
        raise _BadRequest from None
    path, _, query = target.partition("?")
    if not path.startswith("/"):
        path, query = urlsplit(target).path, urlsplit(target).query
    asked = parse_qs(query, keep_blank_values=True) if query else {}
    return Request(method, unquote(path), asked, headers, body)


def _written(response: Response, keep: bool) -> bytes:
    fields = {"Content-Type": "application/json;charset=UTF-8", "Date": formatdate(usegmt=True)}
    fields |= response.headers
    fields["Content-Length"] = str(len(response.body))
    fields["Connection"] = "keep-alive" if keep else "close"
    phrase = _PHRASES.get(response.status, "")
    lines = [f"HTTP/1.1 {response.status} {phrase}", *(f"{n}: {v}" for n, v in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("iso-8859-1") + response.body


class Listener(socketserver.ThreadingTCPServer):
    """A listening port on loopback that hands every request to one function."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, answer: Answer) -> None:
        self.answer = answer
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Connection)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def serve(self) -> None:
        """Answer until closed."""
        self.serve_forever(poll_interval=0.05)

    def close(self) -> None:
        """Stop listening and hang up on whoever is still connected."""
        self.shutdown()
        self.server_close()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
