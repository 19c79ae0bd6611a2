"""Putting a generation back: whole beside the home first, checked and opened, then moved in, and finished by whoever
opens the home next where that is interrupted.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from warehouse import access
from warehouse.backup.generations import Backup, Entry, Generation
from warehouse.backup.store import DamagedBackup
from warehouse.damage import is_whole
from warehouse.moving_in import DRAFT, WAREHOUSE, Step, begin, contents, finish
from warehouse.whole_files import sync


class HomeNotEmpty(Exception):
    """There is something where the generation is to be put; the message says how to replace it."""


def verified(backup: Backup, generation: Generation) -> None:
    """Reads every chunk back, and opens the warehouse that they make. Raises DamagedBackup."""
    scratch = backup.folder / "verifying.unfinished"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        for entry in generation.files:
            if entry.path == WAREHOUSE:
                write(backup, entry, scratch)
                refuse_damaged(scratch / WAREHOUSE)
            else:
                for digest in entry.chunks:
                    backup.store.get(digest)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def refuse_damaged(warehouse: Path) -> None:
    if not is_whole(warehouse):
        raise DamagedBackup(f"Kho dữ liệu trong bản sao lưu không mở hoặc không đọc được trọn vẹn ({warehouse})")


def restore(
    backup: Backup,
    name: str,
    home: Path,
    now: datetime,
    replace: bool = False,
    step: Step = lambda done: None,
) -> Generation:
    """The home as that generation has it. What was there is set aside, where that is allowed.

    Call it with the lock of the home's warehouse. Raises DamagedBackup, HomeNotEmpty.
    """
    generation = backup.read(name)
    access.make_folder(home, access.PASSAGE)
    finish(home)
    if not replace and (there := contents(home)):
        raise HomeNotEmpty(
            f"{home} không trống (có {', '.join(there[:3])}…). Thêm --replace để thay; nội dung cũ được giữ trong thư "
            "mục replaced-… bên trong."
        )
    draft = home / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(access.PRIVATE_FOLDER)
    for entry in generation.files:
        write(backup, entry, draft)
        step(f"written {entry.path}")
    if (draft / WAREHOUSE).exists():
        refuse_damaged(draft / WAREHOUSE)
    begin(home, f"replaced-{now:%Y%m%d-%H%M%S}")
    finish(home, step)
    return generation


def write(backup: Backup, entry: Entry, folder: Path) -> None:
    """One file, synced. Raises DamagedBackup."""
    file = folder / entry.path
    if not file.resolve().is_relative_to(folder.resolve()):
        raise DamagedBackup(f"Bản kê nêu đường dẫn ra ngoài thư mục: {entry.path}")
    access.make_folder(file.parent, mode_of_folder(entry.path))
    if entry.link is not None:
        file.symlink_to(entry.link)
        return
    with file.open("wb") as stream:
        for digest in entry.chunks:
            stream.write(backup.store.get(digest))
    if file.stat().st_size != entry.size:
        raise DamagedBackup(f"{entry.path} trong bản sao lưu không đủ {entry.size} byte")
    sync(file)
    file.chmod(entry.mode)


def mode_of_folder(path: str) -> int:
    return access.READERS_FOLDER if path.startswith("published/") else access.PRIVATE_FOLDER
