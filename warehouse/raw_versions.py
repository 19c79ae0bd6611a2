"""Raw versions: what a batch of records changes in a raw table. Reading the same thing twice changes nothing.

Versions of a key stand in the order of the source's own "updated" instant, then of arrival, so that the table does
not depend on page size or on the order in which windows were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.database import Database


Numbers = npt.NDArray[Any]

SOURCE_ORDER = """
select position from incoming
order by record_key, local_timestamp(source_updated_at) nulls first, position
"""

# What the table already holds of the batch's keys: over a million rows one scan of the key column. Dates are read only
# where contents differ. An aggregate, since `qualify row_number() = 1` over rowid is an internal error of DuckDB 1.5.
KNOWN = """
select
    incoming.position,
    max(kept.version)                                                       as version,
    max_by(kept.rowid, kept.version)                                        as row_id,
    max_by(
        kept.content_hash = incoming.content_hash and kept.withdrawn_at is null, kept.version
    )                                                                       as stands,
    max_by(
        case
            when kept.content_hash <> incoming.content_hash then coalesce(
                local_timestamp(incoming.source_updated_at) < local_timestamp(kept.source_updated_at),
                false
            )
            else false
        end,
        kept.version
    )                                                                       as is_late
from {table} as kept inner join incoming using (record_key)
group by incoming.position
"""

SEE_AGAIN = """
update {table} as kept set last_seen_at = $now
from again
where kept.rowid = again.row_id
"""

APPEND = """
insert into {table}
select record_key, version, payload, content_hash, source_updated_at, $now, $now, null, $run_id
from arriving
"""

# An older state that arrives after a newer one is history, not news: it gets its place among the versions.
APPEND_LATE = """
insert into {table}
select record_key, 0, any_value(payload), content_hash, min(source_updated_at), $now, $now, null, $run_id
from arriving
where (record_key, content_hash) not in (select (record_key, content_hash) from {table})
group by record_key, content_hash
"""

RENUMBER = """
update {table} as kept set version = ranked.version
from (
    select
        rowid as row_id,
        row_number() over (
            partition by record_key
            order by local_timestamp(source_updated_at) nulls first, version, content_hash
        ) as version
    from {table}
    where record_key in (select record_key from arriving)
) as ranked
where kept.rowid = ranked.row_id
"""

WITHDRAW = """
update {table} as kept set withdrawn_at = $now
from (
    select max_by(rowid, version) as row_id
    from {table}
    where record_key not in (select record_key from seen){among}
    group by record_key
) as gone
where kept.rowid = gone.row_id and kept.withdrawn_at is null
"""


class Record(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def payload(self) -> bytes: ...
    @property
    def updated_at(self) -> str | None: ...


class Verdict(NamedTuple):
    """Positions in the batch; `again` holds row ids of the table."""

    new: Numbers
    versions: Numbers
    again: Numbers
    late: Numbers


class UnreadableRecord(Exception):
    """A payload that is not UTF-8; named by its key, never quoted, since it may hold anything."""


def batch_of(records: Sequence[Record]) -> pa.Table:
    """The records as Arrow columns. Raises UnreadableRecord."""
    payloads = [record.payload for record in records]
    try:
        texts = pa.array(payloads, pa.string())
    except pa.ArrowInvalid:
        texts = None
    if texts is None:
        # Outside the handler: Arrow's own error quotes the payload and must not travel along.
        raise UnreadableRecord(f"Bản ghi {first_unreadable(records)}: nội dung nguồn gửi không phải UTF-8")
    return pa.table(
        {
            "record_key": pa.array([record.key for record in records], pa.string()),
            "payload": texts,
            "content_hash": pa.array([hashlib.sha256(payload).hexdigest() for payload in payloads], pa.string()),
            "source_updated_at": pa.array([record.updated_at for record in records], pa.string()),
        }
    )


def first_unreadable(records: Sequence[Record]) -> str:
    """The key of the first record whose bytes are no text."""
    for record in records:
        try:
            record.payload.decode()
        except UnicodeDecodeError:
            return record.key
    raise AssertionError("Arrow and Python read UTF-8 alike")


def in_source_order(database: Database, batch: pa.Table) -> pa.Table:
    """Makes neighbours of the records of one key, in the order of the source's own instants, then of arrival."""
    if pc.count_distinct(batch["record_key"]).as_py() == batch.num_rows:
        return batch
    with database.registered("incoming", numbered(batch)):
        order = database.connection.execute(SOURCE_ORDER).fetchnumpy()
    return batch.take(order["position"])


