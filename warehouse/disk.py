"""A disk that is full, out of inodes, read-only or not ours: known before a run, said in words when it shows in one."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse import access
from warehouse.reading import POINTER


MEGABYTE = 1 << 20
# What a run writes beside its data: Dagster's log of it, pages, reports.
BESIDE_BYTES, BESIDE_FILES = 256 * MEGABYTE, 1000

FULL = "Ổ đĩa đã đầy hoặc hết hạn mức khi đang ghi. Dọn ổ đĩa rồi chạy lại; bản đã công bố vẫn giữ nguyên."
NOT_OURS = "Không ghi được vào thư mục dữ liệu: ổ đĩa chỉ đọc, hoặc tài khoản này không có quyền ghi."
FAILING = "Ổ đĩa báo lỗi khi ghi (đã đầy, hỏng hoặc mất kết nối). Xem lại ổ đĩa rồi chạy lại."
# How the system, SQLite and DuckDB say so.
SIGNS = {
    FULL: ("No space left on device", "Disk quota exceeded", "database or disk is full", "File too large"),
    NOT_OURS: ("Read-only file system", "Permission denied", "Operation not permitted", "readonly database"),
    FAILING: ("disk I/O error", "Input/output error"),
}
REASONS = {
    errno.ENOSPC: "hết chỗ hoặc hết inode",
    errno.EDQUOT: "hết hạn mức",
    errno.EROFS: "ổ đĩa chỉ đọc",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EEXIST: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENOENT: "không có ổ đĩa hoặc thư mục cha",
}


class NoRoom(Exception):
    """A run would not come to its end; the message says to the officer what is missing and what to do."""


@dataclass(frozen=True)
class Room:
    """Bytes and inodes. A file system without a fixed number of inodes has all of them."""

    bytes: int
    files: int


def refuse_without_room(home: Path) -> None:
    """Raises NoRoom where nothing can be written, or less than a run will."""
    try:
        access.make_folder(home, access.PASSAGE)
        with tempfile.TemporaryFile(dir=home) as trial:
            trial.write(b"x")
    except OSError as error:
        why = REASONS.get(error.errno or 0, "lỗi ổ đĩa")
        raise NoRoom(f"Không ghi được vào thư mục dữ liệu {home}: {why}. Xem lại MTCL_HOME hoặc ổ đĩa.") from error
    if words := lacking(needed(home), free(home)):
        raise NoRoom(f"Không đủ chỗ để chạy trong {home}: {words}. Dọn ổ đĩa hoặc chuyển MTCL_HOME rồi chạy lại.")


def free(home: Path) -> Room:
    found = os.statvfs(home)
    return Room(found.f_bavail * found.f_frsize, found.f_favail if found.f_files else BESIDE_FILES**3)


def needed(home: Path) -> Room:
    """By what stands there: the tables once more before their old ones go, the next version, a copy of the warehouse.

    The files of the last exports and reports are written beside those of before.
    """
    made = [home / "published" / "exports" / "latest", home / "reports" / "latest", home / "published" / "data_docs"]
    files = [path for folder in made for path in folder.glob("**/*")]
    standing = 2 * size(home / "warehouse.duckdb") + size(home / "published" / POINTER)
    return Room(standing + sum(map(size, files)) + BESIDE_BYTES, len(files) + BESIDE_FILES)


def size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def lacking(needed: Room, free: Room) -> str | None:
    """What there is too little of; None where there is enough."""
    if free.bytes < needed.bytes:
        return f"cần khoảng {megabytes(needed.bytes)} MB, còn trống {megabytes(free.bytes)} MB"
    if free.files < needed.files:
        return f"cần khoảng {needed.files} tệp (inode), ổ đĩa chỉ còn chỗ cho {free.files}"
    return None


def megabytes(count: int) -> str:
    return f"{-(-count // MEGABYTE):,}".replace(",", ".")


def in_words(error: BaseException | str) -> str | None:
    """What an error, or one that it came from, says of the disk; None where it speaks of something else."""
    if isinstance(error, str):
        return next((words for words, signs in SIGNS.items() if any(sign in error for sign in signs)), None)
    seen = error
    while seen is not None:
        if found := in_words(str(seen)):
            return found
        seen = seen.__cause__ or seen.__context__  # type: ignore[assignment]  # None ends it
    return None
