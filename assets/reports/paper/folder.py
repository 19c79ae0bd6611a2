"""Where reports lie: a folder for each published version, and `latest`, which names the newest."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse import access


LATEST = "latest"


def set_reports(folder: Path, version: str, files: dict[str, bytes], keep: int) -> Path:
    """Each file whole or not at all; whoever has an older one open keeps it."""
    mine = folder / version
    for place in (folder, mine):
        access.make_folder(place, access.READERS_FOLDER)
    write(mine, files)
    pointer = folder / f"{LATEST}.unfinished"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(version)
    pointer.replace(folder / LATEST)
    for old in sorted((path for path in folder.glob("mtcl-*") if path != mine), key=made_at)[: -keep or None]:
        shutil.rmtree(old)
    return mine


def write(folder: Path, files: dict[str, bytes]) -> None:
    access.make_folder(folder, access.READERS_FOLDER)
    for name, text in files.items():
        draft = folder / f"{name}.unfinished"
        draft.unlink(missing_ok=True)
        draft.write_bytes(text)
        draft.chmod(access.READERS_FILE)
        draft.replace(folder / name)


def made_at(folder: Path) -> float:
    return folder.stat().st_mtime
