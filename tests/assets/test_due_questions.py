"""Procedures are read in full again only where list, decision or the week says so."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assets.raw.due_questions import decisions_to_read, procedures_to_read, processes_to_read
from assets.run_settings import LOCAL, RunSettings
from connectors.records import Record
from tests.support.source import Clock, pages
from tests.support.warehouses import RAW_TABLES
from warehouse import raw_tables
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse


MONDAY = datetime(2025, 6, 30, 1, 30, tzinfo=LOCAL).astimezone(UTC)
Row = Mapping[str, str]


class Office:
    """A warehouse that lands lists and details, and a clock that moves by days."""

    def __init__(self, warehouse: Database, clock: Clock, home: Path) -> None:
        self.warehouse = warehouse
        self.clock = clock
        self.run_settings = RunSettings(home=home, clock=lambda: clock().astimezone(LOCAL))

    def land(
        self,
        resource: str,
        rows: Mapping[str, Row],
        *,
        system: str = "tthc",
        complete: bool = True,
        cursor: str | None = None,
    ) -> None:
        records = [Record(key, json.dumps(row).encode(), None) for key, row in rows.items()]
        with Extraction(self.warehouse, system, resource, run_id="r") as extraction:
            for page in pages(records):
                extraction.add(page)
            extraction.finish(complete=complete, cursor=cursor)

    def read(self, *codes: str) -> None:
        self.land("procedures", {code: {"MATTHC": code} for code in codes}, complete=False)

    def wanted(self) -> list[str]:
        return procedures_to_read(self.warehouse, self.run_settings)

    def sleep(self, days: int = 1) -> None:
        self.clock.now += timedelta(days=days)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = Clock(MONDAY)
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as warehouse:
        raw_tables.ensure(warehouse, RAW_TABLES)
        yield Office(warehouse, clock, tmp_path)


def listed(*codes: str, **changed: str) -> dict[str, Row]:
    return {code: {"MATTHC": code, "TENTTHC": changed.get(code, "")} for code in codes}


def test_a_procedure_never_read_is_read(office: Office) -> None:
    office.land("procedure_list", listed("1.1", "1.2"))
    office.read("1.1")
    assert office.wanted() == ["1.2"]


def test_what_was_read_today_is_not_asked_again(office: Office) -> None:
    office.land("procedure_list", listed("1.1", "1.2"))
    office.read("1.1", "1.2")
    assert office.wanted() == []


def test_a_changed_row_of_the_list_asks_for_the_content(office: Office) -> None:
    office.land("procedure_list", listed("1.1", "1.2"))
    office.read("1.1", "1.2")
    office.clock.now += timedelta(hours=1)
    office.land("procedure_list", listed("1.1", "1.2", **{"1.2": "tên mới"}))
    assert office.wanted() == ["1.2"]


def test_a_procedure_that_left_the_list_is_not_asked_for(office: Office) -> None:
    office.land("procedure_list", listed("1.1", "1.2"))
    office.clock.now += timedelta(hours=1)
    office.land("procedure_list", listed("1.1"))
    assert office.wanted() == ["1.1"]


def test_a_decision_that_touches_a_procedure_asks_for_its_content(office: Office) -> None:
    office.land("procedure_list", listed("1.1", "1.2"))
    office.land("public_procedures", {"1.1": {"ID": "11"}, "1.2": {"ID": "12"}})
    office.read("1.1", "1.2")
    office.clock.now += timedelta(hours=1)
    office.land("decision_procedures", {"QD9|amended|12": {"ID": "12"}})
    assert office.wanted() == ["1.2"]


def test_every_procedure_has_its_turn_once_a_week(office: Office) -> None:
    codes = [f"1.{number:03}" for number in range(70)]
    office.land("procedure_list", listed(*codes))
    office.read(*codes)
    asked: list[str] = []
    for _ in range(7):
        office.sleep()
        turn = office.wanted()
        office.read(*turn)
        assert office.wanted() == []
        asked += turn
    assert sorted(asked) == codes


def test_the_process_of_a_new_or_changed_procedure_is_asked_for_and_every_one_once_a_week(office: Office) -> None:
    def wanted() -> list[str]:
        return processes_to_read(office.warehouse, office.run_settings)

    codes = [f"p{number:02}" for number in range(30)]
    office.land("procedures", listed(*codes, "gone"), system="portal")
    office.clock.now += timedelta(hours=1)
    office.land("procedures", listed(*codes), system="portal")
    assert wanted() == codes
    office.land("processes", listed(*codes), system="portal", complete=False)
    assert wanted() == []
    office.clock.now += timedelta(hours=1)
    office.land("procedures", listed(*codes, p07="tên mới"), system="portal")
    assert wanted() == ["p07"]
    asked: list[str] = []
    for _ in range(7):
        office.sleep()
        turn = wanted()
        office.land("processes", listed(*turn), system="portal", complete=False)
        asked += turn
    assert set(asked) == set(codes)


def test_only_new_decisions_of_late_are_asked_for_their_procedures(office: Office) -> None:
    office.land(
        "decisions",
        {"1": {"PUBLISHING_DATE": "15-03-2019"}, "2": {"PUBLISHING_DATE": "20-06-2025"}, "3": {"PUBLISHING_DATE": "?"}},
    )
    assert decisions_to_read(office.warehouse, office.run_settings) == ["2"]
    office.land("decision_procedures", {}, complete=False, cursor=office.clock().isoformat())
    assert decisions_to_read(office.warehouse, office.run_settings) == []
    office.sleep()
    office.land("decisions", {"4": {"PUBLISHING_DATE": "30-06-2025"}}, complete=False)
    assert decisions_to_read(office.warehouse, office.run_settings) == ["4"]
