"""A warehouse that holds the reference tables, loaded once for all who only read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from warehouse import reference
from warehouse.database import Warehouse


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    path = tmp_path_factory.mktemp("reference") / "warehouse.duckdb"
    with Warehouse(path, clock=lambda: datetime(2025, 12, 31, tzinfo=UTC)) as opened:
        reference.load(opened)
        yield opened
