"""The headers of an answer have to come in time: a source that sends a byte a second holds nobody's night."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.poolmanager import PoolManager


@contextmanager
def shut_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Shuts the socket when the block takes longer, which ends whatever waits for it. Raises TimeoutError then."""
    is_over = threading.Event()

    def shut() -> None:
        is_over.set()
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if is_over.is_set():
            raise TimeoutError


def watched(kind: Any, seconds: float) -> Any:
    """The connection of urllib3, which waits no longer than so many seconds for the headers of an answer."""

    def getresponse(self: HTTPConnection) -> Any:
        with shut_after(self, seconds):
            return kind.getresponse(self)

    return type(f"Watched{kind.__name__}", (kind,), {"getresponse": getresponse})


class WatchedAdapter(HTTPAdapter):
    """Of every connection, also of those through a proxy."""

    def __init__(self, seconds: float, pool_maxsize: int, is_direct: Callable[[str], bool]) -> None:
        self._seconds, self._is_direct = seconds, is_direct
        super().__init__(pool_maxsize=pool_maxsize)

    def send(self, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        """`is_direct` tells of an address whether it is asked without the proxy."""
        if self._is_direct(request.url or ""):
            options["proxies"] = {}
        return super().send(request, *arguments, **options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        if is_new:
            self._watch(manager)
        return manager

    def _watch(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = {
            scheme: self._pool(kind) for scheme, kind in manager.pool_classes_by_scheme.items()
        }

    def _pool(self, kind: type[HTTPConnectionPool]) -> Any:
        connection = watched(kind.ConnectionCls, self._seconds)
        return type(kind.__name__, (kind,), {"ConnectionCls": connection})
