"""What one dossier adds to each definition of MT1 from the beginning of the year (domain §2.5), by its own facts.

The figures themselves are computed by warehouse/models/core/dossier_measures.sql; a test adds these up over all
dossiers and compares.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.published import Row


Part = Literal["met", "failed", "excluded", "none"]


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands between two days, both counted."""

    is_result: bool
    is_in_time: bool
    ended_here: bool
    received_here: bool
    carried_over: bool
    open_now: bool
    is_overdue: bool
    is_supplemented_twice: bool

    @classmethod
    def of(cls, clock: Row, start: date, until: date) -> "Standing":
        accepted, ended = clock["accepted_on"], clock["ended_on"]
        known = clock["is_counted"] and accepted is not None
        return cls(
            is_result=clock["status_code"] in (9, 10),
            is_in_time=clock["lateness"] <= 0,
            ended_here=ended is not None and start <= ended <= until,
            received_here=known and start <= accepted <= until,
            carried_over=known and accepted < start and (ended is None or ended >= start),
            open_now=known and accepted <= until and (ended is None or ended > until),
            is_overdue=clock["is_overdue"],
            is_supplemented_twice=clock["is_supplemented_twice"],
        )


def part(definition: str, at: Standing, returns_count: bool) -> Part:
    """`returns_count`: whether the Office counts returned, withdrawn and stopped dossiers in R1 (P-04)."""
    if definition in ("R1", "R1s"):
        counts = at.is_result or definition == "R1s" or returns_count
        return judged(at.is_in_time) if counts and at.ended_here else "excluded" if at.ended_here else "none"
    if definition == "R2":
        here = at.received_here or at.carried_over
        is_open_in_time = at.open_now and not (at.is_overdue or at.is_supplemented_twice)
        good = is_open_in_time or (at.ended_here and at.is_in_time)
        return judged(good) if here else "none"
    if definition == "R3":
        return cautious(at)
    # B is the share of what is overdue among what is open: to be overdue is to be in its numerator.
    return judged(at.is_overdue) if definition == "B" and at.open_now else "none"


def cautious(at: Standing) -> Part:
    if at.ended_here and not at.is_result:
        return "excluded" if at.is_in_time else "failed"
    if at.ended_here:
        return judged(at.is_in_time)
    return "failed" if at.open_now and (at.is_overdue or at.is_supplemented_twice) else "none"


def judged(is_met: bool) -> Part:
    return "met" if is_met else "failed"
