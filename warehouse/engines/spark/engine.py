"""Spark builds, DuckDB keeps: a model runs on Spark over Parquet, and its table is taken into the warehouse.

Only a model that is proven equal is given to Spark (`proof.csv`, which `make engines` writes); the rest DuckDB builds
itself, from the same warehouse.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from warehouse import building, raw_tables
from warehouse.database import Database
from warehouse.engines.embedded import Embedded
from warehouse.engines.spark import tables
from warehouse.engines.spark.proven import is_proven
from warehouse.engines.spark.rules import Untranslatable
from warehouse.engines.spark.session import session
from warehouse.engines.spark.transpile import schema_of, transpiled
from warehouse.models import Model


class Distributed(Embedded):
    """Reading is DuckDB's in any case: every table stands in the warehouse."""

    def __init__(self, database: Database, session: Any, folder: Path) -> None:
        super().__init__(database)
        self.session = session
        self.folder = folder

    def build(self, model: Model) -> int:
        raw_tables.ensure(self.database, model.reads)
        sql = self.told(model)
        if sql is None:
            rows = super().build(model)
        else:
            shape = self.shape_of(model.sql)
            made = self.folder / "made" / model.table
            for table in model.reads:
                tables.offer(self.session, self.database.connection, table, self.folder / "given")
            self.session.sql(sql).write.mode("overwrite").parquet(str(made))
            taken = f"select {tables.as_shaped(shape)} from read_parquet('{made}/*.parquet')"
            rows = building.build(self.database, replace(model, sql=taken))
        tables.forget(self.session, model.table, self.folder / "given")
        return rows

    def told(self, model: Model) -> str | None:
        """What Spark is told of a model; None where that is not proven, so that DuckDB builds it."""
        if model.kind == "view":
            return None
        try:
            sql = transpiled(model.sql, schema_of({table: self.shape_of(table) for table in model.reads}))
        except Untranslatable:
            return None
        return sql if is_proven(model.table, sql) else None

    def shape_of(self, source: str) -> dict[str, str]:
        """Column → type of a table, or of a select as DuckDB binds it without running it."""
        return {name: kind for name, kind, *_ in self.database.query(f"describe {source}")}


@contextmanager
def distributed(database: Database, folder: Path) -> Iterator[Distributed]:
    """For one run: what Spark has on disk goes with it. Raises NoJava."""
    try:
        with session(folder) as opened:
            yield Distributed(database, opened, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
