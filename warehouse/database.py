"""The warehouse file: one writer at a time, raw versions, models built from SQL, questions answered.

Landing lives in landing.py, rules in validation.py, the readers' copy in publishing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from warehouse import access, building, ledger, quarantine, rescue
from warehouse.landing import Extraction
from warehouse.migrations import migrate


if TYPE_CHECKING:
    import pandas as pd

    from warehouse.models import Model
    from warehouse.validation import Outcome

# A batch that fills a row group goes straight into the file, compressed, instead of into the log first: measured, half
# the time of landing and closing. 20,480 is ten of DuckDB's vectors; queries are as fast as with its usual 122,880.
BATCH_RECORDS = 20_480

MACROS = Path(__file__).parent / "models" / "macros.sql"

RAW_TABLES: dict[str, tuple[str, ...]] = {
    "portal": ("dossiers", "agencies", "procedures", "statistics", "dossier_counts"),
    "axis": (
        "received_documents",
        "received_statuses",
        "sent_documents",
        "sent_statuses",
        "agencies",
    ),
    "tthc": (
        "procedure_list",
        "procedures",
        "fields",
        "agencies",
        "public_procedures",
        "decisions",
        "decision_procedures",
        "dossier_copies",
    ),
    "registers": (
        "documents",
        "incoming",
        "secret_counts",
        "officials",
        "ratings",
        "inspections",
        "inspection_units",
        "objectives",
        "risks",
        "communications",
        "files",
        "rejections",
    ),
}


def raw(table: str) -> str:
    """raw.portal__dossiers, whether it was asked for as that or as portal__dossiers."""
    return table if table.startswith("raw.") else f"raw.{table}"


class WarehouseBusy(Exception):
    """Another process holds the warehouse; the message is for the officer."""


class Warehouse:
    """The only way to the file. Open it with `with`; one process at a time, others wait for the lock."""

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
        self._threads = threads
        self._lock = FileLock(f"{path}.lock", timeout=lock_timeout)
        # Told "before <point>" and "after <point>" of every commit: tests kill the process there.
        self.on_commit = on_commit
        # A batch is written in a thread of its own; a question asked meanwhile must not fall into its transaction.
        self._turn = RLock()

    def __enter__(self) -> Self:
        access.make_folder(self.path.parent, access.PASSAGE)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise WarehouseBusy(
                "Kho dữ liệu đang được một lần chạy khác sử dụng. "
                "Hãy đợi lần chạy đó kết thúc (xem trang Runs) rồi chạy lại."
            ) from error
        try:
            self._open()
            access.make_private(self.path)
            self._prepare()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.connection.close()
        finally:
            self._lock.release()

    def _open(self) -> None:
        """Replaces a damaged file by its last copy, once; `rescued` says so to the officer."""
        self.rescued: str | None = None
        if rescue.mark_of(self.path).exists():
            self.rescued = rescue.replace(self.path, self.clock())
        try:
            self._attach()
        except duckdb.Error as error:
            if not rescue.is_damage(error):
                raise
            self.connection.close()
            self.rescued = rescue.replace(self.path, self.clock())
            self._attach()

    def _attach(self) -> None:
        """The file as catalog `warehouse`: only attaching can say how large its row groups are."""
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set enable_progress_bar = false")
        # The default of 16 MB would start a checkpoint in the middle of an extraction.
        self.connection.execute("set wal_autocheckpoint = '256MB'")
        if self._threads:
            self.connection.execute(f"set threads = {self._threads:d}")
        path = str(self.path).replace("'", "''")
        self.connection.execute(f"attach '{path}' as warehouse (row_group_size {BATCH_RECORDS})")
        self.connection.execute("use warehouse")
        rescue.raise_if_cut(self.connection, self.path)

    def _prepare(self) -> None:
        self.connection.execute(MACROS.read_text(encoding="utf-8"))
        migrate(self)
        ledger.close_orphans(self)

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

    # -- landing

    def extraction(
        self,
        system: str,
        resource: str,
        *,
        run_id: str,
        window: tuple[str | None, str | None] = (None, None),
        cursor_before: str | None = None,
        batch_records: int = BATCH_RECORDS,
    ) -> Extraction:
        if resource not in RAW_TABLES.get(system, ()):
            raise ValueError(f"no raw table for {system} {resource}")
        return Extraction(
            self,
            system,
            resource,
            run_id=run_id,
            window=window,
            cursor_before=cursor_before,
            batch_records=batch_records,
        )

    def cursor(self, system: str, resource: str) -> str | None:
        return ledger.cursor(self, system, resource)

    def keys(self, table: str) -> set[str]:
        return {key for (key,) in self.query(f"select distinct record_key from {raw(table)}")}

    def newest(self, table: str) -> dict[str, tuple[datetime, datetime, str]]:
        """First and last sight and hash of the newest version of every key."""
        found = self.query(
            "select record_key, max_by({'first': first_seen_at, 'last': last_seen_at, 'hash': content_hash}, version)"
            f" from {raw(table)} group by record_key"
        )
        return {key: (facts["first"], facts["last"], facts["hash"]) for key, facts in found}

    # -- the ledger

    def start_run(self, run_id: str, closing_date: date) -> None:
        ledger.start_run(self, run_id, closing_date)

    def end_run(self, run_id: str, outcome: str, version: str | None = None, reason: str | None = None) -> None:
        ledger.end_run(self, run_id, outcome, version, reason)

    def set_closing(
        self, closing_date: date, run_id: str, org_code: str = "H19", cut_at: datetime | None = None
    ) -> None:
        ledger.set_closing(self, closing_date, run_id, org_code, cut_at)

    def record_checks(self, run_id: str, table: str, outcomes: Sequence[Outcome]) -> None:
        ledger.record_checks(self, run_id, table, outcomes)

    def quarantine(self, table: str, outcomes: Sequence[Outcome]) -> int:
        return quarantine.set_aside(self, table, outcomes)

    # -- building

    def build(self, model: Model) -> int:
        return building.build(self, model)

    def table_hash(self, table: str, without: Collection[str] = building.CIRCUMSTANCES, where: str = "true") -> str:
        return building.table_hash(self, table, without, where)

    # -- asking

    def query(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        with self._turn, rescue.marking(self.path):
            return self.connection.execute(sql, params or None).fetchall()

    def frame(self, sql: str) -> pd.DataFrame:
        with self._turn:
            return self.connection.execute(sql).df()

    def rows(self, table: str) -> int:
        return int(self.query(f"select count(*) from {table}")[0][0])
