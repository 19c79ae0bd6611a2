"""Which period is closed, how it is written, and what a closing of it says."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any


WRITTEN = re.compile(
    r"(?P<year>20\d\d)(?:-(?:Q(?P<quarter>[1-4])|(?P<half>H1)|(?P<nine>9M)|(?P<month>0[1-9]|1[0-2])))?"
)
HOW = "2025 (cả năm), 2025-Q3 (quý), 2025-H1 (6 tháng đầu năm), 2025-9M (9 tháng) hoặc 2025-07 (tháng)"


class ClosingRefused(Exception):
    """The period cannot be closed; the message says to the officer why and what to do."""


class WrongPeriod(ClosingRefused):
    """Nobody can tell which period is meant."""


@dataclass(frozen=True)
class Span:
    """A period as it is written, from its first day to its last."""

    period: str
    start: date
    end: date

    @classmethod
    def read(cls, text: str) -> Span:
        """Raises WrongPeriod."""
        asked = WRITTEN.fullmatch(text.strip())
        if asked is None:
            raise WrongPeriod(f"Không hiểu kỳ '{text}': hãy ghi {HOW}.")
        first, last = 1, 12
        if asked["quarter"]:
            first, last = 3 * int(asked["quarter"]) - 2, 3 * int(asked["quarter"])
        elif asked["half"] or asked["nine"]:
            last = 6 if asked["half"] else 9
        elif asked["month"]:
            first = last = int(asked["month"])
        year = int(asked["year"])
        return cls(asked[0], date(year, first, 1), date(year, last, monthrange(year, last)[1]))


@dataclass(frozen=True)
class Closing:
    """`number`: 1 the first time, then one more for each reason; `figures`: the rows it closed."""

    period: str
    number: int
    start: date
    end: date
    closed_at: datetime
    closing_date: date
    version: str
    versions: dict[str, str]
    file_sha256: str
    figures: int
    reason: str | None

    @property
    def closed_on(self) -> date:
        """In Viet Nam (UTC+7)."""
        return (self.closed_at.astimezone(UTC) + timedelta(hours=7)).date()

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Closing:
        """A row of the ledger, whose definitions are text."""
        period, number, start, end, closed_at, closing_date, version, versions, *rest = row
        return cls(period, number, start, end, closed_at, closing_date, version, json.loads(versions), *rest)
