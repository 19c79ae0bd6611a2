"""What of a collection is known: the versions that came with readings of the whole of it.

Batches are in the file before a reading has come to its end, so that none is asked for twice. Until a run has read the
collection to its end they are seen first at infinity, which is before no instant: no figure sees them.
"""

from __future__ import annotations

from warehouse.database import Database


# What was landed by runs after the last one that read everything.
NOT_KNOWN_YET = """
with runs as (
    select run_id, max(extraction_id) as attempt, max_by(outcome, extraction_id) as outcome
    from ledger.extractions
    where system = $system and resource = $resource
    group by run_id
)

update {table} as kept set first_seen_at = timestamptz 'infinity'
where kept.run_id in (
    select run_id from runs
    where attempt > (select coalesce(max(attempt), 0) from runs where outcome = 'succeeded')
)
"""

STANDING = """
select count(*) from (
    select record_key from {table}
    where isfinite(first_seen_at)
    group by record_key
    having max_by(withdrawn_at is null, version)
)
"""


def hold_back(database: Database, system: str, resource: str) -> None:
    """What was landed since the collection was last read as a whole is kept, and known to no figure yet."""
    values = {"system": system, "resource": resource}
    database.query(NOT_KNOWN_YET.format(table=f"raw.{system}__{resource}"), values)


def release(database: Database, table: str) -> None:
    """The collection has been read as a whole: what earlier attempts landed of it is known from now on."""
    database.query(
        f"update {table} set first_seen_at = $1 where first_seen_at = timestamptz 'infinity'", [database.clock()]
    )


def standing(database: Database, table: str) -> int:
    """How many records the source is known to have."""
    ((count,),) = database.query(STANDING.format(table=table))
    return int(count)
