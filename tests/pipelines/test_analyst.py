"""The analyst's handbook is true of a published file: every query in it runs, every column has its words."""

import re
from pathlib import Path

import duckdb
import pytest


HANDBOOK = (Path(__file__).parents[2] / "docs" / "analyst.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", HANDBOOK, re.DOTALL)


@pytest.fixture(scope="module")
def reader(first_night: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night / "published" / "mtcl.duckdb"), read_only=True)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_handbook_gives_rows(reader: duckdb.DuckDBPyConnection, query: str) -> None:
    assert reader.execute(query).fetchall()


def test_the_handbook_lists_what_is_not_met(reader: duckdb.DuckDBPyConnection) -> None:
    (query,) = [query for query in QUERIES if "as not_met" in query]
    assert all(not_met == listed for _, not_met, listed in reader.execute(query).fetchall())


def test_every_published_table_and_column_has_its_words(reader: duckdb.DuckDBPyConnection) -> None:
    without = reader.execute(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()"
        " where schema_name in ('core', 'reference', 'marts') and not internal and coalesce(comment, '') = ''"
        " union all select schema_name || '.' || table_name from duckdb_tables()"
        " where schema_name in ('core', 'reference', 'marts') and coalesce(comment, '') = '' order by all"
    ).fetchall()
    assert without == []


def test_every_mart_has_a_view_for_people_with_as_many_rows(reader: duckdb.DuckDBPyConnection) -> None:
    marts = reader.execute("select table_name, label from data_dictionary.tables where table_name like 'marts.%'")
    for table, label in marts.fetchall():
        counted = f'select (select count(*) from {table}) = (select count(*) from bao_cao."{label}")'
        assert reader.execute(counted).fetchall() == [(True,)], table
