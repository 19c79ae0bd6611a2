"""What builds a model: DuckDB in this process, or Spark where one machine no longer holds the tables.

Whatever engine is chosen, models, checks, quarantine and publication are the same: an engine leaves each table in the
warehouse as DuckDB itself would have made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol


# Settings name the engines: reading them opens no database.
if TYPE_CHECKING:
    from warehouse.database import Database
    from warehouse.models import Model


ENGINES = ("duckdb", "spark")


class Engine(Protocol):
    def build(self, model: Model) -> int:
        """Makes the table anew (or its partition of the closing date) and returns the rows written."""

    def rows(self, table: str) -> int: ...

    def table_hash(self, table: str) -> str: ...

    def query(self, sql: str, params: Sequence[object] = ()) -> list[Any]: ...


def of(database: Database) -> Engine:
    """What builds the models of an open warehouse."""
    from warehouse.engines import embedded

    return database.engine or embedded.Embedded(database)


@contextmanager
def chosen(name: str, database: Database, folder: Path) -> Iterator[None]:
    """The engine of that name (one of ENGINES) builds for the time of the block; `folder` is its own. Raises NoJava."""
    if name == "duckdb":
        yield
        return
    # An extra of its own: neither sqlglot nor PySpark is imported where nobody asks for them.
    from warehouse.engines.spark.engine import distributed

    with distributed(database, folder) as database.engine:
        try:
            yield
        finally:
            database.engine = None
