"""Runs the SQL files beside it, each once, in order of their names. Tables that keep state are made nowhere else."""

from __future__ import annotations

from pathlib import Path

from warehouse.database import Database


FOLDER = Path(__file__).parent


class NewerHome(Exception):
    """A later release has written here; the message is for the officer."""

    def __init__(self, theirs: str) -> None:
        super().__init__(
            f"Thư mục dữ liệu do bản phần mềm mới hơn ghi (cấu trúc {theirs}, bản này chỉ biết đến"
            f" {newest_migration()}). Cài lại bản mới hơn; bản này không ghi gì vào đó."
        )


def newest_migration() -> str:
    return max(path.stem for path in FOLDER.glob("*.sql"))


def migrate(database: Database) -> None:
    """Raises NewerHome."""
    done = applied(database)
    # Earlier releases have had names of their own; what comes after ours is of a later one.
    if max(done, default="") > newest_migration():
        raise NewerHome(max(done))
    waiting = [path for path in sorted(FOLDER.glob("*.sql")) if path.stem not in done]
    for path in waiting:
        with database.transaction(f"migration {path.stem}"):
            if not done:
                database.connection.execute("create schema if not exists ledger")
                database.connection.execute(
                    "create table if not exists ledger.migrations (name varchar, applied_at timestamptz)"
                )
            database.connection.execute(path.read_text(encoding="utf-8"))
            database.connection.execute("insert into ledger.migrations values ($1, $2)", [path.stem, database.clock()])
    if waiting:
        # Changed tables in the log of an older file have made DuckDB files unreadable; leave none there.
        database.connection.execute("checkpoint")


def applied(database: Database) -> set[str]:
    exists = database.query("select 1 from duckdb_tables() where schema_name = 'ledger' and table_name = 'migrations'")
    if not exists:
        return set()
    return {name for (name,) in database.query("select name from ledger.migrations")}
