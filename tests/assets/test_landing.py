"""A source that refuses: a collection it need not offer is noted, any other stops the run in words of the officer."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.raw.asking import Asking, Reading
from assets.raw.landing import land
from assets.run_settings import RunSettings
from assets.sources import PORTAL, REGISTERS, Collection, Source
from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.records import Page, Record
from warehouse import ledger
from warehouse.database import Database
from warehouse.opening import open_warehouse


NOW = datetime(2025, 7, 1, 5, 0, tzinfo=UTC)
ROWS = [Record("A", b'{"id": "A"}', "2025-06-30T08:00:00.000+0700"), Record("B", b'{"id": "B"}', None)]


class Connector:
    """Gives one page, then whatever goes wrong."""

    http = HttpClient("http://127.0.0.1:9", source="portal")

    def __init__(self, error: SourceError | None = None) -> None:
        self.error = error

    def pages(self) -> Iterator[Page]:
        yield Page(ROWS, 1, 1, 2, 100)
        if self.error:
            raise self.error


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Database]:
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=lambda: NOW) as opened:
        yield opened


def pages(asking: Asking[Connector]) -> Iterator[Reading]:
    yield Reading(asking.connector.pages(), cursor=lambda newest: newest)


def materialized(
    warehouse: Database,
    connector: Connector,
    collection: Collection,
    ask: Callable[[Asking[Connector]], Iterator[Reading]] = pages,
    source: Source = PORTAL,
) -> dg.ExecuteInProcessResult:
    @dg.asset
    def asked(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        settings = RunSettings(home=warehouse.path.parent, clock=lambda: NOW)
        asking = Asking(connector, warehouse, settings, context.run.run_id, context.run.job_name, context.log)
        return land(asking, source, collection, ask)

    return dg.materialize([asked], raise_on_error=False)


def metadata(result: dg.ExecuteInProcessResult) -> dict[str, object]:
    (event,) = result.get_asset_materialization_events()
    return {name: value.value for name, value in event.step_materialization_data.materialization.metadata.items()}


def test_what_was_read_is_reported_and_the_cursor_moves_with_it(warehouse: Database) -> None:
    collection = Collection("statistics", "Số liệu", "cả năm")
    facts = metadata(materialized(warehouse, Connector(), collection))
    assert (facts["Bản ghi đã đọc"], facts["Phiên bản mới"], facts["dagster/row_count"]) == (2, 2, 2)
    assert ledger.cursor(warehouse, "portal", "statistics") == "2025-06-30T08:00:00.000+0700"


@pytest.mark.parametrize("status", [403, 404, None])
def test_an_optional_collection_that_is_refused_is_a_note(warehouse: Database, status: int | None) -> None:
    source = Connector(SourceRefused("portal", "pa/dossier-statistic: không được phép", status))
    result = materialized(warehouse, source, Collection("statistics", "Số liệu", "cả năm", optional=True))
    assert result.success
    assert "pa/dossier-statistic: không được phép" in str(metadata(result)["Ghi chú"])


@pytest.mark.parametrize(
    ("error", "optional"),
    [
        (SourceRefused("portal", "pa/dossier/search: mã HTTP 403", 403), False),
        (SourceChanged("portal", "pa/dossier/search: câu trả lời là một trang HTML"), True),
    ],
)
def test_any_other_failure_stops_the_run_with_advice(warehouse: Database, error: SourceError, optional: bool) -> None:
    collection = Collection("dossiers", "Hồ sơ", "phần thay đổi", optional=optional)
    result = materialized(warehouse, Connector(error), collection)
    (failure,) = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    assert failure.user_failure_data.description == f"Hệ thống một cửa: {error}"
    assert failure.user_failure_data.metadata["Việc cần làm"].value == error.advice
    assert ledger.cursor(warehouse, "portal", "dossiers") is None
    assert warehouse.query("select outcome from ledger.extractions") == [("failed",)]


def test_a_source_that_fails_before_its_first_page_stands_in_the_ledger_too(warehouse: Database) -> None:
    error = SourceUnavailable("registers", "không thấy thư mục REGISTERS_DIR")

    def ask(asking: Asking[Connector]) -> Iterator[Reading]:
        raise error
        yield

    collection = Collection("files", "Các tệp sổ", "mọi tệp")
    assert not materialized(warehouse, Connector(), collection, ask, REGISTERS).success
    failed = [("registers", "files", "failed", f"SourceUnavailable: {error}")]
    assert warehouse.query("select system, resource, outcome, error from ledger.extractions") == failed
