"""The simulated province: all of it follows from the seed; `today` says how much of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from connectors.simulator import catalogue, directory
from connectors.simulator.catalogue import Procedure
from connectors.simulator.defects import SHARE
from connectors.simulator.directory import Agency
from connectors.simulator.dossiers import Plan, plan
from connectors.simulator.rendering import Renderer
from connectors.simulator.states import State, evening


@dataclass(frozen=True)
class World:
    """`dossiers` reach the desk from November 2024 to December 2025; a twentieth more in 2026.

    Worlds that differ only in `today` share a plan: `dataclasses.replace(world, today=…)`.

    `is_drained`: the Office's own document system empties the received queue of the axis every 15 minutes (protocols
    E.1), so that a look shows what came since.

    `extends_appointments`: each supplement that is answered is written into the appointment (`NgayHenTraMoi`), as one
    deployed one-stop system does.

    `keeps_observations`: the Office keeps the register of whatever has none of its own, as offices do whose objectives
    count complaints, copies or training.
    """

    seed: int = 2025
    dossiers: int = 20_000
    today: date = date(2025, 12, 31)
    documents: int = 15_000
    procedures: int = 1_900
    defect_share: float = SHARE
    is_drained: bool = True
    extends_appointments: bool = False
    keeps_observations: bool = False

    @property
    def plan(self) -> Plan:
        """What will ever happen to each dossier."""
        return plan(self.seed, self.dossiers, self.procedures, self.defect_share)

    @cached_property
    def state(self) -> State:
        """What has happened by 18:00 of today."""
        return self.state_on(self.today)

    def state_on(self, day: date) -> State:
        """What has happened by 18:00 of any day."""
        return State(self.plan, evening(day), self.extends_appointments)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.state, self.procedures)

    @property
    def catalogue(self) -> tuple[Procedure, ...]:
        """The province's procedures."""
        return catalogue.procedures(self.procedures)

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The directory as it stands today: communes are there from the day they open."""
        return tuple(a for a in directory.agencies() if a.opened <= self.today)
