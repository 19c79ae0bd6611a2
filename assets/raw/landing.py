"""What every extraction does: ask, land, report; one asset for each collection in the register of sources."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from heapq import nlargest
from time import perf_counter
from types import ModuleType

import dagster as dg

from assets.raw.asking import Asking, Connector, Reading, RequestCounts
from assets.raw.clocks import ahead, drift, refuse_ahead
from assets.raw.connecting import Connections, module_of
from assets.raw.outcomes import not_configured, noted, tolerated, unread, was_read, was_read_spec
from assets.raw.progress import Progress
from assets.raw.shrinking import form_of, refuse_shrunken
from assets.run_settings import RunSettings
from assets.sources import Collection, Source, collections
from connectors.errors import SourceError, SourceRefused
from connectors.records import Page
from warehouse import building, ledger, raw_tables
from warehouse.database import Database
from warehouse.landing import Extraction


# What comes slowly, record by record, is kept at least this often.
SAVE_SECONDS = 30.0
SLOWEST = 3
KINDS = {True: {"excel", "duckdb"}, False: {"python", "duckdb"}}


def raw_asset(source: Source, collection: Collection, asked_in: ModuleType) -> dg.AssetsDefinition:
    """`asked_in`: where its function stands, under the collection's name; registers are all asked alike."""
    form = getattr(asked_in, "FORMS", {}).get(collection.resource, form_of(collection))

    @dg.asset(
        key=["raw", source.table(collection)],
        deps=[["raw", table] for table in collection.after],
        group_name="raw",
        kinds=KINDS[source.is_folder],
        description=collection.description,
        metadata={"Cách hỏi": collection.how},
        config_schema=form.to_config_schema() if form else None,
        check_specs=[was_read_spec(["raw", source.table(collection)])],
    )
    def landed(
        context: dg.AssetExecutionContext,
        database: dg.ResourceParam[Database],
        connections: dg.ResourceParam[Connections],
        run_settings: dg.ResourceParam[RunSettings],
    ) -> Iterator[dg.MaterializeResult[None]]:
        connector = connections.connector(source.code)
        if connector is None:
            yield not_configured(context, source)
            return
        every = (f"raw.{system.table(one)}" for system, one in collections())
        read_here = (source.table(collection), *collection.after)
        raw_tables.ensure(database, [f"raw.{table}" for table in read_here], beside=every)
        asking = Asking(
            connector=connector,
            database=database,
            settings=run_settings,
            run_id=context.run.run_id,
            job=context.run.job_name,
            log=context.log,
            form=form(**context.op_execution_context.op_config) if form else None,
        )
        if lacking := unread_before(asking, collection):
            yield noted(f"Lần này không hỏi, vì chưa đọc được {', '.join(lacking)}.")
            return
        yield land(asking, source, collection, question(asked_in, collection.resource))

    return landed


def unread_before(asking: Asking[Connector], collection: Collection) -> list[str]:
    """The lists that say what to ask for and that could not be read in this run: who asks by less, asks too little."""
    if not collection.after:
        return []
    may_fail = {source.table(one) for source, one in collections() if one.optional or one.is_beside}
    attempts = ledger.summary(asking.database, asking.run_id).attempts
    failed = {f"{one.system}__{one.resource}" for one in attempts if not one.has_succeeded}
    return sorted((failed - may_fail) & set(collection.after))


def question(asked_in: ModuleType, resource: str) -> Callable[[Asking[Connector]], Iterator[Reading]]:
    """The function of that name, or what asks for all of that module's collections alike."""
    found: Callable[[Asking[Connector]], Iterator[Reading]] = getattr(asked_in, resource, None) or (
        lambda asking: iter([asked_in.of(asking, resource)])
    )
    return found


def land(
    asking: Asking[Connector],
    source: Source,
    collection: Collection,
    ask: Callable[[Asking[Connector]], Iterator[Reading]],
) -> dg.MaterializeResult[None]:
    """Reads what is asked for into raw versions.

    A source that fails says so in its own words, in a check that does not pass; or stops the run where the office wants
    to publish all or nothing.
    """
    started = perf_counter()
    table = source.table(collection)
    extractions: list[Extraction] = []
    slowest: list[tuple[float, int]] = []
    try:
        for reading in readings(asking, source, collection, ask):
            extraction, slow = read(asking, source, collection, reading)
            extractions.append(extraction)
            slowest = nlargest(SLOWEST, [*slowest, *slow])
    except SourceError as error:
        if collection.optional and isinstance(error, SourceRefused):
            return tolerated(asking, error)
        return unread(asking, error, collection.is_beside)
    if not extractions:
        return noted(f"Lần này không hỏi. Cách hỏi: {collection.how}.")
    rows, seconds = building.rows(asking.database, f"raw.{table}"), perf_counter() - started
    return report(extractions, rows, seconds, slowest, ahead(asking.connector.http))


