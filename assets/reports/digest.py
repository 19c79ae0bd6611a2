"""What a publication brings that somebody should hear of: turned verdicts, new grave suspicions, refused rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.reports.asking import Publication, Question
from assets.reports.formats import day
from assets.reports.page.changes import STANDINGS, Change, changes, told
from assets.reports.terminal import dues
from warehouse.reading import Published, read_manifest


# A mail is read on a telephone: the rest stands on the desk.
SHOWN = 15


@dataclass(frozen=True)
class Suspicion:
    label: str
    record_kind: str
    record_key: str
    occurred_on: date | None
    unit_name: str | None
    sentence: str


@dataclass(frozen=True)
class Rejected:
    """`row_number` is that of the sheet; the whole sheet or file where nothing says a row."""

    file: str
    sheet: str | None
    row_number: int | None
    column_name: str | None
    message: str


@dataclass(frozen=True)
class News:
    """`since`: the closing date it was held against; None where there was nothing before."""

    closing_date: date
    since: date | None
    turned: list[Change]
    suspicions: list[Suspicion]
    rejected: list[Rejected]
    overdue: int

    @property
    def is_grave(self) -> bool:
        return bool(self.turned or self.suspicions)

    @property
    def subject(self) -> str:
        indicators = ", ".join(change.after.indicator for change in self.turned)
        parts = [f"{indicators} đổi kết luận"] if self.turned else []
        parts += [f"{len(self.suspicions)} nghi vấn nghiêm trọng mới"] if self.suspicions else []
        return f"Số liệu ngày {day(self.closing_date)}: " + ("; ".join(parts) or "không đổi kết luận nào")

    def lines(self) -> list[str]:
        """A line a thing, the gravest first; nothing where there is nothing."""
        found = [
            f"– {change.after.label} ({change.after.indicator}): từ {change.before.verdict} thành "
            f"{change.after.verdict}, nay {change.after.told}"
            for change in self.turned
            if change.before
        ]
        found += shortened([f"– Nghi vấn: {one.sentence}" for one in self.suspicions], "nghi vấn")
        found += [f"– {len(self.rejected)} chỗ trong sổ chưa nhận được"] if self.rejected else []
        return found + ([f"– {self.overdue} việc khắc phục đã quá hạn"] if self.overdue else [])


SUSPICIONS = Question("digest/suspicions", Suspicion)
REJECTIONS = Question("digest/rejections", Rejected)


def news(published: Published, before: Path | None) -> News:
    """Against the version that was told of last, where it is still kept. Raises NothingPublished."""
    now = Publication(published.path)
    earlier = told(before) if before else None
    suspicions = now.ask(SUSPICIONS) if before and earlier is not None else []
    known = set(Publication(before).ask(SUSPICIONS)) if before and suspicions else set()
    return News(
        shown(published.path),
        shown(before) if before and earlier is not None else None,
        [one for one in changes(earlier, now.ask(STANDINGS)) if one.is_turned] if earlier is not None else [],
        [one for one in suspicions if one not in known],
        now.ask_if_held(REJECTIONS) or [],
        sum(due.is_overdue for due in dues(now)),
    )


def shown(file: Path) -> date:
    """The day whose board a version shows: one that was made for a past day keeps that of the newest."""
    return date.fromisoformat(read_manifest(file)["newest_closing_date"])


def of_room(rejected: list[Rejected], place: str) -> list[str]:
    """What of the files whose path begins so could not be taken, a line each."""
    return [f"– {where(one)}: {one.message}" for one in rejected if one.file.startswith(place)]


def where(one: Rejected) -> str:
    """Of a whole sheet or file the register's reader says so in the place of a column."""
    parts = [one.file, f"trang {one.sheet}" if one.sheet else "", f"dòng {one.row_number}" if one.row_number else ""]
    column = one.column_name or ""
    return ", ".join(filter(None, [*parts, f"cột {column}" if one.row_number and column else column]))


def shortened(lines: list[str], what: str) -> list[str]:
    rest = len(lines) - SHOWN
    return lines if rest <= 0 else [*lines[:SHOWN], f"– … và {rest} {what} khác"]
