"""What an observer can know of the planned dossiers, given the days on which it looked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from connectors.simulator import working_time as wt
from connectors.simulator.assignment import APPLICANTS
from connectors.simulator.defects import RULES, Defect
from connectors.simulator.directory import agencies, scopes
from connectors.simulator.lifecycles import NEVER, Flags, Moments
from connectors.simulator.states import State, evening
from connectors.simulator.world import World


_PERSONS = {"1", "ca nhan", "cong dan", "ho gia dinh", "ho kinh doanh"}
_ORGANISATIONS = {"2", "3", "4", "doanh nghiep", "to chuc", "co quan nha nuoc", "hop tac xa"}


def group_of(kind: str | None, names_organisation: bool) -> str:
    """The applicant group of what `chonDoiTuong` says."""
    bare = unicodedata.normalize("NFD", (kind or "").lower().replace("đ", "d"))
    folded = " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
    if not folded:
        return "to_chuc" if names_organisation else "ca_nhan"
    if folded in _PERSONS:
        return "ca_nhan"
    return "to_chuc" if folded in _ORGANISATIONS else "chua_xac_dinh"


@dataclass(frozen=True)
class Observations:
    """Facts per dossier as last seen, with the appointment as first seen (`due`, at the moment `seen`).

    `current` is the appointment as last seen, NEVER without one; `legal` the statutory due date, which is `due` too
    where there is no appointment.
    """

    state: State
    counted: Flags
    aside: Flags
    accepted: Moments
    end: Moments
    has_result: Flags
    hourly: Flags
    legal: Moments
    has_limit: Flags
    due: Moments
    current: Moments
    seen: Moments
    first_pause: Moments
    asked: tuple[Moments, Moments]
    answered: tuple[Moments, Moments]
    group: npt.NDArray[np.str_]

    def in_scope(self, scope: str, closing_date: date) -> Flags:
        """Dossiers of a unit scope; whose unit nobody knows may belong to the province or VP."""
        members = [scope in scopes(agency.code, closing_date) for agency in agencies()]
        inside = np.array(members)[self.state.plan.assigned.unit]
        lost = self.state.defect == Defect.UNKNOWN_UNIT
        return np.where(lost, scope in {"H19", "VP"}, inside)

    def window(self) -> tuple[Moments, Moments]:
        """First and last day on which a dossier may count, as far as its record can be read."""
        first = self.state.shown_acceptance
        last = np.where(self.state.defect == Defect.FUTURE_END, NEVER, self.state.shown_end)
        return np.where(first < NEVER, first, -NEVER) // wt.DAY, last // wt.DAY

    def rules(self) -> dict[str, int]:
        """How many records break each rule."""
        found = dict.fromkeys(RULES.values(), 0)
        for defect, rule in RULES.items():
            found[rule] += int(np.sum(self.state.defect == defect))
        return found


def _first_seen(world: World, observed: list[date]) -> tuple[Moments, Moments]:
    """The appointment on the first look that showed one, and the evening of that look."""
    first = np.full(len(world.plan), NEVER, dtype=np.int64)
    seen = np.full(len(world.plan), evening(max(observed)), dtype=np.int64)
    for day in sorted(observed):
        shown = world.state_on(day).appointment
        is_new = (first == NEVER) & (shown < NEVER)
        first, seen = np.where(is_new, shown, first), np.where(is_new, evening(day), seen)
    return first, seen


def legal_dues(world: World) -> Moments:
    """The statutory due date of each dossier; of no meaning where nobody accepted it or it has no limit."""
    assigned, accepted = world.plan.assigned, world.plan.accepted
    desk = np.where(accepted < NEVER, world.plan.desk, 0)
    return wt.statutory_due(desk, assigned.limit_unit, assigned.limit_amount)


def observe(world: World, observed: list[date]) -> Observations:
    """Everything known after looking at the world on these days."""
    plan = world.plan
    state = world.state_on(max(observed))
    aside = state.defect != Defect.NONE
    first, seen = _first_seen(world, observed)
    legal = legal_dues(world)
    known_end = np.where(state.ended, plan.completed, NEVER)
    groups = np.array([group_of(kind.text, kind.named_organisation) for kind in APPLICANTS])
    return Observations(
        state=state,
        counted=state.accepted & ~aside,
        aside=aside,
        accepted=np.where(state.accepted, plan.accepted, NEVER),
        end=known_end,
        has_result=(state.status == 9) | (state.status == 10),
        hourly=plan.assigned.limit_unit == "h",
        legal=legal,
        has_limit=plan.assigned.limit_unit != "",
        due=np.where(first < NEVER, first, legal),
        current=state.appointment,
        seen=seen,
        first_pause=np.minimum(plan.asked[0], plan.charged),
        asked=_known(plan.asked, state.now),
        answered=_known(plan.answered, state.now),
        group=groups[plan.assigned.applicant],
    )


def _known(moments: tuple[Moments, Moments], now: int) -> tuple[Moments, Moments]:
    """What has happened by now; the rest is not known to happen at all."""
    first, second = (np.where(moment <= now, moment, NEVER) for moment in moments)
    return first, second


def usable(observed: list[date] | None, world: World, closing_date: date) -> list[date]:
    """The days of observation a closing date may use: those up to it, or all when none reaches back so far."""
    days = sorted(observed or [world.today])
    before = [day for day in days if day <= closing_date]
    return before or days
