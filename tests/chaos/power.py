"""A power cut: what a process wrote and never synced is taken back, by the journal that the shim left.

The model is that of a journalling file system: names change in their order, and any sync makes all earlier names last;
the bytes of a file last when that file was synced. Of the names since the last sync a part of the beginning is kept, of
bytes all or nothing of each file, both by the dice.
"""

import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


HEAD = struct.Struct("<cQQQII")
NAMES = b"CURMX"


@dataclass(frozen=True)
class Change:
    """`a`, `b`: of a write its place and the size before."""

    kind: bytes
    inode: int
    a: int
    b: int
    one: bytes
    two: bytes


def journal(kept: Path) -> list[Change]:
    content = (kept / "journal").read_bytes()
    found, place = [], 0
    while place < len(content):
        kind, inode, a, b, n, m = HEAD.unpack_from(content, place)
        start = place + HEAD.size
        found.append(Change(kind, inode, a, b, content[start : start + n], content[start + n : start + n + m]))
        place = start + n + m
    return found


def cut(kept: Path, dice: random.Random) -> int:
    """Takes back; returns how many changes."""
    changes = journal(kept)
    synced = max((number for number, one in enumerate(changes) if one.kind == b"S"), default=-1)
    names = [number for number, one in enumerate(changes) if one.kind in NAMES and number > synced]
    first_lost = dice.choice([*names, len(changes)]) if dice.random() < 0.5 else min(names, default=len(changes))
    lost = {number for number in names if number >= first_lost} | set(bytes_lost(changes, dice))
    for number in sorted(lost, reverse=True):
        take_back(changes[number], kept)
    return len(lost)


def bytes_lost(changes: list[Change], dice: random.Random) -> Iterator[int]:
    """Of each file what came after its last sync, or nothing of it."""
    last = {one.inode: number for number, one in enumerate(changes) if one.kind == b"S"}
    spared: dict[int, bool] = {}
    for number, one in enumerate(changes):
        is_unsynced = one.kind == b"W" and number > last.get(one.inode, -1)
        if is_unsynced and not spared.setdefault(one.inode, dice.random() < 0.3):
            yield number


def take_back(change: Change, kept: Path) -> None:
    link, path, other = kept / str(change.inode), Path(os.fsdecode(change.one)), Path(os.fsdecode(change.two))
    if change.kind == b"W":
        was_closed = link.stat().st_mode
        link.chmod(0o600)
        with link.open("r+b") as file:
            file.seek(change.a)
            file.write(change.one)
            file.truncate(change.b)
        link.chmod(was_closed)
    elif change.kind == b"R":
        other.replace(path)
        if change.inode:
            os.link(link, other, follow_symlinks=False)
    elif change.kind == b"C":
        path.unlink(missing_ok=True)
    elif change.kind == b"U":
        os.link(link, path, follow_symlinks=False)
    elif change.kind == b"M":
        path.rmdir()
    else:
        path.mkdir()
