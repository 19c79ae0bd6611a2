"""Evidence that is not there: what was last read of each source, and what it leaves undetermined."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.records import Page
from tests.support.source import Clock, record
from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.models import Model


# 01:30 in Viet Nam, when the night run comes.
MONDAY = datetime(2025, 3, 2, 18, 30, tzinfo=UTC)
AWAY = SourceUnavailable("axis", "mã HTTP 503")
MT2B = "MT2b"


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def warehouse(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with loaded_warehouse(tmp_path, clock) as opened:
        yield opened


def read(warehouse: Database, system: str, resource: str, error: Exception | None = None, run: str = "r") -> None:
    with suppress(SourceUnavailable, SourceRefused), Extraction(warehouse, system, resource, run_id=run) as extraction:
        extraction.add(Page([record(f"{run}-1")], number=1, total_pages=1, total_records=1, bytes=1))
        extraction.flush()
        if error:
            raise error


def build(warehouse: Database, day: date) -> None:
    ledger.set_closing(warehouse, day, "r")
    for model in models.load():
        if model.table in ("core.unread_collections", "core.unread_indicators"):
            building.build(warehouse, model)


def unread(warehouse: Database) -> list[tuple[str, str, date | None]]:
    return warehouse.query("select system, resource, read_on from core.unread_collections order by all")


def judged(warehouse: Database, rows: str) -> dict[str, tuple[str, str | None]]:
    """Record → outcome and reason; given `key | basis | day | outcome` of MT2b by PAIR."""
    values = ", ".join(
        f"('{MT2B}', 'PAIR', '{basis}', date '{day}', '{key}', '{outcome}', 'CODE', 'Lý do', 3)"
        for key, basis, day, outcome in (line.split() for line in rows.strip().splitlines())
    )
    names = "indicator, definition, basis, on_date, record_key, outcome, reason_code, reason, days_late"
    warehouse.query(f"create or replace table indicators.given as select * from (values {values}) as given ({names})")
    own = Model("indicators", "given", "", "", frozenset(), judges_records=True)
    composed = models.judged_records([own])
    assert composed is not None
    building.build(warehouse, composed)
    found = warehouse.query("select record_key, outcome, reason from indicators.records order by all")
    return {key: (outcome, reason) for key, outcome, reason in found}


RECORDS = """
before  flow   2025-03-03 failed
met     flow   2025-03-04 met
failed  flow   2025-03-04 failed
paper   flow   2025-03-04 excluded
stock   state  2025-03-04 failed
"""


def test_a_source_that_was_read_leaves_everything_as_judged(warehouse: Database) -> None:
    read(warehouse, "axis", "sent_documents")
    build(warehouse, date(2025, 3, 3))
    assert unread(warehouse) == []
    assert {key: outcome for key, (outcome, _) in judged(warehouse, RECORDS).items()} == {
        "before": "failed", "met": "met", "failed": "failed", "paper": "excluded", "stock": "failed",
    }  # fmt: skip


def test_what_happened_after_the_last_whole_reading_is_undetermined(warehouse: Database, clock: Clock) -> None:
    read(warehouse, "axis", "sent_documents")
    clock.now += timedelta(days=1)
    read(warehouse, "axis", "sent_documents", AWAY, "s")
    build(warehouse, date(2025, 3, 4))
    assert unread(warehouse) == [("axis", "sent_documents", date(2025, 3, 3))]
    words = "Trục liên thông văn bản không đọc được, dùng căn cứ đã đọc lúc 01:30 ngày 03/03/2025"
    assert warehouse.query("select distinct indicator, read_on, reason from core.unread_indicators") == [
        (MT2B, date(2025, 3, 3), words)
    ]
    assert judged(warehouse, RECORDS) == {
        "before": ("failed", "Lý do"),
        "met": ("undetermined", words),
        "failed": ("undetermined", words),
        "paper": ("excluded", "Lý do"),
        "stock": ("failed", "Lý do"),
    }


def test_of_a_source_that_was_never_read_nothing_is_determined(warehouse: Database) -> None:
    read(warehouse, "axis", "sent_documents", AWAY)
    build(warehouse, date(2025, 3, 3))
    words = "Trục liên thông văn bản chưa đọc được lần nào nên chưa có căn cứ"
    found = judged(warehouse, RECORDS)
    assert {key for key, row in found.items() if row == ("undetermined", words)} == {"before", "met", "failed", "stock"}
    assert found["paper"] == ("excluded", "Lý do")


def test_what_a_source_need_not_offer_may_be_refused_until_a_figure_has_stood_on_it(warehouse: Database) -> None:
    refused = SourceRefused("portal", "mã HTTP 403", 403)
    read(warehouse, "portal", "procedures", refused, "a")
    build(warehouse, date(2025, 3, 3))
    assert unread(warehouse) == []
    read(warehouse, "portal", "procedures", run="b")
    read(warehouse, "portal", "procedures", refused, "c")
    build(warehouse, date(2025, 3, 3))
    assert unread(warehouse) == [("portal", "procedures", date(2025, 3, 3))]


def test_a_closing_date_of_the_past_knows_what_was_read_then(warehouse: Database, clock: Clock) -> None:
    read(warehouse, "portal", "dossiers")
    clock.now += timedelta(days=2)
    read(warehouse, "portal", "dossiers", AWAY, "s")
    build(warehouse, date(2025, 3, 4))
    assert unread(warehouse) == []
    build(warehouse, date(2025, 3, 5))
    assert unread(warehouse) == [("portal", "dossiers", date(2025, 3, 3))]
