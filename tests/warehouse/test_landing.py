"""Raw versions: what a page changes, what it does not, and what the ledger says of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.records import Page, Record
from tests.support.source import NOON, Clock, pages, record
from warehouse import building, ledger, raw_versions
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse
from warehouse.raw_versions import UnreadableRecord


TABLE = "raw.portal__dossiers"
MONDAY, TUESDAY, WEDNESDAY = (f"2025-06-0{day}T08:00:00.000+0700" for day in (2, 3, 4))


def land(
    warehouse: Database,
    *records: Record,
    complete: bool = False,
    cursor: str | None = None,
    page_size: int = 50,
    batch_records: int = 20_480,
) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r", batch_records=batch_records) as extraction:
        for page in pages(records, page_size):
            extraction.add(page)
        extraction.finish(cursor=cursor, complete=complete)


def versions(warehouse: Database) -> list[tuple[str, int, str]]:
    return [
        (key, version, body)
        for key, version, body in warehouse.query(
            f"select record_key, version, payload ->> '$.body' from {TABLE} order by record_key, version"
        )
    ]


def counts(warehouse: Database) -> list[tuple[int, int, int]]:
    return warehouse.query("select records, landed, duplicates from ledger.extractions order by extraction_id")


def test_a_record_is_kept_as_it_came(warehouse: Database) -> None:
    land(warehouse, record("A", "một", MONDAY))
    (row,) = warehouse.query(f"select * exclude (content_hash) from {TABLE}")
    assert row == ("A", 1, '{"body": "một"}', MONDAY, NOON, NOON, None, "r")
    assert warehouse.query(f"select content_hash = sha256(payload) from {TABLE}") == [(True,)]


def test_reading_the_same_thing_twice_moves_only_the_last_sight(warehouse: Database, clock: Clock) -> None:
    land(warehouse, record("A", "one"), record("B", "one"))
    clock.now += timedelta(days=1)
    land(warehouse, record("A", "one"), record("B", "two"))
    assert versions(warehouse) == [("A", 1, "one"), ("B", 1, "one"), ("B", 2, "two")]
    assert counts(warehouse) == [(2, 2, 0), (2, 1, 1)]
    seen = warehouse.query(f"select record_key, version, first_seen_at, last_seen_at from {TABLE} order by all")
    assert seen == [("A", 1, NOON, clock.now), ("B", 1, NOON, NOON), ("B", 2, clock.now, clock.now)]
    assert raw_versions.newest(warehouse, TABLE).keys() == raw_versions.keys(warehouse, TABLE) == {"A", "B"}


def test_a_record_that_goes_back_to_an_older_state_gets_a_new_version(warehouse: Database) -> None:
    for body in ("one", "two", "one"):
        land(warehouse, record("A", body))
    assert versions(warehouse) == [("A", 1, "one"), ("A", 2, "two"), ("A", 3, "one")]


def test_one_batch_may_hold_a_record_several_times(warehouse: Database) -> None:
    land(warehouse, record("A", "two", TUESDAY), record("B"), record("A", "one", MONDAY), record("A", "two", TUESDAY))
    assert versions(warehouse) == [("A", 1, "one"), ("A", 2, "two"), ("B", 1, "")]
    assert counts(warehouse) == [(4, 3, 1)]


def test_an_older_state_that_comes_late_takes_its_place_in_history(warehouse: Database) -> None:
    land(warehouse, record("A", "three", WEDNESDAY))
    land(warehouse, record("A", "one", MONDAY), record("B"))
    land(warehouse, record("A", "two", TUESDAY), record("A", "one", MONDAY))
    assert versions(warehouse) == [("A", 1, "one"), ("A", 2, "two"), ("A", 3, "three"), ("B", 1, "")]
    assert counts(warehouse) == [(1, 1, 0), (2, 2, 0), (2, 1, 1)]


def test_without_an_order_of_the_source_the_last_to_arrive_is_the_newest(warehouse: Database) -> None:
    land(warehouse, record("A", "one"), record("A", "two"), record("A", "one"), record("A", "one"))
    assert versions(warehouse) == [("A", 1, "one"), ("A", 2, "two"), ("A", 3, "one")]


def test_what_a_complete_list_no_longer_holds_is_withdrawn_and_may_return(warehouse: Database, clock: Clock) -> None:
    land(warehouse, record("A"), record("B"), complete=True)
    clock.now += timedelta(days=1)
    land(warehouse, record("A"), complete=True, batch_records=1)
    withdrawn = f"select record_key, version, withdrawn_at from {TABLE} order by all"
    assert warehouse.query(withdrawn) == [("A", 1, None), ("B", 1, clock.now)]
    land(warehouse, record("A"), record("B"), complete=True)
    assert warehouse.query(withdrawn) == [("A", 1, None), ("B", 1, clock.now), ("B", 2, None)]


def test_an_empty_complete_list_withdraws_nothing(warehouse: Database) -> None:
    land(warehouse, record("A"), complete=True)
    land(warehouse, complete=True)
    assert warehouse.query(f"select withdrawn_at from {TABLE}") == [(None,)]


def test_a_partial_reading_withdraws_nothing(warehouse: Database) -> None:
    land(warehouse, record("A"), record("B"))
    land(warehouse, record("A"))
    assert warehouse.query(f"select count(withdrawn_at) from {TABLE}") == [(0,)]


def test_the_ledger_tells_what_an_attempt_brought(warehouse: Database) -> None:
    with Extraction(
        warehouse, "portal", "dossiers", run_id="r", window=("2025-06-01", None), cursor_before=MONDAY
    ) as extraction:
        for page in pages([record("A"), record("B"), record("A")], 2):
            extraction.add(page)
        extraction.tell("nguồn báo đã hết khi còn")
        extraction.tell("nguồn báo đã hết khi còn")
        extraction.finish(cursor=TUESDAY, requests=3, retries=1, bytes=700)
    assert warehouse.query("select * from ledger.extractions") == [
        (
            1,
            "r",
            "portal",
            "dossiers",
            "2025-06-01",
            None,
            MONDAY,
            2,
            3,
            2,
            1,
            0,
            700,
            3,
            1,
            NOON,
            NOON,
            "succeeded",
            None,
            "nguồn báo đã hết khi còn",
        )
    ]
    assert ledger.cursor(warehouse, "portal", "dossiers") == TUESDAY
    assert ledger.cursor(warehouse, "portal", "agencies") is None


def broken_off(records: list[Record]) -> Iterator[Page]:
    yield from pages(records, 1)
    raise ConnectionError("portal hung up")


def read(warehouse: Database, source: Iterator[Page], batch_records: int = 20_480) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r", batch_records=batch_records) as extraction:
        for page in source:
            extraction.add(page)


def test_a_failed_attempt_keeps_its_batches_and_leaves_the_cursor(warehouse: Database) -> None:
    land(warehouse, cursor=MONDAY)
    with pytest.raises(ConnectionError):
        read(warehouse, broken_off([record("A"), record("B"), record("C")]), batch_records=2)
    assert [key for key, *_ in versions(warehouse)] == ["A", "B"]
    assert ledger.cursor(warehouse, "portal", "dossiers") == MONDAY
    failed = "select records, landed, outcome, error from ledger.extractions where outcome <> 'succeeded'"
    assert warehouse.query(failed) == [(2, 2, "failed", "ConnectionError: portal hung up")]


def test_what_a_killed_reading_left_is_known_to_no_figure_before_the_next_whole_one(tmp_path: Path) -> None:
    known = f"select record_key from {TABLE} where first_seen_at < timestamptz 'infinity' order by all"
    file = tmp_path / "warehouse.duckdb"
    with open_warehouse(file, clock=Clock()) as warehouse:
        land(warehouse, record("A"))
        warehouse.query("update ledger.extractions set run_id = 'before'")
        warehouse.query(f"update {TABLE} set run_id = 'before'")
        land(warehouse, record("B"))
        # As a process leaves it that was killed between a batch and the end.
        warehouse.query("update ledger.extractions set outcome = 'running', ended_at = null where run_id = 'r'")
    with open_warehouse(file, clock=Clock()) as warehouse:
        assert warehouse.query(known) == [("A",)]
        land(warehouse, record("C"))
        assert warehouse.query(known) == [("A",), ("B",), ("C",)]


def test_a_batch_that_cannot_be_written_fails_the_attempt(warehouse: Database) -> None:
    with pytest.raises(UnreadableRecord, match="A"):
        read(warehouse, pages([Record("A", b"\xff", None)]))
    assert warehouse.query("select outcome, landed from ledger.extractions") == [("failed", 0)]
    land(warehouse, record("A"))
    assert versions(warehouse) == [("A", 1, "")]


def test_flushed_records_are_in_the_file_while_the_attempt_goes_on(warehouse: Database) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r") as extraction:
        for page in pages([record("A")]):
            extraction.add(page)
        assert building.rows(warehouse, TABLE) == 0
        extraction.flush()
        assert building.rows(warehouse, TABLE) == 1
        assert warehouse.query("select outcome, landed from ledger.extractions") == [("running", 1)]


def test_a_question_asked_while_batches_are_written_sees_whole_batches_only(warehouse: Database) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="r", batch_records=100) as extraction:
        for page in pages([record(str(number)) for number in range(2000)], 100):
            extraction.add(page)
            assert building.rows(warehouse, TABLE) % 100 == 0
    assert building.rows(warehouse, TABLE) == 2000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_table_depends_on_neither_page_size_nor_order_nor_windows(tmp_path: Path, data: st.DataObject) -> None:
    """Every state of a record carries the instant of its change, as the portal's do."""
    states = data.draw(st.sets(st.tuples(st.sampled_from("ABCDE"), st.integers(1, 9)), min_size=1))
    records = [record(key, f"{key}{day}", f"2025-06-0{day}T08:00:00.000+0700") for key, day in sorted(states)]
    arriving = data.draw(st.permutations([*records, *data.draw(st.lists(st.sampled_from(records), max_size=5))]))
    cut = data.draw(st.integers(0, len(arriving)))
    (tmp_path / "warehouse.duckdb").unlink(missing_ok=True)
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=Clock()) as warehouse:
        sizes = st.integers(1, 7)
        for window in (arriving[:cut], arriving[cut:]):
            land(warehouse, *window, page_size=data.draw(sizes), batch_records=data.draw(sizes))
        assert versions(warehouse) == [
            (key, number, f"{key}{day}")
            for key in sorted({key for key, _ in states})
            for number, day in enumerate(sorted(day for other, day in states if other == key), start=1)
        ]
        received, landed, duplicates = (sum(column) for column in zip(*counts(warehouse), strict=True))
        assert (received, landed, duplicates) == (len(arriving), len(states), len(arriving) - len(states))


def test_bytes_that_are_no_text_stop_the_extraction_without_being_quoted(warehouse: Database) -> None:
    broken = Record("H19-1", b'{"body": "\xff Tran Thi Kin"}', None)
    with pytest.raises(UnreadableRecord, match="H19-1") as stopped:
        land(warehouse, record("H19-0"), broken)
    ((error,),) = warehouse.query("select error from ledger.extractions")
    assert "H19-1" in error
    for text in (error, str(stopped.value), str(stopped.value.__cause__), str(stopped.value.__context__)):
        assert "Kin" not in text
    assert building.rows(warehouse, TABLE) == 0
