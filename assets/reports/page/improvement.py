"""What the page asks about the loop: forms that are not closed, causes, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Question
from assets.reports.paper.improvement import CAUSE_GROUPS, ActionFigure


@dataclass(frozen=True)
class Due:
    """A step that is due or overdue, how often, and its most pressing case."""

    kind: str
    step: str
    is_overdue: bool
    actions: int
    first_due_on: date
    unit_name: str | None
    responsible_post: str | None
    record_key: str


@dataclass(frozen=True)
class OpenForm:
    code: str
    source: str
    description: str | None
    unit_name: str | None
    responsible_post: str | None
    cause_label: str | None
    corrective_action: str | None
    state: str
    next_due_on: date | None
    is_overdue: bool
    recurs_of: str | None


DUES = Question("page/dues", Due)
FORMS = Question("page/nonconformities", OpenForm)
ACTION_FIGURES = Question("page/action_figures", ActionFigure)

__all__ = ["ACTION_FIGURES", "CAUSE_GROUPS", "DUES", "FORMS", "Due", "OpenForm"]
