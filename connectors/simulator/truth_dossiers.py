"""The ground truth of MT1: what every definition must come to, counted from the world's own plan.

Nothing here is shared with the warehouse: its own calendar, its own clock, arrays instead of SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from connectors.simulator import truth_dues
from connectors.simulator import working_time as wt
from connectors.simulator.counts import Count, Rates
from connectors.simulator.lifecycles import Flags
from connectors.simulator.observations import Observations, observe, usable
from connectors.simulator.periods import Period, periods, year_to_date
from connectors.simulator.truth_dues import Dues
from connectors.simulator.world import World


GROUPS = {"MT1": None, "MT1a": "to_chuc", "MT1b": "ca_nhan"}
HEADLINE = "VP"


@dataclass(frozen=True)
class Classification:
    """How every dossier stands at the end of one day."""

    received: Flags
    ended: Flags
    early: Flags
    doubtful: Flags
    unclear: Flags
    on_time: Flags
    overdue: Flags
    asked_twice: Flags


def _classified(facts: Observations, dues: Dues, day: int) -> Classification:
    due_day = dues.effective // wt.DAY
    received = facts.counted & (facts.accepted // wt.DAY <= day)
    ended = received & (facts.end // wt.DAY <= day)
    mark, latest_mark = (
        np.where(facts.hourly, facts.end - due, facts.end // wt.DAY - due // wt.DAY)
        for due in (dues.effective, dues.latest)
    )
    started = [asked // wt.DAY <= day for asked in facts.asked]
    paused = np.logical_or.reduce(
        [
            begun & (asked // wt.DAY <= due_day) & (answered // wt.DAY > day)
            for begun, asked, answered in zip(started, facts.asked, facts.answered, strict=True)
        ]
    )
    overdue = received & ~ended & ~paused & (day > due_day)
    doubtful = ended & (mark > 0) & (latest_mark <= 0)
    return Classification(
        received=received,
        ended=ended,
        early=ended & (mark < 0),
        doubtful=doubtful & ~dues.unclear,
        unclear=doubtful & dues.unclear,
        on_time=ended & (mark == 0),
        overdue=overdue,
        asked_twice=received & ~ended & ~overdue & started[0] & started[1],
    )


class DossierTruth:
    """The truth for one closing date, as far as somebody who looked on `observed` can know it."""

    def __init__(
        self,
        world: World,
        closing_date: date,
        observed: list[date] | None = None,
        *,
        knows_promises: bool = False,
        copies: Flags | None = None,
    ) -> None:
        """`knows_promises`: by the slips themselves, which nobody can see who came later.

        `copies`: the dossiers whose national copy was read, which tells how supplements moved the appointment.
        """
        self.closing_date = closing_date
        self.facts = observe(world, usable(observed, world, closing_date))
        day = wt.day_number(closing_date)
        self.dues = truth_dues.known(self.facts, day)
        if copies is not None:
            self.dues = truth_dues.told(self.facts, self.dues, copies, day)
        if knows_promises:
            slip = truth_dues.promised(world, self.facts, day)
            self.dues = replace(self.dues, effective=slip, latest=slip)
        self._classifications: dict[int, Classification] = {}
        self._scopes: dict[str, Flags] = {}
        self._window = self.facts.window()

    def count(
        self, period: Period, scope: str = HEADLINE, group: str | None = None, among: Flags | None = None
    ) -> Count:
        """One period, unit scope and applicant group (None: everybody), of all dossiers or `among` these."""
        start = wt.day_number(period.start)
        day = wt.day_number(min(period.end, self.closing_date))
        population = self.scope(scope)
        if group is not None:
            population = population & (self.facts.group == group)
        if among is not None:
            population = population & among
        now = self.classification(day)
        accepted, ended = self.facts.accepted // wt.DAY, self.facts.end // wt.DAY
        done = population & now.ended & (ended >= start)
        result, dropped = done & self.facts.has_result, done & ~self.facts.has_result
        late = ~(now.early | now.on_time | now.unclear)
        still_open = population & now.received & ~now.ended
        waiting = now.overdue | now.asked_twice
        aside = population & self.facts.aside
        aside &= (self._window[0] <= day) & (self._window[1] >= start)
        received = population & now.received & (accepted >= start)
        carried = population & now.received & (accepted < start) & (ended >= start)
        return Count(
            early=_size(result & now.early),
            on_time=_size(result & now.on_time),
            late=_size(result & late),
            dropped_in_time=_size(dropped & (now.early | now.on_time)),
            dropped_late=_size(dropped & late),
            open_in_time=_size(still_open & ~waiting),
            open_overdue=_size(still_open & now.overdue),
            asked_twice=_size(still_open & now.asked_twice),
            received=_size(received),
            carried=_size(carried),
            quarantined=_size(aside),
            doubtful=_size(result & now.doubtful),
            unclear=_size(result & now.unclear),
            dropped_unclear=_size(dropped & now.unclear),
        )

    def rates(self, period: Period, scope: str = HEADLINE) -> dict[str, Rates]:
        """Every definition of MT1, MT1a and MT1b."""
        return {name: self.count(period, scope, group).rates for name, group in GROUPS.items()}

    def rows(self, scopes: tuple[str, ...] = (HEADLINE, "H19")) -> list[dict[str, object]]:
        """All begun periods of both calendars for these scopes, flat."""
        return [
            {
                "indicator": indicator,
                "definition": definition,
                "unit_code": scope,
                "calendar": period.calendar,
                "kind": period.kind,
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
                "numerator": pair[0],
                "denominator": pair[1],
                "excluded": count.excluded[definition],
                "quarantined": count.set_aside[definition],
                # Of what is settled; of a stock nothing is early.
                "early": count.early if definition != "B" else 0,
                "on_time": count.on_time if definition != "B" else 0,
            }
            for scope in scopes
            for period in periods(self.closing_date)
            for indicator, group in GROUPS.items()
            for count in [self.count(period, scope, group)]
            for definition, pair in count.rates.items()
        ]

    def classification(self, day: int) -> Classification:
        if day not in self._classifications:
            self._classifications.clear()
            self._classifications[day] = _classified(self.facts, self.dues, day)
        return self._classifications[day]

    def scope(self, scope: str) -> Flags:
        if scope not in self._scopes:
            self._scopes[scope] = self.facts.in_scope(scope, self.closing_date)
        return self._scopes[scope]


def _size(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def headline_rates(world: World, closing_date: date, observed: list[date] | None = None) -> dict[str, Rates]:
    """The headline (calendar year to date, scope VP): indicator → definition → [num, den]."""
    return DossierTruth(world, closing_date, observed).rates(year_to_date(closing_date))


def quarantined(world: World, closing_date: date, observed: list[date] | None = None) -> dict[str, int]:
    """How many records break each rule, by the newest observation the closing date may use."""
    return DossierTruth(world, closing_date, observed).facts.rules()
