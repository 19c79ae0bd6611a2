"""The SQLite files of Dagster's own state: one that is damaged is set aside, so that a new one begins and a night runs.

What they hold is the history of runs and schedules. Figures, publications and the ledger stand elsewhere.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from warehouse.whole_files import ASIDE, aside_of


# A file of SQLite, and what belongs to it alone: a log left behind would be played into its successor.
PARTS = ("", "-wal", "-shm", "-journal")
# Seconds to wait for whoever writes; a file that is in use is not looked at.
PATIENCE = 5.0


def is_sound(file: Path) -> bool:
    """Every page can be read and is where it belongs. One that is not there, empty or busy is."""
    if not file.is_file() or not file.stat().st_size:
        return True
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as database:
            return bool(database.execute("pragma quick_check(1)").fetchall() == [("ok",)])
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False


def set_aside_if_damaged(file: Path) -> None:
    if is_sound(file):
        return
    place = aside_of(file)
    for part in PARTS:
        there = file.with_name(file.name + part)
        if there.exists():
            there.rename(place.with_name(place.name + part))


def put_aside(folder: Path) -> list[Path]:
    """What was set aside in a folder and those below it, without the logs of it."""
    return sorted(path for path in folder.rglob(f"*{ASIDE}*") if not path.name.endswith(PARTS[1:]))
