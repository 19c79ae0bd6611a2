"""A publication that its organisation has taken back is shown no more; the one before it is."""

from __future__ import annotations

from warehouse.lake.connection import NAME, Lake
from warehouse.lake.shape import again


TAKEN_BACK = f"""
insert into {NAME}.store.publications by name
select
    organisation, publication_id, append_id, sequence, version, closing_date, published_at,
    now() as appended_at, raw_until, true as is_withdrawn, tables
from {NAME}.store.publications as publication
where organisation = $1 and version = $2
    and append_id not in (select append_id from {NAME}.store.publications where is_withdrawn)
"""


def withdraw(lake: Lake, organisation: str, version: str) -> int:
    """How many appends of that version were taken back; rows are added, none is changed."""
    before = count(lake)
    again(lake, lambda: lake.query(TAKEN_BACK, [organisation, version]))
    return count(lake) - before


def count(lake: Lake) -> int:
    return int(lake.query(f"select count(*) from {NAME}.store.publications")[0][0])
