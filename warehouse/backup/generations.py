"""Generations: what a home held at an instant, as a manifest with its own SHA-256, and which of them are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse import access
from warehouse.backup.store import DamagedBackup, Store
from warehouse.whole_files import UNFINISHED, put, sync


FORMAT = 1
# Of each of so many days, weeks and months that have a generation, the newest one.
DAILY, WEEKLY, MONTHLY = 14, 8, 24
NAME = "%Y%m%dT%H%M%S%fZ"


class NoGeneration(Exception):
    """There is none that was asked for; the message says which there are."""


@dataclass(frozen=True)
class Entry:
    """A file of a home: its chunks in order, or where it points to."""

    path: str
    mode: int = 0
    size: int = 0
    chunks: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True)
class Generation:
    made_at: datetime
    files: tuple[Entry, ...]

    @property
    def name(self) -> str:
        return self.made_at.astimezone(UTC).strftime(NAME)


class Backup:
    """A folder of generations and the store of their chunks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifests = folder / "generations"
        self.store = Store(folder / "chunks")

    def write(self, generation: Generation) -> Path:
        """From this moment on there is such a generation: the last step of a backup."""
        body = {
            "format": FORMAT,
            "made_at": generation.made_at.isoformat(),
            "files": [asdict(entry) for entry in generation.files],
        }
        path = self.manifests / f"{generation.name}.json"
        put(path, json.dumps(body | {"sha256": digest(body)}, ensure_ascii=False).encode(), access.PRIVATE_FILE)
        sync(self.manifests)
        return path

    def names(self) -> list[str]:
        """Of all generations, the oldest first."""
        return sorted(path.stem for path in self.manifests.glob("*.json"))

    def read(self, name: str) -> Generation:
        """Raises DamagedBackup."""
        path = self.manifests / f"{name}.json"
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            promised = body.pop("sha256")
            if digest(body) != promised or body["format"] != FORMAT:
                raise DamagedBackup(f"Bản kê {path} bị hỏng hoặc do phần mềm khác lập")
            files = tuple(Entry(**entry | {"chunks": tuple(entry["chunks"])}) for entry in body["files"])
            return Generation(datetime.fromisoformat(body["made_at"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedBackup(f"Không đọc được bản kê {path}") from error

    def at(self, instant: datetime | None) -> str:
        """The newest generation, or the newest that was made by that instant. Raises NoGeneration."""
        names = self.names()
        found = [name for name in names if instant is None or instant_of(name) <= instant]
        if not found:
            there = f"cũ nhất là bản lúc {instant_of(names[0]):%H:%M %d/%m/%Y} UTC" if names else "chưa có bản nào"
            raise NoGeneration(f"Không có bản sao lưu nào như vậy trong {self.folder}: {there}.")
        return found[-1]

    def prune(self, tell: Callable[[str], None]) -> int:
        """Removes generations that are not kept, then what nobody needs; how many went.

        Where a manifest cannot be read nothing is removed: its chunks would go with it.
        """
        kept = kept_of(self.names())
        try:
            needed = {digest for name in kept for entry in self.read(name).files for digest in entry.chunks}
        except DamagedBackup as damage:
            tell(f"{damage}; không xóa bản cũ nào.")
            return 0
        old = [name for name in self.names() if name not in kept]
        for name in old:
            (self.manifests / f"{name}.json").unlink()
        for left in self.manifests.glob(f"*{UNFINISHED}"):
            left.unlink()
        self.store.forget_all_but(needed)
        return len(old)

    def make_folders(self) -> None:
        for folder in (self.manifests, self.store.folder):
            access.make_folder(folder, access.PRIVATE_FOLDER)


def instant_of(name: str) -> datetime:
    return datetime.strptime(name, NAME).replace(tzinfo=UTC)


def kept_of(names: Iterable[str]) -> set[str]:
    """The newest generation of each of the newest 14 days, 8 weeks and 24 months that have one; days are UTC's."""
    kept: set[str] = set()
    newest_first = sorted(names, reverse=True)
    for pattern, most in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        spans: dict[str, str] = {}
        for name in newest_first:
            spans.setdefault(f"{instant_of(name):{pattern}}", name)
        kept.update(list(spans.values())[:most])
    return kept


def digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
