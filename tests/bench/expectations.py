"""The rules of `core.dossier_intake` by Great Expectations over 1 M rows against the same conditions as bare SQL."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.bench.rebuild import CLOSING
from tests.bench.world import landed
from warehouse import building, expectations, models
from warehouse.database import Database
from warehouse.opening import open_warehouse
from warehouse.validation import validate


TABLE = "core.dossier_intake"


def bare_condition(rule: expectations.Rule) -> str:
    """The rows that break `rule`, as a query somebody would write by hand."""
    column = rule.kwargs.get("column")
    match rule.expectation:
        case "UnexpectedRowsExpectation":
            return str(rule.kwargs["unexpected_rows_query"]).format(batch=TABLE)
        case "ExpectColumnValuesToNotBeNull":
            return f"select record_key from {TABLE} where {column} is null"
        case "ExpectColumnValuesToBeNull":
            return f"select record_key from {TABLE} where {column} is not null"
        case "ExpectColumnValuesToBeUnique":
            return f"select record_key from {TABLE} group by record_key having count(*) > 1"
        case "ExpectColumnValuesToBeInSet":
            values = ", ".join(f"'{value}'" for value in rule.kwargs["value_set"])
            return f"select record_key from {TABLE} where {column} not in ({values})"
    raise ValueError(f"no bare SQL for {rule.expectation}")


def by_great_expectations(warehouse: Database, rules: list[expectations.Rule]) -> float:
    started = perf_counter()
    validate(warehouse, TABLE, rules)
    return perf_counter() - started


def by_sql(warehouse: Database, rules: list[expectations.Rule]) -> float:
    started = perf_counter()
    for rule in rules:
        warehouse.query(bare_condition(rule))
    return perf_counter() - started


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    rules = expectations.load()[TABLE]
    with open_warehouse(folder / "expectations.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        landed(warehouse, 5_000 if quick else 1_000_000, CLOSING)
        for model in models.load():
            building.build(warehouse, model)
            if model.table == TABLE:
                break
        by_great_expectations(warehouse, rules)  # the import of Great Expectations is paid once per run
        return [
            {
                "bare_sql": by_sql(warehouse, rules),
                "great_expectations": by_great_expectations(warehouse, rules),
            }
            for _ in range(turns)
        ]
