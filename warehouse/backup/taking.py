"""Taking a generation: the home as no run changes it, into the store, read back and opened, and only then named."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.backup.generations import Backup, Entry, Generation
from warehouse.backup.holding import files_of
from warehouse.backup.restoring import verified
from warehouse.backup.store import chunks_of
from warehouse.database import Database
from warehouse.locks import lock
from warehouse.moving_in import Step
from warehouse.opening import open_whole
from warehouse.rescue import is_lost


# Under this name of the home stand the registers as the rooms left them, which live elsewhere.
REGISTERS = "registers_at_backup"


class NothingToBackUp(Exception):
    """There is no warehouse; the message is for the officer."""


class WrongPlace(Exception):
    """The backup would lie in what it is of; the message names both."""


@dataclass(frozen=True)
class Taken:
    """`bytes`: of all files; `written`: of them, what the store did not have."""

    name: str
    files: int
    bytes: int
    written: int
    removed: int


def back_up(
    database: Database,
    to: Path,
    now: datetime,
    tell: Callable[[str], None],
    registers: Path | None = None,
    step: Step = lambda done: None,
) -> Taken:
    """A generation of the home of this warehouse, which nobody has open.

    Raises WrongPlace, NothingToBackUp, WarehouseBusy, DamagedBackup, NothingToBringBack.
    """
    if to.resolve().is_relative_to(database.path.parent.resolve()):
        raise WrongPlace(f"{to} nằm trong {database.path.parent}: bản sao lưu phải ở nơi khác, tốt nhất là máy khác.")
    backup, entries, written = Backup(to), [], 0
    backup.make_folders()
    with lock(to / ".lock", timeout=60), database.locked():
        write_out(database, tell)
        for path, file in sorted(sources(database.path.parent, registers).items()):
            entry, size = taken(backup, path, file)
            entries.append(entry)
            written += size
            step(f"written {path}")
        generation = Generation(now, tuple(entries))
        verified(backup, generation)
        step("verified")
        backup.write(generation)
        step("named")
        removed = backup.prune(tell)
    return Taken(generation.name, len(entries), sum(entry.size for entry in entries), written, removed)


def write_out(database: Database, tell: Callable[[str], None]) -> None:
    """Everything committed in the file itself, which is then closed: reading an open one would drop DuckDB's lock."""
    if not database.path.exists() and not is_lost(database.path):
        raise NothingToBackUp(f"Chưa có kho dữ liệu {database.path} nên không có gì để sao lưu.")
    open_whole(database, tell)
    try:
        database.query("checkpoint")
    finally:
        database.close()


def sources(home: Path, registers: Path | None) -> dict[str, Path]:
    found = dict(files_of(home))
    if registers and registers.is_dir() and not registers.is_relative_to(home):
        found |= {f"{REGISTERS}/{path}": file for path, file in files_of(registers)}
    return found


def taken(backup: Backup, path: str, file: Path) -> tuple[Entry, int]:
    """One file as it is named in the generation, and how many bytes of it were new."""
    if file.is_symlink():
        return Entry(path, link=str(file.readlink())), 0
    mode, digests, size, written = stat.S_IMODE(file.stat().st_mode), [], 0, 0
    for chunk in chunks_of(file):
        digest, new = backup.store.put(chunk)
        digests.append(digest)
        size, written = size + len(chunk), written + new
    return Entry(path, mode, size, tuple(digests)), written
