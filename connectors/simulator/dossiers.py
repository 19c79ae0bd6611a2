"""The life of every dossier, planned in advance in whole arrays.

The plan does not depend on the day it is looked at; `states.py` says what has happened by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from connectors.simulator import lifecycles
from connectors.simulator import working_time as wt
from connectors.simulator.assignment import Assigned, assign
from connectors.simulator.chance import Chance
from connectors.simulator.defects import Defect, defects
from connectors.simulator.lifecycles import ABANDONED, NEVER, REFUSED, SETTLED, STOPPED, UNTOUCHED, Flags, Moments


FIRST_DAY = date(2024, 11, 1)
MAIN_END = date(2025, 12, 31)
LAST_DAY = date(2026, 2, 27)
# Settled, withdrawn, stopped, refused at intake, never finished, never even looked at.
_ENDINGS = [0.958, 0.012, 0.009, 0.011, 0.006, 0.004]


@dataclass(frozen=True)
class Plan:
    """One array per fact, one place per dossier; NEVER where nothing happens."""

    assigned: Assigned
    ending: Moments
    defect: Moments
    applied: Moments
    desk: Moments
    promised: Moments
    moved_at: Moments
    moved_to: Moments
    asked: tuple[Moments, Moments]
    answered: tuple[Moments, Moments]
    charged: Moments
    paid: Moments
    completed: Moments
    returned: Moments
    second: Moments
    sequence: Moments

    def __len__(self) -> int:
        return len(self.desk)

    @property
    def accepted(self) -> Moments:
        """When the desk accepted; NEVER for what it refused or never looked at."""
        return np.where((self.ending == REFUSED) | (self.ending == UNTOUCHED), NEVER, self.desk)


def _season(day: int) -> float:
    """How busy a working day is: the end of the year before, Tết, the rush of June and July."""
    at = wt.to_date(day)
    if not wt.WORKING[day]:
        return 0.0
    if at.year == 2024:
        return 0.45
    if date(2025, 1, 13) <= at <= date(2025, 1, 24):
        return 1.5
    if date(2025, 2, 3) <= at <= date(2025, 2, 7):
        return 0.4
    if date(2025, 6, 9) <= at <= date(2025, 7, 18):
        return 1.8
    return 1.0


def _days(chance: Chance, total: int, dossiers: int) -> Moments:
    """Days at the desk, never falling with the index, so that each day has running numbers."""
    jitter = chance.uniform("day")
    place = np.arange(total, dtype=np.float64)
    parts = []
    for first, last, begin, end in (
        (FIRST_DAY, MAIN_END, 0, dossiers),
        (date(2026, 1, 1), LAST_DAY, dossiers, total),
    ):
        days = np.arange(wt.day_number(first), wt.day_number(last) + 1)
        weights = np.cumsum([_season(int(day)) for day in days])
        share = (place[begin:end] - begin + jitter[begin:end]) / max(end - begin, 1)
        parts.append(days[np.searchsorted(weights / weights[-1], share, side="right")])
    return np.concatenate(parts).astype(np.int64)


def _sequence(days: Moments) -> Moments:
    """The running number of each dossier within its day."""
    _, first = np.unique(days, return_index=True)
    starts = np.zeros(len(days), dtype=np.int64)
    starts[first] = first
    return np.asarray(np.arange(len(days)) - np.maximum.accumulate(starts) + 1, dtype=np.int64)


def _endings(chance: Chance, defect: Moments) -> Moments:
    return np.where(defect != Defect.NONE, SETTLED, chance.pick("ending", _ENDINGS))


def _latest(*moments: Moments) -> Moments:
    """The latest of the moments that ever happen."""
    happened = [np.where(moment < NEVER, moment, 0) for moment in moments]
    return np.asarray(np.maximum.reduce(happened), dtype=np.int64)


def _end(
    chance: Chance,
    assigned: Assigned,
    ending: Moments,
    due: Moments,
    desk: Moments,
    asked: tuple[Moments, Moments],
    answered: tuple[Moments, Moments],
    plain: Flags,
) -> tuple[Moments, Moments, tuple[Moments, Moments]]:
    """(ending, end, answers): whoever never answers is stopped weeks later, or stays open."""
    effective = lifecycles.effective(assigned, due, asked[0], answered[0])
    earliest = _latest(desk, *asked, *answered)
    completed = lifecycles.completion(chance, assigned, ending, earliest, effective, plain)
    silent = tuple((a < NEVER) & (b == NEVER) for a, b in zip(asked, answered, strict=True))
    waiting = silent[0] | silent[1]
    given_up = waiting & (chance.uniform("give up") < 0.5)
    last = wt.office_clock(np.where(waiting, _latest(*asked), 0))
    stopped = wt.at_office_clock(last + wt.OFFICE_DAY * 25)
    ending = np.where(given_up, STOPPED, ending)
    completed = np.select([given_up, waiting], [stopped, NEVER], default=completed)
    never = (ending == ABANDONED) | (ending == REFUSED) | (ending == UNTOUCHED)
    completed = np.where(never, NEVER, completed)
    closed = tuple(
        np.where(quiet & given_up, completed, answer) for quiet, answer in zip(silent, answered, strict=True)
    )
    return ending, completed, (closed[0], closed[1])


@lru_cache(maxsize=4)
def plan(seed: int, dossiers: int, procedures: int, defect_share: float) -> Plan:
    """The whole plan; a twentieth more dossiers follow in 2026, for a world that lives on."""
    total = dossiers + max(dossiers // 20, 1)
    chance = Chance(seed, np.arange(total, dtype=np.int64))
    days = _days(chance, total, dossiers)
    assigned = assign(chance, days, procedures)
    defect = defects(seed, total, defect_share)
    plain = defect != Defect.NONE
    ending = _endings(chance, defect)
    desk = lifecycles.in_office_day(days, chance.uniform("minute"))
    promised = lifecycles.promise(chance, assigned, desk, plain)
    due = np.where(
        promised < NEVER,
        promised,
        wt.statutory_due(desk, assigned.limit_unit, assigned.limit_amount),
    )
    refused = (ending == REFUSED) | (ending == UNTOUCHED)
    asked, answered = lifecycles.supplements(chance, assigned, desk, due, defect, refused)
    ending, completed, answered = _end(chance, assigned, ending, due, desk, asked, answered, plain)
    charged, paid = lifecycles.finance(chance, desk, completed, asked[0], plain)
    moved_at, moved_to = lifecycles.moves(chance, promised, desk, completed, plain | refused)
    return Plan(
        assigned=assigned,
        ending=ending,
        defect=defect,
        applied=lifecycles.applied(chance, assigned, desk, plain),
        desk=np.where(ending == UNTOUCHED, NEVER, desk),
        promised=np.where(refused | (defect == Defect.NO_DUE_DATE), NEVER, promised),
        moved_at=moved_at,
        moved_to=moved_to,
        asked=asked,
        answered=answered,
        charged=charged,
        paid=paid,
        completed=completed,
        returned=lifecycles.handover(chance, ending, completed),
        second=chance.whole("second", 60),
        sequence=_sequence(days),
    )
