"""Days that a reader of monthly figures must know of: long holidays, and when units or rules changed; from the data."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assets.reports.asking import Question


@dataclass(frozen=True)
class YearMark:
    """A span of days off, or one day on which something changed."""

    first_day: date
    last_day: date
    label: str

    @property
    def is_span(self) -> bool:
        return self.first_day != self.last_day

    @property
    def begins(self) -> float:
        return place(self.first_day)

    @property
    def ends(self) -> float:
        return place(self.last_day + timedelta(days=1)) if self.is_span else self.begins


YEAR_MARKS = Question("year_marks", YearMark)


def place(day: date) -> float:
    """Where the morning of a day stands on an axis on which 1 is the middle of January and 12 that of December."""
    return day.month - 0.5 + (day.day - 1) / monthrange(day.year, day.month)[1]


def told(marks: list[YearMark]) -> str:
    """What the marks of a chart stand for; empty where there is none."""
    spans = ", ".join(mark.label for mark in marks if mark.is_span)
    days = ", ".join(mark.label for mark in marks if not mark.is_span)
    return "; ".join([*([f"vùng xám: {spans}"] if spans else []), *([f"vạch chấm đứng: {days}"] if days else [])])
