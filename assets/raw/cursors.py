"""How far a source has been read, by its own "updated" order, with room for what it files late."""

from collections.abc import Callable
from datetime import UTC, datetime

from assets.run_settings import RunSettings
from connectors.portal import instant


def since(position: str | None, run_settings: RunSettings) -> datetime | None:
    """From where to read again; None where nothing has been read."""
    return datetime.fromisoformat(position) - run_settings.overlap if position else None


def position_after(before: str | None, run_settings: RunSettings) -> Callable[[str | None], str | None]:
    """The next position, from the newest text seen: never past the start of the reading, never backwards."""
    latest = run_settings.clock() - run_settings.safety_offset

    def position(newest: str | None) -> str | None:
        moment = instant(newest)
        if moment is None:
            return before
        reached = min(moment, latest).astimezone(UTC)
        return max(reached, datetime.fromisoformat(before)).isoformat() if before else reached.isoformat()

    return position
