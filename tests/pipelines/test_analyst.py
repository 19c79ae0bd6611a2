"""The analyst's handbook is true of a published file: all that is in it runs, every column has its words."""

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.support.answers import ANSWERS
from tests.support.answers.evidence import Evidence


HANDBOOK = (Path(__file__).parents[2] / "docs" / "analyst.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", HANDBOOK, re.DOTALL)
QUESTIONS = re.findall(r"^### \d+\. ([^\n]+)\n.*?```sql\n(.*?)```", HANDBOOK, re.DOTALL | re.MULTILINE)
PROGRAMS = re.findall(r"```python\n(.*?)```", HANDBOOK, re.DOTALL)
# Percentages are shown with two decimals; effects have nine.
SHOWN = 0.00501
A_WEEK_EARLIER = """
insert into marts.indicator_result
select * exclude (is_whole) replace (
    closing_date - 8 as closing_date,
    numerator - if(is_whole, 20, 0) as numerator,
    denominator - if(is_whole, 22, 0) as denominator
)
from (
    select *, indicator = 'MT1' and applicant_group = 'all' as is_whole
    from marts.indicator_result
    where unit_code = 'VP' and definition = 'R1' and period_kind = 'year_to_date'
)
"""


@pytest.fixture(scope="module")
def reader(first_night: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night / "published" / "mtcl.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def evidence(reader: duckdb.DuckDBPyConnection) -> Evidence:
    return Evidence(reader)


def query_that(words: str) -> str:
    (query,) = [query for query in QUERIES if words in query]
    return str(query)


def is_same(told: Any, counted: Any) -> bool:
    if isinstance(counted, float) and told is not None:
        return abs(float(told) - counted) < SHOWN
    return bool(told == counted)


def test_the_handbook_asks_twenty_questions_of_one_query_each() -> None:
    headings = re.findall(r"^### (\d+)\.", HANDBOOK, re.MULTILINE)
    parts = re.split(r"^##+ ", HANDBOOK, flags=re.MULTILINE)
    assert headings == [str(number) for number in range(1, 21)]
    assert [part.count("```sql") for part in parts if part[0].isdigit()] == [1] * 20
    assert len(QUESTIONS) == len(ANSWERS)


@pytest.mark.parametrize("number", range(1, 21))
def test_a_question_is_answered_as_it_is_by_another_way(
    reader: duckdb.DuckDBPyConnection, evidence: Evidence, number: int
) -> None:
    _, query = QUESTIONS[number - 1]
    told, counted = reader.execute(query).fetchall(), ANSWERS[number - 1](evidence)
    differing = [
        pair
        for pair in zip(told, counted, strict=False)
        if not all(map(is_same, *pair)) or len(pair[0]) != len(pair[1])
    ]
    assert differing == []
    assert len(told) == len(counted) > 0


def test_what_changed_within_a_week_is_told_by_two_closing_dates(
    reader: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """The same figures as a week earlier, when twenty of 22 dossiers of MT1 more were still to be met."""
    (file,) = reader.execute("select path from duckdb_databases() where not internal").fetchall()[0]
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(file, copy)
    copy.chmod(0o600)
    with duckdb.connect(str(copy)) as changed:
        changed.execute(A_WEEK_EARLIER)
        found = changed.execute(query_that("as more_judged")).fetchall()
    assert ("MT1", 20, 22) in found
    assert {tuple(row[1:]) for row in found if row[0] in ("MT1a", "MT1b")} == {(0, 0)}


def test_mix_and_rate_come_to_the_change_of_every_kind_of_period(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(query_that("as mix")).fetchall()
    assert [row for row in rows if row[3] + row[4] != row[5]] == []
    assert {row[0] for row in rows} == {"month", "quarter", "year_to_date"}


def test_what_may_be_summed_comes_to_the_rate(reader: duckdb.DuckDBPyConnection) -> None:
    figure = "select numerator, denominator from marts.scoreboard where indicator = 'MT1'"
    assert reader.execute(query_that("core.dossier_flows")).fetchall() == reader.execute(figure).fetchall()


def test_a_column_is_followed_back_to_the_fields_of_the_source(reader: duckdb.DuckDBPyConnection) -> None:
    found = {row[:3] for row in reader.execute(query_that("data_dictionary.lineage")).fetchall()}
    assert ("raw.portal__dossiers", "payload", "appointmentDate") in found
    assert {table.partition("__")[0] for table, *_ in found} == {"raw.portal"}


def test_a_reader_gives_the_database_a_folder_of_its_own(reader: duckdb.DuckDBPyConnection) -> None:
    with reader.cursor() as cursor:
        cursor.execute(query_that("temp_directory"))
        assert cursor.execute("select current_setting('temp_directory')").fetchall() == [("/tmp/mtcl-tam",)]  # noqa: S108


def test_a_session_is_told_that_a_newer_version_stands_beside_it(
    reader: duckdb.DuckDBPyConnection, first_night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "var" / "published"
    folder.mkdir(parents=True)
    (manifest,) = (first_night / "published").glob("mtcl-*.json")
    shutil.copyfile(manifest, folder / manifest.name)
    monkeypatch.chdir(tmp_path)
    query = query_that("is_stale")
    assert [(row[0], row[2]) for row in reader.execute(query).fetchall()] == [(manifest.stem, False)]
    later = json.loads(manifest.read_text(encoding="utf-8"))
    later |= {"version": "mtcl-2026-01-01-1", "created_at": "2026-01-01T20:00:00+07:00", "run_id": "another"}
    (folder / "mtcl-2026-01-01-1.json").write_text(json.dumps(later), encoding="utf-8")
    assert [(row[0], row[2]) for row in reader.execute(query).fetchall()] == [("mtcl-2026-01-01-1", True)]


def test_people_and_programs_find_what_there_is(reader: duckdb.DuckDBPyConnection) -> None:
    marts = reader.execute("select count(*) from duckdb_tables() where schema_name = 'marts'").fetchall()
    assert [(len(reader.execute(query_that("select table_name, label")).fetchall()),)] == marts
    shown = reader.execute(query_that("from bao_cao")).fetchall()
    assert [row[1] for row in shown] == [row[0] for row in reader.execute(QUESTIONS[0][1]).fetchall()]


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
