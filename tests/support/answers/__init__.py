"""The twenty questions of the analyst's handbook answered in another way: row by row, without SQL.

Counts come from the simulator's own truth where it has one, else from the rows below the mart that the handbook asks.
"""

from collections.abc import Callable

from tests.support.answers import dossiers, findings, objectives
from tests.support.answers.evidence import Answer, Evidence


ANSWERS: list[Callable[[Evidence], Answer]] = [
    objectives.board,
    dossiers.failing,
    dossiers.latest_of_all,
    dossiers.units_over_time,
    objectives.changed_within_a_week,
    objectives.reasons_of_change,
    objectives.quarters,
    objectives.definitions,
    objectives.ranges,
    objectives.what_is_needed,
    objectives.sectors,
    findings.differing_procedures,
    findings.suspicions,
    findings.differing_systems,
    findings.broken_rules,
    findings.open_forms,
    dossiers.funnel,
    objectives.readings,
    dossiers.durations,
    dossiers.due,
]
