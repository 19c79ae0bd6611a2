"""What stands in the lake: tables that are only appended to; views that show of each organisation one publication.

`appended.<schema>__<table>` has the columns of the published table and before them `organisation` and `append_id`; the
view `<schema>.<table>` leaves out every append but those that `store.pointers` names. `store.publications` gets one
row in the transaction of its data: whoever sees the row sees all of it, and who does not sees nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import sleep
from typing import TypeVar

import duckdb

from warehouse.lake.connection import NAME, Lake
from warehouse.lake.tables import Shape


T = TypeVar("T")
APPENDED = "appended"
RAW = "raw.versions"
OWN = ("organisation", "append_id")
# Two who make the same table at once: one of them looks again.
TRIES, PAUSE = 20, 0.05

PUBLICATIONS = f"""
create table if not exists {NAME}.store.publications (
    organisation varchar,
    publication_id varchar,
    append_id varchar,
    sequence bigint,
    version varchar,
    closing_date date,
    published_at timestamptz,
    appended_at timestamptz,
    raw_until timestamptz,
    is_withdrawn boolean,
    tables varchar
)
"""
# An append of the same publication that two processes made at once has two names, of which one is shown.
POINTERS = f"""
create or replace view {NAME}.store.pointers as
select * exclude (is_withdrawn)
from {NAME}.store.publications
where append_id not in (
    select taken.append_id from {NAME}.store.publications as taken where taken.is_withdrawn
)
qualify row_number() over (partition by organisation order by sequence desc, append_id desc) = 1
"""
NEWEST = f"""
create or replace view {NAME}.{{table}} as
select appended.* exclude (append_id)
from {NAME}.{{data}} as appended
where (appended.organisation, appended.append_id) in (
    select (pointer.organisation, pointer.append_id) from {NAME}.store.pointers as pointer
)
"""
# Raw is appended by what is new: of a version the newest telling counts, and only that of a finished append.
RAW_NEWEST = f"""
create or replace view {NAME}.{{table}} as
select told.* exclude (append_id)
from {NAME}.{{data}} as told
inner join {NAME}.store.publications as publication
    on publication.organisation = told.organisation and publication.append_id = told.append_id
qualify row_number() over (
    partition by told.organisation, told.source_table, told.record_key, told.version, told.content_hash
    order by publication.sequence desc, publication.append_id desc
) = 1
"""


def data_table(table: str) -> str:
    return f"{APPENDED}.{table.replace('.', '__')}"


def again(lake: Lake, work: Callable[[], T], heard: Callable[[str], None] = lambda conflict: None) -> T:
    """In a transaction, once more where another commit was in the way; `heard` is told of each time it was."""
    for attempt in range(1, TRIES + 1):
        try:
            with lake.transaction():
                return work()
        except (duckdb.TransactionException, duckdb.CatalogException) as conflict:
            if attempt == TRIES:
                raise
            heard(" ".join(str(conflict).split()))
            sleep(PAUSE * attempt)
    raise AssertionError


def prepare(lake: Lake, shapes: Mapping[str, Shape]) -> None:
    """Makes the tables that are missing and adds the columns that are new; views follow. Changes no row."""
    if missing(lake, shapes):
        again(lake, lambda: make(lake, shapes))


def missing(lake: Lake, shapes: Mapping[str, Shape]) -> list[str]:
    there_are = known(lake)
    if "store.publications" not in there_are:
        return ["store.publications"]
    return [table for table, shape in shapes.items() if not {*shape, *OWN} <= set(there_are.get(data_table(table), {}))]


def known(lake: Lake) -> dict[str, Shape]:
    found: dict[str, dict[str, str]] = {}
    rows = lake.query(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = $1 order by table_oid, column_index",
        [NAME],
    )
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return dict(found)


def make(lake: Lake, shapes: Mapping[str, Shape]) -> None:
    for schema in sorted({"store", APPENDED, *(table.split(".")[0] for table in shapes)}):
        lake.query(f"create schema if not exists {NAME}.{schema}")
    there_are = known(lake)
    if "store.publications" not in there_are:
        lake.query(PUBLICATIONS)
        lake.query(POINTERS)
    for table, shape in shapes.items():
        own = there_are.get(data_table(table))
        if own is None:
            columns = ", ".join(
                f'"{name}" {kind}' for name, kind in (dict.fromkeys(OWN, "varchar") | dict(shape)).items()
            )
            lake.query(f"create table {NAME}.{data_table(table)} ({columns})")
            lake.query(f"alter table {NAME}.{data_table(table)} set partitioned by (organisation)")
        for name, kind in shape.items():
            if own is not None and name not in own:
                lake.query(f'alter table {NAME}.{data_table(table)} add column "{name}" {kind}')
        if own is None or not set(shape) <= set(own):
            view = RAW_NEWEST if table == RAW else NEWEST
            lake.query(view.format(table=table, data=data_table(table)))
