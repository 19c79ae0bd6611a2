"""MT3 over many evenings: what looks can tell of the day a procedure was made public equals the ground truth."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.truth_procedures import ProcedureTruth
from connectors.simulator.world import World
from tests.models.procedure_sources import wanted_models
from tests.support.office import Office
from tests.support.warehouses import load_reference
from warehouse import building, ledger


WORLD = World(dossiers=40, documents=5, procedures=60)
FIRST, LAST = date(2025, 8, 4), date(2025, 9, 5)
# Whatever speaks of procedures; the other registers play no part in these figures.
TABLES = (
    *(f"tthc__{name}" for name in ("procedure_list", "procedures", "public_procedures", "decisions")),
    *(f"tthc__{name}" for name in ("decision_procedures", "fields", "agencies")),
    "portal__procedures",
    "portal__processes",
)
FIGURES = """
select
    indicator, definition, unit_code, period_calendar, period_kind, strftime(period_start, '%Y-%m-%d'),
    numerator, denominator, excluded, quarantined
from indicators.figures where starts_with(indicator, 'MT3') and not starts_with(indicator, 'MT3.5')
"""
COLUMNS = ("indicator", "definition", "unit_code", "calendar", "kind", "start")
COUNTS = ("numerator", "denominator", "excluded", "quarantined")


@pytest.fixture(scope="module")
def evenings() -> list[date]:
    """Every third evening, with a gap, so that some publications fall between two looks."""
    days = [FIRST + timedelta(days=number) for number in range(0, (LAST - FIRST).days + 1, 3)]
    return [day for day in days if not date(2025, 8, 20) <= day <= date(2025, 8, 26)]


def test_every_figure_of_mt3_equals_the_ground_truth_for_any_closing_date(tmp_path: Path, evenings: list[date]) -> None:
    with Simulator(replace(WORLD, today=FIRST)) as simulator:
        office = Office(tmp_path, simulator.environment, FIRST)
        for day in evenings:
            simulator.world = replace(WORLD, today=day)
            office.day = day
            assert office.read(*TABLES).success, day
    met = set()
    with office.open() as warehouse:
        load_reference(warehouse)
        for closing in (evenings[-1], date(2025, 8, 16), date(2025, 5, 31)):
            ledger.set_closing(warehouse, closing, "test")
            for model in wanted_models(("indicators.figures",)):
                building.build(warehouse, model)
            rows = ProcedureTruth(replace(WORLD, today=evenings[-1]), closing, evenings).rows()
            expected = {tuple(row[name] for name in (*COLUMNS, *COUNTS)) for row in rows}
            assert set(warehouse.query(FIGURES)) == expected, closing
            met |= {row[0] for row in expected if row[6] not in (0, row[7]) and row[9]}
    # In each of these somebody passed, somebody failed, and of somebody nothing can be said.
    assert {"MT3", "MT3.1", "MT3.2", "MT3.3"} <= met