def readings(
    asking: Asking[Connector],
    source: Source,
    collection: Collection,
    ask: Callable[[Asking[Connector]], Iterator[Reading]],
) -> Iterator[Reading]:
    """A source that fails before its first page, as a folder that is not there, is an attempt that failed too."""
    try:
        yield from ask(asking)
    except SourceError:
        with Extraction(asking.database, source.system, collection.resource, run_id=asking.run_id):
            raise


def read(
    asking: Asking[Connector], source: Source, collection: Collection, reading: Reading
) -> tuple[Extraction, list[tuple[float, int]]]:
    counted = Counters(asking.connector.http)
    part = f" {reading.part}" if reading.part else ""
    progress = Progress(f"{source.system} {collection.resource}{part}", asking.log.info)
    complete = collection.complete if reading.complete is None else reading.complete
    may_be_empty = collection.may_be_empty if reading.may_be_empty is None else reading.may_be_empty
    with Extraction(
        asking.database,
        source.system,
        collection.resource,
        run_id=asking.run_id,
        window=reading.window,
        cursor_before=reading.cursor_before,
    ) as extraction:
        pages = in_time(asking, progress.watch(counted.during(extraction, reading.pages)))
        newest, missing = keep(extraction, pages, lambda what: asking.log.warning(f"{source.title}: {what}."))
        if apart := drift(asking.connector.http):
            asking.log.warning(f"{source.title}: {apart}.")
            extraction.tell(apart)
        among = reading.among() if reading.among and complete else None
        if complete and not may_be_empty:
            refuse_shrunken(asking, source, collection, extraction.listed(), among)
        extraction.finish(
            cursor=reading.cursor(newest),
            # What a source counts and does not list has not gone.
            complete=complete and not missing,
            may_be_empty=may_be_empty,
            among=among,
            part=reading.part,
        )
    return extraction, counted.slowest


def in_time(asking: Asking[Connector], pages: Iterable[Page]) -> Iterator[Page]:
    """None of a day that the source has not reached."""
    closing = ledger.closing_date_of(asking.database, asking.run_id)
    for page in pages:
        refuse_ahead(asking, closing)
        yield page


def keep(extraction: Extraction, pages: Iterable[Page], tell: Callable[[str], None]) -> tuple[str | None, int]:
    """Every page as it comes, with what there is to tell of it; the newest change, and how many records are missing."""
    newest, saved, missing = "", perf_counter(), 0
    for page in pages:
        missing += page.missing
        for what in page.told:
            tell(what)
            extraction.tell(what)
        if page.records or not page.told:
            extraction.add(page)
        newest = max([newest, *(record.updated_at for record in page.records if record.updated_at)])
        if perf_counter() - saved >= SAVE_SECONDS:
            extraction.flush()
            saved = perf_counter()
    return newest or None, missing


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
    extractions: list[Extraction],
    rows: int,
    seconds: float,
    slowest: list[tuple[float, int]],
    ahead: timedelta | None,
) -> dg.MaterializeResult[None]:
    """All that one collection was read in."""
    return dg.MaterializeResult(
        check_results=[was_read(ahead)],
        metadata={
            "dagster/row_count": rows,
            "Bản ghi đã đọc": sum(one.records for one in extractions),
            "Phiên bản mới": sum(one.landed for one in extractions),
            "Không đổi": sum(one.duplicates for one in extractions),
            "Không được phép lưu": sum(one.refused for one in extractions),
            "Số trang": sum(one.pages for one in extractions),
            "Số yêu cầu": sum(one.requests for one in extractions),
            "Số lần hỏi lại": sum(one.retries for one in extractions),
            "Dung lượng (byte)": sum(one.bytes for one in extractions),
            "Thời gian (giây)": round(seconds, 3),
            "Trang chậm nhất": "; ".join(f"trang {number}: {took:.2f} giây" for took, number in slowest) or "—",
        },
    )


raw_assets = [raw_asset(source, collection, module_of(source.code)) for source, collection in collections()]
