"""A server in the foreground: it runs until it ends or we are told to stop."""

import signal
import subprocess
from pathlib import Path


PROJECT = Path(__file__).parents[1]
# Seconds a server gets to end by itself.
LAST_WORDS = 20.0


def served(command: list[str], environment: dict[str, str]) -> int:
    """Runs a server until it ends or we are told to; then it is told too, and its children have time to go."""
    # Before it starts: a shell's background job ignores interrupts, and would hand that down to the server.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as server:  # noqa: S603 - our own command
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            try:
                return server.wait(timeout=LAST_WORDS)
            except subprocess.TimeoutExpired:
                server.kill()
                return server.wait()


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
