"""What a derived table was made of, so that a model for which nothing has changed is not run again (design §4.26).

A model is a pure function of its text, the macros, the engine and the tables that it reads. Of a table that a model
made, the digest of its rows is kept with it, so that a change that comes to nothing stops where it does; of any other
(raw, reference, ledger, one with a partition per closing date) it is taken when it is asked for. Only columns that the
model names count: every night writes into others by which run a row was seen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

import duckdb

from warehouse import building, engines, raw_tables
from warehouse.database import MACROS, Database
from warehouse.models import Model, syntax_text


# So long a table stands on the word of its note; then it is made anew, and must come out the same.
STANDS_FOR = timedelta(days=7)
CLOSING = "reference.closing"
OF_CLOSING = ("closing_date", "known_from", "known_until", "run_id", "org_code")
MADE = "select table_name, content from ledger.builds where list_contains($1, table_name)"
# Whoever writes over a payload in its place enters that here (raw_integrity.py, forgetting.py).
WRITTEN_OVER = ("quarantine.damaged_payloads", "ledger.retention_cuts")

WORD = re.compile(r"\w+")
# Rows taken as a whole: what a star brought along then counts without being named.
STAR = '"class":"STAR"'
WHOLE = (
    "DISTINCT_MODIFIER",
    "SET_OPERATION_NODE",
    "RECURSIVE_CTE_NODE",
    "LIMIT_MODIFIER",
    "FORCE_AGGREGATES",
    '"NATURAL"',
    '"PIVOT"',
)
FROM = re.compile(r'"type":"(?:BASE_TABLE|SUBQUERY|TABLE_FUNCTION|CTE)","alias":"([^"]*)"')
FROM_NAME = re.compile(r'"table_name":"([^"]+)"')
SINGLE = re.compile(r'"column_names":\["([^"]+)"\]')
# What is cut by an instant depends on which of the instants it knows lie before it, not on the instant itself.
CUT = re.compile(r"\b(first_seen_at|withdrawn_at) (?:<|>=) closing\.known_until\b")
CUT_BY = "known_until"


DIFFERS = (
    "Bảng {table} giữ nguyên từ {since:%d/%m/%Y} nhưng lập lại từ cùng dữ liệu thì ra khác. Không công bố lần này; báo "
    "người quản trị hệ thống, rồi chạy lại: mọi bảng dựa vào bảng này sẽ được lập lại."
)


class Differs(Exception):
    """A table that stood came out otherwise from the same; the message is for the officer."""


class Made(NamedTuple):
    """`is_new`: whether the table had to be made."""

    rows: int
    is_new: bool


class Note(NamedTuple):
    """What is kept of a table that stands as it would be made now."""

    rows: int
    content: str
    made_at: datetime


def make(database: Database, model: Model) -> Made:
    """The model's table as it would be made now; made where it does not stand so, and after a week to compare it.

    Raises Differs, errors of building.build.
    """
    made_of = inputs(database, model)
    standing = noted(database, model, made_of)
    if standing and database.clock() - standing.made_at < STANDS_FOR:
        return Made(standing.rows, is_new=False)
    count = engines.of(database).build(model)
    content = note(database, model, made_of, count)
    if standing and standing.content != content:
        raise Differs(DIFFERS.format(table=model.table, since=standing.made_at))
    return Made(count, is_new=True)


def forget(database: Database) -> None:
    """Makes everything anew: what is to prove a publication stands on no note."""
    database.query("delete from ledger.builds")


def inputs(database: Database, model: Model) -> str:
    """Digest of everything that the model's table would be made of now."""
    raw_tables.ensure(database, model.reads)
    made = dict(database.query(MADE, [sorted(model.reads)]))
    output = building.columns(database, model.table).keys()
    tokens = {table: made.get(table) or token(database, table, model, output) for table in sorted(model.reads)}
    return digest([model.sql, model.kind, ground(), *(f"{table} {told}" for table, told in tokens.items())])


@cache
def ground() -> str:
    """What every model stands on beside its tables."""
    return digest([duckdb.__version__, MACROS.read_text(encoding="utf-8")])


