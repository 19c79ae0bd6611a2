"""Files that are there whole or not at all: written under another name, on the disk, and only then in their place."""

from __future__ import annotations

import os
from pathlib import Path


UNFINISHED = ".unfinished"
ASIDE = ".aside"


def draft_of(file: Path) -> Path:
    return file.with_name(file.name + UNFINISHED)


def put(file: Path, content: bytes, mode: int) -> None:
    """What stands in its place and is no file is set aside."""
    draft = draft_of(file)
    for path in (file, draft):
        make_way(path)
    # A draft that a killed process left may be closed to us.
    draft.unlink(missing_ok=True)
    draft.write_bytes(content)
    set_in_place(draft, file, mode)


def set_in_place(draft: Path, file: Path, mode: int) -> None:
    sync(draft)
    draft.chmod(mode)
    draft.replace(file)


def point(pointer: Path, name: str) -> None:
    """A link to what lies beside it under that name."""
    draft = draft_of(pointer)
    draft.unlink(missing_ok=True)
    draft.symlink_to(name)
    draft.replace(pointer)
    sync(pointer.parent)


def make_way(file: Path) -> None:
    """What stands in a file's place and is none is set aside, never removed."""
    if file.is_dir() and not file.is_symlink():
        file.rename(aside_of(file))


def aside_of(file: Path) -> Path:
    """A free name beside it."""
    places = [file.with_name(f"{file.name}{ASIDE}{number or ''}") for number in range(100)]
    return next(path for path in places if not path.exists())


def sync(path: Path) -> None:
    """On the disk, not only in its cache. Safe for data files: DuckDB has let go of them (design §4.6)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
