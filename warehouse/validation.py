"""Rules made into expectations of Great Expectations, and asked inside the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse import building
from warehouse.database import Database
from warehouse.expectations import Rule


if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.expectations.expectation import Expectation


class ValidatorError(Exception):
    """A rule could not be asked. This says nothing about the data, and stops the run."""


@dataclass(frozen=True)
class Outcome:
    rule: Rule
    success: bool
    unexpected_count: int
    element_count: int
    # The key of every failing row, as text; of several key columns joined by "|".
    failing_keys: list[str]


def validate(database: Database, table: str, rules: Sequence[Rule]) -> list[Outcome]:
    """Asks every rule of the table, in their order. Of an empty table only rules on the table itself are asked."""
    rows = building.rows(database, table)
    asked = [rule for rule in rules if rows or rule.expectation.startswith("ExpectTable")]
    outcomes = {rule.name: Outcome(rule, True, 0, 0, []) for rule in rules}
    if asked:
        outcomes |= ask(database, table, rows, asked)
    return [outcomes[rule.name] for rule in rules]


def ask(database: Database, table: str, rows: int, rules: Sequence[Rule]) -> dict[str, Outcome]:
    from warehouse.validation_engine import table_batch

    batch = table_batch(database.connection, *table.split("."))
    results = run(batch, rules, {"result_format": "BASIC", "partial_unexpected_count": 0})
    outcomes = {}
    for rule in rules:
        result = results[rule.name]
        failing_keys = [] if result.success else keys(database, table, batch, rule, rows)
        # Expectations on rows count them as unexpected, a query's rows are what it observed; others count nothing.
        counted = result.result.get("unexpected_count", 0)
        if "unexpected_rows_query" in rule.kwargs:
            counted = result.result["observed_value"]
        outcomes[rule.name] = Outcome(
            rule=rule,
            success=bool(result.success),
            unexpected_count=int(counted),
            element_count=rows,
            failing_keys=failing_keys,
        )
    return outcomes


def run(batch: Batch, rules: Sequence[Rule], result_format: dict[str, Any]) -> dict[str, ExpectationValidationResult]:
    import great_expectations as gx

    suite = gx.ExpectationSuite(name="rules", expectations=[expectation(rule) for rule in rules])
    results = {}
    for result in batch.validate(suite, result_format=result_format).results:
        assert result.expectation_config, "every result of a suite names its expectation"
        name = result.expectation_config.meta["rule"]
        raise_if_it_broke(name, result.exception_info)
        results[name] = result
    return results


def expectation(rule: Rule) -> Expectation:
    import great_expectations as gx

    try:
        kind = getattr(gx.expectations, rule.expectation)
        made: Expectation = kind(
            **rule.kwargs,
            severity=rule.severity,
            notes=[rule.message, rule.advice],
            meta={"rule": rule.name, "message": rule.message, "advice": rule.advice},
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ValidatorError(f"rule {rule.name}: {error}") from error
    return made


def raise_if_it_broke(name: str, info: dict[str, Any] | None) -> None:
    """One flat entry when all went well, one entry per metric when it did not."""
    entries = [entry for entry in (info or {}).values() if isinstance(entry, dict)] or [info or {}]
    for entry in entries:
        if entry.get("raised_exception"):
            raise ValidatorError(f"rule {name}: {entry.get('exception_message')}")


def keys(database: Database, table: str, batch: Batch, rule: Rule, rows: int) -> list[str]:
    """All failing keys in order; Great Expectations by itself would stop at twenty."""
    if "unexpected_rows_query" in rule.kwargs:
        return keys_of_query(database, table, rule, rule.kwargs["unexpected_rows_query"])
    if rule.expectation == "ExpectCompoundColumnsToBeUnique":
        # The one kind whose failing rows Great Expectations counts but cannot name in SQL.
        columns = ", ".join(f'"{column}"' for column in rule.kwargs["column_list"])
        repeated = f"select * from {{batch}} qualify count(*) over (partition by {columns}) > 1"
        return keys_of_query(database, table, rule, repeated)
    if not is_about_rows(rule):
        return []
    complete = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": list(rule.key),
        "partial_unexpected_count": rows,
        "return_unexpected_index_query": False,
        "exclude_unexpected_values": True,
    }
    found = run(batch, [rule], complete)[rule.name].result
    # Without the values, Great Expectations gives one entry with a list per key column.
    index: list[dict[str, list[Any]]] = found.get("unexpected_index_list") or []
    if found["unexpected_count"] and not index:
        raise ValidatorError(f"rule {rule.name}: {rule.expectation} does not name its failing rows")
    return sorted(
        {
            "|".join(map(str, values))
            for lists in index
            for values in zip(*(lists[column] for column in rule.key), strict=True)
        }
    )


def is_about_rows(rule: Rule) -> bool:
    import great_expectations as gx
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )

    kind = getattr(gx.expectations, rule.expectation)
    return issubclass(kind, ColumnMapExpectation | ColumnPairMapExpectation | MulticolumnMapExpectation)


def keys_of_query(database: Database, table: str, rule: Rule, query: str) -> list[str]:
    failing = query.format(batch=table).rstrip("; \n")
    columns = ", ".join(f'"{column}"' for column in rule.key)
    found = database.query(f"select distinct concat_ws('|', {columns}) from (\n{failing}\n)")
    return sorted(key for (key,) in found)
