"""A source that refuses: a collection it need not offer is noted, any other is told in words of the officer."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.raw.asking import Asking, Reading
from assets.raw.shrinking import ListReading
from assets.run_settings import RunSettings
from assets.sources import PORTAL, REGISTERS, Collection, Source
from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.records import Page, Record
from tests.support.landed import landed
from warehouse import ledger, raw_versions
from warehouse.database import Database
from warehouse.opening import open_warehouse


NOW = datetime(2025, 7, 1, 5, 0, tzinfo=UTC)
ROWS = [Record("A", b'{"id": "A"}', "2025-06-30T08:00:00.000+0700"), Record("B", b'{"id": "B"}', None)]


class Connector:
    """Gives one page of `rows`, then whatever goes wrong."""

    http = HttpClient("http://127.0.0.1:9", source="portal")

    def __init__(self, error: SourceError | None = None, rows: list[Record] = ROWS) -> None:
        self.error = error
        self.rows = rows

    def pages(self) -> Iterator[Page]:
        yield Page(self.rows, 1, 1, len(self.rows), 100)
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
    publish_when: str = "complete",
    form: object = None,
) -> dg.ExecuteInProcessResult:
    def asking(context: dg.AssetExecutionContext) -> Asking[Connector]:
        settings = RunSettings(home=warehouse.path.parent, clock=lambda: NOW, publish_when=publish_when)
        return Asking(connector, warehouse, settings, context.run.run_id, context.run.job_name, context.log, form)

    return landed(asking, source, collection, ask)


def red(result: dg.ExecuteInProcessResult) -> list[tuple[str | None, Mapping[str, dg.MetadataValue]]]:
    return [(found.description, found.metadata) for found in result.get_asset_check_evaluations() if not found.passed]


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
    assert (result.success, red(result)) == (True, [])
    assert "pa/dossier-statistic: không được phép" in str(metadata(result)["Ghi chú"])


@pytest.mark.parametrize("kind", [SourceRefused, SourceUnavailable, SourceChanged])
def test_a_source_that_only_stands_beside_our_figures_stops_nothing_and_is_told(
    warehouse: Database, kind: type[SourceError]
) -> None:
    source = Connector(kind("portal", "rest.jsp: không trả lời"))
    beside = Collection("statistics", "Số liệu", "cả năm", is_beside=True)
    result = materialized(warehouse, source, beside, publish_when="all")
    assert result.success
    ((told, _),) = red(result)
    assert str(told).startswith("Hệ thống một cửa: rest.jsp: không trả lời")
    assert warehouse.query("select outcome from ledger.extractions") == [("failed",)]


@pytest.mark.parametrize(
    ("error", "optional"),
    [
        (SourceRefused("portal", "pa/dossier/search: mã HTTP 403", 403), False),
        (SourceChanged("portal", "pa/dossier/search: câu trả lời là một trang HTML"), True),
    ],
)
def test_any_other_failure_is_a_check_that_does_not_pass_and_the_run_goes_on(
    warehouse: Database, error: SourceError, optional: bool
) -> None:
    collection = Collection("dossiers", "Hồ sơ", "phần thay đổi", optional=optional)
    result = materialized(warehouse, Connector(error), collection)
    assert result.success
    ((told, facts),) = red(result)
    assert told == f"Hệ thống một cửa: {error}"
    assert facts["Việc cần làm"].value == error.advice
    assert ledger.cursor(warehouse, "portal", "dossiers") is None
    assert warehouse.query("select outcome from ledger.extractions") == [("failed",)]


def test_where_all_is_to_be_published_it_stops_the_run_with_advice(warehouse: Database) -> None:
    error = SourceUnavailable("portal", "pa/dossier/search: mã HTTP 503")
    result = materialized(warehouse, Connector(error), Collection("dossiers", "Hồ sơ", "mới"), publish_when="all")
    (failure,) = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    assert failure.user_failure_data.description == f"Hệ thống một cửa: {error}"
    assert failure.user_failure_data.metadata["Việc cần làm"].value == error.advice


def test_a_source_that_fails_before_its_first_page_stands_in_the_ledger_too(warehouse: Database) -> None:
    error = SourceUnavailable("registers", "không thấy thư mục REGISTERS_DIR")

    def ask(asking: Asking[Connector]) -> Iterator[Reading]:
        raise error
        yield

    collection = Collection("files", "Các tệp sổ", "mọi tệp")
    assert [told for told, _ in red(materialized(warehouse, Connector(), collection, ask, REGISTERS))] == [
        f"Sổ của các phòng: {error}"
    ]
    failed = [("registers", "files", "failed", f"SourceUnavailable: {error}")]
    assert warehouse.query("select system, resource, outcome, error from ledger.extractions") == failed


WHOLE = Collection("procedures", "Thủ tục đang tiếp nhận.", "toàn bộ danh sách", complete=True)


def listed(*numbers: int) -> list[Record]:
    return [Record(f"{number}", f'{{"id": "{number}"}}'.encode(), None) for number in numbers]


def whole(asking: Asking[Connector]) -> Iterator[Reading]:
    yield Reading(asking.connector.pages())


@pytest.mark.parametrize(
    ("before", "now", "is_taken"),
    [
        (0, 0, True),
        (4, 0, False),
        (4, 1, True),  # of a few, most may go in a night
        (40, 0, False),
        (40, 19, False),
        (40, 20, True),
    ],
)
def test_a_whole_list_that_is_empty_or_much_shorter_than_known_withdraws_nothing_and_is_told(
    warehouse: Database, before: int, now: int, is_taken: bool
) -> None:
    materialized(warehouse, Connector(rows=listed(*range(before))), WHOLE, whole)
    found = red(materialized(warehouse, Connector(rows=listed(*range(now))), WHOLE, whole))
    gone = warehouse.query("select count(*) from raw.portal__procedures where withdrawn_at is not null")
    if is_taken:
        assert (found, gone) == ([], [(before - now,)])
    else:
        assert gone == [(0,)]
        ((told, _),) = found
        assert f"Hệ thống một cửa: Thủ tục đang tiếp nhận: danh sách lần này có {now} mục, đang biết {before}" in str(
            told
        )


def test_an_officer_may_take_a_list_that_is_really_shorter(warehouse: Database) -> None:
    materialized(warehouse, Connector(rows=listed(*range(40))), WHOLE, whole)
    asked = Connector(rows=listed(1))
    assert red(materialized(warehouse, asked, WHOLE, whole, form=ListReading(accept_shorter_list=True))) == []
    assert warehouse.query("select count(*) from raw.portal__procedures where withdrawn_at is not null") == [(39,)]


def test_what_was_landed_before_a_source_failed_is_known_when_it_has_been_read_as_a_whole(warehouse: Database) -> None:
    known = "select record_key from raw.portal__dossiers where first_seen_at < timestamptz 'infinity' order by all"
    collection = Collection("dossiers", "Hồ sơ", "phần thay đổi")

    def two_pages(asking: Asking[Connector]) -> Iterator[Reading]:
        yield Reading(asking.connector.pages())
        if asking.connector.error is None:
            yield Reading(iter([Page(listed(3), 1, 1, 1, 100)]))

    broken = SourceUnavailable("portal", "mã HTTP 503")
    materialized(warehouse, Connector(rows=listed(1)), collection, two_pages)
    materialized(warehouse, Connector(broken, listed(1, 2)), collection, flushed)
    assert (warehouse.query(known), raw_keys(warehouse)) == ([("1",), ("3",)], {"1", "2", "3"})
    materialized(warehouse, Connector(rows=listed(1)), collection, two_pages)
    assert warehouse.query(known) == [("1",), ("2",), ("3",)]


def raw_keys(warehouse: Database) -> set[str]:
    return raw_versions.keys(warehouse, "raw.portal__dossiers")


def flushed(asking: Asking[Connector]) -> Iterator[Reading]:
    """As after half a minute: what has come so far is in the file when the source fails."""
    yield Reading(iter([Page(asking.connector.rows, 1, 1, 2, 100)]))
    yield Reading(asking.connector.pages())
