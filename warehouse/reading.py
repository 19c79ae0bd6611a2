"""What readers get: the newest published version, and questions to its one file.

The file is opened read-only for each question and closed again, so nobody is in the way of anybody.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb


if TYPE_CHECKING:
    import pandas as pd

POINTER = "mtcl.duckdb"
VERSION = re.compile(r"mtcl-(\d{4}-\d\d-\d\d)-\d+")


class NothingPublished(Exception):
    """There is no published version yet, or none that can answer; the message says what to do."""

    def __init__(self, why: str = "Chưa có bản công bố nào") -> None:
        super().__init__(f"{why}; hãy chạy `mtcl run` hoặc công việc daily trước.")


class TooOld(NothingPublished):
    """The version was published before there was such a table or column."""


class WrongQuestion(Exception):
    """A query that somebody wrote by hand and DuckDB cannot answer, in DuckDB's words."""


class Answer(NamedTuple):
    columns: list[str]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Published:
    version: str
    path: Path
    manifest: dict[str, Any]


def latest(folder: Path) -> Published | None:
    """What the pointer names."""
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    file = pointer.resolve()
    manifest = read_manifest(file)
    return Published(manifest["version"], file, manifest)


def newest(folder: Path) -> Published:
    """The same where there must be one. Raises NothingPublished."""
    found = latest(folder)
    if found is None:
        raise NothingPublished
    return found


def of_day(folder: Path, closing_date: date, withdrawn: Collection[str] = ()) -> Published:
    """The newest version of a closing date that is still kept and was not taken back.

    Raises NothingPublished, naming the days there are.
    """
    held = [read_manifest(file) for file in folder.glob("mtcl-*.duckdb") if file.stem not in withdrawn]
    found = [manifest for manifest in held if manifest["closing_date"] == closing_date.isoformat()]
    if not found:
        kept = sorted({date.fromisoformat(manifest["closing_date"]) for manifest in held})
        days = ", ".join(f"{day:%d/%m/%Y}" for day in kept)
        raise NothingPublished(
            f"Không còn giữ bản công bố nào chốt ngày {closing_date:%d/%m/%Y} (còn giữ: {days or 'chưa có bản nào'})"
        )
    manifest = max(found, key=lambda one: int(one["version"].rpartition("-")[2]))
    return Published(manifest["version"], folder / f"{manifest['version']}.duckdb", manifest)


def manifest_of(file: Path) -> Path:
    return file.with_suffix(".json")


def read_manifest(file: Path) -> dict[str, Any]:
    """One that is lost or cut says what the version's name and file say, so that the next publication is not held up.

    Raises OSError, ValueError for a file that bears no version's name.
    """
    try:
        manifest: dict[str, Any] = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        return manifest
    except (OSError, ValueError):
        named = VERSION.fullmatch(file.stem)
        if named is None:
            raise
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
        days = {"closing_date": named[1], "newest_closing_date": named[1]}
        return {"version": file.stem, **days, "created_at": written, "tables": {}, "versions": {}}


def closing_of(file: Path) -> date:
    """The closing date of a version's file. Raises as read_manifest."""
    return date.fromisoformat(read_manifest(file)["closing_date"])


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def ask(path: Path, sql: str, **values: object) -> Answer:
    """The answer to a query with `$name` parameters. Raises NothingPublished, TooOld."""
    with answered(path, sql, values) as found:
        return Answer([column[0] for column in found.description or ()], found.fetchall())


def ask_freely(path: Path, sql: str) -> Answer:
    """The answer to whatever somebody wrote, who can change nothing by it. Raises NothingPublished, WrongQuestion."""
    if not path.exists():
        raise NothingPublished
    with duckdb.connect(str(path.resolve()), read_only=True) as connection:
        try:
            found = connection.execute(sql)
            return Answer([column[0] for column in found.description or ()], found.fetchall())
        except duckdb.Error as error:
            raise WrongQuestion(str(error)) from error


def frame(path: Path, sql: str, **values: object) -> pd.DataFrame:
    """The same as a frame whose columns keep their types: whole numbers stay whole beside missing ones."""
    import pandas as pd

    with answered(path, sql, values) as found:
        told: pd.DataFrame = found.to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
        return told


@contextmanager
def answered(path: Path, sql: str, values: dict[str, object]) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.exists():
        raise NothingPublished
    try:
        opened = duckdb.connect(str(path.resolve()), read_only=True)
    except duckdb.Error as error:
        raise NothingPublished(f"Không mở được bản công bố {path.stem} ({str(error).splitlines()[0]})") from error
    with opened as connection:
        try:
            yield connection.execute(sql, values or None)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise TooOld(f"Bản công bố {path.stem} do phần mềm cũ lập ({str(error).splitlines()[0]})") from error
        except (
            duckdb.IOException,
            duckdb.SerializationException,
            duckdb.InternalException,
            duckdb.FatalException,
        ) as error:
            raise NothingPublished(f"Bản công bố {path.stem} bị hỏng ({str(error).splitlines()[0]})") from error
