"""What a source's collections are made of: records with a key and an allow-listed payload, page by page."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple


SPACES = re.compile("[\\s\u00a0\u200b\ufeff]+")


class Record(NamedTuple):
    """One record as it may be kept: `payload` is a UTF-8 JSON object without personal data."""

    key: str
    payload: bytes
    updated_at: str | None


@dataclass(frozen=True)
class Page:
    """What one answer brought. `refused` counts records that must not be kept, such as secret documents."""

    records: list[Record]
    number: int
    total_pages: int | None
    total_records: int | None
    bytes: int
    refused: int = 0


class Pseudonymiser:
    """HMAC-SHA256 of what identifies a person: the same person is recognised again and cannot be found out."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, *parts: str | None) -> str:
        """32 hexadecimal digits (128 bits); spelling, case and spaces of a name do not matter."""
        folded = (SPACES.sub(" ", unicodedata.normalize("NFC", part or "")).strip().casefold() for part in parts)
        return hmac.digest(self._key, "\x1f".join(folded).encode(), hashlib.sha256).hex()[:32]

    def __repr__(self) -> str:
        return "Pseudonymiser(key hidden)"
