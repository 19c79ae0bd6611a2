"""Makes a published file explain itself: comments, the tables of `data_dictionary`, Vietnamese views in `bao_cao`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from warehouse import contract, dictionary
from warehouse.contract.lineage import steps
from warehouse.database import Database
from warehouse.dictionary import SHARE, Dictionary


COLUMNS = """
select schema_name || '.' || table_name as name, column_name, data_type
from duckdb_columns()
where database_name = $1 and list_contains(['core', 'reference', 'marts'], schema_name)
order by schema_name, table_name, column_index
"""

SOURCES = "reference.sources"
TITLES = "select distinct system, system_title from {catalog}.reference.sources"

OBJECTIVES = "reference.objectives"
REASONS_OF_DATA = "reference.indicator_reasons"
INDICATORS = "select indicator, arg_max(label, objective_year) from reference.objectives group by indicator"

CODES = "select {code}, min({label}) from {table} group by {code}"
TABLE_ENTRY = ("table_name", "label", "description", "label_en", "grain", "grain_en", "key")
COLUMN_ENTRY = (
    "table_name", "position", "column_name", "data_type", "label", "unit", "description",
    "label_en", "additivity", "not_additive_over",
)  # fmt: skip

LINEAGE = ("table_name", "column_name", "from_table", "from_column", "source_field")

PERCENT_OF_SHARES = "if(measure in ('rate', 'milestone', 'change'), 100, 1)"

Shape = dict[str, dict[str, str]]


def describe(database: Database, catalog: str) -> None:
    """Works on an attached file that holds the published tables already."""
    shape = shape_of(database, catalog)
    words = dictionary.load()
    if SOURCES in shape:
        words = words.naming("system", dict(database.query(TITLES.format(catalog=catalog))))
    database.query(f"use {catalog}")
    try:
        # One transaction: a thousand comments are not a thousand writes.
        with database.transaction("descriptions"):
            for table, columns in shape.items():
                for sql in comments(words, table, columns):
                    database.query(sql)
                if words.table(table).label:
                    database.query(view(words, table, columns))
            write_dictionary(database, words, shape)
    finally:
        database.query("use warehouse")


def shape_of(database: Database, catalog: str) -> Shape:
    """Types by column by table."""
    found: Shape = {}
    for table, column, kind in database.query(COLUMNS, [catalog]):
        found.setdefault(table, {})[column] = kind
    return found


def comments(words: Dictionary, table: str, columns: dict[str, str]) -> Iterator[str]:
    yield f"comment on table {table} is {text(words.table(table).description)}"
    for name in columns:
        column = words.column(table, name)
        if column:
            yield f'comment on column {table}."{name}" is {text(column.comment)}'


def view(words: Dictionary, table: str, columns: dict[str, str]) -> str:
    """The table with the words of people: labels for names, percentages for fractions, words for codes."""
    taken: set[str] = set()
    # Where the table says what is measured, a score or a number of days stays what it is.
    scale = PERCENT_OF_SHARES if "measure" in columns and table.startswith("marts.") else "100"
    shown = ",\n    ".join(shown_column(words, table, name, kind, taken, scale) for name, kind in columns.items())
    return f"create view bao_cao.{quoted(words.table(table).label)} as select\n    {shown}\nfrom {table}"


def shown_column(words: Dictionary, table: str, name: str, kind: str, taken: set[str], scale: str) -> str:
    column = words.column(table, name)
    label = column.label if column else name
    value = f'"{name}"'
    if column and column.unit == SHARE:
        label, value = f"{label} (%)", f"round({scale} * {value}, 2)"
    elif kind == "BOOLEAN":
        value = f"case when {value} then 'Có' when not {value} then 'Không' end"
    elif kind.endswith("[]"):
        value = f"array_to_string({value}, ', ')"
    elif name in words.values:
        cases = " ".join(f"when {text(code)} then {text(word)}" for code, word in words.values[name].items())
        value = f"case {value} {cases} else {value} end"
    if label in taken:
        label = f"{label} ({name})"
    taken.add(label)
    return f"{value} as {quoted(label)}"


def write_dictionary(database: Database, words: Dictionary, shape: Shape) -> None:
    tables = [table_entry(words, table) for table in shape]
    columns = [
        {"table_name": table, "position": position, **column_entry(words, table, name, kind)}
        for table, own in shape.items()
        for position, (name, kind) in enumerate(own.items(), 1)
    ]
    write_entries(database, "tables", tables, TABLE_ENTRY)
    write_entries(database, "columns", columns, COLUMN_ENTRY)
    write_values(database, words, shape)
    write_rows(database, "lineage", LINEAGE, lineage(shape))


def write_entries(database: Database, name: str, entries: list[dict[str, Any]], columns: Sequence[str]) -> None:
    fields = pa.schema([(column, pa.int32() if column == "position" else pa.string()) for column in columns])
    with database.registered("described", pa.Table.from_pylist(entries, fields)):
        database.query(f"create table data_dictionary.{name} as from described")


def table_entry(words: Dictionary, table: str) -> dict[str, Any]:
    known, own = words.table(table), contract.of_table(table)
    row, row_en = contract.grain(table)
    return {
        "table_name": table,
        "label": known.label,
        "description": known.description,
        "label_en": own.name_en or table.partition(".")[2].replace("_", " "),
        "grain": row,
        "grain_en": row_en,
        "key": ", ".join(own.key),
    }


def column_entry(words: Dictionary, table: str, name: str, kind: str) -> dict[str, Any]:
    column, measure = words.column(table, name), contract.measure(table, name)
    return {
        "column_name": name,
        "data_type": kind,
        "label": column.label if column else "",
        "unit": column.unit if column else "",
        "description": column.description if column else "",
        "label_en": contract.name_en(table, name),
        "additivity": measure.additivity,
        "not_additive_over": ", ".join(measure.not_over),
    }


def write_values(database: Database, words: Dictionary, shape: Shape) -> None:
    """Every code that has a word, by the column where it stands; indicators as the decision names them."""
    named = [(column, value, label) for column, own in words.values.items() for value, label in own.items()]
    if OBJECTIVES in shape:
        named += [("indicator", *row) for row in database.query(INDICATORS)]
    if REASONS_OF_DATA in shape:
        known = words.values.get("reason_code", {})
        own = dict(database.query(f"select reason_code, min(words) from {REASONS_OF_DATA} group by reason_code"))
        named += [("reason_code", code, label) for code, label in own.items() if code not in known]
    for listed in contract.code_lists():
        if listed.table in shape:
            named += [
                (listed.column, code, label)
                for code, label in database.query(CODES.format(**asdict(listed)))
                if code not in words.values.get(listed.column, {})
            ]
    write_rows(database, "values", ("column_name", "value", "label"), sorted(named))


def lineage(shape: Shape) -> list[tuple[str, ...]]:
    """A step a row, from each published table back to the raw ones; of a column that no published table has, none."""
    return sorted(
        (table, column, one.table, one.column, one.field)
        for table, column, one in steps(shape)
        if table not in shape or column in shape[table]
    )


def write_rows(database: Database, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    texts = pa.schema([(column, pa.string()) for column in columns])
    parts = [list(part) for part in zip(*rows, strict=True)] or [[] for _ in columns]
    with database.registered("described", pa.table(parts, schema=texts)):
        database.query(f"create table data_dictionary.{name} as from described")


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
