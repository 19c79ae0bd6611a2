"""What a Spring list says of itself, as servers really fill it in (protocols B.6.3, E.3): as a page, as a slice, and as
Spring Boot 3.3 does, with its counts in `page`. Counts come as numbers, as text, as -1, null or not at all.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


WORDS = {"true": True, "false": False}


class Facts(NamedTuple):
    """None: the source does not say, or says what can be no count."""

    last: bool | None = None
    total_elements: int | None = None
    total_pages: int | None = None


def facts(envelope: Mapping[str, Any]) -> Facts:
    page = envelope.get("page")
    inner = page if isinstance(page, dict) else {}
    elements, pages = (
        count(envelope[name] if envelope.get(name) is not None else inner.get(name))
        for name in ("totalElements", "totalPages")
    )
    return Facts(flag(envelope.get("last")), elements, pages)


def count(value: Any) -> int | None:
    """A whole number from 0 on, or its digits; with nine it could be the number of a card."""
    written = str(value).strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


def flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else WORDS.get(str(value).strip().lower())
