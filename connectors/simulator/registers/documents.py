"""The registers of documents: issued and internal, incoming, the counts of secret ones, and what was published."""

from __future__ import annotations

from typing import Any

from connectors.simulator.documents import exchange
from connectors.simulator.registers import incoming, outgoing
from connectors.simulator.registers.publications import publications
from connectors.simulator.states import evening
from connectors.simulator.world import World


def outgoing_entries(world: World) -> list[outgoing.Entry]:
    plan, now = exchange(world.seed, world.documents), evening(world.today)
    parts = (outgoing.on_the_axis, outgoing.beside_the_axis, outgoing.inside)
    return [entry for part in parts for entry in part(plan, world.seed, now)]


def incoming_entries(world: World) -> list[incoming.Entry]:
    plan, now = exchange(world.seed, world.documents), evening(world.today)
    parts = (incoming.on_the_axis, incoming.beside_the_axis)
    return [entry for part in parts for entry in part(plan, world.seed, now)]


def rows(world: World) -> dict[str, list[dict[str, Any]]]:
    """Register → its rows as they stand this evening; fields as in the registers' catalogue, empty ones left out."""
    issued = [entry.row for entry in outgoing_entries(world)]
    found = {
        "documents": issued,
        "incoming": [entry.row for entry in incoming_entries(world)],
        "secret_counts": incoming.secret_counts(exchange(world.seed, world.documents), world.today),
        "publications": publications(issued, world.seed, world.today),
    }
    return {
        register: [{field: value for field, value in row.items() if value is not None} for row in entries]
        for register, entries in found.items()
    }
