"""Servers in the foreground: they run until one ends or we are told to stop."""

import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep


PROJECT = Path(__file__).parents[1]
WORKSPACE = str(Path(__file__).with_name("workspace.yaml"))
# Where `mtcl ui` leaves the token for its page; an argument would stand in every list of processes.
TOKEN = "UI_TOKEN"  # noqa: S105 - a name
# Seconds between two looks at them, and those that all get to end by themselves.
LOOK, LAST_WORDS = 0.5, 20.0
DAEMON = [sys.executable, "-m", "dagster._daemon", "run", "-w", WORKSPACE]
Server = subprocess.Popen[bytes]


def page_and_daemon(port: int) -> list[list[str]]:
    """Dagster's page behind our wall, and its daemon, each over the workspace of the project."""
    return [page(port), DAEMON]


def page(port: int, *how: str) -> list[str]:
    return [sys.executable, "-m", "pipelines.webserver", "--port", str(port), "--workspace", WORKSPACE, *how]


def served(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> int:
    """Runs servers until one of them ends or we are told to; then all are told, and their children have time to go.

    The answer is how the first of them ended, or 0 where we were told to.
    """
    # Before they start: a shell's background job ignores interrupts, and would hand that down to them.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)
    servers: list[Server] = []
    try:
        for command in commands:
            server = subprocess.Popen(command, cwd=PROJECT, env=environment)  # noqa: S603 - our own commands
            servers += [server]
        return first_end(servers)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(servers)


def first_end(servers: Sequence[Server]) -> int:
    while True:
        for server in servers:
            if (code := server.poll()) is not None:
                return code
        sleep(LOOK)


def stop(servers: Sequence[Server]) -> None:
    for server in servers:
        server.terminate()
    deadline = monotonic() + LAST_WORDS
    for server in servers:
        try:
            server.wait(timeout=max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def is_taken(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
