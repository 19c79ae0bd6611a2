"""Whether two published folders say the same: `python -m tests.compare_publications BEFORE AFTER`.

Tables are compared by the content hashes of their manifests; where these differ, by the columns that both have, since
a table may have gained some; the dictionary by what it said before. Exits with 1 where a table is gone, lost a column
or holds anything else.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.building import CIRCUMSTANCES, columns, table_hash
from warehouse.database import Database
from warehouse.published_folder import attached
from warehouse.reading import Published, latest


# Tells of the columns and codes there are: a table that gained a column gains a row here.
DICTIONARY = "data_dictionary."
# It holds the hash of all models and rules.
SOFTWARE = "reference.versions"


@dataclass(frozen=True)
class Comparison:
    """What became of one table: `is_equal` over the columns it had before."""

    table: str
    is_equal: bool
    note: str


def compare(database: Database, before: Published, after: Published) -> list[Comparison]:
    """One comparison for every table that either of them has; `database` is any, both files are attached to it."""
    with attached(database, before.path, "before", "read_only"), attached(database, after.path, "after", "read_only"):
        return [
            compare_table(database, table, before, after)
            for table in sorted(before.manifest["tables"].keys() | after.manifest["tables"].keys())
        ]


def compare_table(database: Database, table: str, before: Published, after: Published) -> Comparison:
    then, now = (version.manifest["tables"].get(table) for version in (before, after))
    if then is None or now is None:
        return Comparison(table, then is None, "new table" if then is None else "table is gone")
    if table == SOFTWARE:
        return Comparison(table, True, "names the software, which is another")
    if then["content_hash"] == now["content_hash"]:
        return Comparison(table, True, f"{now['rows']} rows")
    had, has = (columns(database, f"{catalog}.{table}").keys() for catalog in ("before", "after"))
    if had - has:
        return Comparison(table, False, f"columns are gone: {', '.join(sorted(had - has))}")
    if table.startswith(DICTIONARY):
        shared = ", ".join(sorted(had - {"position"}))
        lost = database.query(f"select {shared} from before.{table} except select {shared} from after.{table}")
        return Comparison(table, not lost, f"{then['rows']} → {now['rows']} rows, {len(lost)} gone")
    left_out = {*CIRCUMSTANCES, *(has - had)}
    hashes = {table_hash(database, f"{catalog}.{table}", without=left_out) for catalog in ("before", "after")}
    added = f"new columns: {', '.join(sorted(has - had))}" if has - had else "no new columns"
    return Comparison(table, len(hashes) == 1, f"{then['rows']} → {now['rows']} rows, {added}")


def main(before: str, after: str) -> int:
    then, now = latest(Path(before)), latest(Path(after))
    if then is None or now is None:
        sys.exit("nothing is published in one of the folders")
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "comparison.duckdb", clock=lambda: datetime.now(UTC))
        database.open()
        found = compare(database, then, now)
        database.close()
    for one in found:
        print(f"{'equal  ' if one.is_equal else 'DIFFERS'} {one.table}: {one.note}")
    differing = sum(not one.is_equal for one in found)
    print(f"{len(found)} tables, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
