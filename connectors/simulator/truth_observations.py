"""What is to be counted from the register of whatever has none of its own, question by question, in plain loops.

Each question is one that offices ask: complaints found right, initiatives recognised, paper copies against the year
before, reports in time, how long a report takes, people trained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from connectors.simulator import working_time as wt
from connectors.simulator.periods import Period, periods
from connectors.simulator.registers.observations import (
    COMPLAINTS,
    COPIES,
    INITIATIVES,
    REPORTS,
    TRAINING,
    observations,
)
from connectors.simulator.world import World


Row = dict[str, Any]
# A report takes as long as it should between these, in working days.
LEAST, MOST = 2, 6


class Answer(NamedTuple):
    """How many rows are good, of how many, and the figure itself in its own unit; none where nothing is its base."""

    good: int
    of: int
    figure: float | None


def answers(world: World, closing_date: date) -> dict[tuple[str, str, str, str], Answer]:
    """(Question, calendar, kind, start) → answer, for every begun period in which there is a row."""
    found = {}
    rows = observations(world)
    for period in periods(closing_date):
        for question, (book, day, answer) in QUESTIONS.items():
            of_book = [row for row in rows if row["book"] == book]
            own = within(of_book, day, period.start, min(period.end, closing_date))
            if own and (told := answer(own, of_book, period, closing_date)):
                found[question, period.calendar, period.kind, period.start.isoformat()] = told
    return found


def within(rows: Iterable[Row], day: str, first: date, last: date) -> list[Row]:
    return [row for row in rows if first <= row[day] <= last]


def counted(result: str) -> Callable[..., Answer]:
    def answer(own: list[Row], *_: object) -> Answer:
        good = sum(row["result"] == result for row in own)
        return Answer(good, len(own), good)

    return answer


def change(own: list[Row], rows: list[Row], period: Period, closing_date: date) -> Answer:
    """Fewer by what share of the same days a year before."""
    last = min(period.end, closing_date)
    before = within(rows, "happened_on", a_year_before(period.start), a_year_before(last))
    now, then = (sum(row["amount"] for row in some) for some in (own, before))
    return Answer(sum(not row["amount"] for row in own), len(own), (now - then) / then if then else None)


def a_year_before(day: date) -> date:
    """29 February has none; the register writes the last day of a month."""
    last_of_february = (day.month, day.day) == (2, 28) and (day.year - 1) % 4 == 0
    return date(day.year - 1, day.month, 29 if last_of_february else day.day)


def in_time(own: list[Row], *_: object) -> Answer | None:
    asked = [row for row in own if row["kind"] not in (None, "Không áp dụng")]
    good = sum(row.get("done_on") is not None and row["done_on"] <= row["due_on"] for row in asked)
    return Answer(good, len(asked), good / len(asked)) if asked else None


def took(own: list[Row], *_: object) -> Answer | None:
    days = [working_days(row["happened_on"], row["done_on"]) for row in own if row.get("done_on")]
    return Answer(sum(LEAST <= one <= MOST for one in days), len(days), median(days)) if days else None


def working_days(first: date, last: date) -> int:
    return sum(bool(wt.WORKING[number]) for number in range(wt.day_number(first) + 1, wt.day_number(last) + 1))


def trained(own: list[Row], *_: object) -> Answer:
    return Answer(sum(row["amount"] > 0 for row in own), len(own), sum(row["amount"] for row in own))


# Question → book, the day by which a row belongs to a period, how it is answered.
QUESTIONS: dict[str, tuple[str, str, Callable[..., Answer | None]]] = {
    "complaints found right": (COMPLAINTS, "happened_on", counted("Đúng")),
    "initiatives recognised": (INITIATIVES, "happened_on", counted("Được công nhận")),
    "paper copies": (COPIES, "happened_on", change),
    "reports in time": (REPORTS, "due_on", in_time),
    "days of a report": (REPORTS, "due_on", took),
    "people trained": (TRAINING, "happened_on", trained),
}
