"""What somebody has done about a record, a suspicion or a difference: a register that only grows at its end.

A file of the home and no table: the page must not wait for a run that holds the warehouse. A line is a mark as JSON;
of what was marked more than once the last line holds, and the lines before it stay.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse import access
from warehouse.locks import lock


REGISTER = "follow-ups.jsonl"
KINDS = ("set_aside", "suspicion", "difference")
STATES = {"checked": "Đã kiểm", "mended": "Đã sửa", "accepted": "Chấp nhận"}
LONGEST = 500
LOCKED_FOR = 30


class WrongMark(ValueError):
    """What was sent is no mark; the message is for the officer."""


@dataclass(frozen=True)
class Mark:
    """`key` of the record within its kind; `until`: to be looked at again by then; `at`: an instant."""

    kind: str
    key: str
    state: str
    who: str
    until: date | None
    note: str
    at: datetime

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class Followed:
    """The newest mark of a record, and when it was first marked."""

    mark: Mark
    first_at: datetime

    def days(self, now: datetime) -> int:
        return (now - self.first_at).days

    def is_due(self, now: datetime) -> bool:
        return self.mark.until is not None and self.mark.until < now.date()


def read_mark(told: object, at: datetime) -> Mark:
    """Of what a page sent. Raises WrongMark."""
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise WrongMark("Không hiểu mục theo dõi gửi lên.")
    given: dict[str, str] = {name: value.strip() for name, value in told.items()}
    if given.get("kind") not in KINDS or given.get("state") not in STATES or not given.get("key"):
        raise WrongMark("Mục theo dõi thiếu loại, mã hoặc tình trạng.")
    if not given.get("who"):
        raise WrongMark("Ghi tên người theo dõi.")
    if any(len(value) > LONGEST for value in given.values()):
        raise WrongMark(f"Mỗi ô không quá {LONGEST} ký tự.")
    try:
        until = date.fromisoformat(given["until"]) if given.get("until") else None
    except ValueError:
        raise WrongMark("Hạn theo dõi phải là một ngày.") from None
    return Mark(given["kind"], given["key"], given["state"], given["who"], until, given.get("note", ""), at)


def add(home: Path, mark: Mark) -> None:
    """On the disk when this returns."""
    file = home / REGISTER
    line = json.dumps(asdict(mark), ensure_ascii=False, default=str) + "\n"
    with lock(home / f"{REGISTER}.lock", timeout=LOCKED_FOR):
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, access.PRIVATE_FILE)
        try:
            # What a cut write left ends its own line, and spoils none of ours.
            os.write(descriptor, ("" if ends_well(file) else "\n").encode() + line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def ends_well(file: Path) -> bool:
    content = file.read_bytes()
    return not content or content.endswith(b"\n")


def followed(home: Path) -> Mapping[tuple[str, str], Followed]:
    """(kind, key) → what holds. A line that cannot be read is passed over."""
    found: dict[tuple[str, str], Followed] = {}
    for mark in marks(home):
        place = (mark.kind, mark.key)
        found[place] = Followed(mark, found[place].first_at if place in found else mark.at)
    return found


def marks(home: Path) -> list[Mark]:
    """Every line of the register, the oldest first."""
    file = home / REGISTER
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
    found = []
    for line in lines:
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told.pop("at"))
            found.append(read_mark({name: value or "" for name, value in told.items()}, at))
        except (ValueError, AttributeError, KeyError, TypeError):
            continue
    return found
