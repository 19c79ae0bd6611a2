"""A small province, prepared by DuckDB over two nights, with every kind of bad record: what both engines stand on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from connectors.simulator.server import Simulator
from tests.support.office import LAST_DAY, Office, failures, small


FIRST_NIGHT = date(2025, 12, 20)


def prepared(folder: Path) -> Path:
    """The warehouse's file."""
    registers = folder / "registers"
    registers.mkdir(parents=True)
    world = replace(small(), extends_appointments=True, keeps_observations=True)
    with Simulator(world, registers=registers) as simulator:
        for day in (FIRST_NIGHT, LAST_DAY):
            simulator.world = replace(world, today=day)
            night = Office(folder / "home", simulator.environment, day).night()
            assert night.success, failures(night)
    return folder / "home" / "warehouse.duckdb"
