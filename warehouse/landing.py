"""From a source's pages to raw versions: batches, their ledger entry and the cursor, each in one transaction."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa
import pyarrow.compute as pc

from warehouse import raw_tables
from warehouse.database import ROW_GROUP_ROWS, Database
from warehouse.ledger import move_cursor, part_of
from warehouse.raw_integrity import mend
from warehouse.raw_versions import Record, batch_of, land, withdraw_unseen
from warehouse.whole_readings import hold_back, release


SWITCH_INTERVAL = 0.0005

OPEN_ENTRY = """
insert into ledger.extractions by name
select
    coalesce(max(extraction_id), 0) + 1     as extraction_id,
    $run_id                                 as run_id,
    $system                                 as system,
    $resource                               as resource,
    $window_from                            as window_from,
    $window_to                              as window_to,
    $cursor_before                          as cursor_before,
    $started_at                             as started_at,
    'running'                               as outcome
from ledger.extractions
returning extraction_id
"""

WRITE_ENTRY = """
update ledger.extractions set
    pages = $pages, records = $records, landed = $landed, duplicates = $duplicates, refused = $refused,
    bytes = $bytes, requests = $requests, retries = $retries,
    ended_at = $ended_at, outcome = $outcome, error = $error, told = $told
where extraction_id = $id
"""


class Page(Protocol):
    """What a connector's pages look like from here; warehouse and connectors do not know each other."""

    @property
    def records(self) -> Sequence[Record]: ...
    @property
    def bytes(self) -> int: ...
    @property
    def refused(self) -> int: ...


class Extraction:
    """One attempt to read one collection. Committed batches stay, whatever happens to the attempt; no figure sees them
    before a whole run of attempts has succeeded (whole_readings.py).

    Batches are written by a second thread while the next pages are read: DuckDB and the disk work outside Python's
    lock. That thread comes back for the lock some thirty times a batch and would wait 5 ms each time, so that two
    threads were slower than one; with the shorter interval they take half the time.
    """

    def __init__(
        self,
        database: Database,
        system: str,
        resource: str,
        *,
        run_id: str,
        window: tuple[str | None, str | None] = (None, None),
        cursor_before: str | None = None,
        batch_records: int = ROW_GROUP_ROWS,
    ) -> None:
        self._database = database
        self._system, self._resource = system, resource
        self._table = raw_tables.name_of(system, resource)
        self._run_id = run_id
        self._window = window
        self._cursor_before = cursor_before
        self._batch_records = batch_records
        self._waiting: list[Record] = []
        self._seen: list[pa.Array] = []
        self._told: dict[str, None] = {}
        self._finished = False
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="landing")
        self._writing: Future[None] | None = None
        self.pages = self.records = self.landed = self.duplicates = self.refused = 0
        # Known to whoever asks the source; set while reading, so that a failed attempt has them too.
        self.bytes = self.requests = self.retries = 0

    def __enter__(self) -> Self:
        raw_tables.ensure(self._database, [self._table])
        with self._database.transaction("extraction opened"):
            opened = {
                "run_id": self._run_id,
                "system": self._system,
                "resource": self._resource,
                "window_from": self._window[0],
                "window_to": self._window[1],
                "cursor_before": self._cursor_before,
                "started_at": self._database.clock(),
            }
            self._id = self._database.query(OPEN_ENTRY, opened)[0][0]
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None and not self._finished:
                self.finish()
        except BaseException as failure:
            error = failure
            raise
        finally:
            self._writer.shutdown()
            sys.setswitchinterval(self._switch_interval)
            if error is not None:
                with self._database.transaction("extraction failed"):
                    self._write_entry("failed", f"{type(error).__name__}: {error}")
                    hold_back(self._database, self._system, self._resource)

    def add(self, page: Page) -> None:
        """Takes a page; a batch goes to the file as soon as enough records have come together."""
        self._waiting.extend(page.records)
        self.pages += 1
        self.bytes += page.bytes
        self.refused += page.refused
        while len(self._waiting) >= self._batch_records:
            self._hand_over()

    def tell(self, what: str) -> None:
        """Keeps a sentence about how the source answers beside the attempt."""
        self._told.setdefault(what)

    def flush(self) -> None:
        """Everything taken so far is in the file when this returns."""
        while self._waiting:
            self._hand_over()
        self._await_writer()

    def finish(
        self,
        cursor: str | None = None,
        complete: bool = False,
        requests: int = 0,
        retries: int = 0,
        bytes: int = 0,
        may_be_empty: bool = False,
        among: Collection[str] | None = None,
        part: str | None = None,
    ) -> None:
        """The last rows, the cursor (of a `part` of the collection, where it is read in parts) and the outcome.

        `complete`: what was not seen has gone from the source; of `among` alone where only that part was read.
        """
        self.bytes = bytes or self.bytes
        self.requests = requests or self.requests
        self.retries = retries or self.retries
        self._await_writer()
        batch = self._take_batch()
        with self._database.transaction("extraction finished"):
            if batch.num_rows:
                self._land(batch)
            # A complete list without a single record is a source in trouble, not a source emptied, unless it may be.
            if complete and (self._seen or may_be_empty):
                seen = pa.chunked_array(self._seen, pa.string())
                withdraw_unseen(self._database, self._table, seen, among)
            if cursor is not None:
                own = part_of(self._resource, part) if part else self._resource
                move_cursor(self._database, self._system, own, cursor)
            release(self._database, self._table)
            self._write_entry("succeeded")
        self._finished = True

    def listed(self) -> int:
        """How many different records have been taken so far."""
        self._await_writer()
        waiting = pa.array([record.key for record in self._waiting], pa.string())
        return int(pc.count_distinct(pa.chunked_array([*self._seen, waiting], pa.string())).as_py())

    def _hand_over(self) -> None:
        batch = self._take_batch()
        self._await_writer()
        self._writing = self._writer.submit(self._write, batch)

    def _take_batch(self) -> pa.Table:
        records = self._waiting[: self._batch_records]
        del self._waiting[: self._batch_records]
        return batch_of(records)

    def _await_writer(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def _write(self, batch: pa.Table) -> None:
        with self._database.transaction("batch"):
            self._land(batch)
            self._write_entry("running")

    def _land(self, batch: pa.Table) -> None:
        mend(self._database, self._system, self._resource, batch)
        landed = land(self._database, self._table, self._run_id, batch)
        self.records += batch.num_rows
        self.landed += landed
        self.duplicates += batch.num_rows - landed
        self._seen.append(batch.column("record_key").combine_chunks())

    def _write_entry(self, outcome: str, error: str | None = None) -> None:
        self._database.connection.execute(
            WRITE_ENTRY,
            {
                "id": self._id,
                "pages": self.pages,
                "records": self.records,
                "landed": self.landed,
                "duplicates": self.duplicates,
                "refused": self.refused,
                "bytes": self.bytes,
                "requests": self.requests,
                "retries": self.retries,
                "ended_at": None if outcome == "running" else self._database.clock(),
                "outcome": outcome,
                "error": error,
                "told": "; ".join(self._told) or None,
            },
        )
