"""How figures and verdicts stand on the page: words of the office, with a sign and a colour beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from assets.tables import percent
from warehouse.reading import Row


NOTHING = "—"


class Sign(NamedTuple):
    """`icon` names a symbol of the template, `tone` a class of its style sheet. The word always stands beside both."""

    icon: str
    tone: str


SIGNS = {
    "Đạt": Sign("tick", "good"),
    "Cảnh báo": Sign("warn", "near"),
    "Chưa đạt": Sign("cross", "bad"),
    "Chưa đủ căn cứ": Sign("doubt", "open"),
    "Không phát sinh": Sign("none", "quiet"),
    "Chưa có số liệu": Sign("empty", "quiet"),
    "Chưa đến kỳ đánh giá": Sign("clock", "quiet"),
}
SEVERITIES = {
    "high": ("Cao", Sign("cross", "bad")),
    "medium": ("Trung bình", Sign("warn", "near")),
    "low": ("Thấp", Sign("none", "quiet")),
}
UNKNOWN = Sign("none", "quiet")
# In the order in which a reader wants to hear of them.
ORDER = ("Chưa đạt", "Cảnh báo", "Chưa đủ căn cứ", "Đạt", "Chưa đến kỳ đánh giá", "Chưa có số liệu", "Không phát sinh")

OPERATORS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}
# Arithmetic of fractions ends a hair above one.
HAIR = 1e-9


def sign(verdict: str) -> Sign:
    return SIGNS.get(verdict, UNKNOWN)


def severity(code: str) -> tuple[str, Sign]:
    return SEVERITIES.get(code, (code, UNKNOWN))


def share(value: float | None, *against: float | None) -> str:
    """A fraction as a percentage that never seems to reach what it does not reach."""
    return NOTHING if value is None else percent(value, *(limit for limit in against if limit is not None), 1)


def target(row: Row) -> str:
    if row["target"] is None:
        return NOTHING
    return f"{OPERATORS.get(row['operator'], row['operator'])}\N{NO-BREAK SPACE}{percent(row['target'])}"


def required(row: Row) -> str:
    """What must go well from now on for the year to end on its target."""
    rate = row["required_rate"]
    if rate is None:
        return NOTHING
    if rate > 1 + HAIR:
        return "Không còn đạt được"
    return percent(min(rate, 1))


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else NOTHING


def moment(value: datetime) -> str:
    return f"{value:%H:%M %d/%m/%Y}"
