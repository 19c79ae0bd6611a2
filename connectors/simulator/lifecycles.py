"""How a dossier goes on from the desk: appointment, supplements, end, later changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from connectors.simulator import working_time as wt
from connectors.simulator.assignment import Assigned
from connectors.simulator.chance import Chance
from connectors.simulator.defects import Defect


Moments = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEVER = 2**40
SETTLED, WITHDRAWN, STOPPED, REFUSED, ABANDONED, UNTOUCHED = range(6)


def in_office_day(days: Moments, share: npt.NDArray[np.float64]) -> Moments:
    """A moment inside the office hours of each (working) day."""
    begin = wt.office_clock(days * wt.DAY)
    return wt.at_office_clock(begin + 5 + (share * (wt.OFFICE_DAY - 15)).astype(np.int64))


def promise(chance: Chance, assigned: Assigned, accepted: Moments, plain: Flags) -> Moments:
    """The appointment on the slip: the legal limit, now and then longer, sometimes missing."""
    due = wt.statutory_due(accepted, assigned.limit_unit, assigned.limit_amount)
    unlimited = assigned.limit_unit == ""
    roomy = chance.uniform("roomy") < np.where(assigned.limit_unit == "h", 0.0, 0.02)
    longer = np.where(unlimited, 5, np.where(roomy, 1 + chance.whole("longer", 3), 0))
    slip = np.where(
        longer > 0,
        wt.add_working_days(due // wt.DAY, longer) * wt.DAY + wt.CLOSING,
        due,
    )
    missing = (chance.uniform("no appointment") < 0.015) & ~unlimited & ~plain
    return np.where(missing, NEVER, slip)


NO_SUPPLEMENT, ONE, TWO, AFTER_DUE, UNANSWERED = range(5)


def _supplement_kinds(chance: Chance, defect: Moments, never_accepted: Flags) -> Moments:
    kinds = chance.pick("supplement", [0.905, 0.065, 0.018, 0.007, 0.005])
    kinds = np.where(never_accepted | (defect != Defect.NONE), NO_SUPPLEMENT, kinds)
    return np.where(defect == Defect.NEGATIVE_PAUSE, ONE, kinds)


def supplements(
    chance: Chance,
    assigned: Assigned,
    accepted: Moments,
    due: Moments,
    defect: Moments,
    never_accepted: Flags,
) -> tuple[tuple[Moments, Moments], tuple[Moments, Moments]]:
    """When supplements are asked for and answered: at most two, the first usually in time."""
    kind = _supplement_kinds(chance, defect, never_accepted)
    begin, end = wt.office_clock(accepted), wt.office_clock(due)
    first = begin + 1 + (chance.uniform("asked") * 0.8 * np.maximum(end - begin, 2)).astype(int)
    after_due = end + wt.OFFICE_DAY * (1 + chance.whole("late", 3)) - 60
    first = np.where(kind == AFTER_DUE, after_due, first)
    hourly = assigned.limit_unit == "h"
    days = 60 + chance.whole("wait d", 12 * wt.OFFICE_DAY)
    wait = np.where(hourly, 30 + chance.whole("wait h", 900), days)
    second = first + wait + 20 + chance.whole("again", 2 * wt.OFFICE_DAY)
    final = second + 60 + chance.whole("wait 2", 6 * wt.OFFICE_DAY)
    replies = (kind == TWO) & (chance.uniform("silent") >= 0.06)
    asked = _when(kind != NO_SUPPLEMENT, first), _when(kind == TWO, second)
    answered = _when((kind != NO_SUPPLEMENT) & (kind != UNANSWERED), first + wait)
    return asked, (answered, _when(replies, final))


def _when(happens: Flags, clock: Moments) -> Moments:
    """The moment of an office clock where something happens at all."""
    return np.where(happens, wt.at_office_clock(clock), NEVER)


def effective(assigned: Assigned, due: Moments, asked: Moments, answered: Moments) -> Moments:
    """The due date the office works towards: extended by a first supplement asked in time."""
    hourly = assigned.limit_unit == "h"
    in_time = np.where(hourly, asked <= due, asked // wt.DAY <= due // wt.DAY)
    counts = (asked < NEVER) & (answered < NEVER) & in_time
    safe = np.where(counts, asked, due)
    return np.where(counts, wt.extend(due, hourly, safe, np.where(counts, answered, due)), due)


EARLY, ON_TIME, LATE = range(3)


def _paces(chance: Chance, assigned: Assigned, ending: Moments) -> Moments:
    """Organisations are served a little better than citizens; what is broken off often drags on."""
    late = np.where(assigned.organisation, 0.003, 0.011)
    late = np.where(ending == SETTLED, late, 0.15)
    draw = chance.uniform("pace")
    return np.select([draw < late, draw < late + 0.33], [LATE, ON_TIME], default=EARLY)


def completion(
    chance: Chance,
    assigned: Assigned,
    ending: Moments,
    earliest: Moments,
    due: Moments,
    plain: Flags,
) -> Moments:
    """The end: early, on the day, or late, in office hours; never before the last event."""
    pace = _paces(chance, assigned, ending)
    hourly = assigned.limit_unit == "h"
    share = chance.uniform("moment")
    floor = wt.office_clock(earliest)
    due_end = wt.office_clock(np.where(hourly, due, (due // wt.DAY + 1) * wt.DAY))
    due_begin = np.where(hourly, due_end - 1, wt.office_clock(due // wt.DAY * wt.DAY))
    early = floor + 15 + _part(share, due_begin - floor - 16)
    begin = np.maximum(due_begin, floor)
    on_time = np.where(hourly, due_end, begin + 1 + _part(share, due_end - begin - 1))
    delay = _part(-np.log1p(-share), np.where(hourly, 1, 4) * np.full_like(due, wt.OFFICE_DAY))
    chosen = np.select([pace == EARLY, pace == ON_TIME], [early, on_time], due_end + 3 + delay)
    completed = wt.at_office_clock(np.maximum(chosen, floor + 4))
    # A few results are released by a job in the night: local midnight is still yesterday in UTC.
    night = (chance.uniform("night") < 0.003) & ~hourly & ~plain
    tonight = completed // wt.DAY * wt.DAY + 3 + chance.whole("night minute", 10)
    return np.where(night & (tonight > earliest), tonight, completed)


def _part(share: npt.NDArray[np.float64], span: Moments) -> Moments:
    """That share of a span that may be empty."""
    return np.asarray(share * np.maximum(span, 0), dtype=np.int64)


def moves(chance: Chance, due: Moments, accepted: Moments, completed: Moments, plain: Flags) -> tuple[Moments, Moments]:
    """Appointments moved after the fact: mostly those of late dossiers, on a definite later day."""
    late = (completed < NEVER) & (completed // wt.DAY > due // wt.DAY)
    moved = (chance.uniform("moved") < np.where(late, 0.04, 0.002)) & (due < NEVER) & ~plain
    day = wt.roll_forward(np.where(moved, due, 0) // wt.DAY + chance.whole("move day", 3))
    to = wt.add_working_days(day, 5 + chance.whole("move to", 10)) * wt.DAY + wt.CLOSING
    at = np.maximum(in_office_day(day, chance.uniform("move minute")), accepted + 1)
    return np.where(moved, at, NEVER), np.where(moved, to, NEVER)


def applied(chance: Chance, assigned: Assigned, accepted: Moments, plain: Flags) -> Moments:
    """Handed in over the counter minutes before, or online up to three days before, at any hour."""
    counter = accepted - 3 - chance.whole("queue", 40)
    online = accepted - 20 - (chance.uniform("online wait") ** 3 * 3 * wt.DAY).astype(np.int64)
    return np.where((assigned.channel == 1) & ~plain, online, counter)


def finance(
    chance: Chance, accepted: Moments, completed: Moments, asked: Moments, plain: Flags
) -> tuple[Moments, Moments]:
    """A wait for taxes or fees inside the processing of some dossiers without a supplement."""
    begin, end = (
        wt.office_clock(accepted),
        wt.office_clock(np.where(completed < NEVER, completed, 0)),
    )
    owes = (chance.uniform("owes") < 0.03) & (asked == NEVER) & (end - begin > 60) & ~plain
    span = np.where(owes, end - begin - 10, 50)
    start = begin + 1 + (chance.uniform("charged") * 0.5 * span).astype(np.int64)
    stop = start + 1 + (chance.uniform("paid") * 0.45 * span).astype(np.int64)
    return (
        np.where(owes, wt.at_office_clock(start), NEVER),
        np.where(owes, wt.at_office_clock(stop), NEVER),
    )


def handover(chance: Chance, ending: Moments, completed: Moments) -> Moments:
    """When the citizen takes the result: within four working days; some never come."""
    taken = (ending == SETTLED) & (completed < NEVER) & (chance.uniform("fetched") < 0.92)
    clock = wt.office_clock(np.where(taken, completed, 0))
    later = wt.at_office_clock(clock + 5 + chance.whole("fetch", 4 * wt.OFFICE_DAY))
    return np.where(taken, later, NEVER)
