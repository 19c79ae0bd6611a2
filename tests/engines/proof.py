"""Model by model: what Spark makes of the tables that DuckDB has, against what DuckDB has made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from warehouse.database import MACROS
from warehouse.engines.spark import tables
from warehouse.engines.spark.lint import refusals
from warehouse.engines.spark.proven import EQUAL, REFUSED, digest, is_proven
from warehouse.engines.spark.rules import Untranslatable
from warehouse.engines.spark.transpile import schema_of, transpiled
from warehouse.models import Model


@dataclass(frozen=True)
class Verdict:
    """`verdict`: equal, different, failed or refused; `said`: how many rows were compared, or what went wrong."""

    table: str
    verdict: str
    digest: str
    said: str
    seconds: float


def proven(
    session: Any, warehouse: Path, models: Iterable[Model], folder: Path, again: bool = True
) -> Iterator[Verdict]:
    """Both engines over the same tables, those of a warehouse that DuckDB has built; both ways `except all`.

    `again`: also those that are proven as they stand. Nothing stands on Spark's own results here; and DuckDB runs each
    model again, since what it stood on may have gone on.
    """
    with opened(warehouse) as oracle:
        schema = schema_of(tables.shapes(oracle))
        for model in models:
            started = perf_counter()
            try:
                sql = transpiled(model.sql, schema)
                against = refusals(model.sql, schema)
            except Untranslatable as error:
                sql, against = "", [str(error)]
            if not again and is_proven(model.table, sql):
                continue
            verdict, said = (REFUSED, "; ".join(against)) if against else one(session, oracle, model, sql, folder)
            yield Verdict(model.table, verdict, digest(sql), said, perf_counter() - started)


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as oracle:
        oracle.execute("set TimeZone = 'UTC'")
        oracle.execute("set threads = 1")
        oracle.execute(f"attach '{warehouse}' as warehouse (read_only)")
        oracle.execute("use warehouse")
        oracle.execute(MACROS.read_text(encoding="utf-8"))
        yield oracle


def one(session: Any, oracle: duckdb.DuckDBPyConnection, model: Model, sql: str, folder: Path) -> tuple[str, str]:
    for table in model.reads:
        tables.offer(session, oracle, table, folder / "given")
    made = folder / "made" / model.table
    try:
        session.sql(sql).coalesce(1).write.mode("overwrite").parquet(str(made))
        oracle.execute(f"create or replace temp table ours as {model.sql}")
        return compared(oracle, made)
    except Exception as error:  # whatever either says of it is the finding
        return "failed", " ".join(str(error).split())[:300]


def compared(oracle: duckdb.DuckDBPyConnection, made: Path) -> tuple[str, str]:
    shape = {name: kind for name, kind, *_ in oracle.execute("describe temp.main.ours").fetchall()}
    theirs = f"(select {tables.as_shaped(shape)} from read_parquet('{made}/*.parquet'))"
    oracle.execute(f"create or replace temp table theirs as select {tables.comparable(shape)} from {theirs}")
    oracle.execute(f"create or replace temp table ours as select {tables.comparable(shape)} from temp.main.ours")
    counts = oracle.execute(
        "select (select count(*) from temp.main.ours), (select count(*) from temp.main.theirs),"
        " (select count(*) from (from temp.main.ours except all from temp.main.theirs)),"
        " (select count(*) from (from temp.main.theirs except all from temp.main.ours))"
    ).fetchone()
    assert counts
    if counts[2] == counts[3] == 0:
        return EQUAL, f"{counts[0]} rows"
    columns = [name for name in shape if differs(oracle, name)]
    first = [
        oracle.execute(f"from (from temp.main.{a} except all from temp.main.{b}) order by all limit 1").fetchall()
        for a, b in (("ours", "theirs"), ("theirs", "ours"))
    ]
    said = f"{counts[0]} rows against {counts[1]}, {counts[2]} missing, {counts[3]} more, in {', '.join(columns)}"
    return "different", f"{said}: {first}"


def differs(oracle: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = oracle.execute(
        f'select count(*) from (select "{name}" from temp.main.ours except all select "{name}" from temp.main.theirs)'
    ).fetchone()
    return bool(found and found[0])
