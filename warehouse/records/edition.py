"""An edition with the records behind the figures, made of a published file when an auditor is named.

What each published table comes to is data (`tables.csv`); a table that is not listed stays out. Of masked tables each
time is cut to its day, also within a sentence, and dossiers of a sensitive procedure (`masked.sql`) lose what tells it.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from warehouse import access, building, statement
from warehouse.database import Database
from warehouse.describing import describe
from warehouse.dictionary import read
from warehouse.published_folder import READABLE, attached
from warehouse.reading import Published, sha256_of
from warehouse.signing import Signer
from warehouse.whole_files import draft_of, point, set_in_place


FOLDER, POINTER = "{}-records", "mtcl-records.duckdb"
SCHEMAS = ("core", "reference", "marts", "bao_cao", "data_dictionary")
AS_IS, MASKED, LEFT_OUT = "as_is", "masked", "left_out"
LIST = "reference.sensitive_procedures"
NEEDED = {LIST, "core.dossier_intake", "core.procedures_listed", "core.procedures_configured"}
KEYS = ("dossier_code", "record_key")
# What tells a procedure, by its code, its name or words made of them, in a row that names a dossier.
TELLING = {"procedure_code", "evidence", "sentence"}
# Minutes of office hours, which are times in another unit.
DROPPED = {"working_minutes"}
WORD, OBJECT = "đã che", '{"da_che":true}'
# 10:25, 10:41:00, T10:41:00.123+07:00, with the space or the T before it.
CLOCK = r"(T| ?\b)\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?\b"


class EditionRefused(Exception):
    """Nothing has been made; the message is for the officer."""


@cache
def treatments() -> dict[str, str]:
    return {row["table"]: row["treatment"] for row in read(Path(__file__).with_name("tables.csv"))}


def make(whole: Published, folder: Path, signer: Signer | None = None) -> tuple[Path, int]:
    """The file and how many dossiers are masked in it; the folder's pointer names it. Raises EditionRefused."""
    if any((folder / name).exists() for name in ("mtcl.duckdb", "mtcl-aggregate.duckdb")):
        raise EditionRefused(
            f"{folder} đã có bản công bố hoặc ấn bản khác; chọn thư mục riêng, vì mỗi thư mục một quyền đọc."
        )
    file = folder / f"{whole.version}.duckdb"
    access.make_folder(folder, access.READERS_FOLDER)
    draft = draft_of(file)
    draft.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        database = Database(Path(scratch) / "scratch.duckdb", clock=lambda: datetime.now(UTC))
        database.open()
        try:
            with attached(database, whole.path, "whole", "read_only"):
                there = told_tables(database, whole)
                with attached(database, draft, "edition", READABLE):
                    masked, tables = fill(database, there)
        finally:
            database.close()
    set_in_place(draft, file, access.READERS_FILE)
    part = {"edition": "records", "masked_dossiers": masked, "file_sha256": sha256_of(file), "tables": tables}
    statement.declare(file, whole, part, signer)
    point(folder / POINTER, file.name)
    return file, masked


def told_tables(database: Database, whole: Published) -> list[str]:
    there = building.tables_of(database, "whole", SCHEMAS)
    if missing := NEEDED - set(there):
        raise EditionRefused(
            f"Bản công bố {whole.version} không có {', '.join(sorted(missing))} nên không biết phải che hồ sơ nào: "
            "chạy daily rồi lập lại."
        )
    return there


def fill(database: Database, there: list[str]) -> tuple[int, dict[str, Any]]:
    """How many dossiers are masked, and what is to be told of each table."""
    database.query(Path(__file__).with_name("masked.sql").read_text(encoding="utf-8"))
    for schema in SCHEMAS:
        database.query(f"create schema edition.{schema}")
    for table in there:
        treatment = treatments().get(table, LEFT_OUT)
        if treatment != LEFT_OUT:
            shown = "*" if treatment == AS_IS else columns(building.columns(database, f"whole.{table}"))
            database.query(f"create table edition.{table} as select {shown} from whole.{table} as own")
    describe(database, "edition")
    database.query("checkpoint edition")
    made = building.tables_of(database, "edition", SCHEMAS)
    masked = (
        "select count(distinct record_key) from whole.core.dossier_intake where record_key in (select key from masked)"
    )
    return database.query(masked)[0][0], building.facts(database, "edition", made)


def columns(shape: dict[str, str]) -> str:
    key = next((name for name in KEYS if name in shape), None)
    return ", ".join(f'{column(name, kind, key)} as "{name}"' for name, kind in shape.items())


def column(name: str, kind: str, key: str | None) -> str:
    """Of the same type, so that a question to the publication can be asked of the edition."""
    if name in DROPPED:
        return f"cast(null as {kind})"
    shown = f'own."{name}"'
    if kind == "TIMESTAMP":
        shown = f"date_trunc('day', {shown})"
    elif kind == "TIMESTAMP WITH TIME ZONE":
        shown = f"cast(local_day({shown}) as timestamptz)"
    elif kind in ("VARCHAR", "JSON"):
        shown = f"cast(regexp_replace(cast({shown} as varchar), '{CLOCK}', '', 'g') as {kind})"
    if key and name in TELLING:
        word = f"cast('{OBJECT if kind == 'JSON' else WORD}' as {kind})"
        shown = f'case when own."{key}" in (from masked) then {word} else {shown} end'
    return shown
