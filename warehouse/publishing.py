"""The readers' copy: an immutable file per version with its manifest, and a pointer that moves in one step.

Nothing is visible before the pointer moves, so a run killed anywhere in here leaves yesterday's version standing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import shelf
from warehouse.describing import describe
from warehouse.shelf import Published, latest


if TYPE_CHECKING:
    from warehouse.database import Warehouse

__all__ = ["PublicationRefused", "Published", "latest", "publish"]

PUBLISHED_SCHEMAS = ("core", "reference", "marts", "bao_cao", "data_dictionary")
# One partition per closing date: these hold the past beside the present, all others are as of one day.
ALL_CLOSING_DATES = ("marts.indicator_result", "marts.restatement")
# What DuckDB 1.4, the oldest supported reader, can open.
STORAGE_VERSION = "v1.4.0"


class PublicationRefused(Exception):
    """The gate is shut; the message says to the officer what shut it."""


def publish(warehouse: Warehouse, folder: Path, *, run_id: str, closing_date: date, keep: int = 10) -> Published:
    """Writes the next version and points readers to it; refuses when a critical check of the run has failed."""
    refuse_after_failed_checks(warehouse, run_id)
    folder.mkdir(parents=True, exist_ok=True)
    shelf.remove_debris(folder)
    before = latest(folder)
    newest = max(closing_date, newest_closing_date(before) or closing_date)
    version = shelf.next_version(folder, closing_date)
    file = folder / f"{version}.duckdb"
    # A past closing date adds its figures; the scoreboard and the lists behind it stay those of the newest day.
    standing = before if newest > closing_date else None
    tables = write_file(warehouse, file, standing)
    warehouse.on_commit("before manifest")
    manifest = {
        "version": version,
        "closing_date": closing_date.isoformat(),
        "newest_closing_date": newest.isoformat(),
        "run_id": run_id,
        "created_at": warehouse.clock().isoformat(),
        "tables": tables,
        "versions": versions_of_definitions(warehouse),
    }
    shelf.write_manifest(file, manifest)
    warehouse.on_commit("before pointer")
    shelf.point_to(file)
    warehouse.on_commit("after pointer")
    shelf.prune(folder, keep, {file, before.path} if before else {file})
    return Published(version, file, manifest)


def refuse_after_failed_checks(warehouse: Warehouse, run_id: str) -> None:
    failed = warehouse.query(
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


def write_file(warehouse: Warehouse, file: Path, standing: Published | None) -> dict[str, Any]:
    """Copies the published schemas into a file of that name; says for each table its rows and its hash."""
    draft = shelf.draft_of(file)
    options = f"storage_version '{STORAGE_VERSION}'"
    with attached(warehouse, draft, "publication", options):
        sources = dict.fromkeys(tables_of(warehouse, "warehouse"), "warehouse")
        if standing:
            with attached(warehouse, standing.path, "standing", "read_only"):
                kept = set(tables_of(warehouse, "standing")) - set(ALL_CLOSING_DATES)
                copy_tables(warehouse, sources | dict.fromkeys(kept & set(sources), "standing"))
        else:
            copy_tables(warehouse, sources)
        describe(warehouse, "publication")
        warehouse.query("checkpoint publication")
        tables = {
            table: {
                "rows": warehouse.rows(f"publication.{table}"),
                "content_hash": warehouse.table_hash(f"publication.{table}"),
            }
            for table in tables_of(warehouse, "publication")
        }
    warehouse.on_commit("before file")
    shelf.set_in_place(draft, file)
    return tables


def copy_tables(warehouse: Warehouse, sources: dict[str, str]) -> None:
    for schema in PUBLISHED_SCHEMAS:
        warehouse.query(f"create schema if not exists publication.{schema}")
    for table, catalog in sources.items():
        warehouse.query(f"create table publication.{table} as from {catalog}.{table}")
        warehouse.on_commit(f"after copy of {table}")


@contextmanager
def attached(warehouse: Warehouse, file: Path, name: str, options: str) -> Iterator[None]:
    path = str(file).replace("'", "''")
    warehouse.query(f"attach '{path}' as {name} ({options})")
    try:
        yield
    finally:
        warehouse.query(f"detach {name}")


def tables_of(warehouse: Warehouse, catalog: str) -> list[str]:
    found = warehouse.query(
        "select schema_name || '.' || table_name as name from duckdb_tables()"
        " where database_name = $1 and list_contains($2, schema_name) order by name",
        [catalog, list(PUBLISHED_SCHEMAS)],
    )
    return [name for (name,) in found]


def versions_of_definitions(warehouse: Warehouse) -> dict[str, str]:
    """Content hashes of definitions, targets and calendar, where reference data have been loaded."""
    if "reference.versions" not in tables_of(warehouse, "warehouse"):
        return {}
    return dict(warehouse.query("select name, content_hash from reference.versions order by name"))


def newest_closing_date(published: Published | None) -> date | None:
    return date.fromisoformat(published.manifest["newest_closing_date"]) if published else None
