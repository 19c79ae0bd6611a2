"""The book of dossiers, the registers and the looks that the specifications of the models write in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.book import ABOUT_DOSSIERS, Book
from tests.models.procedures import Procedures
from tests.models.registers import Registers


@pytest.fixture
def book(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Book]:
    """Builds what dossiers decide, or what a module names in BUILT."""
    book = Book(tmp_path, getattr(request.module, "BUILT", ABOUT_DOSSIERS))
    yield book
    book.close()


@pytest.fixture(scope="session")
def open_registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registers]:
    """One warehouse for all specifications of the Office's registers: opening costs more than building."""
    registers = Registers(tmp_path_factory.mktemp("registers"))
    yield registers
    registers.close()


@pytest.fixture
def office(open_registers: Registers) -> Registers:
    """Empty registers of an Office with four rooms and the default decisions."""
    open_registers.forget()
    return open_registers


@pytest.fixture(scope="session")
def open_looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Procedures]:
    procedures = Procedures(tmp_path_factory.mktemp("procedures"))
    yield procedures
    procedures.close()


@pytest.fixture
def procedures(open_looks: Procedures) -> Procedures:
    """Looks at the sources of procedures, none taken yet; one warehouse serves them all."""
    open_looks.forget()
    return open_looks
