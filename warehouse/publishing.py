"""The readers' copy: an immutable file per version with its manifest, and a pointer that moves in one step.

Nothing is visible before the pointer moves, so a run killed anywhere in here leaves yesterday's version standing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse import (
    access,
    building,
    chain,
    constraints,
    history,
    identity,
    published_folder,
    retention,
    standing,
    statement,
    withdrawing,
)
from warehouse.aggregate import edition
from warehouse.database import Database
from warehouse.describing import describe
from warehouse.published_folder import READABLE, attached
from warehouse.reading import Published, latest, manifest_of, sha256_of
from warehouse.retention import ALL_CLOSING_DATES, THINNED
from warehouse.signing import Signer
from warehouse.whole_files import draft_of, set_in_place


__all__ = ["PublicationRefused", "Published", "latest", "publish"]

PUBLISHED_SCHEMAS = ("core", "reference", "marts", "bao_cao", "data_dictionary")


class PublicationRefused(Exception):
    """The gate is shut; the message says to the officer what shut it."""


def publish(
    database: Database,
    folder: Path,
    *,
    run_id: str,
    closing_date: date,
    keep: int = 10,
    signer: Signer | None = None,
    actions_sha256: str | None = None,
    tell: standing.Tell = lambda damaged: None,
) -> Published:
    """Writes the next version and points readers to it; refuses when a critical check of the run has failed.

    `actions_sha256`: the digest of the newest line in the log of actions, which the manifest names.
    `tell` gets a sentence where the version before is damaged.
    """
    refuse_after_failed_checks(database, run_id)
    access.make_folder(folder, access.READERS_FOLDER)
    published_folder.remove_debris(folder)
    before = standing.standing(folder, tell)
    # Where no manifest can be read, the ledger knows which days were published.
    newest = max([closing_date, *(newest_closing_date(before) or history.closing_dates(database))])
    version = published_folder.next_version(folder, closing_date, history.versions(database))
    file = folder / f"{version}.duckdb"
    # A past closing date adds its figures; the scoreboard and the lists behind it stay those of the newest day.
    is_past = newest > closing_date
    tables = write_file(database, file, before, closing_date, newest if is_past else None, tell)
    database.on_commit("before manifest")
    manifest: dict[str, Any] = {
        "version": version,
        "closing_date": closing_date.isoformat(),
        "newest_closing_date": newest.isoformat(),
        "run_id": run_id,
        "created_at": database.clock().isoformat(),
        "file_sha256": sha256_of(file),
        "actions_sha256": actions_sha256,
        "tables": tables,
        "aggregate": edition.write(database, file),
        "versions": history.versions_of_definitions(database),
    }
    if (known := identity.kept(database)) and known.is_rehearsal:
        manifest["rehearsal"] = identity.REHEARSAL
    if taken_back := withdrawing.withdrawals(database):
        manifest["withdrawn"] = [asdict(one) for one in taken_back]
        withdrawing.write_list(folder, taken_back)
    manifest = chain.write(database, folder, manifest_of(file), manifest, signer)
    made = Published(version, file, manifest)
    statement.declare(edition.file_of(folder, version), made, manifest["aggregate"], signer)
    database.on_commit("before pointer")
    published_folder.point_to(file)
    edition.point_to(folder, version)
    database.on_commit("after pointer")
    history.remember(database, version, run_id, closing_date, {} if is_past else tables)
    chain.remember(database, manifest_of(file), manifest)
    retention.forget(database)
    spared = {file, before.path} if before else {file}
    published_folder.prune(folder, keep, spared, history.closed_versions(database))
    return made


def refuse_after_failed_checks(database: Database, run_id: str) -> None:
    failed = database.query(
        "select checked_table || ': ' || rule from ledger.checks"
        " where run_id = $1 and severity = 'critical' and not success order by all",
        [run_id],
    )
    if failed:
        rules = ", ".join(name for (name,) in failed)
        raise PublicationRefused(
            f"Không công bố: {len(failed)} quy tắc bắt buộc không đạt ({rules}). "
            "Bản đã công bố trước đó vẫn giữ nguyên. "
            "Mở mục Checks của bảng nêu trên để xem bản ghi sai và cách xử lý, rồi chạy lại."
        )


def write_file(
    database: Database,
    file: Path,
    before: Published | None,
    closing_date: date,
    newest: date | None,
    tell: standing.Tell,
) -> dict[str, Any]:
    """Copies the published schemas into a file of that name; says for each table its rows and its hash.

    `newest`: the day whose scoreboard and lists stay, where a day of the past is published.
    """
    draft = draft_of(file)
    whole = before if before and is_usable(database, before, newest is not None) else None
    if newest and not whole:
        raise PublicationRefused(
            f"Không công bố: bản đang công bố bị hỏng. Chạy daily cho ngày chốt {newest:%d/%m/%Y} trước, "
            f"rồi mới tính lại ngày {closing_date:%d/%m/%Y}."
        )
    if before and not whole:
        tell(standing.DAMAGED.format(version=before.version))
    with attached(database, draft, "publication", READABLE):
        sources = dict.fromkeys(tables_of(database, "warehouse"), "warehouse")
        if whole:
            with attached(database, whole.path, "standing", "read_only"):
                if newest:
                    kept = set(tables_of(database, "standing")) - set(ALL_CLOSING_DATES)
                    sources |= dict.fromkeys(kept & set(sources), "standing")
                copy_tables(database, sources, closing_date, set(tables_of(database, "standing")))
        else:
            rebuild_tables(database, sources, closing_date, tell)
        describe(database, "publication")
        database.query("checkpoint publication")
        tables = building.facts(database, "publication", tables_of(database, "publication"))
    database.on_commit("before file")
    set_in_place(draft, file, access.READERS_FILE)
    return tables


def is_usable(database: Database, before: Published, wants_all: bool) -> bool:
    """Whether what is carried over from it (all of it beside a day of the past) is as it was published."""
    return standing.is_as_published(database, before, before.manifest["tables"] if wants_all else ALL_CLOSING_DATES)


def rebuild_tables(database: Database, sources: dict[str, str], closing_date: date, tell: standing.Tell) -> None:
    """From the warehouse alone: of earlier closing dates what was published, not what failed runs left."""
    copy_tables(database, sources, closing_date, set())
    if "marts.indicator_result" in sources:
        earlier = standing.published_days(database, tell) if history.closing_dates(database) else []
        days = [closing_date, *earlier]
        for table in [table for table in ALL_CLOSING_DATES if table in sources]:
            database.query(f"delete from publication.{table} where not list_contains($1, closing_date)", [days])


def copy_tables(database: Database, sources: dict[str, str], closing_date: date, standing: set[str]) -> None:
    """In two transactions: two hundred tables are not two hundred waits for the disk.

    A table made empty and filled in one of them reads as empty until it is opened anew, and constraints come first.
    """
    with database.transaction("empty tables"):
        for schema in PUBLISHED_SCHEMAS:
            database.query(f"create schema if not exists publication.{schema}")
        made = {table for table, catalog in sources.items() if make_empty(database, table, catalog)}
    with database.transaction("copied tables"):
        for table, catalog in sources.items():
            rows = f"from {catalog}.{table}"
            if table in ALL_CLOSING_DATES and table in standing:
                rows = partitions(database, table, closing_date)
            if table in made:
                fill(database, table, rows)
            else:
                database.query(f"create table publication.{table} as {rows}")
            database.on_commit(f"after copy of {table}")


def make_empty(database: Database, table: str, catalog: str) -> bool:
    """With the constraints that the contract promises of it; whether there are any."""
    if not constraints.are_promised(table):
        return False
    shape = constraints.definition(table, building.columns(database, f"{catalog}.{table}"))
    if shape is None:
        return False
    database.query(f"create table publication.{table} (\n    {shape}\n)")
    return True


def fill(database: Database, table: str, rows: str) -> None:
    """Raises PublicationRefused where a row breaks a constraint of its table."""
    try:
        database.query(f"insert into publication.{table} by name {rows}")
    except duckdb.ConstraintException as broken:
        raise PublicationRefused(
            f"Không công bố: bảng {table} có dòng trái với ràng buộc đã hứa với người phân tích ({broken}). "
            "Bản đã công bố trước đó vẫn giữ nguyên. Lỗi tính toán; báo người quản trị hệ thống."
        ) from broken


def partitions(database: Database, table: str, closing_date: date) -> str:
    """This closing date as built, all others as they were published: a run that failed in between is in neither.

    One query, since a table made empty and filled in one transaction reads as empty until it is opened anew.
    """
    made, kept = (building.columns(database, f"{catalog}.{table}") for catalog in ("warehouse", "standing"))
    shared = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in made.items() if name in kept)
    stays = [f"date '{day}'" for day in dates_to_keep(database, table, closing_date) if day != closing_date]
    return (
        f"from warehouse.{table} where closing_date = date '{closing_date}'"
        f" union all by name select {shared} from standing.{table} where closing_date in ({', '.join(stays) or 'null'})"
    )


def dates_to_keep(database: Database, table: str, closing_date: date) -> list[date]:
    """Of the closing dates that stand in a table, with the one in hand; of the newest when that was another."""
    dates = [day for (day,) in database.query(f"select distinct closing_date from standing.{table}")]
    return retention.kept(database, sorted({*dates, closing_date})) if table in THINNED else dates


def tables_of(database: Database, catalog: str) -> list[str]:
    return building.tables_of(database, catalog, PUBLISHED_SCHEMAS)


def newest_closing_date(published: Published | None) -> list[date]:
    return [date.fromisoformat(published.manifest["newest_closing_date"])] if published else []
