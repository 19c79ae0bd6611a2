"""The reporting periods of an objective's year, written down on their own for the ground truth."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple


YEAR = 2025
_KINDS = {
    "month": [(month, month) for month in range(1, 13)],
    "quarter": [(1, 3), (4, 6), (7, 9), (10, 12)],
    "half_year": [(1, 6)],
    "nine_months": [(1, 9)],
    "year": [(1, 12)],
    "year_to_date": [(1, 12)],
}


class Period(NamedTuple):
    """A span of days, ends included."""

    calendar: str
    kind: str
    start: date
    end: date


def _iso(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _report(year: int, first: int, last: int) -> tuple[date, date]:
    """From the 15th of the month before to the 14th (Decree 09/2019, article 12)."""
    before = date(year - 1, 12, 15) if first == 1 else date(year, first - 1, 15)
    return before, date(year, last, 14)


def periods(closing_date: date, year: int = YEAR) -> list[Period]:
    """Every period of a year that has begun by the closing date; the year to date ends on it."""
    found = []
    for calendar, bounds in (("iso", _iso), ("report", _report)):
        for kind, spans in _KINDS.items():
            for first, last in spans:
                start, end = bounds(year, first, last)
                if kind == "year_to_date":
                    end = min(end, closing_date)
                if start <= closing_date:
                    found.append(Period(calendar, kind, start, end))
    return found


def year_to_date(closing_date: date) -> Period:
    """The headline's period: the calendar year up to the closing date."""
    start, end = _iso(YEAR, 1, 12)
    return Period("iso", "year_to_date", start, min(end, closing_date))
