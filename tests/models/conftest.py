"""The sources that the specifications of the models write in: dossiers, the registers, procedures as observed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.dossier_sources import ABOUT_DOSSIERS, DossierSources
from tests.models.procedure_sources import ProcedureSources
from tests.models.register_sources import RegisterSources


@pytest.fixture
def dossiers(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[DossierSources]:
    """Builds what dossiers decide, or what a module names in BUILT."""
    dossiers = DossierSources(tmp_path, getattr(request.module, "BUILT", ABOUT_DOSSIERS))
    yield dossiers
    dossiers.warehouse.__exit__(None, None, None)


@pytest.fixture(scope="session")
def open_registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisterSources]:
    """One warehouse for all specifications of the Office's registers: opening costs more than building."""
    registers = RegisterSources(tmp_path_factory.mktemp("registers"))
    yield registers
    registers.warehouse.__exit__(None, None, None)


@pytest.fixture
def registers(open_registers: RegisterSources) -> RegisterSources:
    """Empty registers of an Office with four rooms and the default decisions."""
    open_registers.forget()
    return open_registers


@pytest.fixture(scope="session")
def open_procedures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcedureSources]:
    procedures = ProcedureSources(tmp_path_factory.mktemp("procedures"))
    yield procedures
    procedures.warehouse.__exit__(None, None, None)


@pytest.fixture
def procedures(open_procedures: ProcedureSources) -> ProcedureSources:
    """The sources of procedures, not observed yet; one warehouse serves all specifications."""
    open_procedures.forget()
    return open_procedures
