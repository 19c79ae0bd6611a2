"""Whether the year of a publication has objectives of its own, an example, or none: what every reader is told first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Publication, Question


@dataclass(frozen=True)
class ObjectiveYear:
    """`notice`: the sentence that must be said where the Office has decided nothing for that year."""

    closing_date: date
    objective_year: int
    objectives: int
    is_example: bool
    notice: str | None


OBJECTIVE_YEAR = Question("objective_year", ObjectiveYear)


def objective_year(publication: Publication) -> ObjectiveYear | None:
    """None where nothing has a closing date yet. Raises NothingPublished."""
    return next(iter(publication.ask(OBJECTIVE_YEAR)), None)
