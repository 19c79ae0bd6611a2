"""The registers of documents; none are kept yet."""

from __future__ import annotations

from typing import Any

from connectors.simulator.world import World


def rows(world: World) -> dict[str, list[dict[str, Any]]]:
    return {}
