"""Who delivered which register when: by what was first seen, not by what the register says of itself."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.records import Page, Record
from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models
from warehouse.landing import Extraction


CLOSING = date(2025, 10, 31)
UNITS = """
create or replace table core.office_units as
select * from (values
    ('H19.02.04', 'Phòng Tổng hợp', 'phong tong hop', true, date '2025-03-01', null::date),
    ('H19.02.05', 'Phòng Kinh tế', 'phong kinh te', true, date '2025-03-01', null::date),
    ('H19.02.01', 'Lãnh đạo Văn phòng', 'lanh dao van phong', false, date '2025-03-01', null::date)
) as unit (unit_code, unit_name, folded_name, is_room, valid_from, valid_to)
"""


class Folder:
    """Registers land on the day that is set; the real models answer."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2025, 7, 1, 5, tzinfo=UTC)
        self._opened = loaded_warehouse(folder, clock=lambda: self.now)
        self.warehouse = self._opened.__enter__()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def lands(self, day: date, register: str, **rows: dict[str, Any]) -> None:
        """Key → fields of a row."""
        self.now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        records = [Record(key, json.dumps(row, ensure_ascii=False).encode(), None) for key, row in rows.items()]
        with Extraction(self.warehouse, "registers", register, run_id="test") as extraction:
            extraction.add(Page(records, number=1, total_pages=1, total_records=len(records), bytes=0))
            extraction.finish()

    def build(self) -> None:
        ledger.set_closing(self.warehouse, CLOSING, "test")
        self.warehouse.query(UNITS)
        every = {model.table: model for model in models.load()}
        wanted, waiting = set[str](), ["marts.reporting_rate"]
        while waiting:
            table = waiting.pop()
            if table in every and table not in wanted and table != "core.office_units":
                wanted.add(table)
                waiting.extend(every[table].reads)
        for table, model in every.items():
            if table in wanted:
                building.build(self.warehouse, model)

    def told(self, register: str, since: str) -> list[tuple[Any, ...]]:
        return self.warehouse.query(
            "select unit_code, period_start::varchar, expected, delivered, on_time, state from marts.reporting_rate"
            f" where register = '{register}' and period_start >= '{since}' order by period_start, unit_code"
        )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.close()


def test_a_register_is_in_time_by_the_day_on_which_it_was_first_seen(folder: Folder) -> None:
    folder.lands(date(2025, 7, 1), "documents", may={"issued_on": "2025-05-20"}, june={"issued_on": "2025-06-02"})
    folder.lands(date(2025, 8, 5), "documents", july={"issued_on": "2025-07-31"})
    folder.lands(date(2025, 9, 6), "documents", august={"issued_on": "2025-08-01"})
    folder.build()
    assert folder.told("documents", "2025-05-01") == [
        # There when the folder was first read, after it was due: nobody knows since when.
        ("VP", "2025-05-01", 1, 1, None, "khong_ro"),
        ("VP", "2025-06-01", 1, 1, 1, "dung_han"),
        ("VP", "2025-07-01", 1, 1, 1, "dung_han"),
        ("VP", "2025-08-01", 1, 1, 0, "muon"),
        ("VP", "2025-09-01", 1, 0, 0, "chua_nop"),
        ("VP", "2025-10-01", 0, 0, None, "chua_den_han"),
    ]


def test_each_room_owes_the_result_of_each_quarter_and_not_only_its_plan(folder: Folder) -> None:
    plan = {"unit": "Phòng Tổng hợp", "year": 2025, "number": 1, "objective": "Đúng hạn"}
    folder.lands(date(2025, 7, 1), "objectives", one=plan)
    folder.lands(date(2025, 7, 10), "objectives", one=plan | {"result_q2": "97 %"})
    folder.lands(date(2025, 10, 20), "objectives", one=plan | {"result_q2": "97 %", "result_q3": "98 %"})
    folder.build()
    assert folder.told("objectives", "2025-04-01") == [
        ("H19.02.04", "2025-04-01", 1, 1, 1, "dung_han"),
        ("H19.02.05", "2025-04-01", 1, 0, 0, "chua_nop"),
        ("H19.02.04", "2025-07-01", 1, 1, 0, "muon"),
        ("H19.02.05", "2025-07-01", 1, 0, 0, "chua_nop"),
        ("H19.02.04", "2025-10-01", 0, 0, None, "chua_den_han"),
        ("H19.02.05", "2025-10-01", 0, 0, None, "chua_den_han"),
    ]
    # Before the decision nothing was owed.
    assert folder.told("objectives", "2025-01-01")[0][1] == "2025-04-01"
