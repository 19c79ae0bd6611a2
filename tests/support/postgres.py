"""A PostgreSQL server of the machine's own programs, on loopback, in a folder, run by somebody who is not root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import chown

from tests.support.sockets import free_port


PASSWORD = "a password of the tests"
# Root may not start a server.
SERVANT = {"user": "postgres"} if os.getuid() == 0 else {}


@dataclass(frozen=True)
class Server:
    port: int
    programs: Path

    def asks(self, sql: str) -> list[str]:
        """Lines as psql writes them."""
        done = subprocess.run(
            [
                self.programs / "psql",
                "-h",
                "127.0.0.1",
                "-p",
                str(self.port),
                "-U",
                "dagster",
                "-At",
                "-c",
                sql,
                "dagster",
            ],
            env={"PGPASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()


def programs() -> Path | None:
    """The newest there are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def running(folder: Path, programs: Path) -> Iterator[Server]:
    """With a user and a database `dagster`; nothing is synced, nothing stays."""
    data, secret, server = folder / "data", folder / "secret", Server(free_port(), programs)
    secret.write_text(PASSWORD, encoding="utf-8")
    if SERVANT:
        chown(folder, **SERVANT)
        chown(secret, **SERVANT)

    def does(program: str, *arguments: str | Path) -> None:
        subprocess.run([programs / program, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL, **SERVANT)

    does("initdb", "-N", "-U", "dagster", "-A", "scram-sha-256", "--pwfile", secret, "-D", data)
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    does("pg_ctl", "-w", "-D", data, "-o", options, "-l", folder / "log", "start")
    try:
        subprocess.run(
            [programs / "createdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "dagster", "dagster"],
            env={"PGPASSWORD": PASSWORD},
            check=True,
        )
        yield server
    finally:
        does("pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
