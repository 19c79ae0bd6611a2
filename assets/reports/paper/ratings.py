"""How far the ratings of the year have come (domain §6.2); people are counted, never by month, and not under five."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Question
from assets.reports.formats import NOTHING, QUARTERS, count
from warehouse import dictionary


@dataclass(frozen=True)
class Following:
    staff_group: str
    period_kind: str
    period_end: date
    state: str
    rated: int | None
    good_or_better: int | None
    excellent: int | None
    citation: str


FOLLOWING = Question("paper/rating_following", Following)


def following(row: Following) -> dict[str, str]:
    ends = row.period_end
    quarter = QUARTERS[(ends.month - 1) // 3]
    names = {"year": f"Năm {ends.year}", "quarter": f"Quý {quarter}", "month": f"Tháng {ends:%m/%Y}"}
    numbers = {name: getattr(row, name) for name in ("rated", "good_or_better", "excellent")}
    return {
        "period": names[row.period_kind],
        "staff_group": dictionary.load().label("staff_group", row.staff_group),
        "state": row.state,
        **{name: NOTHING if number is None else count(number) for name, number in numbers.items()},
        "citation": row.citation,
    }
