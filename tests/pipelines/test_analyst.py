"""The analyst's handbook is true of a published file: all that is in it runs, every column has its words."""

import ast
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest


HANDBOOK = (Path(__file__).parents[2] / "docs" / "analyst.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", HANDBOOK, re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)```", HANDBOOK, re.DOTALL)


@pytest.fixture(scope="module")
def reader(first_night: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night / "published" / "mtcl.duckdb"), read_only=True)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_handbook_gives_rows(reader: duckdb.DuckDBPyConnection, query: str) -> None:
    assert reader.execute(query).fetchall()


def test_the_programs_of_the_handbook_end_in_frames_with_rows(
    first_night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As cells of a notebook: one after the other, each shows its last expression."""
    (tmp_path / "var").symlink_to(first_night)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for program in PROGRAMS:
        *statements, shown = ast.parse(program).body
        exec(compile(ast.Module(statements, []), "analyst.md", "exec"), names)  # noqa: S102 - our own handbook
        frame = eval(ast.unparse(shown), names)  # noqa: S307 - the same
        assert isinstance(frame, pd.DataFrame)
        assert len(frame) > 0, program
        assert frame.notna().any(axis=None), program
    assert len(PROGRAMS) == HANDBOOK.count("```python") > 0


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
