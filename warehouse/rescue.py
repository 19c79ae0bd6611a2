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
LOST = (
    "Không thấy tệp kho dữ liệu nên đã lấy lại bản dự phòng lúc {made}. Dữ liệu từ lúc đó sẽ được đọc lại từ nguồn; "
    "nếu muốn bắt đầu lại từ đầu, hãy cất cả thư mục backup đi nơi khác."
)
EMPTIED = (
    "Kho dữ liệu bị hỏng và chưa có bản dự phòng nào; tệp hỏng giữ ở {aside}. "
    "Toàn bộ dữ liệu sẽ được đọc lại từ nguồn; lịch sử thay đổi trước đây nằm trong tệp hỏng."
)


def copy_of(path: Path) -> Path:
    return path.parent / "backup" / path.name


def is_lost(path: Path) -> bool:
    """Whether there is a copy of a file that is not there: it was deleted, or a rescue did not come to its end."""
    return not path.exists() and copy_of(path).exists()


class NothingToOpen(Exception):
    """The warehouse is gone and there is no copy of it; the message is for the officer."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Không thấy kho dữ liệu {path.name} và không có bản dự phòng, mà thư mục {path.parent} đã có bản công bố: "
            "không mở kho trống thay vào. Đem tệp kho hoặc thư mục backup về chỗ cũ rồi chạy lại; "
            "nếu thật sự muốn bắt đầu lại từ đầu: mtcl run --begin-anew."
        )


def has_publications(path: Path) -> bool:
    """Whether what is to be a new warehouse is none: something was published from one that stood here."""
    return any((path.parent / "published").glob("mtcl-*.duckdb"))


def refuse_empty(path: Path, begin_anew: bool) -> None:
    """Raises NothingToOpen where an empty warehouse would hide a loss and nobody has asked for one."""
    if not begin_anew and not path.exists() and has_publications(path):
        raise NothingToOpen(path)


def bring_back(path: Path, now: datetime) -> str:
    """Puts the last copy where the file was; says to the officer what was done."""
    return LOST.format(made=put_copy(path, now))


def replace(path: Path, now: datetime) -> str:
    """Puts the last copy in the place of a damaged file; says to the officer what was done."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for file, kept in ((path, aside), (wal_of(path), wal_of(aside))):
        if file.exists():
            file.replace(kept)
    told = RESTORED.format(made=put_copy(path, now), aside=aside.name) if copy_of(path).exists() else ""
    # Last: a rescue that is killed before is begun again.
    mark_of(path).unlink(missing_ok=True)
    return told or EMPTIED.format(aside=aside.name)


def put_copy(path: Path, now: datetime) -> str:
    """Whole or not at all; says from when it is."""
    copy, draft = copy_of(path), path.with_name(f"{path.name}{UNFINISHED}")
    # A log without its file belongs to no other.
    wal_of(path).unlink(missing_ok=True)
    shutil.copyfile(copy, draft)
    sync(draft)
    draft.replace(path)
    return f"{datetime.fromtimestamp(copy.stat().st_mtime, now.tzinfo):%H:%M %d/%m/%Y}"


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
