"""What goes to Spark as Parquet is what stands in the table, also where Parquet or Spark has no word for it."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from warehouse.engines.spark.tables import as_shaped, written


@pytest.mark.parametrize(
    ("kind", "value", "offered"),
    [
        ("DATE", "null", None),
        ("DATE", "'2025-03-01'", date(2025, 3, 1)),
        ("DATE", "'infinity'", date(9999, 12, 31)),
        ("HUGEINT", "12345678901234567890", Decimal("12345678901234567890")),
        ("JSON", """'{"a": 1}'""", '{"a": 1}'),
    ],
)
def test_a_value_is_offered_as_it_is_known(kind: str, value: str, offered: object) -> None:
    found = duckdb.sql(f"select {written('told', kind)} from (select {value}::{kind} as told)").fetchall()
    assert found == [(offered,)]


def test_what_comes_back_has_the_columns_of_the_model_in_its_order_and_types() -> None:
    made = duckdb.sql("select '3'::decimal(38, 0) as place, 'x' as key, null as due")
    shape = {"key": "VARCHAR", "place": "BIGINT", "due": "DATE"}
    assert duckdb.sql(f"select typeof(columns(*)) from (select {as_shaped(shape)} from made)").fetchall() == [
        ("VARCHAR", "BIGINT", "DATE")
    ]
    assert made.columns == ["place", "key", "due"]
