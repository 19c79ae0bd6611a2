"""MT1 on Spark's own tables, on two executors of which one is killed: the tables are DuckDB's to the last row."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from tests.engines.proof import opened
from warehouse import building
from warehouse.engines.spark import tables
from warehouse.engines.spark.session import session
from warehouse.engines.spark.transpile import schema_of, transpiled
from warehouse.models import Model, load


TWO_EXECUTORS = "local-cluster[2,1,1024]"
SMALL = {"spark.driver.memory": "1g", "spark.executor.memory": "768m", "spark.sql.shuffle.partitions": "2"}
KILLED_DURING = "core.dossier_clock"
MT1 = (
    "core.office_clock",
    "staging.portal__dossiers",
    "core.pause_requests",
    "core.dossier_intake",
    "core.dossiers",
    "core.dossier_pauses",
    "core.dossier_dues",
    "core.dossier_clock",
    "core.dossier_measures",
    "indicators.mt1",
    "indicators.mt1a",
    "indicators.mt1b",
    "indicators.dossier_facts",
)


class Asked:
    """A connection as `table_hash` asks it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def query(self, sql: str, params: Any = ()) -> list[Any]:
        return self.connection.execute(sql, params or None).fetchall()


def hashes(warehouse: Path, folder: Path, seconds_to_live: float = 1.0) -> Iterator[tuple[str, str, str, int]]:
    """Table → its hash by DuckDB, by Spark, and how many executors were there when it was done."""
    models = [model for model in load() if model.table in MT1]
    with opened(warehouse) as oracle, session(folder / "chain", TWO_EXECUTORS, SMALL) as spark:
        schema = schema_of(tables.shapes(oracle))
        for model in models:
            made = built(spark, oracle, model, transpiled(model.sql, schema), folder, seconds_to_live)
            yield model.table, *compared(oracle, model, made), len(executors(spark))


def built(
    spark: Any, oracle: duckdb.DuckDBPyConnection, model: Model, sql: str, folder: Path, seconds_to_live: float
) -> Path:
    for table in model.reads - set(MT1):
        tables.offer(spark, oracle, table, folder / "given")
    made = folder / "chained" / model.table
    victim = executors(spark)[0]
    death = Timer(seconds_to_live, os.kill, (victim, signal.SIGKILL))
    if model.table == KILLED_DURING:
        death.start()
    spark.sql(sql).write.parquet(str(made))
    if model.table == KILLED_DURING:
        death.join()
        assert victim not in executors(spark), "the executor was to be killed, and lives"
    spark.sql(f"create database if not exists `{model.schema}`")
    spark.sql(f"create table `{model.schema}`.`{model.name}` using parquet location '{made}'")
    return made


def executors(spark: Any) -> list[int]:
    """Processes that the session's own Java machine has started."""
    machine = spark.sparkContext._gateway.proc.pid
    told = subprocess.run(["/bin/ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 2) for line in told.splitlines()[1:]]
    ours = {machine, *(int(pid) for pid, parent, _ in lines if int(parent) == machine)}
    return [int(pid) for pid, parent, args in lines if int(parent) in ours and "CoarseGrainedExecutorBackend" in args]


def compared(oracle: duckdb.DuckDBPyConnection, model: Model, made: Path) -> tuple[str, str]:
    oracle.execute(f"create or replace temp table ours as {model.sql}")
    shape = building.columns(Asked(oracle), "temp.main.ours")
    theirs = f"select {tables.as_shaped(shape)} from read_parquet('{made}/*.parquet')"
    oracle.execute(f"create or replace temp table theirs as {theirs}")
    asked = Asked(oracle)
    return building.table_hash(asked, "temp.main.ours"), building.table_hash(asked, "temp.main.theirs")
