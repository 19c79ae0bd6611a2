"""What of a home a backup holds."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from warehouse.moving_in import READY, SECRETS


# What can be made anew, or is of this machine.
FOLDERS = ("backup", "dagster", "workbench")
NAMES = ("*.lock", "*.wal", "*.unfinished*", "*.damaged*", "*.before-*", "replaced-*", READY)


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Path inside the folder and file, of what a backup holds."""
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if is_held(name) and not (Path(root) == folder and name in FOLDERS)]
        for name in names:
            file = Path(root, name)
            if is_held(name) and (file.is_symlink() or file.is_file()):
                yield file.relative_to(folder).as_posix(), file


def is_held(name: str) -> bool:
    return not any(fnmatch(name.lower(), pattern) for pattern in (*NAMES, *SECRETS))
