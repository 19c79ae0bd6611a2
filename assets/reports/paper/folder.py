"""Where reports lie: a folder for each published version, and `latest`, which names the newest."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse import access
from warehouse.whole_files import point, put


LATEST = "latest"


def set_reports(folder: Path, version: str, files: dict[str, bytes], keep: int) -> Path:
    """Each file whole or not at all; whoever has an older one open keeps it."""
    mine = folder / version
    for place in (folder, mine):
        access.make_folder(place, access.READERS_FOLDER)
    write(mine, files)
    point(folder / LATEST, version)
    for old in sorted((path for path in folder.glob("mtcl-*") if path != mine), key=made_at)[: -keep or None]:
        shutil.rmtree(old)
    return mine


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Names may lead into folders, which are made."""
    for place in (folder, *dict.fromkeys((folder / name).parent for name in files)):
        access.make_folder(place, access.READERS_FOLDER)
    for name, text in files.items():
        put(folder / name, text, access.READERS_FILE)


def made_at(folder: Path) -> float:
    return folder.stat().st_mtime
