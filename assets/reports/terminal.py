"""Tables and paragraphs of the command line, in Vietnamese."""

import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from assets.reports.asking import Publication, Question
from assets.reports.formats import NOTHING, day, goal, measured
from assets.reports.objective_year import objective_year
from assets.reports.rehearsal import rehearsal


@dataclass(frozen=True)
class ScoreboardRow:
    """A row of the published scoreboard, whole."""

    position: int
    indicator: str
    label: str
    actual: float | None
    numerator: int
    denominator: int
    operator: str | None
    target: float | None
    verdict: str
    trend: str | None
    forecast_year_end: float | None
    successes_needed: int | None
    as_of: date
    citation: str | None
    definition: str
    unit_code: str
    lower_bound: float | None
    upper_bound: float | None
    excluded: int
    quarantined: int
    failures_allowed: int | None
    interim_target: float | None
    forecast_low: float | None
    forecast_high: float | None
    required_rate: float | None
    verdict_reason: str | None
    is_example: bool = False
    actual_last_year: float | None = None
    numerator_last_year: int | None = None
    denominator_last_year: int | None = None
    measure: str = "rate"
    unit_of_measure: str = "%"
    decimals: int = 2
    upper_target: float | None = None


@dataclass(frozen=True)
class Figure:
    """One definition of one indicator, from the beginning of the year to a closing date."""

    closing_date: date
    indicator: str
    definition: str
    is_headline: bool
    numerator: int
    denominator: int
    actual: float | None
    target: float | None
    verdict: str
    operator: str | None = None
    measure: str = "rate"
    unit_of_measure: str = "%"
    decimals: int = 2
    upper_target: float | None = None


@dataclass(frozen=True)
class Due:
    """What is not done of one day's dues: `words` count it by kind."""

    due_on: date
    is_overdue: bool
    actions: int
    words: str


SCOREBOARD = Question("terminal/scoreboard", ScoreboardRow)
FIGURES = Question("terminal/figures", Figure)
DUES = Question("terminal/dues", Due)

STYLES = {"Đạt": "bold green", "Chưa đạt": "bold red"}
# What a file or another program gets is as wide as the tables need.
PAGE_WIDTH = 132
WIDEST = 100_000


def scoreboard(publication: Publication) -> list[ScoreboardRow]:
    """Raises NothingPublished."""
    return publication.ask(SCOREBOARD)


def notice(publication: Publication) -> str | None:
    """What must be said of invented data, and of a year for which the Office has decided nothing.

    Raises NothingPublished.
    """
    year = objective_year(publication)
    return ". ".join(filter(None, (rehearsal(publication), year.notice if year else None))) or None


def dues(publication: Publication) -> list[Due]:
    """What is due or overdue; nothing in a version that cannot tell. Raises NothingPublished."""
    return publication.ask_if_held(DUES) or []


def figures(publication: Publication, closing_date: date) -> list[Figure]:
    """Every definition of every indicator, for the headline's unit, at any closing date that has been computed."""
    return publication.ask(FIGURES, closing_date=closing_date)


def console() -> Console:
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PAGE_WIDTH)


def verdict(text: str) -> str:
    style = STYLES.get(text, "bold yellow")
    return f"[{style}]{text}[/{style}]"


def scoreboard_table(rows: list[ScoreboardRow], notice: str | None = None) -> Table:
    table = Table(title=f"Bảng điểm, lũy kế từ đầu năm đến {day(rows[0].as_of if rows else None)}", caption=notice)
    for name in ("", "Kết quả", "Cùng kỳ", "Đạt / xét", "Mức giao", "Kết luận", "Xu hướng", "Còn cần"):
        left = name in ("", "Kết luận", "Xu hướng")
        table.add_column(name, justify="left" if left else "right", no_wrap=True)
    table.add_column("Nội dung", overflow="fold")
    for row in rows:
        table.add_row(
            row.indicator,
            measured(row.actual, row),
            measured(row.actual_last_year, row),
            f"{row.numerator} / {row.denominator}",
            f"{goal(row)}{' (ví dụ)' if row.is_example else ''}",
            verdict(row.verdict),
            row.trend or NOTHING,
            NOTHING if row.successes_needed is None else str(row.successes_needed),
            "\n".join(filter(None, (row.label, row.verdict_reason))),
        )
    return table


def figures_table(rows: list[Figure]) -> Table:
    """All definitions; the headline one is marked."""
    table = Table(title=f"Theo từng định nghĩa, đến {day(rows[0].closing_date if rows else None)}")
    for name in ("Chỉ tiêu", "Định nghĩa", "Tử số", "Mẫu số", "Kết quả", "Kết luận"):
        table.add_column(name, justify="right" if name in ("Tử số", "Mẫu số", "Kết quả") else "left")
    for row in rows:
        definition = f"{row.definition} (chính)" if row.is_headline else row.definition
        numbers = (str(row.numerator), str(row.denominator), measured(row.actual, row))
        table.add_row(row.indicator, definition, *numbers, verdict(row.verdict))
    return table


def told(paragraphs: list[str]) -> None:
    """Plain paragraphs: broken between words on a terminal, a line each where a file or a program reads them."""
    page = console()
    for text in paragraphs:
        page.print(text, markup=False, soft_wrap=not page.is_terminal)


def print_answer(columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """An answer as it came, for whoever wrote the question: as wide as it needs, a line is never cut."""
    table = Table(*(Column(escape(name), no_wrap=True) for name in columns))
    for row in rows:
        table.add_row(*(NOTHING if value is None else escape(str(value)) for value in row))
    wide = Console(highlight=False, width=WIDEST)
    wide.width = wide.measure(table).maximum
    wide.print(table)
