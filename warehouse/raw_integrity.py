"""Raw payloads against their stored hashes: what does not match is no evidence, and is put right or set aside.

A payload whose hash is known is put right by whoever has the text of that hash: the copy of the warehouse at once, else
the source when it is read again. Until then a placeholder stands in its place, which the rules on readable records set
aside, so that it widens a figure and improves none. Not seen by this: a change of payload and hash together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse import building, expectations, ledger
from warehouse.damage import DamagedFile
from warehouse.database import Database
from warehouse.published_folder import attached
from warehouse.raw_tables import CUT, EXISTING, PLACEHOLDER
from warehouse.rescue import copy_of


# Hashing takes about three seconds for so much. Where there is more, a part is asked each day and the whole in a week.
BUDGET_BYTES = 256 * 2**20
DAYS = 7
RULE = "record_is_readable"

FOUND = (
    "{count} bản ghi gốc của {table} không khớp mã băm đã lưu: {mended} bản được lấy lại từ bản dự phòng, {left} bản "
    "tách riêng và sẽ được đọc lại từ nguồn; không bản nào được tính như đã bị sửa."
)
COPY_DAMAGED = "Bản dự phòng bị hỏng nên không lấy lại được bản ghi nào từ đó."

DAMAGED = """
create or replace temp table damaged as
select rowid as row_id, record_key, version, content_hash, payload
from {table}
where sha256(payload) is distinct from content_hash and rowid % {shares} = {share} and not (
    payload = $cut and (record_key, content_hash) in (
        select (record_key, content_hash) from ledger.retention_cuts
        where system = $system and resource = $resource
    )
)
"""
ENTER = """
insert into quarantine.damaged_payloads
select $system, $resource, record_key, version, content_hash, payload, $now, null, null
from temp.main.damaged
where payload is distinct from $placeholder
"""
RESCUED = """
create or replace temp table rescued as
select record_key, version, payload, content_hash
from {source}
where record_key in (select record_key from temp.main.damaged) and sha256(payload) = content_hash
"""
BY_HASH = """
update {table} as kept set payload = copy.payload
from temp.main.rescued as copy
where kept.rowid in (select row_id from temp.main.damaged)
    and kept.record_key = copy.record_key and kept.content_hash = copy.content_hash
"""
# The hash itself was changed: the copy's row of that number, unless its text stands in another version here.
BY_VERSION = """
update {table} as kept set payload = copy.payload, content_hash = copy.content_hash
from temp.main.rescued as copy
where kept.rowid in (select row_id from temp.main.damaged) and sha256(kept.payload) is distinct from kept.content_hash
    and kept.record_key = copy.record_key and kept.version = copy.version
    and (copy.record_key, copy.content_hash) not in (select (record_key, content_hash) from {table})
"""
HOLD = """
update {table} as kept set
    payload = $placeholder,
    -- Read before anything could have changed it: whoever asks what has changed since, asks for it.
    last_seen_at = timestamptz '1970-01-01'
where kept.rowid in (select row_id from temp.main.damaged) and sha256(kept.payload) is distinct from kept.content_hash
    and kept.payload is distinct from $placeholder
returning coalesce(timezone('UTC', local_timestamp(kept.source_updated_at) - interval 7 hour), kept.first_seen_at)
"""
MENDED = """
update quarantine.damaged_payloads as entry set mended_at = $now, mended_from = $mended_from
where entry.system = $system and entry.resource = $resource and entry.mended_at is null and exists (
    select 1 from {table} as kept
    where kept.record_key = entry.record_key and kept.version = entry.version and kept.payload <> $placeholder
)
"""
FROM_SOURCE = """
update {table} as kept set payload = incoming.payload
from incoming
where kept.payload = $placeholder and kept.record_key = incoming.record_key
    and kept.content_hash = incoming.content_hash
