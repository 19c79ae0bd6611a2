"""Bare sockets: a port that nobody has, a server that says what a test wants where a web server would not."""

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any


def free_port() -> int:
    """For what is told its port before it listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_until(answers: Callable[[], bool], server: subprocess.Popen[Any], seconds: float) -> None:
    """Asked until it answers. Raises AssertionError where the server ends first, or does not in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert server.poll() is None, f"ended with {server.returncode}"
        with suppress(OSError):
            if answers():
                return
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=0.2)
    raise AssertionError(f"no answer within {seconds} s")


def listens(address: tuple[str, int]) -> bool:
    """Raises OSError where nobody does."""
    with socket.create_connection(address, timeout=1):
        return True


@contextmanager
def speaking(say: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says to every connection whatever the function says, byte by byte if it likes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(1 << 16)
                    say(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        listener.close()


def one_answer_behind_socks(connection: socket.socket, targets: list[str]) -> None:
    """SOCKS 5 without a password (RFC 1928); whoever is asked for answers with a list of one."""
    connection.sendall(b"\x05\x00")
    asked = connection.recv(1 << 10)
    length = asked[4]
    targets.append(asked[5 : 5 + length].decode())
    connection.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
    connection.recv(1 << 16)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n[1]")
