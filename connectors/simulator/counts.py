"""How the dossiers of one population stand at the end of one period, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass


Rates = dict[str, list[int]]


@dataclass(frozen=True)
class Count:
    """The dossiers of one population in one period, by how they stand at its end."""

    early: int
    on_time: int
    late: int
    dropped_in_time: int
    dropped_late: int
    open_in_time: int
    open_overdue: int
    asked_twice: int
    received: int
    carried: int
    quarantined: int
    # Late by the due date that decides, in time by the latest that can have been promised: `doubtful` is part of
    # `late`; the two others, of which nobody can tell whether the appointment contains the pause, are not.
    doubtful: int = 0
    unclear: int = 0
    dropped_unclear: int = 0

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_overdue + self.asked_twice

    @property
    def rates(self) -> Rates:
        """[numerator, denominator] of each definition (domain §2.5)."""
        good = self.early + self.on_time
        settled = good + self.late
        dropped = self.dropped_in_time + self.dropped_late
        pending = self.open_overdue + self.asked_twice
        return {
            "R1": [good, settled],
            "R1s": [good + self.dropped_in_time, settled + dropped],
            "R2": [
                good + self.dropped_in_time + self.open_in_time,
                self.received + self.carried,
            ],
            "R3": [good, settled + self.dropped_late + pending],
            "B": [self.open_overdue, self.open],
        }

    @property
    def set_aside(self) -> dict[str, int]:
        """What each definition would count if it could be told how."""
        ended = self.quarantined + self.unclear
        every = ended + self.dropped_unclear
        return {"R1": ended, "R1s": every, "R2": self.quarantined, "R3": every, "B": self.quarantined}

    @property
    def excluded(self) -> dict[str, int]:
        """What each definition leaves out of its denominator."""
        dropped = self.dropped_in_time + self.dropped_late + self.dropped_unclear
        return {"R1": dropped, "R1s": 0, "R2": 0, "R3": self.dropped_in_time, "B": 0}
