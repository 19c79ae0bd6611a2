"""What of the plan has happened by the evening of a day: the world as a reader sees it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from connectors.simulator import working_time as wt
from connectors.simulator.defects import AT_THE_END, ILLEGIBLE_ACCEPTANCE, Defect
from connectors.simulator.dossiers import Plan
from connectors.simulator.lifecycles import NEVER, REFUSED, STOPPED, WITHDRAWN, Flags, Moments


EVENING = 18 * 60
STATUS_NAMES = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
_DESK_WORK = 4 * 60


def evening(day: date) -> int:
    """18:00 local of a day: what has happened by then is visible on it."""
    return wt.day_number(day) * wt.DAY + EVENING


@dataclass(frozen=True)
class State:
    """The plan up to one moment; every array has one place per dossier of the plan."""

    plan: Plan
    now: int
    extends_appointments: bool = False

    @cached_property
    def visible(self) -> Flags:
        return np.asarray(self.plan.applied <= self.now)

    @cached_property
    def accepted(self) -> Flags:
        return np.asarray(self.plan.accepted <= self.now)

    @cached_property
    def ended(self) -> Flags:
        return np.asarray(self.plan.completed <= self.now)

    @cached_property
    def defect(self) -> Moments:
        """The defect that shows by now, if any."""
        planned = self.plan.defect
        shown = np.where(np.isin(planned, AT_THE_END), self.ended, self.accepted)
        answered = self.plan.answered[0] <= self.now
        shown = np.where(planned == Defect.NEGATIVE_PAUSE, answered, shown)
        return np.where(shown, planned, Defect.NONE)

    @cached_property
    def status(self) -> npt.NDArray[np.int8]:
        """The status 1 to 10, before any defect."""
        plan, now = self.plan, self.now
        # Asked for before the end and not answered: once everything has ended nothing waits.
        waiting = np.logical_or.reduce([(a <= now) & (b > now) for a, b in zip(plan.asked, plan.answered, strict=True)])
        owing = (plan.charged <= now) & (plan.paid > now)
        status = np.select(
            [
                (plan.ending == REFUSED) & (plan.desk <= now),
                ~self.accepted,
                self.ended & (plan.ending == WITHDRAWN),
                self.ended & (plan.ending == STOPPED),
                self.ended & (plan.returned <= now),
                self.ended & (self.defect != Defect.END_ON_OPEN),
                waiting,
                owing,
                plan.desk + _DESK_WORK > now,
            ],
            [3, 1, 7, 8, 10, 9, 5, 6, 2],
            default=4,
        )
        reopened = self.defect == Defect.END_ON_OPEN
        return np.where(reopened, 4, status).astype(np.int8)

    @cached_property
    def appointment(self) -> Moments:
        """The appointment that stands now."""
        plan = self.plan
        standing = np.where(plan.moved_at <= self.now, plan.moved_to, plan.promised)
        if self.extends_appointments:
            standing = self._extended(standing)
        return np.where(self.accepted, standing, NEVER)

    def _extended(self, standing: Moments) -> Moments:
        """Moved by each supplement that is answered, in time or not."""
        for asked, answered in zip(self.plan.asked, self.plan.answered, strict=True):
            _, standing = self._moved_by(standing, asked, answered)
        return standing

    def _moved_by(self, standing: Moments, asked: Moments, answered: Moments) -> tuple[Flags, Moments]:
        """Where a supplement moves the appointment, and to when."""
        hourly = self.plan.assigned.limit_unit == "h"
        moves = np.asarray((answered <= self.now) & (asked <= answered) & (standing < NEVER) & self.accepted)
        due, start, end = (np.where(moves, moment, 0) for moment in (standing, asked, answered))
        return moves, np.where(moves, wt.extend(due, hourly, start, end), standing)

    @cached_property
    def supplement_traces(self) -> list[tuple[Flags, Moments, Moments, Moments]]:
        """Of each supplement: whether it is answered and written into the appointment, when it was asked for, and the
        appointment before and after it, as the national exchange keeps them (protocols B.3)."""
        plan, traces = self.plan, []
        standing, before = plan.promised, np.full_like(plan.promised, -NEVER)
        for asked, answered in zip(plan.asked, plan.answered, strict=True):
            standing = np.where((plan.moved_at > before) & (plan.moved_at <= answered), plan.moved_to, standing)
            moves, after = self._moved_by(standing, asked, answered)
            traces.append((moves, asked, standing, after))
            standing, before = after, answered
        return traces if self.extends_appointments else []

    @cached_property
    def shown_acceptance(self) -> Moments:
        """`acceptedDate` where a readable one is written."""
        illegible = np.isin(self.defect, ILLEGIBLE_ACCEPTANCE)
        return np.where(self.accepted & ~illegible, self.plan.desk, NEVER)

    @cached_property
    def shown_end(self) -> Moments:
        """`completedDate` as written, defects included (FUTURE_END is rendered apart)."""
        plan = self.plan
        end = np.where(self.ended, plan.completed, NEVER)
        end = np.where(self.defect == Defect.END_BEFORE_ACCEPTED, plan.desk - 2 * wt.DAY, end)
        return np.where(self.defect == Defect.END_MISSING, NEVER, end)

    @cached_property
    def updated(self) -> Moments:
        """The last change of each dossier so far, in seconds."""
        plan, now = self.plan, self.now
        taken_up = plan.desk + _DESK_WORK
        events = (
            plan.desk,
            np.where(taken_up < plan.completed, taken_up, NEVER),
            plan.moved_at,
            *plan.asked,
            *plan.answered,
            plan.charged,
            plan.paid,
            plan.completed,
            plan.returned,
        )
        last = plan.applied
        for event in events:
            last = np.where(event <= now, np.maximum(last, event), last)
        # The evening itself is a boundary: nothing is written after 18:00:00.
        return np.asarray(np.minimum(last * 60 + plan.second, now * 60), dtype=np.int64)

    @cached_property
    def newest_first(self) -> Moments:
        """Indices of the visible dossiers, last changed first; ties in the order of intake."""
        shown = np.flatnonzero(self.visible)
        order = np.argsort(-self.updated[shown], kind="stable")
        return np.asarray(shown[order], dtype=np.int64)

    @cached_property
    def by_acceptance(self) -> Moments:
        """Indices of the visible dossiers in the order of acceptance; those not accepted last."""
        shown = np.flatnonzero(self.visible)
        order = np.argsort(self.shown_acceptance[shown], kind="stable")
        return np.asarray(shown[order], dtype=np.int64)
