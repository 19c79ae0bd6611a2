"""`published-aggregate/`: a file for each publication, a pointer, and nothing that speaks of a record.

A folder of its own beside `published`, since who may read this one must not have to pass through that one. What each
published table comes to is data (`tables.csv`); a table that is not listed stays out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse import access, building
from warehouse.aggregate.suppression import Cell, hidden, sums_of, with_own
from warehouse.database import Database
from warehouse.describing import describe
from warehouse.dictionary import read
from warehouse.published_folder import READABLE, attached
from warehouse.reading import sha256_of
from warehouse.whole_files import draft_of, point, set_in_place


FOLDER, POINTER = "{}-aggregate", "mtcl-aggregate.duckdb"
SCHEMAS = ("reference", "marts", "bao_cao", "data_dictionary")
AS_IS, SUPPRESSED, LEFT_OUT = "as_is", "suppressed", "left_out"
FIGURES, BOARD = "marts.indicator_result", "marts.scoreboard"
# What they are made of, beside themselves.
NEEDED = {"reference.indicators", "core.unit_scope_spans"}
COUNTS = ("numerator", "denominator")
CELLS = f"""
select rowid as row_id, definition, period_start, period_end, indicator, unit_code, {", ".join(COUNTS)}
from aggregate.{FIGURES} order by definition, period_start
"""
MEMBERS = """
select distinct scope_code, unit_code from whole.core.unit_scope_spans
where scope_code <> unit_code and $1 between holds_from and holds_to
"""
HIDE = f"""
update aggregate.{FIGURES} set {{count}} = null, actual = null, is_suppressed = true
where rowid in (select row_id from gone)
"""


def folder_of(published: Path) -> Path:
    return published.with_name(FOLDER.format(published.name))


def file_of(published: Path, version: str) -> Path:
    return folder_of(published) / f"{version}.duckdb"


@cache
def treatments() -> dict[str, str]:
    return {row["table"]: row["treatment"] for row in data("tables.csv")}


@cache
def of_no_person() -> frozenset[str]:
    """Indicators that count neither persons nor dossiers; one that is not listed is taken to do so."""
    return frozenset(row["indicator"] for row in data("of_no_person.csv"))


def data(name: str) -> list[dict[str, str]]:
    return list(read(Path(__file__).with_name(name)))


def write(database: Database, whole: Path) -> dict[str, Any]:
    """Makes the edition of a published file; its part of the manifest. Readers are pointed to it by `point_to`."""
    file = file_of(whole.parent, whole.stem)
    access.make_folder(file.parent, access.READERS_FOLDER)
    draft = draft_of(file)
    draft.unlink(missing_ok=True)
    with attached(database, whole, "whole", "read_only"), attached(database, draft, "aggregate", READABLE):
        fill(database)
        describe(database, "aggregate")
        database.query("checkpoint aggregate")
        tables = building.facts(database, "aggregate", building.tables_of(database, "aggregate", SCHEMAS))
    set_in_place(draft, file, access.READERS_FILE)
    return {"file_sha256": sha256_of(file), "tables": tables}


def fill(database: Database) -> None:
    there = set(building.tables_of(database, "whole", (*SCHEMAS, "core")))
    for schema in SCHEMAS:
        database.query(f"create schema aggregate.{schema}")
    for table in sorted(table for table in there if treatments().get(table) == AS_IS):
        database.query(f"create table aggregate.{table} as from whole.{table}")
    if {FIGURES, BOARD, *NEEDED} <= there:
        for name in ("figures", "scoreboard"):
            database.query(Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8"))
            if name == "figures":
                suppress(database)


def suppress(database: Database) -> None:
    """In each count of each definition and period by itself; a share goes with either of its counts."""
    found = [row for row in database.query(CELLS) if row[4] not in of_no_person()]
    for (_, _, end), rows in groupby(found, key=lambda row: row[1:4]):
        of_period = list(rows)
        members = members_at(database.query(MEMBERS, [end]))
        for position, count in enumerate(COUNTS, start=6):
            told: dict[Cell, int] = {(row[4], row[5]): row[position] for row in of_period if row[position] is not None}
            cells, scopes = with_own(told, members)
            gone = hidden(cells, sums_of(cells, scopes))
            rows_gone = [row[0] for row in of_period if (row[4], row[5]) in gone]
            if rows_gone:
                with database.registered("gone", pa.table({"row_id": rows_gone})):
                    database.query(HIDE.format(count=count))


def members_at(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for scope, unit in rows:
        members.setdefault(scope, set()).add(unit)
    return {scope: frozenset(units) for scope, units in members.items()}


def point_to(published: Path, version: str | None, *, keeps_before: bool = True) -> None:
    """Readers get the edition of that version, or of none; only it and its predecessor stay.

    What two editions differ by may be a person, so no history of them is kept for anybody to compare.
    """
    folder = folder_of(published)
    file = file_of(published, version) if version else None
    stays = {(folder / POINTER).resolve().stem} if keeps_before else set()
    if file and file.exists():
        stays.add(file.stem)
        point(folder / POINTER, file.name)
    else:
        (folder / POINTER).unlink(missing_ok=True)
    for other in folder.glob("mtcl-*"):
        if other.is_file() and other.name != POINTER and other.name.partition(".")[0] not in stays:
            other.unlink()
