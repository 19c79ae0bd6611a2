"""The files of the rooms' folder: those that are read, and those that somebody has put there in vain."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from connectors.errors import SourceUnavailable
from connectors.records import SHORT, Pseudonymiser
from connectors.registers.names import masked
from connectors.registers.sheets import TEXTS, WORKBOOKS


READABLE = (*WORKBOOKS, *TEXTS)
# What systems leave in a folder by themselves.
LITTER = {"thumbs.db", "desktop.ini"}
LITTER_ENDINGS = (".tmp", ".lnk", ".bak")


NO_TEXT = "tên tệp không phải UTF-8 nên không đọc; đổi tên tệp rồi lưu lại"


def files_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and its subfolders, the newest last. Raises SourceUnavailable."""
    try:
        found = [path for path in every_file(folder) if path.suffix.lower() in READABLE and not fault(path)]
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.as_posix()))
    except FileNotFoundError as error:
        raise SourceUnavailable("registers", "thư mục REGISTERS_DIR đang thay đổi") from error


def faulty_files_in(folder: Path) -> list[tuple[Path, str]]:
    """What is called a workbook and cannot be opened as a file, with the reason; nothing of it is waited for."""
    named = [path for path in every_file(folder) if path.suffix.lower() in READABLE]
    return [(path, why) for path in named if (why := fault(path))]


def fault(path: Path) -> str:
    """Why a file is not even opened: whoever opens a pipe waits for ever. Empty where nothing is wrong."""
    if not is_text(path):
        return NO_TEXT
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "liên kết trỏ tới tệp không còn" if path.is_symlink() else ""
    except OSError:
        return "liên kết hỏng hoặc trỏ vòng quanh" if path.is_symlink() else "không mở được tệp"
    return "" if stat.S_ISREG(mode) else "không phải là một tệp thường (ống dẫn, ổ cắm hay thiết bị)"


def is_text(path: Path) -> bool:
    """Names are bytes to the system; what is no UTF-8 comes with halves of letters that nothing can write."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def told_name(path: Path, pseudonymiser: Pseudonymiser | None) -> str:
    """As it may be told: a room names a file after a person, or in the letters of another system."""
    bare = os.fsencode(path).decode("utf-8", "replace")
    told = masked(bare.replace("_", " "))
    if told == bare.replace("_", " "):
        return bare
    return f"{told} #{pseudonymiser.of('tep', bare, digits=SHORT)}" if pseudonymiser else told


def strange_files_in(folder: Path) -> list[Path]:
    """Files that somebody has put there and nobody reads."""
    return sorted(
        path
        for path in every_file(folder)
        if path.suffix.lower() not in (*READABLE, *LITTER_ENDINGS) and path.name.lower() not in LITTER
    )


def every_file(folder: Path) -> Iterator[Path]:
    """No lock files, nothing hidden. A subfolder that cannot be listed is a folder that cannot be reached."""

    def unreachable(error: OSError) -> NoReturn:
        raise SourceUnavailable("registers", "không mở được thư mục REGISTERS_DIR hoặc thư mục con của nó") from error

    if not folder.is_dir():
        raise SourceUnavailable("registers", "không thấy thư mục REGISTERS_DIR")
    for parent, subfolders, names in os.walk(folder, onerror=unreachable):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith((".", "~$")))
