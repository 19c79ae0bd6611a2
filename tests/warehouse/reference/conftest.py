"""A warehouse that holds the reference tables, loaded once for all who only read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from warehouse import reference
from warehouse.database import Database
from warehouse.opening import open_warehouse


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("reference") / "warehouse.duckdb"
    with open_warehouse(path, clock=lambda: datetime(2025, 12, 31, tzinfo=UTC)) as opened:
        reference.load(opened)
        yield opened
