"""A connection to the lake: its catalogue in PostgreSQL, its Parquet files in a folder or an S3-compatible store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb


# Views name it, so every reader attaches the lake under this name.
NAME = "lake"
S3 = "s3://"
EXTENSIONS = ("ducklake", "postgres_scanner")
# Two commits at one moment want the same number of a snapshot; DuckLake looks again by itself, ten times unless told,
# and waits longer each time. Appends never contradict each other, so it is a matter of turns: eight writers take more.
TURNS = "set ducklake_max_retry_count = 500; set ducklake_retry_wait_ms = 50; set ducklake_retry_backoff = 1.0"


class NoLake(Exception):
    """The lake cannot be opened as it is set; the message says what is missing."""


@dataclass(frozen=True)
class Place:
    """`catalog`: a connection string of libpq without its password, which libpq takes from PGPASSWORD or ~/.pgpass."""

    catalog: str
    data: str
    s3: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Place:
        """Raises NoLake."""
        missing = [name for name in ("LAKE_CATALOG", "LAKE_DATA") if not environment.get(name)]
        if missing:
            raise NoLake(f"Thiếu biến {', '.join(missing)}.")
        names = {"KEY_ID": "LAKE_S3_KEY_ID", "SECRET": "LAKE_S3_SECRET", "ENDPOINT": "LAKE_S3_ENDPOINT"}
        s3 = {option: environment[name] for option, name in names.items() if environment.get(name)}
        return cls(environment["LAKE_CATALOG"], environment["LAKE_DATA"], s3)


class Lake:
    """One connection; as `warehouse.building.Asked` it can be asked for the fingerprint of a table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def query(self, sql: str, params: Sequence[object] = ()) -> list[Any]:
        return self.connection.execute(sql, params or None).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of it, over however many tables. Raises duckdb.TransactionException where it conflicts."""
        self.query("begin")
        try:
            yield
            self.query("commit")
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        try:
            self.query("rollback")
        except duckdb.Error:
            # A commit that failed has rolled back by itself.
            return


@contextmanager
def opened(place: Place, read_only: bool = False) -> Iterator[Lake]:
    """Raises NoLake. A lake that is not there yet is made, except for who only reads."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for extension in (*EXTENSIONS, *(["httpfs"] if place.data.startswith(S3) else [])):
            load(connection, extension)
        connection.execute(TURNS)
        if place.s3:
            connection.execute(secret(place.s3))
        # Small tables are files as well: whoever reads Parquet alone (Spark) finds everything there.
        options = f"data_path {text(place.data)}, data_inlining_row_limit 0" + (", read_only" if read_only else "")
        try:
            connection.execute(f"attach {text(f'ducklake:postgres:{place.catalog}')} as {NAME} ({options})")
        except duckdb.Error as error:
            raise NoLake(f"Không mở được kho chung: {str(error).splitlines()[0]}") from error
        yield Lake(connection)


def load(connection: duckdb.DuckDBPyConnection, extension: str) -> None:
    """From its package alone: nothing is downloaded. Raises NoLake."""
    spec = find_spec(f"duckdb_extension_{extension}")
    folders = spec.submodule_search_locations if spec else None
    files = [file for folder in folders or () for file in Path(folder).rglob(f"{extension}.duckdb_extension")]
    if not files:
        raise NoLake(f"Chưa cài gói duckdb-extension-{extension.replace('_', '-')} (make lake).")
    try:
        connection.execute(f"load {text(str(files[0]))}")
    except duckdb.Error as error:
        raise NoLake(f"DuckDB {duckdb.__version__} không nạp được {extension}: cần đúng bản của gói.") from error


def secret(s3: Mapping[str, str]) -> str:
    """An endpoint of the province's own (MinIO, Ceph) is called by path; `http://` says that it speaks no TLS."""
    endpoint = s3.get("ENDPOINT", "")
    options = {option.lower(): value for option, value in s3.items() if option != "ENDPOINT"}
    if endpoint:
        options["endpoint"] = endpoint.removeprefix("https://").removeprefix("http://")
        options["url_style"] = "path"
        options["use_ssl"] = "false" if endpoint.startswith("http://") else "true"
    return f"create secret (type s3, {', '.join(f'{name} {text(value)}' for name, value in options.items())})"


def text(value: str) -> str:
    """As a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"
