"""The columns that the catalogue shows are those that a night has made."""

import csv
from pathlib import Path

import duckdb

from tests.column_types import COLUMNS, FILE


def test_names_and_types_are_those_of_a_night(first_night: Path) -> None:
    """Where they are not: `python -m tests.column_types`."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        _, *told = map(tuple, csv.reader(lines))
    with duckdb.connect(str(first_night / "warehouse.duckdb"), read_only=True) as warehouse:
        made = warehouse.execute(COLUMNS).fetchall()
    assert sorted(set(told) ^ set(made)) == []
