"""A published file as plain rows, and what the simulator knows of the dossiers behind it."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any

import duckdb

from connectors.simulator.truth_dossiers import DossierTruth
from tests.support.office import LAST_DAY, small


Row = dict[str, Any]
Answer = list[tuple[Any, ...]]


class Evidence:
    """A published file as plain rows."""

    def __init__(self, reader: duckdb.DuckDBPyConnection) -> None:
        self._reader = reader

    def rows(self, table: str) -> list[Row]:
        found = self._reader.execute(f"from {table}")
        names = [name for name, *_ in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @cached_property
    def clocks(self) -> list[Row]:
        return self.rows("core.dossier_clock")

    @cached_property
    def board(self) -> list[Row]:
        return sorted(self.rows("marts.scoreboard"), key=lambda row: row["position"])

    @cached_property
    def truth(self) -> list[Row]:
        return DossierTruth(small(), LAST_DAY, None).rows(("VP",))

    @cached_property
    def scopes(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for row in self.rows("core.unit_scopes"):
            found[row["unit_code"]].add(row["scope_code"])
        return found

    @cached_property
    def working_days(self) -> dict[date, int]:
        return {row["day"]: row["working_day_index"] for row in self.rows("reference.calendar")}

    def counts(self, **wanted: str) -> list[Row]:
        return [row for row in self.truth if all(row[name] == value for name, value in wanted.items())]


def percent(numerator: float | None, denominator: float) -> float | None:
    return None if numerator is None or not denominator else 100 * numerator / denominator


def is_judged(clock: Row) -> bool:
    return bool(clock["is_ended"] and clock["status_code"] in (9, 10) and not clock["is_unclear"])
