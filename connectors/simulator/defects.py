"""Records that a real system sends and nobody can count: which dossiers carry which defect."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from connectors.simulator.chance import Chance


Whole = npt.NDArray[np.int64]
SHARE = 0.003


class Defect(IntEnum):
    """What is wrong with a dossier's record."""

    NONE = 0
    UNKNOWN_STATUS = 1
    UNREADABLE_ACCEPTED = 2
    IMPOSSIBLE_ACCEPTED = 3
    FUTURE_END = 4
    ACCEPTED_MISSING = 5
    END_MISSING = 6
    END_ON_OPEN = 7
    END_BEFORE_ACCEPTED = 8
    NEGATIVE_PAUSE = 9
    UNKNOWN_UNIT = 10
    UNKNOWN_LIMIT_UNIT = 11
    UNREADABLE_LIMIT = 12
    NO_DUE_DATE = 13


RULES = {
    Defect.UNKNOWN_STATUS: "unknown_status",
    Defect.UNREADABLE_ACCEPTED: "impossible_date",
    Defect.IMPOSSIBLE_ACCEPTED: "impossible_date",
    Defect.FUTURE_END: "impossible_date",
    Defect.ACCEPTED_MISSING: "accepted_missing",
    Defect.END_MISSING: "end_missing",
    Defect.END_ON_OPEN: "end_on_open",
    Defect.END_BEFORE_ACCEPTED: "end_before_accepted",
    Defect.NEGATIVE_PAUSE: "negative_pause",
    Defect.UNKNOWN_UNIT: "unknown_unit",
    Defect.UNKNOWN_LIMIT_UNIT: "unreadable_limit",
    Defect.UNREADABLE_LIMIT: "unreadable_limit",
    Defect.NO_DUE_DATE: "no_due_date",
}
# These show only once the dossier has ended; the others as soon as it is accepted.
AT_THE_END = (
    Defect.FUTURE_END,
    Defect.END_MISSING,
    Defect.END_ON_OPEN,
    Defect.END_BEFORE_ACCEPTED,
)

ILLEGIBLE_ACCEPTANCE = (
    Defect.UNREADABLE_ACCEPTED,
    Defect.IMPOSSIBLE_ACCEPTED,
    Defect.ACCEPTED_MISSING,
)


def defects(seed: int, total: int, share: float) -> Whole:
    """One defective dossier in every run of 1/share, each kind in turn."""
    found = np.zeros(total, dtype=np.int64)
    if share <= 0:
        return found
    run = max(round(1 / share), 1)
    runs = np.arange(-(-total // run))
    places = runs * run + Chance(seed, runs).whole("defect", run)
    inside = places < total
    found[places[inside]] = 1 + runs[inside] % len(RULES)
    return found
