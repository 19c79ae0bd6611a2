"""The ground truth of form II.06a: its thirteen columns by sector, counted from the world's own plan."""

from __future__ import annotations

from datetime import date

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.assignment import CHANNELS
from connectors.simulator.periods import Period, periods
from connectors.simulator.truth_dossiers import HEADLINE, DossierTruth
from connectors.simulator.world import World


TOTAL = "Tổng cộng"
Row = dict[str, object]


class FormTruth:
    """The form of every report period, as far as somebody who looked on `observed` can know it."""

    def __init__(self, world: World, closing_date: date, observed: list[date] | None = None) -> None:
        self._truth = DossierTruth(world, closing_date, observed)
        assigned = world.plan.assigned
        labels = sorted({procedure.sector_name for procedure in world.catalogue})
        places = np.array([labels.index(procedure.sector_name) for procedure in world.catalogue])
        self._sectors = {label: places[assigned.procedure] == place for place, label in enumerate(labels)}
        self._online = np.array([name == "Trực tuyến" for _, name, _ in CHANNELS])[assigned.channel]

    def rows(self, scopes: tuple[str, ...] = (HEADLINE, "H19")) -> list[Row]:
        """One row per scope, period of the report calendar and sector with anything in it, and one for the total."""
        spans = [
            period
            for period in periods(self._truth.closing_date)
            if period.calendar == "report" and period.kind != "month"
        ]
        return [row for scope in scopes for period in spans for row in self._form(period, scope)]

    def _form(self, period: Period, scope: str) -> list[Row]:
        found = []
        for label, belongs in {**self._sectors, TOTAL: None}.items():
            counts = self._counts(period, scope, belongs)
            if label == TOTAL or any(counts.values()):
                found.append(
                    {
                        "unit_code": scope,
                        "kind": period.kind,
                        "start": period.start.isoformat(),
                        "end": period.end.isoformat(),
                        "linh_vuc": label,
                        **counts,
                    }
                )
        return found

    def _counts(self, period: Period, scope: str, belongs: np.ndarray | None) -> dict[str, int]:
        facts, closing = self._truth.facts, self._truth.closing_date
        start, day = wt.day_number(period.start), wt.day_number(min(period.end, closing))
        now, population = self._truth.classification(day), self._truth.scope(scope)
        if belongs is not None:
            population = population & belongs
        accepted, ended = facts.accepted // wt.DAY, facts.end // wt.DAY
        alive = population & now.received & (ended >= start)
        done = alive & now.ended
        received = alive & (accepted >= start)
        early = done & now.early & facts.has_result
        late = done & ~(now.early | now.on_time)
        overdue = alive & now.overdue
        sizes = {
            "c3": alive,
            "c4": received & self._online,
            "c5": received & ~self._online,
            "c6": alive & (accepted < start),
            "c7": done,
            "c8": early,
            "c9": done & ~early & ~late,
            "c10": late,
            "c11": alive & ~now.ended,
            "c12": alive & ~now.ended & ~overdue,
            "c13": overdue,
        }
        return {column: int(np.count_nonzero(flags)) for column, flags in sizes.items()}


def rows(world: World, closing_date: date, observed: list[date] | None = None) -> list[Row]:
    """The form of the headline and the province, every report period."""
    return FormTruth(world, closing_date, observed).rows()
