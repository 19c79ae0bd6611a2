"""The year of one indicator as a small chart: months, running total, target, milestones, forecast.

Coordinates only, in units of the view box; page_trend.html draws them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from assets.reports.formats import share
from assets.reports.page.questions import Board, Milestone, Month


WIDTH, HEIGHT = 320.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 12.0, 24.0
# The axis never spans less than this: a change of a tenth of a percent must not look like a cliff.
NARROWEST = 0.05
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    title: str = ""


@dataclass(frozen=True)
class Trend:
    """`running` is empty where the year is no sum of its months; `interval` is the forecast's low and high end.

    `table`: each month with the sum so far.
    """

    indicator: str
    label: str
    months: list[Point]
    running: list[Point]
    milestones: list[Point]
    target: float | None
    forecast: Point | None
    interval: tuple[float, float] | None
    ticks: list[tuple[float, str]]
    summary: str
    is_of_people: bool = False
    table: list[tuple[Month, float | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Scale:
    low: float
    high: float

    def y(self, value: float) -> float:
        reach = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - reach * (HEIGHT - TOP - BOTTOM), 1)


def x(month: float) -> float:
    """The middle of a month, 1 to 12."""
    return round(LEFT + (month - 0.5) * (WIDTH - LEFT - RIGHT) / 12, 1)


def trend(row: Board, months: Sequence[Month], milestones: Sequence[Milestone]) -> Trend:
    told = [(month, month.actual) for month in months if month.actual is not None]
    sums = running_sums(row, months)
    low, high = row.forecast_low, row.forecast_high
    marks = [row.target, row.forecast_year_end, low, high, *(mark.target for mark in milestones)]
    scale = scale_of([*(actual for _, actual in told), *sums.values(), *marks])
    forecast = row.forecast_year_end
    return Trend(
        indicator=row.indicator,
        label=row.label,
        months=[Point(x(month.month), scale.y(actual), told_of(month)) for month, actual in told],
        running=[Point(x(month), scale.y(value)) for month, value in sums.items()],
        milestones=[Point(x(mark.month), scale.y(mark.target), share(mark.target)) for mark in milestones],
        target=None if row.target is None else scale.y(row.target),
        forecast=None if forecast is None else Point(x(12.4), scale.y(forecast), f"Dự báo {share(forecast)}"),
        interval=None if low is None or high is None else (scale.y(low), scale.y(high)),
        ticks=[(scale.y(value), share(value).replace(",00", "")) for value in tick_values(scale, row.target)],
        summary=summary(row, [month for month, _ in told]),
        is_of_people=row.is_of_people,
        table=[(month, sums.get(month.month)) for month in months],
    )


def running_sums(row: Board, months: Sequence[Month]) -> dict[int, float]:
    """Month → rate since January, where the year has one and the months add up to it; a record may count once in each
    period."""
    if row.actual is None:
        return {}
    numerator = denominator = 0
    found: dict[int, float] = {}
    for month in months:
        numerator, denominator = numerator + month.numerator, denominator + month.denominator
        if denominator:
            found[month.month] = numerator / denominator
    adds_up = (numerator, denominator) == (row.numerator, row.denominator)
    return found if adds_up and row.basis == "flow" and not row.is_cumulative else {}


def scale_of(values: Sequence[float | None]) -> Scale:
    """From a round figure under the lowest value up to 100 %."""
    low = min([value for value in values if value is not None], default=0.0)
    room = max((1 - low) * 1.08, NARROWEST)
    step = next(step for step in STEPS if room <= 6 * step)
    return Scale(max(0.0, 1 - step * math.ceil(room / step)), 1.0)


def tick_values(scale: Scale, target: float | None) -> list[float]:
    """Both ends, and the target where it does not run into one of them."""
    room = (scale.high - scale.low) / 6
    between = target is not None and scale.low + room < target < scale.high - room
    return [scale.low, *([target] if between and target is not None else []), scale.high]


def told_of(month: Month) -> str:
    return f"Tháng {month.month}: {month.numerator}/{month.denominator} = {share(month.actual)}"


def summary(row: Board, told: Sequence[Month]) -> str:
    """The chart in words, for whoever does not see it."""
    parts = [f"{row.label}: lũy kế {share(row.actual, row.target)}, mức giao {share(row.target)}"]
    if told:
        parts.append(f"tháng gần nhất có số liệu: {told_of(told[-1])}")
    if row.forecast_year_end is not None:
        parts.append(f"dự báo cuối năm {share(row.forecast_year_end, row.target)}")
    return "; ".join(parts)
