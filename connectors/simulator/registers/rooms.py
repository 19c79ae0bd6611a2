"""The Office's rooms, as the directory names them, and a seeded order in which they are good or bad at paperwork."""

from __future__ import annotations

import numpy as np

from connectors.simulator.chance import Chance
from connectors.simulator.directory import CENTRE, OFFICE, agencies
from connectors.simulator.world import World


LEADERS = "H19.02.01"
ADMINISTRATION = "H19.02.02"
CONTROL = "H19.02.08"
RECEPTION = "H19.02.10"


def rooms() -> tuple[tuple[str, str], ...]:
    """(code, name) of every room, in the directory's order."""
    return tuple((agency.code, agency.name) for agency in agencies() if agency.parent == OFFICE)


def names() -> dict[str, str]:
    return dict(rooms())


def shuffled(world: World, stream: str, codes: list[str]) -> list[str]:
    """The rooms in an order that the seed decides."""
    bits = Chance(world.seed, np.arange(len(codes))).bits(f"registers/{stream}")
    return [code for _, code in sorted(zip(bits.tolist(), codes, strict=True))]


def listed_rooms() -> list[str]:
    """The rooms that owe objectives, a risk table and evidence, and that may be inspected; the leaders are no room."""
    return [code for code, _ in rooms() if code != LEADERS]


__all__ = ["ADMINISTRATION", "CENTRE", "CONTROL", "LEADERS", "RECEPTION", "listed_rooms", "names", "rooms", "shuffled"]
