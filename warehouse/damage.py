"""How a damaged warehouse file is known, and how whoever meets damage in a question tells the next opening of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


# How DuckDB 1.5 says that a file cannot be what it wrote; a lock, a full disk or wrong rights are none of these.
DAMAGE = (
    "Corrupt database file",
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Failure while replaying WAL",
    "WAL file does not match database file",
)


def is_damage(error: duckdb.Error) -> bool:
    return any(sign in str(error) for sign in DAMAGE)


def mark_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


@contextmanager
def marking(path: Path) -> Iterator[None]:
    """Marks the file when a query inside the block meets damage."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error):
            mark_of(path).touch()
        raise
