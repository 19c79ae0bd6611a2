"""What has changed since the day before and since a week ago, and what a change is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assets.reports.asking import Publication, Question
from assets.reports.formats import counted
from warehouse.reading import NothingPublished, Published, closing_of


@dataclass(frozen=True)
class Standing:
    """What an indicator came to, in the terms of `formats.Measured`."""

    position: int
    indicator: str
    label: str
    numerator: int
    denominator: int
    actual: float | None
    verdict: str
    measure: str
    unit_of_measure: str
    decimals: int
    operator: str | None
    target: float | None
    upper_target: float | None

    @property
    def told(self) -> str:
        return counted(self.numerator, self.denominator, self.actual, self)


@dataclass(frozen=True)
class Change:
    """An indicator that is not what it was; `before` is None where it is new."""

    before: Standing | None
    after: Standing

    @property
    def is_turned(self) -> bool:
        return self.before is not None and self.before.verdict != self.after.verdict


@dataclass(frozen=True)
class Compared:
    """With the version of an earlier closing date: turned verdicts first."""

    label: str
    closing_date: date
    changes: list[Change]


@dataclass(frozen=True)
class Parts:
    """A rate in fractions: before, after, and what of the difference is mix and what is rate."""

    indicator: str
    unit_code: str
    period_kind: str
    period_start: date
    period_end: date
    previous_start: date
    previous_end: date
    before: float
    after: float
    mix: float
    rate: float
    most_unit_name: str | None
    most_rate: float


STANDINGS = Question("page/standings", Standing)
PARTS = Question("page/parts_of_change", Parts)
# So many days back or more → how it is said.
BACK = {1: "hôm trước", 7: "tuần trước"}


def compared(published: Published) -> list[Compared]:
    """With whatever is still kept beside it; nothing on the first day."""
    now, held = Publication(published.path).ask(STANDINGS), kept(published)
    found: dict[date, Compared] = {}
    for days, label in BACK.items():
        earlier = newest_until(held, closing_of(published.path) - timedelta(days=days))
        before = told(earlier) if earlier else None
        if earlier and before is not None and held[earlier] not in found:
            found[held[earlier]] = Compared(label, held[earlier], changes(before, now))
    return list(found.values())


def kept(published: Published) -> dict[Path, date]:
    """The versions beside it that were not withdrawn, with their closing dates."""
    withdrawn = {one["version"] for one in published.manifest.get("withdrawn", [])}
    files = published.path.parent.glob("mtcl-*.duckdb")
    return {file: closing_of(file) for file in files if file.stem not in withdrawn}


def newest_until(held: Mapping[Path, date], last: date) -> Path | None:
    """The newest version of the newest closing date that is not later."""
    files = [file for file, day in held.items() if day <= last]
    return max(files, key=lambda file: (held[file], int(file.stem.rpartition("-")[2])), default=None)


def told(file: Path) -> list[Standing] | None:
    """None of a version that is damaged, or was published before there were such columns."""
    try:
        return Publication(file).ask(STANDINGS)
    except NothingPublished:
        return None


def changes(before: list[Standing], after: list[Standing]) -> list[Change]:
    known = {row.indicator: row for row in before}
    found = [Change(known.get(row.indicator), row) for row in after]
    moved = [one for one in found if one.is_turned or one.before is None or one.before.told != one.after.told]
    return sorted(moved, key=lambda one: not one.is_turned)
