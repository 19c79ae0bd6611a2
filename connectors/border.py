"""The border (design §4.2): of what a wire brings, only what its shape names passes, each leaf only as what it may be.

Nothing is lost without a word: a leaf that is anything else leaves a hash, by which a change of it is still seen, and
its place is told in the record's own `unreadable`, by which the warehouse sets the record aside.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from connectors.records import SPACES, Pseudonymiser, Record, Shape, key_of, record
from connectors.registers.names import masked, names_nobody


REMEMBERED = 1 << 15
# Where the record says which of its leaves did not pass.
UNREADABLE = "unreadable"
WITHHELD = "withheld"
# More than this is no longer told leaf by leaf.
TOLD = 8


@dataclass(frozen=True)
class Kind:
    """What a leaf may be; `is_masked`: people are replaced in it, instead of the whole being withheld."""

    most: int
    pattern: re.Pattern[str]
    is_masked: bool = False


KINDS = {
    name: Kind(told["most"], re.compile(told["pattern"]), told.get("is_masked", False))
    for name, told in tomllib.loads(Path(__file__).with_name("leaves.toml").read_text(encoding="utf-8")).items()
}


class Border:
    """Without a key nothing of a withheld leaf is kept: the hash of a telephone number without one is found out."""

    def __init__(self, pseudonymiser: Pseudonymiser | None = None) -> None:
        self._pseudonymiser = pseudonymiser

    def passed(self, row: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
        """The fields of `shape` that `row` fills; `unreadable` names those that did not pass, never what they held."""
        withheld: list[str] = []
        kept = self._object(row, shape, "", withheld)
        return kept | {UNREADABLE: told(withheld)} if withheld else kept

    def record(self, row: Mapping[str, Any], shape: Shape, *names: str, prefix: str = "") -> Record:
        """The record known by the first of these fields that is filled."""
        kept = self.passed(row, shape)
        return record(prefix + key_of(kept, *names), kept)

    def key(self, row: Mapping[str, Any], *names: str) -> str:
        """The first of these fields that is filled; else the content, by a hash that only the key finds out."""
        known = next((row[name] for name in names if row.get(name) not in (None, "")), None)
        return self._withhold(row, "", []).replace(WITHHELD, "sha256") if known is None else self.code(known)

    def code(self, value: Any) -> str:
        """An identifier as it may stand in a key."""
        return str(self._leaf(value, "code", "", []))

    def _object(self, row: Mapping[str, Any], shape: Shape, place: str, withheld: list[str]) -> dict[str, Any]:
        return {
            name: self._any(row[name], inner, f"{place}.{name}".lstrip("."), withheld)
            for name, inner in shape.items()
            if row.get(name) is not None
        }

    def _any(self, value: Any, shape: Shape | str, place: str, withheld: list[str]) -> Any:
        if value is None:
            return None
        if isinstance(shape, str):
            if shape in I18N and is_in_languages(value):
                return self._any(value, {"languageId": "number", "name": shape}, place, withheld)
            return self._leaf(value, shape, place, withheld)
        if isinstance(value, dict):
            return self._object(value, shape, place, withheld)
        if isinstance(value, list):
            return [self._any(entry, shape, place, withheld) for entry in value]
        return value if value == "" else self._withhold(value, place, withheld)

    def _leaf(self, value: Any, kind: str, place: str, withheld: list[str]) -> Any:
        kept: Any
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, list) and kind in LISTS:
            return [self._leaf(entry, kind, place, withheld) for entry in value]
        if isinstance(value, str):
            kept = fitting(kind, value)
        elif isinstance(value, int | float):
            kept = fitting(kind, digits(value))
            kept = value if kept == digits(value) else kept
        else:
            kept = None
        return kept if kept is not None else self._withhold(value, place, withheld)

    def _withhold(self, value: Any, place: str, withheld: list[str]) -> str:
        withheld.append(place)
        if self._pseudonymiser is None:
            return WITHHELD
        return f"{WITHHELD}:{self._pseudonymiser.of(WITHHELD, msgspec.json.encode(value, order='sorted').decode())}"


# Names that iGate gives in several languages, as an array of objects.
I18N = ("name", "label", "word")
# Of which any part may be digits alone.
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LARGEST = 10**15
# By what the words of a code are parted, where a name would have spaces.
PARTED = str.maketrans("_.+", "   ")
# Leaves that may also come as a list of themselves.
LISTS = ("code", "date", "word")


def is_in_languages(value: Any) -> bool:
    """One `{languageId, name}` or several."""
    entries = value if isinstance(value, list) else [value]
    return bool(entries) and all(isinstance(entry, dict) and entry.get("name") is not None for entry in entries)


def told(withheld: list[str]) -> str:
    places = list(dict.fromkeys(withheld))
    return ", ".join(places[:TOLD]) + (f" và {len(places) - TOLD} chỗ khác" if len(places) > TOLD else "")


@lru_cache(REMEMBERED)
def fitting(kind: str, text: str) -> str | None:
    """The text as it may pass; None where it may not."""
    may_be = KINDS[kind]
    # A text in another Unicode form or with other spaces is judged as it reads, and passes as it came.
    read = text if text.isascii() else SPACES.sub(" ", unicodedata.normalize("NFC", text))
    if len(text) > may_be.most or (read.strip() and not may_be.pattern.fullmatch(read)):
        return None
    parted = UUID.sub("", read).translate(PARTED) if kind == "code" else read.replace("_", " ")
    if may_be.is_masked:
        kept = masked(parted)
        return text if kept == parted else kept
    return text if names_nobody(parted) else None


def digits(number: float) -> str:
    """Nothing of a number that no count, code or moment is as large as."""
    if not abs(number) < LARGEST:
        return "\0"
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)
