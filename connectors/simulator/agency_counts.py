"""`--statistic-agency-kgg`: the counts that iGate itself shows per agency."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.directory import agencies as all_agencies
from connectors.simulator.lifecycles import NEVER, SETTLED, STOPPED, WITHDRAWN, Flags
from connectors.simulator.search import BadQueryError
from connectors.simulator.wire import Request
from connectors.simulator.world import World


def _day(text: str, name: str) -> int:
    """The day of `2025-07-01T00:00:00.000Z`: iGate's clients mean the local day by it."""
    try:
        return wt.day_number(datetime.fromisoformat(text.replace("Z", "+00:00")).date())
    except ValueError:
        raise BadQueryError(f"Parameter '{name}' is not a date: {text!r}") from None


def agency_counts(world: World, request: Request) -> list[dict[str, object]]:
    """One row per agency; iGate compares days with the appointment as it stands now."""
    begin = _day(request.first("from-date"), "from-date") * wt.DAY
    end = (_day(request.first("to-date"), "to-date") + 1) * wt.DAY
    plan, state = world.plan, world.state
    counted = state.accepted & (plan.accepted < end)
    accepted = counted & (plan.accepted >= begin)
    ended = counted & state.ended & (plan.completed < end)
    done = ended & (plan.completed >= begin)
    resolved = done & (plan.ending == SETTLED)
    open_now = counted & ~ended
    due = np.where(state.appointment < NEVER, state.appointment, NEVER) // wt.DAY
    finished = plan.completed // wt.DAY
    online = plan.assigned.channel == 0
    late_open = open_now & (due < end // wt.DAY - 1)
    columns: dict[str, Flags] = {
        "received": accepted,
        "receivedOnline": accepted & online,
        "receivedDirect": accepted & ~online,
        "resolved": resolved,
        "resolvedEarly": resolved & (finished < due),
        "resolvedOnTime": resolved & (finished == due),
        "resolvedOverdue": resolved & (finished > due),
        "unresolved": open_now,
        "unresolvedOnTime": open_now & ~late_open,
        "unresolvedOverdue": late_open,
        "cancelled": done & ((plan.ending == WITHDRAWN) | (plan.ending == STOPPED)),
    }
    listed = world.agencies
    # Communes not opened yet are not listed, but the plan counts by place in the full list.
    positions = {agency.id: number for number, agency in enumerate(all_agencies())}
    counts = {name: np.bincount(plan.assigned.unit[flags], minlength=len(positions)) for name, flags in columns.items()}
    hide = request.first("hide-agency-no-dossier") == "true"
    rows: list[dict[str, object]] = []
    for agency in listed:
        row = {name: int(count[positions[agency.id]]) for name, count in counts.items()}
        if not hide or any(row.values()):
            unit = {"id": agency.id, "name": agency.name, "code": agency.written}
            rows.append({"agency": unit, **row})
    return rows
