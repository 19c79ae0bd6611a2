"""The marks of a year behind its charts over months: days off, and days on which units or rules changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from assets.reports.paper.drawing import LIMIT, plain
from assets.reports.year_marks import YearMark, told


if TYPE_CHECKING:
    import pandas as pd

Frames = dict[str, "pd.DataFrame"]


def marks_of(frames: Frames) -> list[YearMark]:
    rows = plain(frames["year_marks"]).to_dict("records")
    return [YearMark(as_day(row["first_day"]), as_day(row["last_day"]), row["label"]) for row in rows]


def as_day(value: Any) -> date:
    """Frames hold days as moments."""
    return value.date() if isinstance(value, datetime) else value


def told_marks(frames: Frames) -> str:
    words = told(marks_of(frames))
    return f"; {words}" if words else ""


def mark_values(frames: Frames, indicators: list[str]) -> list[dict[str, Any]]:
    """The marks of the year in the chart of each indicator."""
    return [
        {"indicator": name, "begins": mark.begins, "ends": mark.ends}
        | ({} if mark.is_span else {"changed": mark.begins})
        for name in indicators
        for mark in marks_of(frames)
    ]


def marked(base: Any) -> list[Any]:
    """Days off as a grey span, a change as a dotted line, behind everything else."""
    import altair

    scale = altair.Scale(domain=[0.5, 12.9])
    begins, changed = (altair.X(f"{name}:Q", title="Tháng", scale=scale) for name in ("begins", "changed"))
    return [
        base.mark_rect(color=LIMIT, opacity=0.25).encode(x=begins, x2="ends:Q"),
        base.mark_rule(color=LIMIT, strokeDash=[1, 2]).encode(x=changed),
    ]
