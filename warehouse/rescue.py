"""A warehouse file that is damaged: set aside, and replaced by the last copy. Nobody has to be there.

A copy is made after each publication. What came since is asked of the sources again: the copy's cursors say from where.
Damage that only a query meets is marked, and the next opening replaces the file: one run fails, never a loop.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from warehouse import access
from warehouse.damage import is_whole, mark_of
from warehouse.database import ROW_GROUP_ROWS, Database
from warehouse.whole_files import UNFINISHED, sync


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

WHAT_TO_DO = (
    "Lấy lại từ bản sao lưu: mtcl restore --from THƯ_MỤC --replace; "
    "nếu thật sự muốn bắt đầu lại từ đầu: mtcl run --begin-anew."
)
BOTH_DAMAGED = (
    "Kho dữ liệu {path} {state} và bản dự phòng {copy} cũng bị hỏng. Không có gì bị thay đổi hay chép thêm. "
    + WHAT_TO_DO
)
NOTHING_LEFT = (
    "Kho dữ liệu {path} {state} và không có bản dự phòng, trong khi {published} có bản đã công bố: không tự bắt đầu "
    "lại từ kho rỗng. " + WHAT_TO_DO
)
IS_DAMAGED, IS_MISSING = "bị hỏng", "không còn"
# A damaged file is kept for whoever wants to look into it; a disk that damages one each week must not be filled.
KEPT_DAMAGED = 2


class NothingToBringBack(Exception):
    """The warehouse is damaged or gone, and so is its copy. The message says what to do."""


def copy_of(path: Path) -> Path:
    return path.parent / "backup" / path.name


def is_lost(path: Path) -> bool:
    """Whether there is a copy of a file that is not there: it was deleted, or a rescue did not come to its end."""
    return not path.exists() and copy_of(path).exists()


def bring_back(path: Path, now: datetime) -> str | None:
    """Puts the last copy where the file was; says to the officer what was done, nothing in a home that begins.

    Raises NothingToBringBack.
    """
    refuse_without_copy(path, IS_MISSING)
    return LOST.format(made=put_copy(path, now)) if is_lost(path) else None


def refuse_without_copy(path: Path, state: str) -> None:
    """Whatever was published came out of a warehouse: without a whole copy of it nobody but a person may begin anew."""
    copy, published = copy_of(path), path.parent / "published"
    if copy.exists():
        if not is_whole(copy):
            raise NothingToBringBack(BOTH_DAMAGED.format(path=path, state=state, copy=copy))
    elif any(published.glob("mtcl-*.duckdb")):
        raise NothingToBringBack(NOTHING_LEFT.format(path=path, state=state, published=published))


def set_away(path: Path, now: datetime) -> None:
    """For somebody who begins anew on purpose: what is left of the warehouse and its copy stay, under other names."""
    for file in (path, wal_of(path), copy_of(path)):
        if file.exists():
            file.replace(file.with_name(f"{file.name}.before-{now:%Y%m%d-%H%M%S}"))
    mark_of(path).unlink(missing_ok=True)


def replace(path: Path, now: datetime) -> str:
    """Puts the last copy in place of a damaged file; says to the officer what was done. Raises NothingToBringBack."""
    refuse_without_copy(path, IS_DAMAGED)
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for file, kept in ((path, aside), (wal_of(path), wal_of(aside))):
        if file.exists():
            file.replace(kept)
    told = RESTORED.format(made=put_copy(path, now), aside=aside.name) if copy_of(path).exists() else ""
    # Last: a rescue that is killed before is begun again.
    mark_of(path).unlink(missing_ok=True)
    for old in sorted(path.parent.glob(f"{path.name}.damaged-*[0-9]"))[:-KEPT_DAMAGED]:
        old.unlink()
        wal_of(old).unlink(missing_ok=True)
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
    """A whole copy, then in the place of the last."""
    copy = copy_of(database.path)
    access.make_folder(copy.parent, access.PRIVATE_FOLDER)
    draft = copy.with_name(f"{copy.name}{UNFINISHED}")
    write_copy(database, draft)
    draft.replace(copy)
    return copy


def write_copy(database: Database, draft: Path) -> None:
    """Without the free blocks. DuckDB writes it: copying an open file would drop its lock."""
    remove(draft)
    place = str(draft).replace("'", "''")
    database.query(f"attach '{place}' as spare (row_group_size {ROW_GROUP_ROWS})")
    try:
        database.query("copy from database warehouse to spare")
        database.query("checkpoint spare")
    finally:
        database.query("detach spare")
    sync(draft)
    access.make_private(draft)


def remove(file: Path) -> None:
    """A file of DuckDB's with its log, where there is either."""
    for left in (file, wal_of(file)):
        left.unlink(missing_ok=True)


def wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
