"""What the contract promises is a constraint of the published file: its rows keep it, and no other row gets in."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse import constraints, contract, expectations, ledger
from warehouse.database import Database
from warehouse.publishing import PublicationRefused, latest, publish
from warehouse.retention import ALL_CLOSING_DATES


DAY = date(2025, 6, 30)
FUNNEL = """
create or replace table marts.funnel as select 'MT1' as indicator, unit_code, date '2025-01-01' as period_start,
    date '2025-06-30' as period_end, 1 as numerator, 1 as denominator, position
from (values ('A', 'qua_it'), ({}, {})) as told (unit_code, position)
"""


def published(warehouse: Database, folder: Path, unit: str, position: str) -> Path:
    ledger.set_closing(warehouse, DAY, "r")
    warehouse.query(FUNNEL.format(unit, position))
    return publish(warehouse, folder / "published", run_id="r", closing_date=DAY).path


def test_the_published_file_says_its_keys_and_conditions(warehouse: Database, tmp_path: Path) -> None:
    with duckdb.connect(str(published(warehouse, tmp_path, "'B'", "'tot_hon'")), read_only=True) as reader:
        found = reader.execute(
            "select constraint_type, constraint_column_names from duckdb_constraints() where table_name = 'funnel'"
        ).fetchall()
    key = ["indicator", "unit_code", "period_start", "period_end"]
    assert ("PRIMARY KEY", key) in found
    assert sorted(names[0] for kind, names in found if kind == "NOT NULL") == sorted(key)
    assert ("CHECK", ["position"]) in found


@pytest.mark.parametrize(("unit", "position"), [("'A'", "'qua_it'"), ("null", "'qua_it'"), ("'B'", "'giua'")])
def test_a_row_that_breaks_a_promise_leaves_yesterdays_version_standing(
    warehouse: Database, tmp_path: Path, unit: str, position: str
) -> None:
    """A row twice, a key without a value, a word that is not of the list."""
    first = published(warehouse, tmp_path, "'B'", "'tot_hon'")
    with pytest.raises(PublicationRefused, match=r"bảng marts\.funnel có dòng trái với ràng buộc"):
        published(warehouse, tmp_path, unit, position)
    standing = latest(tmp_path / "published")
    assert standing is not None
    assert standing.path.resolve() == first.resolve()


def test_what_stands_from_earlier_days_takes_no_rule_that_is_new() -> None:
    rules = expectations.load()
    for table in ALL_CLOSING_DATES:
        taken = {rule.name for rule in constraints.rules_of(table)}
        assert taken == set(constraints.EVER_SINCE.get(table, ()))
        assert taken <= {rule.name for rule in rules.get(table, [])}
        assert contract.of_table(table).kind not in ("primary", "unique")


def test_a_key_is_what_the_rule_of_its_table_asks() -> None:
    """One truth: where a critical rule says what is unique, the contract names the same columns."""
    asked = {}
    for table, rules in expectations.load().items():
        for rule in rules:
            if rule.severity == "critical" and rule.expectation.endswith("ToBeUnique") and table.startswith("marts."):
                asked[table] = set(rule.kwargs.get("column_list") or [rule.kwargs["column"]])
    differing = {table for table, key in asked.items() if not set(contract.of_table(table).key) >= key}
    assert differing == set()
    assert len(asked) > 10


def test_a_condition_on_a_row_alone_becomes_a_check_and_nothing_else_does() -> None:
    columns = dict.fromkeys(("c3", "c4", "c5", "c6", "unit_code", "linh_vuc"), "BIGINT")
    shape = constraints.definition("marts.form_ii_06a", columns)
    assert shape is not None
    assert "check (not coalesce(c3 <> c4 + c5 + c6, false))" in shape
    assert "batch" not in shape
    assert "select" not in shape
    assert constraints.definition("marts.quality", {"indicator": "VARCHAR"}) is None
