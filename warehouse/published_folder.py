"""The folder of published versions: immutable files, each with its manifest, and the pointer that names one of them."""

from __future__ import annotations

import fcntl
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from warehouse import access
from warehouse.database import Database
from warehouse.reading import POINTER, Published, manifest_of, read_manifest
from warehouse.whole_files import UNFINISHED, point, put


# The page of the newest version that has one; a page names the version it shows and stands beside its file.
PAGE_POINTER = "index.html"
# The manifests of versions that are pruned, and what else is a link of the chain (warehouse/chain.py).
LINKS = "manifests"
# For `attached`: files that DuckDB 1.4, the oldest supported reader, can open.
READABLE = "storage_version 'v1.4.0'"
# struct flock of Linux: type, whence, start, length, process.
FLOCK = "hhqqi4x"


@contextmanager
def attached(database: Database, file: Path, name: str, options: str) -> Iterator[None]:
    """A database file under a name that SQL can read, for the time of the block. Raises DamagedFile."""
    path = str(file).replace("'", "''")
    database.beside.append(file)
    try:
        database.query(f"attach '{path}' as {name} ({options})")
        try:
            yield
        finally:
            database.query(f"detach {name}")
    finally:
        database.beside.remove(file)


def next_version(folder: Path, closing_date: date, published: Iterable[str] = ()) -> str:
    """A name that neither a file nor a publication of earlier has borne, also one whose file is pruned."""
    stem = f"mtcl-{closing_date.isoformat()}-"
    files = (*folder.glob(f"{stem}*.duckdb"), *folder.glob(f"{stem}*.json"), *(folder / LINKS).glob(f"{stem}*.json"))
    names = [*published, *(path.stem for path in files)]
    taken = [int(name.removeprefix(stem)) for name in names if name.startswith(stem)]
    return f"{stem}{max(taken, default=0) + 1}"


def signature_of(manifest: Path) -> Path:
    return manifest.with_name(f"{manifest.name}.sig")


def page_of(file: Path) -> Path:
    return file.with_suffix(".html")


def side_of(file: Path) -> Path:
    """What the page reads only when somebody asks for it."""
    return file.with_suffix(".js")


def set_page(published: Published, text: str, side: str = "") -> Path:
    """Writes the page of a version and what it reads beside its file and points readers to it; returns its path."""
    page = page_of(published.path)
    put(side_of(published.path), side.encode(), access.READERS_FILE)
    put(page, text.encode(), access.READERS_FILE)
    point_to(page, PAGE_POINTER)
    return page


def point_to(file: Path, name: str = POINTER) -> None:
    point(file.with_name(name), file.name)


def prune(folder: Path, keep: int, spared: set[Path], closed: set[str]) -> None:
    """Removes the oldest versions beyond `keep`, and none that is `closed`.

    Spared are the version that the pointer names and the one it named before: DuckDB follows the pointer first and
    opens the file a moment later (measured: without this, a reader in a loop fails at every second publication). And
    the version whose page is shown, and whatever another process has open: on a network share, unlike on a disk of
    our own, a file that is removed is lost to whoever reads it.
    """
    shown = folder / PAGE_POINTER
    names = {path.name for path in spared} | {shown.resolve().with_suffix(".duckdb").name}
    others = [path for path in folder.glob("mtcl-*.duckdb") if path.name not in names and path.stem not in closed]
    for path in sorted(others, key=age, reverse=True)[max(keep - len(spared), 0) :]:
        if is_read(path):
            continue
        keep_link(manifest_of(path))
        path.unlink()
        page_of(path).unlink(missing_ok=True)
        side_of(path).unlink(missing_ok=True)


def keep_link(manifest: Path) -> None:
    """Before its file goes: from then on a file without a manifest is debris, never a manifest without a file."""
    kept = manifest.parent / LINKS
    access.make_folder(kept, access.READERS_FOLDER)
    for file in (manifest, signature_of(manifest)):
        if file.exists():
            file.replace(kept / file.name)


def is_read(file: Path) -> bool:
    """Whether another process holds DuckDB's read lock; a system that cannot say keeps nothing for it."""
    if not sys.platform.startswith("linux"):
        return False
    asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    descriptor = os.open(file, os.O_RDONLY)
    try:
        kind, *_ = struct.unpack(FLOCK, fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return bool(kind != fcntl.F_UNLCK)


def age(file: Path) -> tuple[str, int]:
    """Versions of one moment are told apart by their numbers; one whose manifest is damaged is the oldest."""
    try:
        manifest = read_manifest(file)
    except (OSError, ValueError):
        manifest = {}
    if not isinstance(manifest, dict) or not {"created_at", "version"} <= manifest.keys():
        return "", 0
    return manifest["created_at"], int(manifest["version"].rpartition("-")[2])


def remove_debris(folder: Path) -> None:
    """What a killed run left: drafts, files that never got their manifest, pages and signatures of nothing.

    A manifest without its file was never left by a run of ours: it stays, and whoever verifies is told.
    """
    for path in folder.glob(f"*{UNFINISHED}*"):
        path.unlink()
    named = folder / (folder / POINTER).resolve().name
    for path in folder.glob("mtcl-*.duckdb"):
        # What readers have before them stays, also where its manifest is lost.
        if not manifest_of(path).exists() and path != named:
            path.unlink()
    for path in (*folder.glob("mtcl-*.html"), *folder.glob("mtcl-*.js")):
        if not path.with_suffix(".duckdb").exists():
            path.unlink()
    for path in folder.glob("mtcl-*.json.sig"):
        manifest = path.with_suffix("")
        if (folder / LINKS / manifest.name).exists():
            path.replace(folder / LINKS / path.name)
        elif not manifest.exists():
            path.unlink()
