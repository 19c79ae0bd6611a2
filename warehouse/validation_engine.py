"""Great Expectations over the warehouse's own connection. Importing this takes seconds: validation.py does it late.

Version 1.24 knows no DuckDB, and its SQLAlchemy engine closes the connection before it fetches, so that every rule
"fails". Keeping one connection is all it needs (design §4.3).
"""

import builtins
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

import duckdb


os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read while Great Expectations is being imported

import sqlalchemy as sa
from duckdb_sqlalchemy import ConnectionWrapper, Dialect
from great_expectations.data_context.data_context.context_factory import set_context
from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from sqlalchemy.engine.interfaces import ReflectedPrimaryKeyConstraint


class BorrowedConnection(ConnectionWrapper):
    """The warehouse's connection as SQLAlchemy sees it: not ours to close, nor its transactions ours to move."""

    def close(self) -> None:
        pass

    def begin(self) -> None:
        pass

    def commit(self) -> None:
        pass

    def rollback(self) -> None:
        pass


class WarehouseDialect(Dialect):
    supports_statement_cache = False
    # How Great Expectations chooses the function for regular expressions; DuckDB calls it as Dremio does.
    DremioDialect = True

    def get_pk_constraint(self, *_: object, **__: object) -> ReflectedPrimaryKeyConstraint:
        """No table of ours has one; Great Expectations asks for each, which costs as much as the columns."""
        return {"constrained_columns": [], "name": None}


sa.dialects.registry.register("duckdb.warehouse", __name__, WarehouseDialect.__name__)


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Keeps one connection open, so that a result is still there when it is fetched."""

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection


class DuckDBDatasource(SQLDatasource):
    """`data_sources.add_duckdb(...)`; the class registers itself by its type."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]  # as every subclass of Great Expectations does

    @property
    def execution_engine_type(self) -> builtins.type[SqlAlchemyExecutionEngine]:
        return DuckDBExecutionEngine


class UnsavedContext(EphemeralDataContext):
    """Of this process alone: what it knows is not written out as YAML, three times for every table that is asked."""

    def _save_project_config(self) -> None:
        pass


@cache
def context() -> UnsavedContext:
    """One for the process, without the folder for documents that nobody asks for."""
    made = UnsavedContext(
        DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            progress_bars=ProgressBarsConfig(globally=False),
        )
    )
    set_context(made)
    return made


def table_batch(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Batch:
    """The whole table as a batch that validates inside `connection`."""
    source = context().data_sources.add_or_update_duckdb(
        name="warehouse",
        connection_string="duckdb+warehouse://",
        kwargs={"creator": lambda: BorrowedConnection(connection), "poolclass": sa.pool.StaticPool},
    )
    asset = source.add_table_asset(f"{schema}.{table}", table_name=table, schema_name=schema)
    batch: Batch = asset.add_batch_definition_whole_table("whole").get_batch()
    return batch
