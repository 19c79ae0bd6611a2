"""What the page asks about the decision's text: words that no figure answers, sectors, the time before the clock."""

from dataclasses import dataclass

from assets.reports.asking import Question
from assets.reports.paper.answers import NotMeasured, Sector


@dataclass(frozen=True)
class Intake:
    """Online dossiers of the year, by the working days from submission to acceptance."""

    numerator: int
    denominator: int
    actual: float | None
    median_days: float | None
    mean_days: float | None
    days_of_ninety: int | None


SECTORS = Question("page/sectors", Sector)
INTAKE = Question("page/intake", Intake)
NOT_MEASURED = Question("page/not_measured", NotMeasured)
