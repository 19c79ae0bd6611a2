"""The national portal's own figures (C.3): scores by QĐ 766 and totals of dossiers, told by the ground truth.

On time is by definition R2, so an honest world is reconciled to the rounding of two decimals. Of the other groups only
that they stay within their maxima is true.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.decisions import PROVINCE_ID
from connectors.simulator.directory import ORG, Agency
from connectors.simulator.lifecycles import Flags, Moments
from connectors.simulator.periods import Period
from connectors.simulator.truth_dossiers import DossierTruth
from connectors.simulator.world import World


Row = dict[str, str]
MAXIMA = {"CKMB": 18, "TDGQ": 20, "CLGQ": 12, "TTTT": 10, "MDHL": 18, "MDSH": 22}
_KINDS = {"department": ("2", "1"), "office": ("2", "1"), "commune": ("3", "2")}
_NEIGHBOURS = (("401621", "H05", "Bắc Ninh"), ("370865", "H55", "Thái Nguyên"))
# One dossier in forty has not reached the national portal.
_UNSYNCHRONISED = 40


def scores(world: World, asked: Mapping[str, Any]) -> list[Row]:
    """`report_tinh_766_service`: the provinces, or the departments and communes of one, the best first."""
    period = _period(world, asked)
    if period is None:
        return []
    wanted = str(asked["p_tinh_id"])
    rows = {"0": _provinces, PROVINCE_ID: _units}.get(wanted, lambda *_: ())(world, period)
    ranked = sorted(rows, key=lambda row: (-float(row["TONG_SCORE"]), row["ID"]))
    return [{**row, "ROW_STT": str(place)} for place, row in enumerate(ranked, 1)]


def totals(world: World, asked: Mapping[str, Any]) -> list[Row]:
    """`report_by_month_sum_service`: one row of counts of the province or a unit, a percentage beside each."""
    period = _period(world, asked)
    unit = {"": ORG, "-1": ORG, **{number: agency.code for number, agency in _scored(world)}}.get(
        str(asked["p_huyen_id"])
    )
    if period is None or unit is None or str(asked["p_tinh_id"]) != PROVINCE_ID:
        return []
    return [_totals(world, period, unit)]


def _period(world: World, asked: Mapping[str, Any]) -> Period | None:
    """The month or the year, None where it has not begun or nothing is known of it."""
    year, month = int(str(asked["p_nam"])), int(str(asked["p_thang"]))
    start = date(year, max(month, 1), 1)
    end = date(year, month or 12, monthrange(year, month or 12)[1])
    return Period("iso", "month" if month else "year", start, end) if start <= world.today else None


def _provinces(world: World, period: Period) -> Iterator[Row]:
    for number, code, name in _NEIGHBOURS:
        yield _row(number, f"UBND tỉnh {name}", code, ("1", "1"), 0.9, period)
    share = _on_time(world, period)[ORG]
    if share is not None:
        yield _row(PROVINCE_ID, "UBND tỉnh Đồng Nai", ORG, ("1", "1"), share, period)


def _units(world: World, period: Period) -> Iterator[Row]:
    for number, agency in _scored(world):
        share = _on_time(world, period)[agency.code]
        if share is not None:
            yield _row(number, f"{agency.name} - tỉnh Đồng Nai", agency.code, _KINDS[agency.kind], share, period)


def _scored(world: World) -> Iterator[tuple[str, Agency]]:
    """Departments, the Office and communes by the portal's own numbers; rooms have no row of their own."""
    scored = [one for one in world.agencies if one.kind in _KINDS and one.code.count(".") == 1]
    return ((str(number), agency) for number, agency in enumerate(scored, 426_200))


@lru_cache(maxsize=32)
def _on_time(world: World, period: Period) -> dict[str, float | None]:
    """R2 of the province and of every scored unit; None for one that had nothing to do."""
    truth = DossierTruth(world, world.today)
    found: dict[str, float | None] = {}
    for code in (ORG, *(agency.code for _, agency in _scored(world))):
        good, of = truth.count(period, code).rates["R2"]
        found[code] = good / of if of else None
    return found


def _row(number: str, name: str, code: str, kind: tuple[str, str], on_time: float, period: Period) -> Row:
    dice = random.Random(f"{code} {period.start} {period.kind}")
    parts = {part: round(most * dice.uniform(0.75, 1), 2) for part, most in MAXIMA.items()}
    parts["TDGQ"] = round(MAXIMA["TDGQ"] * on_time, 2)
    return {
        "ID": number,
        "TEN": name,
        "TEN_COQUAN": name,
        "MA_COQUAN": code,
        "LOAI_COQUAN": kind[0],
        "CAPDONVIID": kind[1],
        "ID_COQUAN": number,
        **{part: f"{score:g}" for part, score in parts.items()},
        "TONG_SCORE": f"{sum(parts.values()):.2f}",
    }


@lru_cache(maxsize=4)
def _truth(world: World, period: Period) -> DossierTruth:
    """Classified before several requests look at it at once."""
    truth = DossierTruth(world, world.today)
    truth.count(period, ORG)
    return truth


@lru_cache(maxsize=512)
def _totals(world: World, period: Period, unit: str) -> Row:
    truth = _truth(world, period)
    count = truth.count(period, unit)
    plan, state, ours = world.plan, world.state, truth.scope(unit)

    def within(moments: Moments) -> Flags:
        days = moments // wt.DAY
        return np.asarray((days >= wt.day_number(period.start)) & (days <= wt.day_number(period.end)))

    received = ours & state.accepted & within(plan.accepted)
    ended = ours & state.accepted & state.ended & within(plan.completed)
    online = received & (plan.assigned.channel == 0)
    late = count.late + count.dropped_late
    of, done = int(np.sum(received)), int(np.sum(ended))
    counts = {
        "HS": of,
        "DB": of - of // _UNSYNCHRONISED,
        "HTN_TRUCTUYEN": int(np.sum(online)),
        "HTN_TRUCTIEP": of - int(np.sum(online)),
        "HTDH": done - late,
        "HTQH": late,
        "DXLTH": count.open_in_time + count.asked_twice,
        "DXLQH": count.open_overdue,
    }
    bases = {"HTDH": done, "HTQH": done, "DXLTH": count.open, "DXLQH": count.open}
    shares = {name: 100 * value / (bases.get(name, of) or 1) for name, value in counts.items() if name != "HS"}
    return {
        **{f"{name}_TOTAL": str(value) for name, value in counts.items()},
        **{name: f"{share:.2f}" for name, share in shares.items()},
    }
