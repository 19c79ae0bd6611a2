"""Who did what, when: lines of JSON in the home that are only ever added to, each with the digest of the line before.

A manifest names the digest of the newest line at its publication: a log that is cut or written anew does not fit what
was published. A line that a power cut left half stays, and the chain goes on over its bytes.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from warehouse import access
from warehouse.locks import lock


FILE = "actions.jsonl"
# What is read from the end to find the last line; a line is far shorter.
TAIL = 1 << 16
LONGEST_WAIT = 60.0


def record(home: Path, action: str, **facts: str | int | None) -> None:
    """Adds a line: the action, by whom (user of the operating system), at which instant of this machine, and facts."""
    access.make_folder(home, access.PASSAGE)
    file = home / FILE
    with lock(f"{file}.lock", timeout=LONGEST_WAIT):
        before = last_line(file)
        told = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "by": user(),
            "action": action,
            **{name: fact for name, fact in facts.items() if fact is not None},
            "previous": sha256(before).hexdigest() if before else None,
        }
        line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
        with os.fdopen(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, access.PRIVATE_FILE), "ab") as stream:
            stream.write(line if ends_whole(file) else b"\n" + line)
            stream.flush()
            os.fsync(stream.fileno())


def user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A service's number need not have a name.
        return str(os.geteuid())


def ends_whole(file: Path) -> bool:
    with file.open("rb") as stream:
        if not stream.seek(0, os.SEEK_END):
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read() == b"\n"


def last_line(file: Path) -> bytes | None:
    """Whatever stands there, without its end of line; None in an empty log or where there is none."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        stream.seek(-min(stream.seek(0, os.SEEK_END), TAIL), os.SEEK_END)
        lines = [line for line in stream.read().split(b"\n") if line]
    return lines[-1] if lines else None


def newest(home: Path) -> str | None:
    """The digest of the last line."""
    line = last_line(home / FILE)
    return sha256(line).hexdigest() if line else None


def broken(file: Path) -> Iterator[tuple[int, str]]:
    """Lines by number, and what is wrong with them."""
    before = None
    for number, line in enumerate(lines_of(file), start=1):
        try:
            previous = json.loads(line)["previous"]
        except (ValueError, KeyError, TypeError):
            yield number, "dòng không đọc được (bị cắt hoặc bị sửa)"
        else:
            if previous != before:
                yield number, "không nối với dòng trước: dòng trước bị sửa hoặc bị xóa"
        before = sha256(line).hexdigest()


def digests(file: Path) -> set[str]:
    return {sha256(line).hexdigest() for line in lines_of(file)}


def lines_of(file: Path) -> list[bytes]:
    return [line for line in file.read_bytes().split(b"\n") if line]
