"""Moving a restored home in: from one moment on it is decided, and whoever opens the home next can end it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from warehouse import access
from warehouse.whole_files import put, sync


Step = Callable[[str], None]

WAREHOUSE = "warehouse.duckdb"
# Inside the home, since that may be a mounted disk of its own.
DRAFT, READY = "restoring.unfinished", "restoring.json"
# Never in a backup, and left where they are when a home is put back.
SECRETS = (".env*", "*.env", "*.key", "*.pem", "*.p12", "*.pfx", "*credential*", "*secret*")


def contents(home: Path) -> list[str]:
    """What makes way for a home that is put back."""
    return sorted(path.name for path in home.iterdir() if not stays(path.name))


def stays(name: str) -> bool:
    return name in ("dagster", f"{WAREHOUSE}.lock", DRAFT, READY) or any(fnmatch(name.lower(), one) for one in SECRETS)


def begin(home: Path, aside: str) -> None:
    """From this moment on the home is that of the generation: `finish` can be done by anybody, any number of times."""
    while (home / aside).exists():
        aside += "-1"
    sync(home / DRAFT)
    plan = {"aside": aside, "names": sorted(path.name for path in (home / DRAFT).iterdir())}
    put(home / READY, json.dumps(plan).encode(), access.PRIVATE_FILE)
    sync(home)


def finish(home: Path, step: Step = lambda done: None) -> bool:
    """Moves what was there aside and the generation in; whether there was anything to finish."""
    note, draft = home / READY, home / DRAFT
    if not note.exists():
        return False
    step("begun")
    plan = json.loads(note.read_text(encoding="utf-8"))
    aside = home / plan["aside"]
    aside.mkdir(access.PRIVATE_FOLDER, exist_ok=True)
    for name in contents(home):
        is_new = name in plan["names"] and not (draft / name).exists()
        if not is_new and not name.startswith("replaced-"):
            (home / name).replace(aside / name)
            step(f"aside {name}")
    for path in sorted(draft.iterdir()) if draft.exists() else []:
        path.replace(home / path.name)
        step(f"in place {path.name}")
    sync(home)
    shutil.rmtree(draft, ignore_errors=True)
    if not any(aside.iterdir()):
        aside.rmdir()
    note.unlink()
    sync(home)
    return True
