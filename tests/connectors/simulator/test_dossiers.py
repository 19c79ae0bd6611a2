"""The planned dossiers: possible in themselves, and of every kind that the real ones have."""

import numpy as np
import pytest

from connectors.simulator import working_time as wt
from connectors.simulator.defects import Defect
from connectors.simulator.dossiers import Plan, plan
from connectors.simulator.lifecycles import NEVER, STOPPED, WITHDRAWN


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(2025, 20_000, 1_900, 0.003)


def _happens(moments: np.ndarray) -> np.ndarray:
    return moments < NEVER


def test_events_follow_each_other(planned: Plan):
    desk = np.where(_happens(planned.desk), planned.desk, planned.applied + 1)
    assert (planned.applied < desk).all()
    for earlier, later in (
        (planned.accepted, planned.completed),
        (planned.completed, planned.returned),
        (planned.accepted, planned.asked[0]),
        (planned.asked[0], planned.answered[0]),
        (planned.answered[0], planned.asked[1]),
        (planned.answered[1], planned.completed),
        (planned.charged, planned.paid),
        (planned.paid, planned.completed),
        (planned.accepted, planned.moved_at),
        (planned.promised, planned.moved_to),
    ):
        both = _happens(earlier) & _happens(later)
        assert both.any()
        assert (earlier[both] <= later[both]).all()


def test_everything_happens_on_working_days(planned: Plan):
    for moments in (planned.desk, *planned.asked, *planned.answered, planned.completed, planned.returned):
        days = moments[_happens(moments)] // wt.DAY
        assert wt.is_working(days).all()
    desk = planned.desk[_happens(planned.desk)] % wt.DAY
    assert desk.min() >= wt.OPENING
    assert desk.max() <= wt.CLOSING


def test_the_rush_of_june_and_july_and_the_quiet_after_tet(planned: Plan):
    days = planned.desk[_happens(planned.desk)] // wt.DAY
    per_day = dict.fromkeys(range(1, 13), 0.0)
    for number in np.unique(days):
        at = wt.to_date(number)
        if at.year == 2025:
            per_day[at.month] += float((days == number).sum())
    assert per_day[7] / 23 > 1.3 * per_day[9] / 20
    assert per_day[2] / 20 < per_day[3] / 21


def test_the_mix_holds_every_kind_of_case(planned: Plan):
    share = {
        "appointment moved": _happens(planned.moved_at).mean(),
        "supplement": _happens(planned.asked[0]).mean(),
        "second supplement": _happens(planned.asked[1]).mean(),
        "never answered": (_happens(planned.asked[0]) & ~_happens(planned.answered[0])).mean(),
        "financial pause": _happens(planned.charged).mean(),
        "withdrawn": (planned.ending == WITHDRAWN).mean(),
        "stopped": (planned.ending == STOPPED).mean(),
        "hours": (planned.assigned.limit_unit == "h").mean(),
        "calendar days": (planned.assigned.limit_unit == "c").mean(),
        "no appointment": (~_happens(planned.promised) & _happens(planned.accepted)).mean(),
    }
    assert all(value > 0.001 for value in share.values()), share
    assert 0.002 < share["appointment moved"] < 0.01


def test_every_defect_occurs_and_none_is_frequent(planned: Plan):
    found = np.bincount(planned.defect, minlength=len(Defect))
    assert (found[1:] >= 4).all()
    assert found[1:].sum() / found.sum() == pytest.approx(0.003, rel=0.1)


def test_the_plan_follows_from_the_seed():
    again = plan.__wrapped__(2025, 3_000, 1_900, 0.003)
    assert (again.completed == plan(2025, 3_000, 1_900, 0.003).completed).all()
    assert (again.completed != plan(7, 3_000, 1_900, 0.003).completed).any()
