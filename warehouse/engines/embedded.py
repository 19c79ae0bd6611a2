"""DuckDB in this process, over the file of the warehouse: the default, and what every other engine is held to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warehouse import building
from warehouse.database import Database
from warehouse.models import Model


class Embedded:
    def __init__(self, database: Database) -> None:
        self.database = database

    def build(self, model: Model) -> int:
        return building.build(self.database, model)

    def rows(self, table: str) -> int:
        return building.rows(self.database, table)

    def table_hash(self, table: str) -> str:
        return building.table_hash(self.database, table)

    def query(self, sql: str, params: Sequence[object] = ()) -> list[Any]:
        return self.database.query(sql, params)