def numbered(batch: pa.Table) -> pa.Table:
    return batch.drop_columns("payload").append_column("position", [np.arange(batch.num_rows)])


def land(database: Database, table: str, run_id: str, batch: pa.Table) -> int:
    """Writes what is new in the batch and returns how many versions that is. Call it in a transaction."""
    batch = in_source_order(database, batch)
    verdict = judge(batch, known(database, table, batch))
    now = database.clock()
    values = {"now": now, "run_id": run_id}
    landed = 0
    if len(verdict.again):
        with database.registered("again", pa.table({"row_id": verdict.again})):
            database.query(SEE_AGAIN.format(table=table), {"now": now})
    if len(verdict.new):
        rows = batch if len(verdict.new) == batch.num_rows else batch.take(verdict.new)
        with database.registered("arriving", rows.append_column("version", [verdict.versions])):
            landed += database.query(APPEND.format(table=table), values)[0][0]
    if len(verdict.late):
        with database.registered("arriving", batch.take(verdict.late)):
            landed += database.query(APPEND_LATE.format(table=table), values)[0][0]
            database.query(RENUMBER.format(table=table))
    return landed


def known(database: Database, table: str, batch: pa.Table) -> dict[str, Numbers]:
    """By position in the batch: number and row of the key's newest version, whether it stands, whether we are late."""
    with database.registered("incoming", numbered(batch)):
        found = database.connection.execute(KNOWN.format(table=table)).fetchnumpy()
    facts = {
        "version": np.zeros(batch.num_rows, np.int64),
        "row_id": np.zeros(batch.num_rows, np.int64),
        "stands": np.zeros(batch.num_rows, bool),
        "is_late": np.zeros(batch.num_rows, bool),
    }
    for name, values in facts.items():
        values[found["position"]] = found[name]
    return facts


def judge(batch: pa.Table, known: dict[str, Numbers]) -> Verdict:
    """What is new (with its number), what stands already, what comes late. Equal keys are neighbours in the batch."""
    keys, hashes = batch["record_key"].combine_chunks(), batch["content_hash"].combine_chunks()
    late = known["is_late"]
    same_key = np.append(False, pc.equal(keys[1:], keys[:-1]).to_numpy(zero_copy_only=False))
    same_hash = np.append(False, pc.equal(hashes[1:], hashes[:-1]).to_numpy(zero_copy_only=False))
    follows = same_key & ~np.append(False, late[:-1])
    same = np.where(follows, same_hash, known["stands"])
    new = ~same & ~late
    count = np.cumsum(new)
    # How many were new before the first record of each key: carried along its run of neighbours.
    before = np.maximum.accumulate(np.where(same_key, 0, count - new))
    return Verdict(
        new=np.flatnonzero(new),
        versions=(known["version"] + count - before)[new],
        again=known["row_id"][same & known["stands"]],
        late=np.flatnonzero(late),
    )


def withdraw_unseen(
    database: Database, table: str, seen: pa.ChunkedArray, among: Collection[str] | None = None
) -> None:
    """Marks what the source no longer lists; of `among` alone where only a part was read. Nothing is deleted."""
    part = pa.table({"record_key": pa.array(sorted(among or ()), pa.string())})
    where = "" if among is None else " and record_key in (select record_key from part)"
    with database.registered("seen", pa.table({"record_key": seen})), database.registered("part", part):
        database.query(WITHDRAW.format(table=table, among=where), {"now": database.clock()})


def keys(database: Database, table: str) -> set[str]:
    return {key for (key,) in database.query(f"select distinct record_key from {table}")}


def newest(database: Database, table: str) -> dict[str, tuple[datetime, datetime, str]]:
    """First and last sight and hash of the newest version of every key."""
    found = database.query(
        "select record_key, max_by({'first': first_seen_at, 'last': last_seen_at, 'hash': content_hash}, version)"
        f" from {table} group by record_key"
    )
    return {key: (facts["first"], facts["last"], facts["hash"]) for key, facts in found}


def keys_without(database: Database, table: str, path: str) -> set[str]:
    """The keys whose newest version does not fill that member of the payload (a JSON path)."""
    found = database.query(
        f"select record_key from {table} group by record_key having max_by((payload ->> $1) is null, version)", [path]
    )
    return {key for (key,) in found}
