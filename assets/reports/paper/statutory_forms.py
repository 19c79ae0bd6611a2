"""Whom a statutory form or measure goes to: its owner by the law of the period's last day."""

from __future__ import annotations

from dataclasses import dataclass

from assets.reports.asking import Question


@dataclass(frozen=True)
class StatutoryForm:
    form: str
    heading: str
    addressee: str
    citation: str


STATUTORY_FORMS = Question("paper/statutory_forms", StatutoryForm)
