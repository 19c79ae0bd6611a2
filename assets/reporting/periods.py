"""`quarter:2025-Q3`: how a period is asked for, and which of the published ones is meant."""

import re
from dataclasses import dataclass
from datetime import date

from assets.dashboard.questions import Book
from assets.reporting import questions


KINDS = {
    "year_to_date": "lũy kế từ đầu năm",
    "year": "cả năm",
    "nine_months": "9 tháng",
    "half_year": "6 tháng đầu năm",
    "quarter": "quý",
    "month": "tháng",
}
WRITTEN = re.compile(r"(?P<kind>[a-z_]+)(?::(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?)?")
HOW = "year_to_date, year:2025, nine_months:2025, half_year:2025, quarter:2025-Q3 hoặc month:2025-07"


class UnknownPeriod(ValueError):
    """The period asked for is misspelt, or nothing has been published for it."""


@dataclass(frozen=True)
class Period:
    """`until` is the last day that counts: the end of the period or the closing date."""

    kind: str
    start: date
    end: date
    closing_date: date

    @property
    def until(self) -> date:
        return min(self.end, self.closing_date)

    @property
    def label(self) -> str:
        if self.kind == "quarter":
            name = f"quý {('I', 'II', 'III', 'IV')[(self.start.month - 1) // 3]} năm {self.start.year}"
        elif self.kind == "month":
            name = f"tháng {self.start:%m/%Y}"
        else:
            name = f"{KINDS[self.kind]} {self.start.year}"
        return f"{name} (từ {self.start:%d/%m/%Y} đến {self.until:%d/%m/%Y})"


def find(book: Book, text: str) -> Period:
    """Raises UnknownPeriod, naming what is published."""
    asked = WRITTEN.fullmatch(text)
    if asked is None or asked["kind"] not in KINDS:
        raise UnknownPeriod(f"Không hiểu kỳ báo cáo '{text}': hãy ghi {HOW}.")
    published = [
        Period(row["period_kind"], row["period_start"], row["period_end"], row["closing_date"])
        for row in book.rows(questions.PERIODS)
    ]
    found = [period for period in published if is_meant(period, asked)]
    if not found:
        raise UnknownPeriod(f"Bản công bố không có số liệu của kỳ '{text}'. Cách ghi kỳ: {HOW}.")
    return found[-1]


def is_meant(period: Period, asked: re.Match[str]) -> bool:
    if period.kind != asked["kind"] or (asked["year"] and int(asked["year"]) != period.start.year):
        return False
    if period.kind == "quarter" and asked["quarter"]:
        return (period.start.month + 2) // 3 == int(asked["quarter"])
    return not (period.kind == "month" and asked["month"]) or period.start.month == int(asked["month"])
