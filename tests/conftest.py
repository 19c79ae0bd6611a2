"""What tests write stands in memory where there is room: small warehouses wait for the disk half of their time."""

import shutil
import tempfile
from pathlib import Path

import pytest
from dagster._core.storage.defs_state.base import _current_storage


MEMORY = Path("/dev/shm")  # noqa: S108 - only where pytest would take the system's temporary folder
ROOM = 8 << 30


def pytest_configure(config: pytest.Config) -> None:
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and not config.option.basetemp:
        tempfile.tempdir = str(MEMORY)


def pytest_runtest_setup() -> None:
    """Dagster keeps the storage of the instance that was opened last, also when that one is gone."""
    _current_storage.set(None)
