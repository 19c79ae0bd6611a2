"""The ground truth of every indicator, for all periods: what the pipeline must come to, computed by other code."""

from __future__ import annotations

from datetime import date

from connectors.simulator import truth_documents, truth_office, truth_staff
from connectors.simulator.counts import Rates
from connectors.simulator.directory import ORG
from connectors.simulator.periods import YEAR
from connectors.simulator.truth_dossiers import HEADLINE, DossierTruth
from connectors.simulator.truth_procedures import ProcedureTruth
from connectors.simulator.world import World


Row = dict[str, object]


def rows(
    world: World, closing_date: date, observed: list[date] | None = None, *, has_registers: bool = True
) -> list[Row]:
    """Flat rows for the headline units, as far as somebody who looked on `observed` can know."""
    found = DossierTruth(world, closing_date, observed).rows((HEADLINE, ORG))
    found += ProcedureTruth(world, closing_date, observed).rows()
    found += truth_documents.rows(world, closing_date, observed, has_registers=has_registers)
    if has_registers:
        found += truth_office.rows(world, closing_date, observed)
        # Of later years the registers of officials and of ratings alone are kept.
        for year in range(YEAR + 1, closing_date.year + 1):
            found += truth_staff.rows(world, closing_date, observed, year)
    return found


def unit_of(indicator: str) -> str:
    """Where an objective has its headline: procedures are the province's, all else the Office's."""
    return ORG if indicator.startswith("MT3") and not indicator.startswith("MT3.5") else HEADLINE


def headline(world: World, closing_date: date, *, has_registers: bool = True) -> dict[str, Rates]:
    """Year to date by indicator and definition: [numerator, denominator], for the unit of each objective."""
    found: dict[str, Rates] = {}
    for row in rows(world, closing_date, has_registers=has_registers):
        unit = unit_of(str(row["indicator"]))
        if (row["calendar"], row["kind"], row["unit_code"]) == ("iso", "year_to_date", unit):
            pair = [int(str(row["numerator"])), int(str(row["denominator"]))]
            found.setdefault(str(row["indicator"]), {})[str(row["definition"])] = pair
    return found
