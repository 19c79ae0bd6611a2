"""How a damaged warehouse file is known, and how whoever meets damage in a question tells the next opening of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


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


class DamagedFile(Exception):
    """Damage in a file that was read beside the warehouse, which is not suspected for it; the message names it."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"Tệp {file.name} bị hỏng, không đọc được.")
        self.file = file


def is_damage(error: duckdb.Error) -> bool:
    return any(sign in str(error) for sign in DAMAGE)


def mark_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


@contextmanager
def marking(path: Path, beside: Iterable[Path] = ()) -> Iterator[None]:
    """Marks the file when a query inside the block meets damage that is in none of those that are open beside it.

    DuckDB does not always name the file. Raises DamagedFile where it is one of the others.
    """
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error):
            for file in beside:
                if not is_whole(file):
                    raise DamagedFile(file) from error
            mark_of(path).touch()
        raise


def is_whole(file: Path) -> bool:
    """Whether every row of every table can be read. Takes as long as reading the file does."""
    place = str(file).replace("'", "''")
    with duckdb.connect() as reader:
        try:
            reader.execute(f"attach '{place}' as asked (read_only)")
            tables = reader.execute(
                'select format(\'asked."{}"."{}"\', schema_name, table_name) from duckdb_tables()'
                " where database_name = 'asked'"
            ).fetchall()
            for (table,) in tables:
                reader.execute(f"select bit_xor(hash(one)) from {table} as one").fetchall()
        except duckdb.Error:
            return False
    return True


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
