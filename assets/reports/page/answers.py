"""What the page asks about the decision's text: words that no figure answers, sectors, the time before the clock."""

from assets.reports.asking import Question
from assets.reports.paper.answers import Intake, NotMeasured, Sector


SECTORS = Question("page/sectors", Sector)
INTAKE = Question("page/intake", Intake)
NOT_MEASURED = Question("page/not_measured", NotMeasured)
