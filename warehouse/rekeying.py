"""All that is kept under a new key for pseudonyms, and the epoch of it: in one transaction or not at all.

The only place where a raw row is written over: what it says of the world stays, letter by letter, and so do its
version and its instants. A row that does not match its hash is left as it is, for raw_integrity to find.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from warehouse import raw_tables
from warehouse.database import ROW_GROUP_ROWS, Database
from warehouse.identity import Identity, enter


# Collection and text of it, as in `connectors.rekeying`.
Text = Callable[[str, str], str]

OF_RAW = "select rowid, record_key, payload, content_hash from {table} where rowid >= $1 and rowid < $2"
WRITE = """
update {table} as kept
set record_key = changed.record_key, payload = changed.payload, content_hash = changed.content_hash
from changed
where kept.rowid = changed.row_id
"""
# Records that were set aside or whose payload was cut are known by the same keys.
ASIDE = ("quarantine.records", "quarantine.history", "quarantine.damaged_payloads", "ledger.retention_cuts")
OF_ASIDE = "select distinct system || '__' || resource, record_key from {table} where system is not null"
WRITE_ASIDE = """
update {table} as kept set record_key = changed.record_key
from changed
where kept.record_key = changed.known_by and kept.system || '__' || kept.resource = changed.collection
"""
EPOCH = """
insert into ledger.key_epochs
select coalesce(max(number), 0) + 1, $1, $2, $3 from ledger.key_epochs
"""


def rekey(database: Database, identity: Identity, by: str, text: Text) -> int:
    """What the home is afterwards, by whom it was done; how many raw rows were written."""
    with database.transaction("key rotated"):
        tables = [table for (table,) in database.query(raw_tables.EXISTING)]
        rows = sum(rewrite(database, table, text) for table in tables if "__" in table)
        for table in ASIDE:
            rewrite_keys(database, table, text)
        database.query(EPOCH, [identity.key, database.clock(), by])
        enter(database, identity)
    database.query("checkpoint")
    return rows


def rewrite(database: Database, collection: str, text: Text) -> int:
    """Row group by row group, so that a large collection is never in memory as a whole."""
    table = f"raw.{collection}"
    last = database.query(f"select coalesce(max(rowid), -1) from {table}")[0][0]
    written = 0
    for first in range(0, last + 1, ROW_GROUP_ROWS):
        found = database.query(OF_RAW.format(table=table), [first, first + ROW_GROUP_ROWS])
        changed = [new for row in found if (new := row_of(collection, row, text)) != row]
        if changed:
            names = ("row_id", "record_key", "payload", "content_hash")
            columns = dict(zip(names, map(list, zip(*changed, strict=True)), strict=True))
            with database.registered("changed", pa.table(columns)):
                database.query(WRITE.format(table=table))
            written += len(changed)
    return written


def row_of(collection: str, row: tuple[Any, ...], text: Text) -> tuple[Any, ...]:
    row_id, key, payload, content_hash = row
    again = text(collection, payload)
    if again != payload:
        if hash_of(payload) != content_hash:
            return row
        content_hash = hash_of(again)
    return row_id, text(collection, key), again, content_hash


def hash_of(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def rewrite_keys(database: Database, table: str, text: Text) -> None:
    changed = [
        {"collection": collection, "known_by": key, "record_key": again}
        for collection, key in database.query(OF_ASIDE.format(table=table))
        if (again := text(collection, key)) != key
    ]
    if changed:
        with database.registered("changed", pa.Table.from_pylist(changed)):
            database.query(WRITE_ASIDE.format(table=table))


def epochs(database: Database) -> list[tuple[Any, ...]]:
    """Number, since when and by whom, oldest first; none where the first key is still in use."""
    return database.query("select number, since, by_user from ledger.key_epochs order by number")
