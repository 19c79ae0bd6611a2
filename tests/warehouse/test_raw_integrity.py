"""A raw payload that does not match its stored hash: put right from the copy or the source, held until then."""

from datetime import timedelta

import pytest

from tests.support.source import Clock, pages, record
from warehouse import ledger, raw_integrity
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.raw_tables import PLACEHOLDER
from warehouse.rescue import copy_of, keep_copy


DOSSIERS = "raw.portal__dossiers"


def day(number: int) -> str:
    return f"2025-06-{number:02}T08:00:00.000+0700"


def landed(warehouse: Database, bodies: dict[str, str], resource: str = "dossiers", number: int = 5) -> None:
    with Extraction(warehouse, "portal", resource, run_id="r") as extraction:
        for page in pages([record(key, body, day(number)) for key, body in bodies.items()]):
            extraction.add(page)
        extraction.finish(cursor="2025-06-20T00:00:00+00:00")


def payloads(warehouse: Database, table: str = DOSSIERS) -> list[tuple[str, int, str]]:
    return warehouse.query(f"select record_key, version, payload from {table} order by all")


def changed(warehouse: Database, where: str = "true", table: str = DOSSIERS) -> None:
    warehouse.query(f"""update {table} set payload = '{{"body": "better"}}' where {where}""")


def test_every_version_is_put_right_from_the_copy(warehouse: Database) -> None:
    landed(warehouse, {"A": "a1", "B": "b1"})
    landed(warehouse, {"A": "a2"}, number=6)
    before = payloads(warehouse)
    keep_copy(warehouse)
    changed(warehouse)
    warehouse.query(f"update {DOSSIERS} set content_hash = 'x' where record_key = 'B'")
    told: list[str] = []
    assert raw_integrity.verify(warehouse, told.append) == 3
    assert payloads(warehouse) == before
    assert ledger.cursor(warehouse, "portal", "dossiers") == "2025-06-20T00:00:00+00:00"
    (sentence,) = told
    assert "3 bản ghi gốc của portal__dossiers" in sentence
    # What was found stays where somebody can look into it.
    entries = warehouse.query("select distinct payload, mended_from from quarantine.damaged_payloads")
    assert entries == [('{"body": "better"}', "backup")]
    assert raw_integrity.verify(warehouse, told.append) == 0
    assert len(told) == 1


def test_without_a_copy_it_is_held_asked_again_and_put_right_by_the_source(warehouse: Database, clock: Clock) -> None:
    landed(warehouse, {"A": "a1", "B": "b1"})
    before = payloads(warehouse)
    changed(warehouse, "record_key = 'A'")
    told: list[str] = []
    assert raw_integrity.verify(warehouse, told.append) == 1
    assert payloads(warehouse)[0] == ("A", 1, PLACEHOLDER)
    position = ledger.cursor(warehouse, "portal", "dossiers")
    assert position is not None
    assert position < "2025-06-05T01:00:00"
    # Asked once: a source that has it no more is not read from there every night.
    ledger.move_cursor(warehouse, "portal", "dossiers", "2025-06-21T00:00:00+00:00")
    clock.now += timedelta(days=1)
    assert raw_integrity.verify(warehouse, told.append) == 1
    assert ledger.cursor(warehouse, "portal", "dossiers") == "2025-06-21T00:00:00+00:00"
    assert len(told) == 1
    landed(warehouse, {"A": "a1"})
    assert payloads(warehouse) == before
    assert warehouse.query("select mended_from from quarantine.damaged_payloads") == [("source",)]
    assert raw_integrity.verify(warehouse, told.append) == 0


def test_a_copy_that_is_damaged_itself_is_told_and_puts_nothing_right(warehouse: Database) -> None:
    landed(warehouse, {"A": "a1"})
    keep_copy(warehouse)
    copy_of(warehouse.path).write_bytes(b"no database")
    changed(warehouse)
    told: list[str] = []
    assert raw_integrity.verify(warehouse, told.append) == 1
    assert payloads(warehouse) == [("A", 1, PLACEHOLDER)]
    assert "dự phòng bị hỏng" in told[0]


@pytest.mark.parametrize(("resource", "stops"), [("dossiers", False), ("dossier_counts", True)])
def test_what_no_rule_would_set_aside_stops_the_publication(warehouse: Database, resource: str, stops: bool) -> None:
    table = f"raw.portal__{resource}"
    landed(warehouse, {"A": "a1"}, resource)
    changed(warehouse, table=table)
    raw_integrity.verify(warehouse, lambda sentence: None)
    assert raw_integrity.held_without_rule(warehouse) == ([table] if stops else [])
    landed(warehouse, {"A": "a1"}, resource)
    assert raw_integrity.held_without_rule(warehouse) == []


def test_beyond_the_budget_a_part_is_asked_each_day_and_all_in_a_week(warehouse: Database, clock: Clock) -> None:
    landed(warehouse, {f"H{number}": f"b{number}" for number in range(70)})
    keep_copy(warehouse)
    changed(warehouse, "rowid = 3")
    found = []
    for _ in range(raw_integrity.DAYS):
        found.append(raw_integrity.verify(warehouse, lambda sentence: None, budget=10))
        clock.now += timedelta(days=1)
    assert sorted(found) == [0] * 6 + [1]
    # One that is found brings all that are there to light.
    changed(warehouse, "rowid < 15")
    assert raw_integrity.verify(warehouse, lambda sentence: None, budget=10) == 15
    changed(warehouse, "rowid = 3")
    assert raw_integrity.verify(warehouse, lambda sentence: None, in_full=True, budget=10) == 1
