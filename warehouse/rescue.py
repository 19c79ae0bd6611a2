"""A warehouse file that is damaged: set aside, and replaced by the last copy. Nobody has to be there.

A copy is made after each publication. What came since is asked of the sources again: the copy's cursors say from where.
Damage that only a query meets is marked, and the next opening replaces the file: one run fails, never a loop.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse import access
from warehouse.shelf import UNFINISHED, sync


if TYPE_CHECKING:
    from warehouse.database import Warehouse

# How DuckDB 1.5 and 2.0 say that a file cannot be what it wrote; a lock, a full disk or wrong rights are none of these.
DAMAGE = (
    "Corrupt database file",
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Failure while replaying WAL",
    "WAL file does not match database file",
)
# A file begins with three headers; whole blocks follow.
HEADERS = 3 * 4096
RESTORED = (
    "Kho dữ liệu bị hỏng nên đã được thay bằng bản dự phòng lúc {made}; tệp hỏng giữ ở {aside}. "
    "Dữ liệu từ lúc đó sẽ được đọc lại từ nguồn."
)
EMPTIED = (
    "Kho dữ liệu bị hỏng và chưa có bản dự phòng nào; tệp hỏng giữ ở {aside}. "
    "Toàn bộ dữ liệu sẽ được đọc lại từ nguồn; lịch sử thay đổi trước đây nằm trong tệp hỏng."
)


def is_damage(error: duckdb.Error) -> bool:
    return any(sign in str(error) for sign in DAMAGE)


def raise_if_cut(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Says that a file ends before its last used block, as DuckDB does only when a query comes to need it.

    A checkpoint cuts free blocks off after it has written how many there are: shorter than it says may still be whole.
    """
    [(promised, size)] = connection.execute(
        "select total_blocks, block_size from pragma_database_size() where database_name = 'warehouse'"
    ).fetchall()
    held = (path.stat().st_size - HEADERS) // size
    if held < promised and held <= (last := last_used_block(connection)):
        raise duckdb.IOException(f"Could not read enough bytes from file {path}: it ends at block {held}, not {last}")


def last_used_block(connection: duckdb.DuckDBPyConnection) -> int:
    tables = connection.execute(
        "select format('{}.{}', schema_name, table_name) from duckdb_tables()"
        " where database_name = 'warehouse' and not temporary"
    ).fetchall()
    blocks = ["select max(block_id) as block from pragma_metadata_info()"] + [
        "select max(greatest(block_id, list_max(additional_block_ids)))"
        f" from pragma_storage_info('{table}') where persistent"
        for (table,) in tables
    ]
    [(last,)] = connection.execute(f"select coalesce(max(block), -1) from ({' union all '.join(blocks)})").fetchall()
    return int(last)


def copy_of(path: Path) -> Path:
    return path.parent / "backup" / path.name


def mark_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


@contextmanager
def marking(path: Path) -> Iterator[None]:
    """Marks the file when a query inside the block meets damage."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error):
            mark_of(path).touch()
        raise


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


def keep_copy(warehouse: Warehouse) -> Path:
    """A whole copy, then in the place of the last. DuckDB writes it: copying an open file would drop its lock."""
    copy = copy_of(warehouse.path)
    access.make_folder(copy.parent, access.PRIVATE_FOLDER)
    draft = copy.with_name(f"{copy.name}{UNFINISHED}")
    for left in (draft, wal_of(draft)):
        left.unlink(missing_ok=True)
    place = str(draft).replace("'", "''")
    warehouse.query(f"attach '{place}' as spare")
    try:
        warehouse.query("copy from database warehouse to spare")
        warehouse.query("checkpoint spare")
    finally:
        warehouse.query("detach spare")
    sync(draft)
    access.make_private(draft)
    draft.replace(copy)
    return copy


def wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
