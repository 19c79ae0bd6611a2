"""`quarter:2025-Q3`: how a period is asked for, and which of the published ones is meant."""

import re
from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Publication, Question
from assets.reports.formats import QUARTERS, day


KINDS = {
    "year_to_date": "lũy kế từ đầu năm",
    "year": "cả năm",
    "nine_months": "9 tháng",
    "half_year": "6 tháng đầu năm",
    "quarter": "quý",
    "month": "tháng",
}
WRITTEN = re.compile(r"(?P<kind>[a-z_]+)(?::(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?)?")
# As an office says it → as it is written.
SAID = (
    (re.compile(r"quý ([1-4])[ /]+(\d{4})"), r"quarter:\2-Q\1"),
    (re.compile(r"tháng (\d)[ /]+(\d{4})"), r"month:\2-0\1"),
    (re.compile(r"tháng (\d\d)[ /]+(\d{4})"), r"month:\2-\1"),
    (re.compile(r"(?:cả )?năm (\d{4})"), r"year:\1"),
    (re.compile(r"6 tháng(?: đầu năm)?[ /]+(\d{4})"), r"half_year:\1"),
    (re.compile(r"9 tháng[ /]+(\d{4})"), r"nine_months:\1"),
)
HOW = "year_to_date, year:2025, nine_months:2025, half_year:2025, quarter:2025-Q3 hoặc month:2025-07"


class UnknownPeriod(ValueError):
    """The period asked for is misspelt, or nothing has been published for it."""


@dataclass(frozen=True)
class Period:
    """`until` is the last day that counts: the end of the period or the closing date."""

    period_kind: str
    period_start: date
    period_end: date
    closing_date: date

    @property
    def start(self) -> date:
        return self.period_start

    @property
    def until(self) -> date:
        return min(self.period_end, self.closing_date)

    @property
    def is_of_another_year(self) -> bool:
        """Than the closing date."""
        return self.start.year != self.closing_date.year

    @property
    def label(self) -> str:
        year = self.start.year
        if self.period_kind == "quarter":
            name = f"quý {QUARTERS[(self.start.month - 1) // 3]} năm {year}"
        elif self.period_kind == "month":
            name = f"tháng {self.start:%m/%Y}"
        else:
            name = f"{KINDS[self.period_kind]} {year}"
        return f"{name} (từ {day(self.start)} đến {day(self.until)})"

    @property
    def values(self) -> dict[str, object]:
        """What the questions of a report take."""
        return {
            "kind": self.period_kind,
            "start": self.start,
            "period_end": self.period_end,
            "until": self.until,
            "year": self.start.year,
        }


PERIODS = Question("paper/periods", Period)


def find(publication: Publication, text: str) -> Period:
    """Raises UnknownPeriod, naming what is published."""
    asked = WRITTEN.fullmatch(written(text))
    if asked is None or asked["kind"] not in KINDS:
        raise UnknownPeriod(f"Không hiểu kỳ báo cáo '{text}': hãy ghi {HOW}.")
    found = [period for period in publication.ask(PERIODS) if is_meant(period, asked)]
    if not found:
        raise UnknownPeriod(f"Bản công bố không có số liệu của kỳ '{text}'. Cách ghi kỳ: {HOW}.")
    return found[-1]


def written(text: str) -> str:
    """`Quý 3/2025` is `quarter:2025-Q3`; anything else stays as it is."""
    spoken = " ".join(text.lower().split())
    return next((said.expand(form) for pattern, form in SAID if (said := pattern.fullmatch(spoken))), text)


def is_meant(period: Period, asked: re.Match[str]) -> bool:
    if period.period_kind != asked["kind"] or (asked["year"] and int(asked["year"]) != period.start.year):
        return False
    if period.period_kind == "quarter" and asked["quarter"]:
        return (period.start.month + 2) // 3 == int(asked["quarter"])
    return not (period.period_kind == "month" and asked["month"]) or period.start.month == int(asked["month"])
