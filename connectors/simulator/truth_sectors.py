"""What MT1 by sector (lĩnh vực) must come to: the whole's truth among the dossiers of each sector."""

from __future__ import annotations

from datetime import date

import numpy as np

from connectors.simulator.lifecycles import Flags
from connectors.simulator.periods import periods
from connectors.simulator.truth_dossiers import HEADLINE, DossierTruth
from connectors.simulator.world import World


Row = tuple[object, ...]


def members(world: World) -> dict[str, Flags]:
    """Sector → which dossiers are of it, by the procedure that each was filed under."""
    places = world.plan.assigned.procedure
    names = np.array([procedure.sector_name for procedure in world.catalogue])[places]
    return {str(name): names == name for name in np.unique(names)}


def rows(world: World, closing_date: date, observed: list[date] | None = None) -> set[Row]:
    """Unit, calendar, kind, start, sector, numerator, denominator, not clear, early, on time: all begun periods, R1.

    A dossier that is set aside is in no sector; one whose pause is not clear is. A sector without a counted dossier
    has no row.
    """
    truth = DossierTruth(world, closing_date, observed)
    return {
        (scope, period.calendar, period.kind, period.start.isoformat(), sector, *count.rates["R1"],
         count.unclear, count.early, count.on_time)
        for sector, among in members(world).items()
        for scope in (HEADLINE, "H19")
        for period in periods(closing_date)
        for count in [truth.count(period, scope, among=among)]
        if count.rates["R1"][1]
    }  # fmt: skip
