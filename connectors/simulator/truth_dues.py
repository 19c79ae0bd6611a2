"""Due dates by which the ground truth of MT1 judges: as an observer can know them, and as they were promised.

Shares nothing with the warehouse: what `dossier_promises`, `dossier_extensions` and `dossier_dues` say in SQL is said
here in arrays (domain §2.7, §2.8, §13.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.lifecycles import NEVER, Flags, Moments
from connectors.simulator.observations import Observations
from connectors.simulator.world import World


@dataclass(frozen=True)
class Dues:
    """`effective` decides; `latest` is the latest that can have been promised, given what was seen."""

    effective: Moments
    latest: Moments
    contains: Flags
    unclear: Flags


def known(facts: Observations, day: int) -> Dues:
    """As an observer knows them at the end of a day."""
    beyond = facts.has_limit & (_mark(facts, facts.due) > _mark(facts, facts.legal))
    before_pauses = facts.seen < facts.first_pause
    soon = facts.seen // wt.DAY <= np.maximum(facts.legal // wt.DAY, facts.accepted // wt.DAY + 1)
    promised = np.where(beyond & ~(before_pauses & soon), facts.legal, facts.due)
    valid = _is_valid(facts, promised, day)
    legal = _extended(facts, promised, [valid], day)
    every = _extended(facts, promised, [asked // wt.DAY <= day for asked in facts.asked], day)
    added = _extended(facts, facts.due, [valid], day)
    # What a later look has in addition, the first one had not.
    grew = (facts.current > facts.due) & (_mark(facts, facts.current) == _mark(facts, added))
    undecided = (facts.asked[0] // wt.DAY <= day) & ~before_pauses & ~grew
    answered = np.minimum(*facts.answered) <= facts.seen
    shown = _mark(facts, facts.due)
    alike = (shown == _mark(facts, legal)) | (shown == _mark(facts, every))
    contains = undecided & beyond & answered & alike
    unclear = undecided & ~contains & (beyond | ~facts.has_limit)
    effective = np.where(unclear, np.minimum(legal, facts.due), legal)
    return Dues(effective, np.where(contains, effective, np.maximum(effective, added)), contains, unclear)


def promised(world: World, facts: Observations, day: int) -> Moments:
    """What was printed on the slip, extended by a first supplement asked in time: what nobody can see afterwards."""
    slip = np.where(world.plan.promised < NEVER, world.plan.promised, facts.legal)
    return _extended(facts, slip, [_is_valid(facts, slip, day)], day)


def told(facts: Observations, dues: Dues, whose: Flags, day: int) -> Dues:
    """The same, except where the national copy that was read tells the date before the first supplement."""
    before = np.full_like(dues.effective, NEVER)
    for moves, _, standing, _ in facts.state.supplement_traces:
        before = np.where(moves & whose, np.minimum(before, standing), before)
    known = before < NEVER
    effective = _extended(facts, before, [_is_valid(facts, before, day)], day)
    return Dues(
        np.where(known, effective, dues.effective),
        np.where(known, effective, dues.latest),
        np.where(known, facts.due > before, dues.contains),
        dues.unclear & ~known,
    )


def _mark(facts: Observations, moments: Moments) -> Moments:
    """What counts of a moment: the minute of a limit in hours, else the day."""
    return np.where(facts.hourly, moments, moments // wt.DAY)


def _is_valid(facts: Observations, due: Moments, day: int) -> Flags:
    """Whether the first supplement was asked for in time."""
    asked = facts.asked[0]
    return np.asarray((_mark(facts, asked) <= _mark(facts, due)) & (asked // wt.DAY <= day))


def _extended(facts: Observations, due: Moments, which: list[Flags], day: int) -> Moments:
    """The due date moved by those of the supplements that count; an open one runs to the end of the day."""
    days = minutes = np.zeros(len(due), dtype=np.int64)
    for counts, asked, answered in zip(which, facts.asked, facts.answered, strict=False):
        until = np.minimum(answered, day * wt.DAY + wt.DAY - 1)
        start, end = np.where(counts, asked, 0), np.where(counts, until, 0)
        days = days + np.maximum(wt.working_days_between(start // wt.DAY, end // wt.DAY), 0)
        minutes = minutes + np.maximum(wt.office_clock(end) - wt.office_clock(start), 0)
    safe = np.where(due < NEVER, due, 0)
    by_days = wt.add_working_days(safe // wt.DAY, days) * wt.DAY + safe % wt.DAY
    by_minutes = np.where(minutes == 0, safe, wt.at_office_clock(wt.office_clock(safe) + minutes))
    return np.where(due < NEVER, np.where(facts.hourly, by_minutes, by_days), due)
