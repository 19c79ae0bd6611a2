"""Locks between processes: files beside what they guard that hold nothing."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock

from warehouse.whole_files import make_way


def lock(file: Path | str, timeout: float = -1) -> FileLock:
    """To be held by one process at a time. A folder that stands in its place guards nothing and is set aside."""
    make_way(Path(file))
    return FileLock(file, timeout=timeout)
