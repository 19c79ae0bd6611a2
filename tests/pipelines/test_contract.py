"""The contract is true of a published night: keys, references, what may be added up, words in two languages."""

from pathlib import Path

import duckdb
import pytest

from tests.support.promises import broken
from warehouse import contract, models
from warehouse.contract.lineage import lineage


# Numbers that are names, ranks, years or settings: nobody would add them.
NO_AMOUNTS = {
    "audit_year", "decimals", "direction", "heading_position", "number", "objective_position", "objective_year",
    "position", "rank_told", "stt",
}  # fmt: skip
NUMBERS = ("BIGINT", "DOUBLE", "HUGEINT", "INTEGER")


@pytest.fixture(scope="module")
def reader(first_night: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night / "published" / "mtcl.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def shapes(reader: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in reader.execute(
        "select table_name, column_name, data_type from data_dictionary.columns order by table_name, position"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def test_every_mart_and_every_list_has_its_terms(shapes: dict[str, dict[str, str]]) -> None:
    assert [table for table in shapes if not table.startswith("core.") and table not in contract.terms()] == []
    assert [table for table in contract.terms() if table not in shapes] == []
    columns = [(table, name) for table, own in contract.terms().items() for name in own.key]
    columns += list(contract.measures())
    columns += [
        (table, name) for table, own in contract.measures() for name in contract.measures()[table, own].not_over
    ]
    columns += [(one.table, name) for one in contract.references() for name in one.columns]
    columns += [(one.to_table, name) for one in contract.references() for name in one.to_columns]
    assert [pair for pair in columns if pair[1] not in shapes[pair[0]]] == []


def test_what_is_promised_of_every_publication_holds(first_night: Path) -> None:
    """Also where a source is silent (test_unread) and where all that it sends is spoilt (test_personal_data)."""
    assert broken(first_night / "published" / "mtcl.duckdb") == []


def test_every_unit_of_every_mart_is_a_row_of_the_one_list(
    reader: duckdb.DuckDBPyConnection, shapes: dict[str, dict[str, str]]
) -> None:
    tables = [table for table, columns in shapes.items() if table.startswith("marts.") and "unit_code" in columns]
    lost = {
        table: rows
        for table in tables
        for rows in [
            reader.execute(
                f"select distinct unit_code from {table} where unit_code is not null"
                " except select unit_code from marts.dim_unit"
            ).fetchall()
        ]
        if rows
    }
    assert lost == {}
    assert len(tables) > 15


def test_every_amount_says_whether_it_may_be_added_up(shapes: dict[str, dict[str, str]]) -> None:
    silent = [
        (table, name)
        for table, columns in shapes.items()
        for name, kind in columns.items()
        if table.startswith("marts.")
        and (kind in NUMBERS or kind.startswith("DECIMAL"))
        and name not in NO_AMOUNTS
        and not contract.measure(table, name).additivity
    ]
    assert silent == []


def test_the_dictionary_speaks_two_languages(reader: duckdb.DuckDBPyConnection) -> None:
    tables = "select label_en, grain, grain_en, key from data_dictionary.tables where table_name = 'marts.funnel'"
    assert reader.execute(tables).fetchall() == [
        (
            "Funnel plot",
            "Chỉ tiêu × Mã đơn vị × Ngày đầu kỳ × Ngày cuối kỳ",
            "indicator × unit code × period start × period end",
            "indicator, unit_code, period_start, period_end",
        )
    ]
    columns = (
        "select label, label_en, unit, additivity, not_additive_over from data_dictionary.columns"
        " where table_name = 'marts.unit_history' and column_name in ('actual', 'open_dossiers') order by position"
    )
    assert [row[1:4] for row in reader.execute(columns).fetchall()] == [
        ("result (a fraction where it is a rate)", "share", "non_additive"),
        ("open dossiers", "hồ sơ", "semi_additive"),
    ]
    without = "select count(*) from data_dictionary.columns where label = '' or label_en = ''"
    assert reader.execute(without).fetchall() == [(0,)]


def test_codes_of_the_lists_have_their_words(reader: duckdb.DuckDBPyConnection) -> None:
    classes = "select count(*) from data_dictionary.values where column_name = 'classification'"
    assert (
        reader.execute(classes).fetchall()
        == reader.execute("select count(*) from reference.classifications").fetchall()
    )


def test_every_column_of_every_model_says_what_it_is_made_of(shapes: dict[str, dict[str, str]]) -> None:
    """What is missing or gone is named; `python -m tests.column_lineage` writes it anew."""
    made = {model.table for model in models.load()}
    differing = {
        table: sorted(set(columns) ^ set(lineage().get(table, {})))
        for table, columns in shapes.items()
        if table in made and set(columns) != set(lineage().get(table, {}))
    }
    assert differing == {}
    lost = {
        one.written
        for columns in lineage().values()
        for origins in columns.values()
        for one in origins
        if one.table in made and one.column not in lineage()[one.table]
    }
    assert lost == set()