def noted(database: Database, model: Model, made_of: str) -> Note | None:
    """None where the table must be made. A partition of a closing date names the run that made it: each makes it."""
    found = database.query(
        "select rows, content, made_at from ledger.builds where table_name = $1 and inputs = $2", [model.table, made_of]
    )
    if not found or not building.columns(database, model.table):
        return None
    kept = Note(*found[0])
    # Rows that somebody wrote over would stand for a week where the night used to make them anew.
    is_as_made = model.kind == "view" or content_of(database, model.table) == kept.content
    return kept if is_as_made else None


def note(database: Database, model: Model, made_of: str, count: int) -> str | None:
    """Its content. Call it after the table was made; until then nothing is kept of it (building.build)."""
    if model.partitioned:
        return None
    content = made_of if model.kind == "view" else content_of(database, model.table)
    values = [model.table, made_of, content, count, database.clock()]
    database.query("insert into ledger.builds values ($1, $2, $3, $4, $5, null, null)", values)
    return content


def token(database: Database, table: str, model: Model, output: Collection[str]) -> str:
    """What counts for a model of a table that no model made; `output`: the columns that it makes."""
    if table == CLOSING:
        return token_of_closing(database, model, output)
    if table.startswith("reference."):
        return content_of(database, table)
    own = columns_named(model.sql, building.columns(database, table), output)
    if table.startswith("raw.") and "payload" in own:
        # A payload is known by its hash: of millions of texts none is read here.
        written_over = [content_of(database, entries) for entries in WRITTEN_OVER]
        return digest([content_of(database, table, own - {"payload"} | {"content_hash"}), *written_over])
    return content_of(database, table, own)


def token_of_closing(database: Database, model: Model, output: Collection[str]) -> str:
    (values,) = database.query(f"select {', '.join(OF_CLOSING)} from {CLOSING}") or [()]
    own = columns_named(model.sql, OF_CLOSING, output)
    told = {name: str(value) for name, value in zip(OF_CLOSING, values, strict=False) if name in own}
    if CUT_BY in own and CUT_BY not in output and is_cut_only(model.sql, model.reads):
        told[CUT_BY] = " ".join(before_the_cut(database, read) for read in sorted(model.reads - {CLOSING}))
    return json.dumps(told)


def content_of(database: Database, table: str, columns: Collection[str] = ()) -> str:
    """Rows, the sum of their hashes, so in whatever order, and their shape. Unlike `table_hash` of this DuckDB alone.

    `columns`: of these alone; none given, of all.
    """
    row = ", ".join(f'"{name}"' for name in sorted(columns))
    shape, row = (f"row({row})", row) if columns else ("row_of", "row_of")
    found = database.query(f"select count(*), sum(hash({row}))::varchar, typeof(first({shape})) from {table} as row_of")
    return " ".join([row, *map(str, found[0])])


def columns_named(sql: str, columns: Iterable[str], output: Collection[str]) -> set[str]:
    """Those columns of a table that can change what a model makes of it; all where it takes rows as a whole."""
    if takes_whole(sql):
        return set(columns)
    return {name for name in columns if name in words(sql) or name in output}


@cache
def words(sql: str) -> frozenset[str]:
    return frozenset(WORD.findall(sql.lower()))


@cache
def takes_whole(sql: str) -> bool:
    """Whether a column may count that the text does not name and the table it makes does not have."""
    tree = syntax_text(sql)
    # A name that is a column's as well means the column: DuckDB looks for columns first.
    rows_of = {*FROM.findall(tree), *FROM_NAME.findall(tree)} - set(WORD.findall(raw_tables.SHAPE))
    return bool(rows_of & set(SINGLE.findall(tree))) or (STAR in tree and any(mark in tree for mark in WHOLE))


@cache
def is_cut_only(sql: str, reads: frozenset[str]) -> bool:
    of_raw = all(table.startswith("raw.") for table in reads - {CLOSING}) and not takes_whole(sql)
    return of_raw and len(CUT.findall(sql)) == len(re.findall(rf"\b{CUT_BY}\b", sql))


def before_the_cut(database: Database, table: str) -> str:
    (counts,) = database.query(
        "select count(*) filter (where first_seen_at < known_until), count(*) filter (where withdrawn_at < known_until)"
        f" from {table}, {CLOSING}"
    )
    return f"{table} {counts}"


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
