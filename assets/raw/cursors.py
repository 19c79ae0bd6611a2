"""How far a source has been read, by its own "updated" order, with room for what it files late."""

from collections.abc import Callable
from datetime import UTC, datetime

from assets.terms import Terms
from connectors.portal import instant


def since(position: str | None, terms: Terms) -> datetime | None:
    """From where to read again; None where nothing has been read."""
    return datetime.fromisoformat(position) - terms.overlap if position else None


def position_after(before: str | None, terms: Terms) -> Callable[[str | None], str | None]:
    """The next position, from the newest text seen: never past the start of the reading, never backwards."""
    latest = terms.clock() - terms.safety_offset

    def position(newest: str | None) -> str | None:
        moment = instant(newest)
        if moment is None:
            return before
        reached = min(moment, latest).astimezone(UTC)
        return max(reached, datetime.fromisoformat(before)).isoformat() if before else reached.isoformat()

    return position
