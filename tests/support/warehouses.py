"""Warehouses for specifications: copies of one that is migrated, has every raw table and holds the reference data.

Making one takes half a second, copying a tenth of it.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from assets.reference import SOURCE_COLUMNS, source_rows
from assets.sources import collections
from warehouse import raw_tables, reference
from warehouse.database import Database
from warehouse.opening import open_warehouse
from warehouse.reference.tables import create_table


RAW_TABLES = [f"raw.{source.table(collection)}" for source, collection in collections()]


def load_reference(database: Database) -> None:
    """The reference files of the product and its register of sources, as a run loads them."""
    reference.load(database)
    create_table(database, "sources", SOURCE_COLUMNS, source_rows())


@cache
def template() -> Path:
    """Made once by each process that runs tests, and gone with it."""
    folder = tempfile.mkdtemp(prefix="mtcl-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "warehouse.duckdb"
    with open_warehouse(path, clock=lambda: datetime(2025, 1, 1, tzinfo=UTC)) as made:
        raw_tables.ensure(made, RAW_TABLES)
        load_reference(made)
        made.query("checkpoint")
    return path


@contextmanager
def loaded_warehouse(folder: Path, clock: Callable[[], datetime]) -> Iterator[Database]:
    """Open, with empty raw tables and the reference data of the product."""
    path = folder / "warehouse.duckdb"
    shutil.copyfile(template(), path)
    with open_warehouse(path, clock=clock, threads=1) as opened:
        # A little table may tell of one source after the other: each at its own instants, none waits for another's.
        opened.clock = clock
        yield opened
