"""What keeps a lake from growing without end: old appends go, small files become large ones, orphans are removed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb

from warehouse.lake.connection import NAME, Lake
from warehouse.lake.shape import APPENDED, RAW, again, data_table, known
from warehouse.lake.tables import Told, told


# Files of a writer that is still at work belong to nobody yet.
SAFE = "interval 1 day"


@dataclass(frozen=True)
class Kept:
    appends_forgotten: int
    files_merged: int
    files_removed: int
    orphans_removed: int


def keep(lake: Lake, newest: int, raw_days: int | None = None, safe: str = SAFE) -> Kept:
    """Of each organisation the newest appends stay; of raw all, or what was first seen in so many days.

    Deleting conflicts with whoever appends to the same table: both try again. `safe`: how old a file nobody names has
    to be before it is removed.
    """
    old = again(lake, lambda: forget(lake, newest))
    if raw_days is not None and data_table(RAW) in known(lake):
        too_old = f"delete from {NAME}.{data_table(RAW)} where first_seen_at < now() - {raw_days} * interval 1 day"
        again(lake, lambda: lake.query(too_old))
    lake.query(f"call ducklake_expire_snapshots('{NAME}', older_than => now() - {safe})")
    lake.query(f"call ducklake_rewrite_data_files('{NAME}')")
    merged = lake.query(f"call ducklake_merge_adjacent_files('{NAME}')")
    removed = lake.query(f"call ducklake_cleanup_old_files('{NAME}', older_than => now() - {safe})")
    orphans = lake.query(f"call ducklake_delete_orphaned_files('{NAME}', older_than => now() - {safe})")
    return Kept(old, len(merged), len(removed), len(orphans))


def forget(lake: Lake, newest: int) -> int:
    lake.query(
        "create or replace temp table old as select organisation, append_id"
        f" from {NAME}.store.publications where append_id not in (select append_id from {NAME}.store.pointers)"
        " qualify row_number() over (partition by organisation order by sequence desc) > $1 - 1",
        [newest],
    )
    (count,) = lake.query("select count(*) from old")[0]
    if count:
        for table in known(lake):
            if table.startswith(f"{APPENDED}.") and table != data_table(RAW):
                lake.query(f"delete from {NAME}.{table} where append_id in (select append_id from old)")
    return int(count)


def differences(lake: Lake) -> dict[str, list[str]]:
    """Organisation → the views that do not hold what its publication said of them when it was appended.

    After a restored catalogue, or a disk that lost files, this is what says whether readers may come again.
    """
    pointers = lake.query(f"select organisation, tables from {NAME}.store.pointers order by organisation")
    return {
        organisation: [
            table
            for table, expected in json.loads(tables).items()
            if table != RAW and seen(lake, table, organisation, expected["columns"]) != expected
        ]
        for organisation, tables in pointers
    }


def seen(lake: Lake, table: str, organisation: str, columns: list[str]) -> Told | None:
    """None where it cannot be read."""
    try:
        return told(lake, f"{NAME}.{table}", columns, "organisation = $1", [organisation])
    except duckdb.Error:
        return None
