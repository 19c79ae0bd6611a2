"""The files of the rooms' folder: those that are read, and those that somebody has put there in vain."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from connectors.errors import SourceUnavailable
from connectors.registers.sheets import TEXTS, WORKBOOKS


READABLE = (*WORKBOOKS, *TEXTS)
# What systems leave in a folder by themselves.
LITTER = {"thumbs.db", "desktop.ini"}
LITTER_ENDINGS = (".tmp", ".lnk", ".bak")


def files_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and its subfolders, the newest last. Raises SourceUnavailable."""
    try:
        found = [path for path in every_file(folder) if path.suffix.lower() in READABLE]
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.as_posix()))
    except FileNotFoundError as error:
        raise SourceUnavailable("registers", "thư mục REGISTERS_DIR đang thay đổi") from error


def strange_files_in(folder: Path) -> list[Path]:
    """Files that somebody has put there and nobody reads."""
    return sorted(
        path
        for path in every_file(folder)
        if path.suffix.lower() not in (*READABLE, *LITTER_ENDINGS) and path.name.lower() not in LITTER
    )


def every_file(folder: Path) -> Iterator[Path]:
    """No lock files, nothing hidden. A subfolder that cannot be listed is a folder that cannot be reached."""

    def unreachable(error: OSError) -> NoReturn:
        raise SourceUnavailable("registers", "không mở được thư mục REGISTERS_DIR hoặc thư mục con của nó") from error

    if not folder.is_dir():
        raise SourceUnavailable("registers", "không thấy thư mục REGISTERS_DIR")
    for parent, subfolders, names in os.walk(folder, onerror=unreachable):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith((".", "~$")))
