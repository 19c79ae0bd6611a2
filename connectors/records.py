"""What a source's collections are made of: records with a key and an allow-listed payload, page by page."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias


SPACES = re.compile("[\\s\u00a0\u200b\ufeff]+")
BLOCK = 64
# Of a whole pseudonym: 128 bits.
DIGITS = 32
# Of one that stands in words, where nothing is joined by it.
SHORT = 8
States: TypeAlias = "tuple[hashlib._Hash, hashlib._Hash]"

# The fields that may pass, by name: a text is the kind of a leaf (leaves.toml), a mapping an object or a list of them.
Shape = Mapping[str, "Shape | str"]


class Record(NamedTuple):
    """One record as it may be kept: `payload` is a UTF-8 JSON object without personal data."""

    key: str
    payload: bytes
    updated_at: str | None


@dataclass(frozen=True)
class Page:
    """What one answer brought. `refused` counts records that must not be kept, such as secret documents.

    `told`: sentences for the officer about how the source answers. `missing`: so many records it counts and does not
    list; `repeated`: so many it counts more than once.
    """

    records: list[Record]
    number: int
    total_pages: int | None
    total_records: int | None
    bytes: int
    refused: int = 0
    told: tuple[str, ...] = ()
    missing: int = 0
    repeated: int = 0


def record(key: str, payload: Mapping[str, Any]) -> Record:
    """A record of a source that tells no moment of change."""
    return Record(key, json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), None)


def page_of(
    records: list[Record], number: int = 1, pages: int | None = 1, total: int | None = None, refused: int = 0
) -> Page:
    return Page(records, number, pages, total, sum(len(kept.payload) for kept in records), refused)


def key_of(row: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that is filled; a row with none is known by its content, and never lost."""
    for name in names:
        if row.get(name) not in (None, ""):
            return str(row[name])
    content = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
    return f"sha256:{hashlib.sha256(content).hexdigest()[:32]}"


class Pseudonymiser:
    """HMAC-SHA256 of what identifies a person: the same person is recognised again and cannot be found out.

    `retired`: keys in whose place this one came, newest first. A pseudonym is made by the oldest and then, of what
    that made, by each later one; so a home can be brought under a new key without asking anybody anew (rekeying.py).
    """

    def __init__(self, key: bytes, retired: Sequence[bytes] = ()) -> None:
        self._first, *self._later = [keyed(one) for one in (*reversed(retired), key)]

    def of(self, *parts: str | None, digits: int = DIGITS) -> str:
        """Hexadecimal digits, four bits each; spelling, case and spaces of a name do not matter."""
        known = hmac("\x1f".join([folded(part) for part in parts]), self._first)[:digits]
        for states in self._later:
            known = hmac(known, states)[:digits]
        return known

    def __repr__(self) -> str:
        return "Pseudonymiser(key hidden)"


def keyed(key: bytes) -> States:
    """The two states of RFC 2104, made once: `hmac` makes them anew for every person, in three times the time."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in block)), hashlib.sha256(bytes(byte ^ 0x5C for byte in block))


def hmac(text: str, states: States) -> str:
    inner, outer = states[0].copy(), states[1].copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    return outer.hexdigest()


def folded(text: str | None) -> str:
    """One spelling for all: NFC, lower case, single spaces."""
    if not text:
        return ""
    if text.isascii():
        return " ".join(text.split()).lower()
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()
