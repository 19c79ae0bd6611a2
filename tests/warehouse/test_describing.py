"""A published file explains itself: words for every table and column, and views that people read in Excel."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse import ledger
from warehouse.database import Database
from warehouse.publishing import publish


FIGURES = """
create table marts.indicator_result as
select
    date '2025-06-30'   as closing_date,
    'MT1'               as indicator,
    true                as is_headline,
    'to_chuc'           as applicant_group,
    'moi'               as period_kind,
    0.96999::double     as actual,
    ['E1', 'E2']        as tests,
    'O''Hara'           as citation
"""


@pytest.fixture
def reader(warehouse: Database, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    ledger.set_closing(warehouse, date(2025, 6, 30), "r")
    warehouse.query(FIGURES)
    published = publish(warehouse, tmp_path / "published", run_id="r", closing_date=date(2025, 6, 30))
    return duckdb.connect(str(published.path), read_only=True)


def test_the_view_shows_words_percentages_and_what_nobody_has_named_as_it_is(reader: duckdb.DuckDBPyConnection) -> None:
    found = reader.execute('from bao_cao."Kết quả chỉ tiêu"')
    assert [name for name, *_ in found.description or ()] == [
        "Ngày chốt số liệu",
        "Chỉ tiêu",
        "Là định nghĩa chính",
        "Đối tượng",
        "Loại kỳ",
        "Kết quả (%)",
        "Các phép thử",
        "Căn cứ",
    ]
    assert found.fetchall() == [(date(2025, 6, 30), "MT1", "Có", "Tổ chức", "moi", 97.0, "E1, E2", "O'Hara")]


def test_comments_and_the_dictionary_say_the_same(reader: duckdb.DuckDBPyConnection) -> None:
    (comment,) = reader.execute(
        "select comment from duckdb_columns() where table_name = 'indicator_result' and column_name = 'actual'"
    ).fetchall()[0]
    found = reader.execute(
        "select data_type, label || '. ' || description from data_dictionary.columns"
        " where table_name = 'marts.indicator_result' and column_name = 'actual'"
    ).fetchall()
    assert found == [("DOUBLE", comment)]
    assert comment == "Kết quả. Tử số chia mẫu số (0,97 là 97 %); trống khi mẫu số bằng 0"


def test_a_published_table_carries_the_description_of_its_model(reader: duckdb.DuckDBPyConnection) -> None:
    found = dict(reader.execute("select table_name, description from data_dictionary.tables").fetchall())
    assert found["marts.indicator_result"].startswith("Kết quả từng chỉ tiêu theo định nghĩa, đơn vị")
    assert dict(
        reader.execute("select table_name, comment from duckdb_tables() where schema_name = 'marts'").fetchall()
    ) == {"indicator_result": found["marts.indicator_result"]}
