"""Whether a publication is of invented data, which every output of it says (design, rule 16)."""

from __future__ import annotations

from dataclasses import dataclass

from assets.reports.asking import Publication, Question


MARK = "THỬ NGHIỆM"


@dataclass(frozen=True)
class Rehearsal:
    """`notice`: the sentence that says so."""

    notice: str


REHEARSAL = Question("rehearsal", Rehearsal)


def rehearsal(publication: Publication) -> str | None:
    """The sentence; None for real data, and for what was published before homes knew. Raises NothingPublished."""
    return next((row.notice for row in publication.ask_if_held(REHEARSAL) or []), None)
