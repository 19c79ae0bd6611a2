"""The ground truth of the time to intake: online dossiers of a period by the working days that they waited."""

from __future__ import annotations

from datetime import date

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.assignment import CHANNELS
from connectors.simulator.periods import periods
from connectors.simulator.truth_dossiers import HEADLINE, DossierTruth
from connectors.simulator.world import World


LIMIT = 1


def rows(
    world: World, closing_date: date, observed: list[date] | None = None, scopes: tuple[str, ...] = (HEADLINE, "H19")
) -> set[tuple[object, ...]]:
    """(scope, calendar, kind, first day, in time, known, unknown, median) of every period with an online dossier."""
    truth = DossierTruth(world, closing_date, observed)
    plan, facts = world.plan, truth.facts
    online = np.array([name == "Trực tuyến" for _, name, _ in CHANNELS])[plan.assigned.channel]
    accepted = facts.accepted // wt.DAY
    days = wt.working_days_between(plan.applied // wt.DAY, np.minimum(accepted, wt.day_number(wt.LAST_DAY)))
    known = plan.applied <= facts.accepted
    found: set[tuple[object, ...]] = set()
    for scope in scopes:
        for period in periods(closing_date):
            day = wt.day_number(min(period.end, closing_date))
            mine = truth.scope(scope) & truth.classification(day).received & online
            mine &= accepted >= wt.day_number(period.start)
            waits = days[mine & known]
            if mine.any():
                found.add((
                    scope, period.calendar, period.kind, period.start.isoformat(), int((waits <= LIMIT).sum()),
                    len(waits), int((mine & ~known).sum()), float(np.median(waits)) if len(waits) else None,
                ))  # fmt: skip
    return found
