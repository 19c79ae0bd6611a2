"""Who stopped or started a schedule or a sensor: Dagster keeps how they stand, not when that changed; we note it."""

from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from pipelines.automation import stopped
from warehouse import actions


def note_switches(home: Path, instance: dg.DagsterInstance, stopped_before: Sequence[str]) -> list[str]:
    """Enters into the log what was stopped or started since the last look; the names of what stands stopped now."""
    names = sorted(state.instigator_name for state in stopped(instance))
    for name in sorted({*names} ^ {*stopped_before}):
        actions.record(home, "automation_stopped" if name in names else "automation_started", name=name)
    return names
