"""What stands around an announcing decision: the legal text that is its occasion, and the clerk's delay.

All of it follows from the decision's day of signing and its id, so it is the same whatever the seed of the world.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from connectors.simulator import working_time as wt


# The decrees that moved powers to the new communes: signed 12/06/2025, in force 01/07/2025.
REORGANISATION = (date(2025, 6, 12), date(2025, 7, 31))
_OBJECTIVE_YEAR_END = date(2025, 12, 31)


@dataclass(frozen=True)
class Occasion:
    """The legal text for whose sake procedures are announced."""

    number: str
    name: str
    issued: date
    effect: date


@cache
def occasion(signed: date, decision_id: str) -> Occasion:
    """Mostly in good time, sometimes on the last day or a day late, sometimes long after; some take effect at once."""
    if REORGANISATION[0] <= signed <= REORGANISATION[1]:
        name = "Quy định phân định thẩm quyền của chính quyền địa phương 02 cấp"
        return Occasion("131/2025/NĐ-CP", name, REORGANISATION[0], date(2025, 7, 1))
    dice = random.Random(f"occasion {decision_id}")
    number = dice.randint(10, 340)
    if dice.random() < 0.08:
        issued = signed - timedelta(days=dice.randint(0, 6))
        return Occasion(f"{number}/{issued.year}/NQ-CP", "Nghị quyết có hiệu lực kể từ ngày ký", issued, issued)
    lead = dice.choice((4, 5, 5, 6, 7, 7, 9, 12, 15, 20, 25, 30, 40, -20, 0, 3))
    effect = signed + timedelta(days=lead)
    issued = effect - timedelta(days=dice.randint(45, 60))
    return Occasion(f"{number}/{issued.year}/NĐ-CP", "Quy định chi tiết một số điều của Luật", issued, effect)


@cache
def published(signed: date, decision_id: str) -> date:
    """The working day on which the database shows the decision; by the year's end everything of the year is there."""
    if signed.year < 2025:
        return signed + timedelta(days=4)
    dice = random.Random(f"published {decision_id}")
    delay = dice.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 12))
    day = wt.to_date(int(wt.add_working_days(np.array(wt.day_number(signed)), np.array(delay))))
    return min(day, _OBJECTIVE_YEAR_END) if signed <= _OBJECTIVE_YEAR_END else day
