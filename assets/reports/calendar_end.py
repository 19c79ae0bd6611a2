"""How far the official working calendar reaches, as the newest publication knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Publication, Question
from assets.reports.formats import day


@dataclass(frozen=True)
class CalendarEnd:
    """`official_until`: the last day of the last whole official year; `provisional_days` after it are listed."""

    closing_date: date
    official_until: date
    provisional_days: list[date]

    @property
    def provisional(self) -> str:
        return f" (tạm tính: {', '.join(map(day, self.provisional_days))})" if self.provisional_days else ""


CALENDAR_END = Question("calendar_end", CalendarEnd)


def calendar_end(publication: Publication) -> CalendarEnd | None:
    """None where nothing has a closing date or no year is official. Raises NothingPublished."""
    return next(iter(publication.ask(CALENDAR_END)), None)
