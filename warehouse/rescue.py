"""A warehouse file that is damaged: set aside, and replaced by the last copy. Nobody has to be there.

A copy is made after each publication. What came since is asked of the sources again: the copy's cursors say from where.
Damage that only a query meets is marked, and the next opening replaces the file: one run fails, never a loop.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from warehouse import access
from warehouse.damage import mark_of
from warehouse.database import Database
from warehouse.published_folder import UNFINISHED, sync


RESTORED = (
    "Kho dữ liệu bị hỏng nên đã được thay bằng bản dự phòng lúc {made}; tệp hỏng giữ ở {aside}. "
    "Dữ liệu từ lúc đó sẽ được đọc lại từ nguồn."
)
EMPTIED = (
    "Kho dữ liệu bị hỏng và chưa có bản dự phòng nào; tệp hỏng giữ ở {aside}. "
    "Toàn bộ dữ liệu sẽ được đọc lại từ nguồn; lịch sử thay đổi trước đây nằm trong tệp hỏng."
)


def copy_of(path: Path) -> Path:
    return path.parent / "backup" / path.name


def replace(path: Path, now: datetime) -> str:
    """Puts the last copy in the place of a damaged file; says to the officer what was done."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for file, kept in ((path, aside), (wal_of(path), wal_of(aside))):
        if file.exists():
            file.replace(kept)
    mark_of(path).unlink(missing_ok=True)
    copy = copy_of(path)
    if not copy.exists():
        return EMPTIED.format(aside=aside.name)
    shutil.copyfile(copy, path)
    sync(path)
    made = datetime.fromtimestamp(copy.stat().st_mtime, now.tzinfo)
    return RESTORED.format(made=f"{made:%H:%M %d/%m/%Y}", aside=aside.name)


def keep_copy(database: Database) -> Path:
    """A whole copy, then in the place of the last. DuckDB writes it: copying an open file would drop its lock."""
    copy = copy_of(database.path)
    access.make_folder(copy.parent, access.PRIVATE_FOLDER)
    draft = copy.with_name(f"{copy.name}{UNFINISHED}")
    for left in (draft, wal_of(draft)):
        left.unlink(missing_ok=True)
    place = str(draft).replace("'", "''")
    database.query(f"attach '{place}' as spare")
    try:
        database.query("copy from database warehouse to spare")
        database.query("checkpoint spare")
    finally:
        database.query("detach spare")
    sync(draft)
    access.make_private(draft)
    draft.replace(copy)
    return copy


def wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
