"""Bare sockets: a port that nobody has, a server that says what a test wants where a web server would not."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


def free_port() -> int:
    """For what is told its port before it listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


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
