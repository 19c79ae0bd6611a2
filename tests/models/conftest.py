"""The book of dossiers that the specifications of the models write in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = Book(tmp_path)
    yield book
    book.warehouse.__exit__(None, None, None)
