"""What every extraction does: ask, land, report. The collections stand beside it, one module per system."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from time import perf_counter
from typing import Protocol

import dagster as dg

from assets.raw.progress import Progress
from connectors.errors import SOURCE_NAMES, SourceError, SourceRefused
from connectors.records import Page
from warehouse.database import Warehouse
from warehouse.landing import Extraction


# What comes slowly, record by record, is kept at least this often.
SAVE_SECONDS = 30.0
SLOWEST = 3


class RequestCounts(Protocol):
    """What asking took so far."""

    @property
    def requests(self) -> int: ...
    @property
    def retries(self) -> int: ...
    @property
    def bytes(self) -> int: ...


class Connector(Protocol):
    """A source that can be asked; its client counts what that took."""

    @property
    def http(self) -> RequestCounts: ...


@dataclass(frozen=True)
class Collection:
    """One collection of one system, and how its reading ends.

    `complete`: the source gave the whole list, so what was not in it has gone; a list that `may_be_empty` is believed
    when it is. `cursor`: the position after reading,
    from the newest "updated" text seen. `optional`: a source need not offer it, or not to us; a refused login is told
    by its other collections.
    """

    system: str
    resource: str
    complete: bool = False
    may_be_empty: bool = False
    optional: bool = False
    window: tuple[str | None, str | None] = (None, None)
    cursor_before: str | None = None
    cursor: Callable[[str | None], str | None] = lambda newest: None
    # The keys that must have been seen, asked for after reading; None: all that are known.
    among: Callable[[], set[str]] | None = None

    @property
    def table(self) -> str:
        return f"raw.{self.system}__{self.resource}"


def land(
    context: dg.AssetExecutionContext,
    warehouse: Warehouse,
    connector: Connector,
    collection: Collection,
    pages: Iterator[Page],
) -> dg.MaterializeResult[None]:
    """Read the pages into raw versions. A source that fails stops the run, in its own words."""
    try:
        return landed(context, warehouse, connector, collection, pages)
    except SourceRefused as error:
        if collection.optional:
            return tolerated(context, error)
        raise failure(error) from error
    except SourceError as error:
        raise failure(error) from error


def landed(
    context: dg.AssetExecutionContext,
    warehouse: Warehouse,
    connector: Connector,
    collection: Collection,
    pages: Iterator[Page],
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    counted = Counters(connector.http)
    progress = Progress(f"{collection.system} {collection.resource}", context.log.info)
    with warehouse.extraction(
        collection.system,
        collection.resource,
        run_id=context.run.run_id,
        window=collection.window,
        cursor_before=collection.cursor_before,
    ) as extraction:
        newest, saved = "", perf_counter()
        for page in progress.watch(counted.during(extraction, pages)):
            extraction.add(page)
            newest = max([newest, *(record.updated_at for record in page.records if record.updated_at)])
            if perf_counter() - saved >= SAVE_SECONDS:
                extraction.flush()
                saved = perf_counter()
        extraction.finish(
            cursor=collection.cursor(newest or None),
            complete=collection.complete,
            may_be_empty=collection.may_be_empty,
            among=collection.among() if collection.among else None,
        )
    return report(extraction, warehouse.rows(collection.table), perf_counter() - started, counted.slowest)


class Counters:
    """What one collection took of a client that serves many."""

    def __init__(self, http: RequestCounts) -> None:
        self._http = http
        # Seconds and number of the slowest pages, the slowest first.
        self.slowest: list[tuple[float, int]] = []
        self._before = (http.requests, http.retries, http.bytes)

    def during(self, extraction: Extraction, pages: Iterator[Page]) -> Iterator[Page]:
        """Keeps the ledger's counts up to date page by page and, should the source fail, at the end."""
        try:
            asked = perf_counter()
            for number, page in enumerate(pages, 1):
                self.slowest = nlargest(SLOWEST, [*self.slowest, (perf_counter() - asked, number)])
                yield page
                asked = perf_counter()
        finally:
            requests, retries, size = self._before
            extraction.requests = self._http.requests - requests
            extraction.retries = self._http.retries - retries
            extraction.bytes = self._http.bytes - size


def report(
    extraction: Extraction, rows: int, seconds: float, slowest: list[tuple[float, int]]
) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": rows,
            "Bản ghi đã đọc": extraction.records,
            "Phiên bản mới": extraction.landed,
            "Không đổi": extraction.duplicates,
            "Không được phép lưu": extraction.refused,
            "Số trang": extraction.pages,
            "Số yêu cầu": extraction.requests,
            "Số lần hỏi lại": extraction.retries,
            "Dung lượng (byte)": extraction.bytes,
            "Thời gian (giây)": round(seconds, 3),
            "Trang chậm nhất": "; ".join(f"trang {number}: {took:.2f} giây" for took, number in slowest) or "—",
        }
    )


def failure(error: SourceError) -> dg.Failure:
    """Not retried by Dagster: the client has already spent the source's patience (design §4.11)."""
    return dg.Failure(
        description=str(error),
        metadata={"Nguồn": SOURCE_NAMES.get(error.source, error.source), "Việc cần làm": error.advice},
        allow_retries=False,
    )


def not_configured(context: dg.AssetExecutionContext, system: str) -> dg.MaterializeResult[None]:
    """A system without settings is skipped, visibly."""
    note = f"{SOURCE_NAMES[system]}: chưa cấu hình kết nối nên không đọc; dữ liệu đã có vẫn được dùng."
    context.log.warning(note)
    return dg.MaterializeResult(metadata={"Ghi chú": note})


def tolerated(context: dg.AssetExecutionContext, error: SourceError) -> dg.MaterializeResult[None]:
    """A collection that a source need not offer: its absence is noted and the run goes on."""
    note = f"Nguồn không cung cấp phần này: {error.what}. Số liệu chính không phụ thuộc vào nó."
    context.log.warning(note)
    return dg.MaterializeResult(metadata={"Ghi chú": note})
