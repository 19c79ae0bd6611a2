"""Who may open what under $MTCL_HOME.

Readers are a group of the operating system: whoever shares the group of `published` reads everything in it and writes
nothing. Modes are set explicitly, since a service's umask decides otherwise; only on what we make, so that an
administrator may choose another group once (chgrp and chmod g+s on `published`) and keep it.
"""

from __future__ import annotations

import os
from pathlib import Path


PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
# Immutable, for the pipeline itself too: a reader who forgets `read_only` is refused.
READERS_FILE = 0o440
READERS_FOLDER = 0o750
# What an outside monitor asks for by name; it tells of runs and of nothing else.
PUBLIC_FILE = 0o644
# Passed through by name, listed by nobody else: the way to `published`.
PASSAGE = 0o711


def make_folder(folder: Path, mode: int) -> None:
    """Makes it and what is missing above it with that mode, keeping the set-group-id bit that they inherit.

    A folder that stands is left as it is.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode | (folder.stat().st_mode & 0o2000))


def make_private(file: Path) -> None:
    """For its owner alone, where that is us; somebody else's file is theirs to close."""
    if file.stat().st_uid == os.geteuid():
        file.chmod(PRIVATE_FILE)
