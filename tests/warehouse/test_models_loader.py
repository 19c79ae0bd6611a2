"""Models are found by their paths, ordered by what their SQL reads, and built whole or by closing date."""

from datetime import date
from pathlib import Path

import pytest

from assets.sources import collections
from warehouse import building, ledger, models
from warehouse.database import Database
from warehouse.models import ModelError


def write(folder: Path, table: str, sql: str) -> None:
    schema, name = table.split(".")
    (folder / schema).mkdir(exist_ok=True)
    (folder / schema / f"{name}.sql").write_text(sql, encoding="utf-8")


def test_reads_come_from_the_sql_and_give_the_order(tmp_path: Path) -> None:
    write(tmp_path, "core.a", "-- Bảng A, đọc từ B.\n-- Why it is so.\n\nselect * from core.b")
    write(
        tmp_path,
        "core.b",
        "with inner_name as (select 1 as n from staging.c) "
        "select n, (select max(n) from reference.d) as m from inner_name, lateral (select 1 from raw.e) as f",
    )
    write(tmp_path, "staging.c", "select 1 as n")
    found = models.load(tmp_path)
    assert [(model.table, model.reads) for model in found] == [
        ("staging.c", frozenset()),
        ("core.b", frozenset({"staging.c", "reference.d", "raw.e"})),
        ("core.a", frozenset({"core.b"})),
    ]
    assert found[2].description == "Bảng A, đọc từ B."
    assert not found[2].partitioned


def test_the_order_is_the_same_whatever_the_files_are_called(tmp_path: Path) -> None:
    for table in ("core.z", "core.a", "core.m"):
        write(tmp_path, table, "select 1 as n")
    assert [model.name for model in models.load(tmp_path)] == ["a", "m", "z"]


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select from where", "core/a.sql: syntax error"),
        ("select 1; select 2", "core/a.sql: one select per file, found 2"),
        ("select * from core.a", "in a circle: core.a -> core.a"),
    ],
)
def test_a_file_that_is_no_model_is_named(tmp_path: Path, sql: str, complaint: str) -> None:
    write(tmp_path, "core.a", sql)
    with pytest.raises(ModelError, match=complaint):
        models.load(tmp_path)


def test_every_real_model_has_a_description_and_reads_what_exists(warehouse: Database) -> None:
    found = models.load()
    made = {
        f"{schema}.{name}" for schema, name in warehouse.query("select schema_name, table_name from duckdb_tables()")
    }
    made |= {model.table for model in found}
    for model in found:
        assert model.description, model.table
        unknown = {table for table in model.reads - made if not table.startswith("reference.")}
        unknown -= {f"raw.{source.table(collection)}" for source, collection in collections()} | {"raw.versions"}
        assert not unknown, model.table


def test_building_replaces_the_table(warehouse: Database, tmp_path: Path) -> None:
    write(tmp_path, "core.a", "select unnest([1, 2]) as n")
    (model,) = models.load(tmp_path)
    assert [building.build(warehouse, model), building.build(warehouse, model)] == [2, 2]
    assert warehouse.query("select n from core.a order by n") == [(1,), (2,)]


def build_partition(warehouse: Database, folder: Path, closing_date: date, columns: str) -> int:
    header = "-- Kết quả.\n-- partitioned by closing_date\n"
    write(folder, "marts.a", f"{header}select closing_date, {columns} from reference.closing")
    ledger.set_closing(warehouse, closing_date, "r")
    (model,) = models.load(folder)
    assert model.partitioned
    assert model.description == "Kết quả."
    return building.build(warehouse, model)


def test_a_partitioned_model_replaces_its_closing_date_only(warehouse: Database, tmp_path: Path) -> None:
    june, july = date(2025, 6, 30), date(2025, 7, 31)
    for closing_date, n in ((june, 1), (july, 1), (june, 2)):
        assert build_partition(warehouse, tmp_path, closing_date, f"{n} as n") == 1
    assert warehouse.query("select closing_date, n from marts.a order by all") == [(june, 2), (july, 1)]


def test_a_partitioned_model_may_change_its_columns(warehouse: Database, tmp_path: Path) -> None:
    june, july = date(2025, 6, 30), date(2025, 7, 31)
    build_partition(warehouse, tmp_path, june, "1 as n, 'gone' as old")
    build_partition(warehouse, tmp_path, july, "true as fresh, 2.5 as n")
    assert warehouse.query("select closing_date, fresh, n from marts.a order by all") == [
        (june, None, 1),
        (july, True, 2.5),
    ]


def test_a_big_partition_of_other_columns_is_read_at_once(warehouse: Database, tmp_path: Path) -> None:
    """As after an update of the product: what stands on the table is built in the same session."""
    july = date(2025, 7, 31)
    build_partition(warehouse, tmp_path, july, "unnest(range(150_000)) as n")
    build_partition(warehouse, tmp_path, july, "unnest(range(150_000)) as n, true as fresh")
    assert warehouse.query("select count(*), max(closing_date) from marts.a") == [(150_000, july)]
