"""The constraints of a published table, made of its terms and of the critical rules that its rows have passed.

A rule is checked before publication already; as a constraint it is seen by every program that opens the file, and no
row that was copied wrongly gets in. What stands from earlier closing dates was checked by the rules of its day: such a
table takes only those constraints that the contract has always made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from warehouse import contract, expectations
from warehouse.describing import quoted, text
from warehouse.expectations import Rule
from warehouse.retention import ALL_CLOSING_DATES


EVER_SINCE = {
    "marts.indicator_result": (
        "numerator_is_not_above_denominator",
        "numerator_is_a_count",
        "excluded_is_a_count",
        "quarantined_is_a_count",
        "verdict_is_known",
    )
}
# Rows that must not be, told by a condition on the row alone.
FORBIDDEN = re.compile(r"\s*select \* from \{batch\}\s+where (?P<condition>.+)", re.DOTALL)
BEYOND_A_ROW = re.compile(r"\b(select|over|from)\b")


def are_promised(table: str) -> bool:
    """Of the marts alone: analysts stand on them, and two hundred more indexes would double what publishing takes."""
    return table.startswith("marts.")


def definition(table: str, columns: dict[str, str]) -> str | None:
    """What stands in the brackets of CREATE TABLE, None for a table without constraints.

    A column that the table lacks is no part of any constraint.
    """
    own = contract.of_table(table)
    rules = rules_of(table)
    never_null = set(own.key) if own.kind in ("primary", "checked") else set()
    never_null |= {rule.kwargs["column"] for rule in rules if rule.expectation == "ExpectColumnValuesToNotBeNull"}
    conditions = [f"check ({condition})" for rule in rules for condition in conditions_of(rule, columns)]
    if own.kind in ("primary", "unique") and set(own.key) <= set(columns):
        word = "primary key" if own.kind == "primary" else "unique"
        conditions.insert(0, f"{word} ({', '.join(map(quoted, own.key))})")
    if not conditions and not never_null & set(columns):
        return None
    told = [f"{quoted(name)} {kind}{' not null' if name in never_null else ''}" for name, kind in columns.items()]
    return ",\n    ".join(told + conditions)


@cache
def critical_rules() -> dict[str, list[Rule]]:
    """Read once, not once for each of fifty tables."""
    return {
        table: [rule for rule in rules if rule.severity == "critical"] for table, rules in expectations.load().items()
    }


def rules_of(table: str) -> list[Rule]:
    rules = critical_rules().get(table, [])
    if table in ALL_CLOSING_DATES:
        return [rule for rule in rules if rule.name in EVER_SINCE.get(table, ())]
    return rules


def conditions_of(rule: Rule, columns: dict[str, str]) -> Iterator[str]:
    """What the rule asks of a row, where it asks it of a row alone; nothing is a condition that is not broken."""
    asked = rule.kwargs
    match rule.expectation:
        case "ExpectColumnValuesToBeInSet" if asked["column"] in columns:
            yield f"{quoted(asked['column'])} in ({', '.join(text(str(value)) for value in asked['value_set'])})"
        case "ExpectColumnValuesToBeBetween" if asked["column"] in columns:
            if asked.get("min_value") is not None:
                yield f"{quoted(asked['column'])} >= {asked['min_value']}"
            if asked.get("max_value") is not None:
                yield f"{quoted(asked['column'])} <= {asked['max_value']}"
        case "ExpectColumnPairValuesAToBeGreaterThanB" if {asked["column_A"], asked["column_B"]} <= set(columns):
            sign = ">=" if asked.get("or_equal") else ">"
            yield f"{quoted(asked['column_A'])} {sign} {quoted(asked['column_B'])}"
        case "UnexpectedRowsExpectation":
            found = FORBIDDEN.fullmatch(asked["unexpected_rows_query"])
            if found and not BEYOND_A_ROW.search(found["condition"].lower()):
                yield f"not coalesce({' '.join(found['condition'].split())}, false)"
