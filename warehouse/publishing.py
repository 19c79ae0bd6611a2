"""The readers' copy: an immutable file per version with its manifest, and a pointer that moves in one step.

Nothing is visible before the pointer moves, so a run killed anywhere in here leaves yesterday's version standing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from warehouse import access, building, history, identity, published_folder, withdrawing
from warehouse.database import Database
from warehouse.describing import describe
from warehouse.published_folder import attached
from warehouse.reading import Published, latest


__all__ = ["PublicationRefused", "Published", "latest", "publish"]

PUBLISHED_SCHEMAS = ("core", "reference", "marts", "bao_cao", "data_dictionary")
# One partition per closing date: these hold the past beside the present, all others are as of one day.
ALL_CLOSING_DATES = ("marts.indicator_result", "marts.restatement", "marts.due_date_change", "core.rule_results")
# What DuckDB 1.4, the oldest supported reader, can open.
STORAGE_VERSION = "v1.4.0"


class PublicationRefused(Exception):
    """The gate is shut; the message says to the officer what shut it."""


def publish(database: Database, folder: Path, *, run_id: str, closing_date: date, keep: int = 10) -> Published:
    """Writes the next version and points readers to it; refuses when a critical check of the run has failed."""
    refuse_after_failed_checks(database, run_id)
    access.make_folder(folder, access.READERS_FOLDER)
    published_folder.remove_debris(folder)
    before = latest(folder)
    newest = max(closing_date, newest_closing_date(before) or closing_date)
    version = published_folder.next_version(folder, closing_date, history.versions(database))
    file = folder / f"{version}.duckdb"
    # A past closing date adds its figures; the scoreboard and the lists behind it stay those of the newest day.
    is_past = newest > closing_date
    tables = write_file(database, file, before, closing_date, is_past)
    database.on_commit("before manifest")
    manifest: dict[str, Any] = {
        "version": version,
        "closing_date": closing_date.isoformat(),
        "newest_closing_date": newest.isoformat(),
        "run_id": run_id,
        "created_at": database.clock().isoformat(),
        "tables": tables,
        "versions": history.versions_of_definitions(database),
    }
    if (known := identity.kept(database)) and known.is_rehearsal:
        manifest["rehearsal"] = identity.REHEARSAL
    if taken_back := withdrawing.withdrawals(database):
        manifest["withdrawn"] = [asdict(one) for one in taken_back]
        withdrawing.write_list(folder, taken_back)
    published_folder.write_manifest(file, manifest)
    database.on_commit("before pointer")
    published_folder.point_to(file)
    database.on_commit("after pointer")
    history.remember(database, version, run_id, closing_date, {} if is_past else tables)
    published_folder.prune(folder, keep, {file, before.path} if before else {file})
    return Published(version, file, manifest)


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
    database: Database, file: Path, before: Published | None, closing_date: date, is_past: bool
) -> dict[str, Any]:
    """Copies the published schemas into a file of that name; says for each table its rows and its hash."""
    draft = published_folder.draft_of(file)
    with attached(database, draft, "publication", f"storage_version '{STORAGE_VERSION}'"):
        sources = dict.fromkeys(tables_of(database, "warehouse"), "warehouse")
        if before:
            with attached(database, before.path, "standing", "read_only"):
                if is_past:
                    kept = set(tables_of(database, "standing")) - set(ALL_CLOSING_DATES)
                    sources |= dict.fromkeys(kept & set(sources), "standing")
                copy_tables(database, sources, closing_date, set(tables_of(database, "standing")))
        else:
            copy_tables(database, sources, closing_date, set())
        describe(database, "publication")
        database.query("checkpoint publication")
        tables = {
            table: {
                "rows": building.rows(database, f"publication.{table}"),
                "content_hash": building.table_hash(database, f"publication.{table}"),
            }
            for table in tables_of(database, "publication")
        }
    database.on_commit("before file")
    published_folder.set_in_place(draft, file)
    return tables


def copy_tables(database: Database, sources: dict[str, str], closing_date: date, standing: set[str]) -> None:
    for schema in PUBLISHED_SCHEMAS:
        database.query(f"create schema if not exists publication.{schema}")
    for table, catalog in sources.items():
        if table in ALL_CLOSING_DATES and table in standing:
            copy_partitions(database, table, closing_date)
        else:
            database.query(f"create table publication.{table} as from {catalog}.{table}")
        database.on_commit(f"after copy of {table}")


def copy_partitions(database: Database, table: str, closing_date: date) -> None:
    """This closing date as built, all others as they were published: a run that failed in between is in neither."""
    made, kept = (building.columns(database, f"{catalog}.{table}") for catalog in ("warehouse", "standing"))
    shared = ", ".join(f'"{name}"' for name in made if name in kept)
    database.query(f"create table publication.{table} as from warehouse.{table} limit 0")
    database.query(
        f"insert into publication.{table} by name select {shared} from standing.{table} where closing_date <> $1",
        [closing_date],
    )
    database.query(
        f"insert into publication.{table} by name from warehouse.{table} where closing_date = $1", [closing_date]
    )


def tables_of(database: Database, catalog: str) -> list[str]:
    found = database.query(
        "select schema_name || '.' || table_name as name from duckdb_tables()"
        " where database_name = $1 and list_contains($2, schema_name) order by name",
        [catalog, list(PUBLISHED_SCHEMAS)],
    )
    return [name for (name,) in found]


def newest_closing_date(published: Published | None) -> date | None:
    return date.fromisoformat(published.manifest["newest_closing_date"]) if published else None
