"""The main list of iGate, `/pa/dossier/search`: filters and orders over one state of the world."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.directory import agencies, lineage
from connectors.simulator.json_fragments import STATUS_IDS, STYLES, WITHOUT_TASK_STATUS, index_of, task_status_id
from connectors.simulator.lifecycles import NEVER, Flags, Moments
from connectors.simulator.removed import with_doubles
from connectors.simulator.wire import Request
from connectors.simulator.world import World


# Filters that a caller may leave empty; filled, they would change the answer, so they are refused.
_UNSUPPORTED = (
    "identity-number",
    "applicant-name",
    "applicant-owner-name",
    "applicant-organization",
    "sector-id",
    "apply-method-id",
    "taxCode",
)
LARGEST_PAGE = 2000


class BadQueryError(ValueError):
    """A query that iGate answers with 400."""


def whole_number(request: Request, name: str, default: int) -> int:
    """A non-negative number of the query."""
    text = request.first(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise BadQueryError(f"Failed to convert value of type 'String' to 'int': {name}={text}")
    return int(text)


def _day(text: str) -> int:
    try:
        return wt.day_number(datetime.strptime(text, "%d/%m/%Y").date())
    except ValueError:
        raise BadQueryError(f"Unparseable date: {text!r}") from None


class Search:
    """Answers list queries; one order is kept per filter so that paging costs nothing."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[tuple[object, ...], Moments] = {}

    def found(self, request: Request) -> Moments:
        """Indices of the matching dossiers, in the order asked for."""
        filled = sorted(
            (name, values[0])
            for name, values in request.query.items()
            if values and values[0] and name not in {"page", "size", "spec"}
        )
        key = tuple(filled)
        if key not in self._kept:
            if len(self._kept) > 64:
                self._kept.clear()
            self._kept[key] = self._find(request)
        return self._kept[key]

    def _find(self, request: Request) -> Moments:
        refused = [name for name in _UNSUPPORTED if request.first(name)]
        if refused:
            raise BadQueryError(f"Not supported by the simulator: {', '.join(refused)}")
        ordered = self._ordered(request.first("sort") or "updatedDate,desc")
        if request.first("code"):
            return self._by_code(ordered, request.first("code"))
        found = ordered[self._matching(request)[ordered]]
        return found if request.first("remove-status") else with_doubles(found)

    def _ordered(self, sort: str) -> Moments:
        field, _, direction = sort.partition(",")
        state = self._world.state
        if field == "updatedDate":
            order = state.newest_first
            return order if direction == "desc" else order[::-1]
        if field in {"acceptedDate", "appointmentDate"}:
            order = state.by_acceptance
            if field == "appointmentDate":
                order = order[np.argsort(state.appointment[order], kind="stable")]
            return order[::-1] if direction == "desc" else order
        raise BadQueryError(f"No property '{field}' found for type 'Dossier'")

    def _by_code(self, ordered: Moments, code: str) -> Moments:
        """The dossier with that code: its number of the day leaves few to look at."""
        sequence = code.rpartition("-")[2]
        if not sequence.isdigit():
            return ordered[:0]
        likely = ordered[self._world.plan.sequence[ordered] == int(sequence)]
        renderer = self._world.renderer
        return np.array([i for i in likely if renderer.code(int(i)) == code], dtype=np.int64)

    def _matching(self, request: Request) -> Flags:
        state, plan = self._world.state, self._world.plan
        shown = state.visible.copy()
        moments = {
            "accepted": state.shown_acceptance,
            "applied": plan.applied,
            "appointment": state.appointment,
            "result-returned": np.where(plan.returned <= state.now, plan.returned, NEVER),
        }
        for name, moment in moments.items():
            begin, end = request.first(f"{name}-from"), request.first(f"{name}-to")
            if begin:
                shown &= moment >= _day(begin) * wt.DAY
            if begin or end:
                # iGate reads the last day to its end; what never happened is in no window.
                last = _day(end) if end else NEVER // wt.DAY - 1
                shown &= moment < min((last + 1) * wt.DAY, NEVER)
        return shown & self._in_agency(request) & self._of_procedure(request) & self._of_status(request)

    def _of_status(self, request: Request) -> Flags:
        """By the ids of `dossierStatus` and of `dossierTaskStatus`, which some records lack."""
        state, wanted = self._world.state, request.first("dossier-status")
        matching = np.ones(len(self._world.plan), dtype=np.bool_)
        if wanted:
            ids = {int(one) for one in wanted.split(",") if one.strip().isdigit()}
            matching &= np.isin(state.status, [status for status, own in STATUS_IDS.items() if own in ids])
        if task_ids := request.first("task-status-id").split(",") if request.first("task-status-id") else []:
            statuses = [status for status in STATUS_IDS if task_status_id(status) in task_ids]
            has_one = np.arange(len(matching)) % STYLES != WITHOUT_TASK_STATUS
            matching &= np.isin(state.status, statuses) & has_one
        return matching

    def _in_agency(self, request: Request) -> Flags:
        wanted = request.first("ancestor-agency-id")
        units = self._world.plan.assigned.unit
        if not wanted:
            return np.ones(len(units), dtype=np.bool_)
        listed = agencies()
        codes = {agency.code for agency in listed if agency.id == wanted}
        inside = np.array([bool(codes & set(lineage(agency.code))) for agency in listed])
        return np.asarray(inside[units])

    def _of_procedure(self, request: Request) -> Flags:
        chosen = self._world.plan.assigned.procedure
        wanted = request.first("procedure-id"), request.first("procedure-code")
        if not any(wanted):
            return np.ones(len(chosen), dtype=np.bool_)
        offered = self._world.catalogue
        matches = np.array([p.id == wanted[0] or p.code == wanted[1] for p in offered])
        return np.asarray(matches[chosen])

    def by_id(self, identifier: str) -> int | None:
        """The visible dossier with that id."""
        index = index_of(identifier)
        if index is None or index >= len(self._world.plan):
            return None
        return index if self._world.state.visible[index] else None