"""
IS_HELD = """
select 1 from quarantine.damaged_payloads
where system = $system and resource = $resource and mended_at is null
limit 1
"""
HELD = """
select count(*) from (
    select max_by(payload, version) as payload from {table} group by record_key
) where payload = $placeholder
"""


class Collection(NamedTuple):
    system: str
    resource: str

    @property
    def table(self) -> str:
        return f"raw.{self.system}__{self.resource}"


def collections(database: Database) -> list[Collection]:
    names = [name.partition("__") for (name,) in database.query(EXISTING)]
    return [Collection(system, resource) for system, separator, resource in names if separator]


def verify(database: Database, tell: Callable[[str], None], in_full: bool = False, budget: int = BUDGET_BYTES) -> int:
    """Puts right or holds every damaged payload that it finds; how many it found. Whole tables, where one is found."""
    shares = 1 if in_full else shares_of(database, budget)
    found = 0
    for one in collections(database):
        if damaged(database, one, shares):
            if shares > 1:
                damaged(database, one, 1)
            found += put_right(database, one, tell)
    for name in ("damaged", "rescued"):
        database.query(f"drop table if exists temp.main.{name}")
    return found


def shares_of(database: Database, budget: int) -> int:
    sizes = [
        database.query(f"select coalesce(sum(strlen(payload)), 0) from {one.table}") for one in collections(database)
    ]
    return min(ceil(sum(size for ((size,),) in sizes) / budget), DAYS) or 1


def damaged(database: Database, one: Collection, shares: int) -> int:
    share = database.clock().toordinal() % shares
    database.query(DAMAGED.format(table=one.table, shares=shares, share=share), one._asdict() | {"cut": CUT})
    return building.rows(database, "temp.main.damaged")


def put_right(database: Database, one: Collection, tell: Callable[[str], None]) -> int:
    """What is held already is tried again, and told once."""
    where: dict[str, object] = {"system": one.system, "resource": one.resource}
    now: dict[str, object] = {"now": database.clock()}
    placeholder: dict[str, object] = {"placeholder": PLACEHOLDER}
    count = building.rows(database, "temp.main.damaged")
    read_copy(database, one, tell)
    with database.transaction(f"damaged payloads of {one.table}"):
        ((new,),) = database.query(ENTER, where | now | placeholder)
        mended = sum(int(database.query(sql.format(table=one.table))[0][0]) for sql in (BY_HASH, BY_VERSION))
        held = database.query(HOLD.format(table=one.table), placeholder)
        database.query(MENDED.format(table=one.table), where | now | placeholder | {"mended_from": "backup"})
        if held:
            ask_again(database, one, min(moment for (moment,) in held) - timedelta(seconds=1))
    if new or mended:
        tell(FOUND.format(count=count, table=one.table.removeprefix("raw."), mended=mended, left=len(held)))
    return count


def read_copy(database: Database, one: Collection, tell: Callable[[str], None]) -> None:
    """What the copy of the warehouse knows of these records; a copy that is damaged is told and knows none."""
    database.query(RESCUED.format(source=one.table) + " limit 0")
    copy = copy_of(database.path)
    if not copy.exists():
        return
    try:
        with attached(database, copy, "spare", "read_only"):
            if building.columns(database, f"spare.{one.table}"):
                database.query(RESCUED.format(source=f"spare.{one.table}"))
    except (DamagedFile, duckdb.Error):
        tell(COPY_DAMAGED)


def ask_again(database: Database, one: Collection, since: datetime) -> None:
    """Lets the collection's cursor stand before these records; one that is no instant is forgotten."""
    position = ledger.cursor(database, *one)
    try:
        if position and datetime.fromisoformat(position) > since:
            ledger.move_cursor(database, *one, since.astimezone(UTC).isoformat())
    except (ValueError, TypeError):
        ledger.forget_cursor(database, *one)


def mend(database: Database, system: str, resource: str, batch: pa.Table) -> None:
    """Puts what the source shows again in the place of what is held. Call it in the transaction of the batch."""
    where = {"system": system, "resource": resource}
    if not database.query(IS_HELD, where):
        return
    one, placeholder = Collection(system, resource), {"placeholder": PLACEHOLDER}
    with database.registered("incoming", batch):
        database.query(FROM_SOURCE.format(table=one.table), placeholder)
    database.query(
        MENDED.format(table=one.table), where | placeholder | {"now": database.clock(), "mended_from": "source"}
    )


def held_without_rule(database: Database) -> list[str]:
    """The raw tables whose newest version of a record is held where no rule would set it aside."""
    watched = {rule.source for rules in expectations.load().values() for rule in rules if rule.name == RULE}
    return [
        one.table
        for one in collections(database)
        if tuple(one) not in watched
        and database.query(IS_HELD, one._asdict())
        and database.query(HELD.format(table=one.table), {"placeholder": PLACEHOLDER}) != [(0,)]
    ]
