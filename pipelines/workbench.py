"""A copy of the warehouse to work on: a model is built in it in seconds, and whatever happens to it harms nobody."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from pipelines.settings import Settings
from warehouse import access, building, models, reading, rescue
from warehouse.locks import lock
from warehouse.models import Model
from warehouse.opening import open_warehouse


class NoSuchTable(Exception):
    """No model makes a table of that name, or there is nothing to copy; the message is for the developer."""


@dataclass(frozen=True)
class Built:
    table: str
    rows: int
    seconds: float


def place(settings: Settings) -> Path:
    return settings.run.home / "workbench" / "warehouse.duckdb"


def copied(settings: Settings) -> Path:
    """The copy, made anew where there is none or the warehouse has changed since. Raises NoSuchTable without one."""
    copy = place(settings)
    if not settings.warehouse.exists():
        raise NoSuchTable(f"Chưa có kho dữ liệu {settings.warehouse}; hãy chạy `mtcl run` trước.")
    access.make_folder(copy.parent, access.PRIVATE_FOLDER)
    with lock(f"{settings.warehouse}.lock"):
        if not copy.exists() or copy.stat().st_mtime < settings.warehouse.stat().st_mtime:
            for file, kept in ((settings.warehouse, copy), (rescue.wal_of(settings.warehouse), rescue.wal_of(copy))):
                kept.unlink(missing_ok=True)
                if file.exists():
                    shutil.copy2(file, kept)
    return copy


def build(settings: Settings, table: str, with_upstream: bool) -> Iterator[Built]:
    """Builds a model in the copy, after all that it stands on where asked for. Raises NoSuchTable."""
    wanted = chosen(table, with_upstream)
    with open_warehouse(copied(settings), clock=settings.run.clock) as database:
        for model in wanted:
            started = perf_counter()
            rows = building.build(database, model)
            yield Built(model.table, rows, perf_counter() - started)


def chosen(table: str, with_upstream: bool) -> list[Model]:
    """The models to build, each after those it reads."""
    known = {model.table: model for model in models.load()}
    if table not in known:
        raise NoSuchTable(f"Không có mô hình nào tạo bảng {table}; tên bảng có dạng lớp.tên, như core.dossiers.")
    found, waiting = set(), [table]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting.extend(known[name].reads if with_upstream else ())
    return [model for model in known.values() if model.table in found]


def ask(settings: Settings, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of a question to the copy, or to the published version where there is no copy.

    Raises NothingPublished, WrongQuestion.
    """
    copy = place(settings)
    return reading.ask_freely(copy if copy.exists() else settings.run.published / reading.POINTER, sql)
