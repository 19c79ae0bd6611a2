"""The registers about the Office itself: people, inspections, objectives, risks, communication, the loop."""

from __future__ import annotations

from typing import Any

from connectors.simulator.registers.improvement import internal_audits, management_reviews, nonconformities, surveys
from connectors.simulator.registers.inspections import inspection_units, inspections
from connectors.simulator.registers.observations import observations
from connectors.simulator.registers.quality import communications, objectives, risks
from connectors.simulator.registers.ratings import ratings
from connectors.simulator.registers.staff import officials
from connectors.simulator.world import World


def rows(world: World) -> dict[str, list[dict[str, Any]]]:
    """Register → its rows as they stand this evening; fields as in the registers' catalogue, empty ones left out."""
    found: dict[str, list[dict[str, Any]]] = {
        "officials": officials(world),
        "ratings": ratings(world),
        "inspections": inspections(world),
        "inspection_units": inspection_units(world),
        "objectives": objectives(world),
        "risks": risks(world),
        "communications": communications(world),
        "nonconformities": nonconformities(world),
        "internal_audits": internal_audits(world),
        "management_reviews": management_reviews(world),
        "surveys": surveys(world),
        **({"observations": observations(world)} if world.keeps_observations else {}),
    }
    return {
        register: [{field: value for field, value in row.items() if value is not None} for row in entries]
        for register, entries in found.items()
    }
