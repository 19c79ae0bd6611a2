"""How much each conclusion depends on how its sentence is read: one sentence for page and report, and the readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assets.reports.asking import Question
from assets.reports.formats import count


@dataclass(frozen=True)
class Reading:
    """A headline read in one way; `is_kept` is None where there is no conclusion to compare. Shares are fractions."""

    indicator: str
    indicator_label: str
    reading: str
    is_headline: bool
    label: str
    numerator: int | None
    denominator: int | None
    actual: float | None
    lower_bound: float | None
    upper_bound: float | None
    target: float | None
    verdict: str
    reason: str | None
    is_kept: bool | None
    used_by: str
    parameter: str | None
    value: str | None
    citation: str
    counted_from: date | None
    counted_to: date | None


READINGS = Question("readings", Reading)
NOTHING_TO_COMPARE = "Chưa có kết luận để so giữa các cách đọc"


def by_indicator(rows: list[Reading]) -> list[tuple[str, list[Reading]]]:
    """Those that can be read otherwise, in the order of the board; the headline's own reading is the first."""
    found = [(indicator, list(own)) for indicator, own in groupby(rows, key=lambda row: row.indicator)]
    return [(indicator, own) for indicator, own in found if len(own) > 1]


def kept(rows: list[Reading]) -> str:
    """Kết luận giữ nguyên trong 7/10 cách đọc: of those that have a conclusion, the headline's own included."""
    compared = [row for row in rows if row.is_kept is not None]
    if not compared:
        return NOTHING_TO_COMPARE
    same = sum(bool(row.is_kept) for row in compared)
    return f"Kết luận giữ nguyên trong {count(same)}/{count(len(compared))} cách đọc"


def sentence(rows: list[Reading], is_short: bool = False) -> str:
    """The same of all indicators, with those whose conclusion another reading changes, and what cannot be told.

    `is_short`: by how many readings, and not by which.
    """
    told = [row for _, own in by_indicator(rows) for row in own]
    changed = []
    for indicator, own in by_indicator(told):
        others = [f"“{row.label}”" for row in own if row.is_kept is False]
        if others:
            changed.append(f"{indicator} ({f'{count(len(others))} cách' if is_short else ', '.join(others)})")
    unknown = sum(row.actual is None for row in told)
    parts = (
        kept(told) + (" (kể cả cách đọc chính)" if any(row.is_kept is not None for row in told) else ""),
        f"đổi ở {'; '.join(changed)}" if changed else "",
        f"{count(unknown)} cách đọc chưa có tỷ lệ" if unknown else "",
    )
    return ". ".join(f"{part[0].upper()}{part[1:]}" for part in parts if part) + "."
