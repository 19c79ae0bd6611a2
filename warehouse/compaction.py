"""The warehouse's file without what nobody uses any more: written anew beside it, compared, and put in its place.

DuckDB takes free blocks again and gives back those at the end of the file alone. A night makes every table anew beside
the old one, so half of a file is free after it: that is its size. Where two thirds are, something went that does not
come back (closing dates that were thinned, a collection read twice), and the next backup is worth writing whole.
"""

from __future__ import annotations

from pathlib import Path

from warehouse import access
from warehouse.database import Database
from warehouse.published_folder import attached
from warehouse.rescue import remove, wal_of, write_copy
from warehouse.whole_files import draft_of, set_in_place, sync


FREE_SHARE = 2 / 3
LEAST_BYTES = 64 << 20

TABLES = """
select format('"{}"."{}"', schema_name, table_name) from duckdb_tables()
where database_name = $1 and not temporary
order by all
"""


class CopyDiffers(Exception):
    """What was written is not what stands in the warehouse, whose file stays."""


def compact(database: Database, share: float = FREE_SHARE, least: int = LEAST_BYTES) -> int:
    """Writes the log into the file, and the file anew where more than that share and so many bytes of it are free.

    Returns the bytes given back. Whoever kills it anywhere leaves the file as it was, or the new one. Temporary tables
    of the connection are gone afterwards. Raises CopyDiffers.
    """
    draft = draft_of(database.path)
    remove(draft)
    database.query("checkpoint")
    size, free = blocks(database)
    if free < least or free <= share * size:
        return 0
    before = database.path.stat().st_size
    try:
        write_copy(database, draft)
        with attached(database, draft, "compacted", "read_only"):
            if contents(database, "warehouse") != contents(database, "compacted"):
                raise CopyDiffers(f"Bản viết gọn của {database.path} không trùng với kho dữ liệu nên không dùng.")
        database.on_commit("before compacted file")
        put_in_place(database, draft)
    finally:
        remove(draft)
    database.on_commit("after compacted file")
    return before - database.path.stat().st_size


def put_in_place(database: Database, draft: Path) -> None:
    """Closing writes the log into the old file; where one is left, which belongs to no other, that file stays."""
    database.close()
    try:
        if not wal_of(database.path).exists():
            set_in_place(draft, database.path, access.PRIVATE_FILE)
            sync(database.path.parent)
    finally:
        database.open()


def blocks(database: Database) -> tuple[int, int]:
    """Bytes of all blocks, and of those that are free."""
    ((total, free),) = database.query(
        "select total_blocks * block_size, free_blocks * block_size from pragma_database_size()"
        " where database_name = 'warehouse'"
    )
    return total, free


def contents(database: Database, catalog: str) -> dict[str, tuple[int, int]]:
    """Table → rows, and a sum of their hashes."""
    return {
        table: database.query(f"select count(*), bit_xor(hash(one)) from {catalog}.{table} as one")[0]
        for (table,) in database.query(TABLES, [catalog])
    }
