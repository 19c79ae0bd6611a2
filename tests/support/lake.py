"""A lake on a real PostgreSQL, asked by the environment that its extensions need; publications of three tables."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from tests.support import postgres
from tests.support.command_line import PROJECT
from tests.support.postgres import PASSWORD, Server
from warehouse.published_folder import READABLE


DAY = date(2025, 12, 31)
ROWS = 40
TABLES = ("marts.board", "marts.lists", "core.records")


def python() -> Path | None:
    """`make lake` makes it; LAKE_PYTHON names another."""
    named = os.environ.get("LAKE_PYTHON")
    own = Path(named) if named else PROJECT / ".venv-lake" / "bin" / "python"
    return own if own.exists() else None


@dataclass(frozen=True)
class LakeShell:
    """Processes of the lake's own environment, over one catalogue and one folder."""

    server: Server
    data: Path
    database: str = "dagster"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "PGPASSWORD": PASSWORD,
            "LAKE_CATALOG": f"dbname={self.database} host=127.0.0.1 port={self.server.port} user=dagster",
            "LAKE_DATA": str(self.data),
        }

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        command = [str(python()), *map(str, arguments)]
        out = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, cwd=PROJECT, stdout=out, stderr=out, text=True)

    def done(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        process = self.start("-m", "warehouse.lake", *arguments)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def says(self, *arguments: object) -> Any:
        done = self.done(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def asks(self, sql: str) -> list[list[Any]]:
        found: list[list[Any]] = self.says("ask", sql)
        return found


@contextmanager
def running() -> Iterator[LakeShell]:
    programs = postgres.programs()
    assert programs
    # Whoever runs the server has to come through every folder above.
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder), programs) as server:
        data = Path(folder) / "lake"
        data.mkdir()
        yield LakeShell(server, data)


def published(folder: Path, number: int, tables: Mapping[str, str] | None = None, day: date = DAY) -> Path:
    """A version's file and its manifest; every row of every table says the number of its publication.

    `tables`: name → the query it is made of, in place of three that hold `ROWS` rows each.
    """
    same = dict.fromkeys(TABLES, f"select {number} as mark, n from range({ROWS}) as told (n)")
    file = folder / f"mtcl-{day}-{number}.duckdb"
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as made ({READABLE})")
        for table, query in (tables or same).items():
            connection.execute(f"create schema if not exists made.{table.split('.')[0]}")
            connection.execute(f"create table made.{table} as {query}")
        connection.execute("detach made")
    facts = {"version": file.stem, "closing_date": str(day), "created_at": f"{day}T20:00:00+07:00"}
    manifest = facts | {"file_sha256": sha256(file.read_bytes()).hexdigest()}
    file.with_suffix(".json").write_text(json.dumps(manifest), encoding="utf-8")
    return file
