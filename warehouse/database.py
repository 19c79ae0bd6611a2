"""The ground that everything in this package stands on: one DuckDB file, one writing process, one question at a time.

What is done with it are modules of functions over it: landing, ledger, building, quarantine, rescue, publishing.
`opening.py` makes one ready for use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

import duckdb
import pyarrow as pa
from filelock import Timeout

from warehouse.damage import marking, raise_if_cut
from warehouse.locks import lock


# A batch that fills a row group goes straight into the file, compressed, instead of into the log first: measured, half
# the time of landing and closing. 20,480 is ten of DuckDB's vectors; queries are as fast as with its usual 122,880.
ROW_GROUP_ROWS = 20_480
MACROS = Path(__file__).parent / "models" / "macros.sql"


class WarehouseBusy(Exception):
    """Another process holds the warehouse; the message is for the officer."""


class Database:
    """The only way to the file. `clock` tells instants as the sources' world has them."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], datetime],
        threads: int | None = None,
        lock_timeout: float = 600,
        on_commit: Callable[[str], None] = lambda point: None,
    ) -> None:
        self.path = path
        self.clock = clock
        # Told "before <point>" and "after <point>" of every commit: tests kill the process there.
        self.on_commit = on_commit
        # Files of others that are attached now: damage that a question meets may be theirs.
        self.beside: list[Path] = []
        # What builds models instead of this file's own DuckDB, for as long as it is open (warehouse/engines).
        self.engine: Any = None
        self._threads = threads
        self._lock = lock(f"{path}.lock", timeout=lock_timeout)
        # A batch is written in a thread of its own; a question asked meanwhile must not fall into its transaction.
        self._turn = RLock()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else has the file for the time of the block. Raises WarehouseBusy."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise WarehouseBusy(
                "Kho dữ liệu đang được một lần chạy khác sử dụng. "
                "Hãy đợi lần chạy đó kết thúc (xem trang Runs) rồi chạy lại."
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    def open(self) -> None:
        """The file as catalog `warehouse`, with its macros: only attaching can say how large its row groups are."""
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set enable_progress_bar = false")
        # The default of 16 MB would start a checkpoint in the middle of an extraction.
        self.connection.execute("set wal_autocheckpoint = '256MB'")
        if self._threads:
            self.connection.execute(f"set threads = {self._threads:d}")
        path = str(self.path).replace("'", "''")
        self.connection.execute(f"attach '{path}' as warehouse (row_group_size {ROW_GROUP_ROWS})")
        self.connection.execute("use warehouse")
        raise_if_cut(self.connection, self.path)
        self.connection.execute(MACROS.read_text(encoding="utf-8"))

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self, point: str) -> Iterator[None]:
        """All or nothing; `point` names the commit for whoever watches it."""
        with self._turn:
            self.connection.execute("begin")
            try:
                yield
            except BaseException:
                self.connection.execute("rollback")
                raise
            self.on_commit(f"before {point}")
            self.connection.execute("commit")
            self.on_commit(f"after {point}")

    @contextmanager
    def registered(self, name: str, table: pa.Table) -> Iterator[None]:
        """An Arrow table under a name that SQL can read, for the time of the block."""
        self.connection.register(name, table)
        try:
            yield
        finally:
            self.connection.unregister(name)

    def query(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        with self._turn, marking(self.path, self.beside):
            return self.connection.execute(sql, params or None).fetchall()
