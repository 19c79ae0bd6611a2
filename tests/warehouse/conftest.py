"""An open warehouse in a folder of its own, and the clock it reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import Clock
from warehouse.database import Database
from warehouse.opening import open_warehouse


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def warehouse(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as opened:
        yield opened
