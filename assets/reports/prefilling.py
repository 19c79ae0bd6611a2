"""What the product itself writes into the templates of the registers: forms to answer, what a review starts from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assets.reports.asking import Publication, Question
from connectors.registers.improvement import INPUTS, MANAGEMENT_REVIEWS, NONCONFORMITIES
from warehouse.reading import NothingPublished


@dataclass(frozen=True)
class Opening:
    """A form that nobody has answered; fields as in the register."""

    form_number: str
    opened_on: date
    found_by: str
    reference: str | None
    linked_indicator: str | None
    unit: str | None
    description: str


@dataclass(frozen=True)
class ReviewInput:
    """`input` is the letter of its clause."""

    review_number: str
    number: int
    input: str
    facts: str


OPENINGS = Question("terminal/openings", Opening)
REVIEW_INPUTS = Question("terminal/review_inputs", ReviewInput)


def prefilled(published: Path) -> dict[str, list[dict[str, Any]]]:
    """Register → rows that its template begins with; none where no version can tell."""
    publication = Publication(published)
    try:
        openings, inputs = publication.ask_if_held(OPENINGS), publication.ask_if_held(REVIEW_INPUTS)
    except NothingPublished:
        return {}
    clauses = {name.split()[0]: name for name in INPUTS}
    return {
        NONCONFORMITIES.name: [asdict(row) for row in openings or []],
        MANAGEMENT_REVIEWS.name: [asdict(row) | {"input": clauses[row.input]} for row in inputs or []],
    }
