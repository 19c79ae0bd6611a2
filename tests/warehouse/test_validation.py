"""Rules asked by Great Expectations inside the warehouse: verdicts, every failing key, and what becomes of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.source import NOON
from warehouse import building, expectations, ledger, models, quarantine
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.validation import Outcome, ValidatorError, validate


TABLE = "staging.portal__dossiers"


def rule(expectation: str, key: tuple[str, ...] = ("record_key",), **kwargs: Any) -> Rule:
    return Rule(
        name="rule",
        expectation=expectation,
        kwargs=kwargs,
        severity="critical",
        message="Sai",
        advice="Sửa",
        quarantine=True,
        key=key,
        source=("portal", "dossiers"),
    )


def given(warehouse: Database, values: str) -> None:
    warehouse.query(
        f"create or replace table {TABLE} as select *, timestamptz '{NOON}' as first_seen_at, 'hash' as content_hash"
        f" from (values {values}) as t(record_key, unit, started, ended)"
    )


def ask(warehouse: Database, asked: Rule) -> Outcome:
    (outcome,) = validate(warehouse, TABLE, [asked])
    return outcome


@pytest.mark.parametrize(
    ("asked", "failing"),
    [
        (rule("ExpectColumnValuesToNotBeNull", column="unit"), ["C"]),
        (rule("ExpectColumnValuesToBeUnique", column="unit"), ["A", "B"]),
        (rule("ExpectColumnValuesToBeInSet", column="unit", value_set=["H19.02"]), ["D"]),
        (rule("ExpectColumnValuesToMatchRegex", column="unit", regex="H19"), ["D"]),
        (rule("ExpectColumnValuesToNotMatchRegex", column="unit", regex="^H"), ["A", "B"]),
        (rule("ExpectColumnValuesToBeBetween", column="started", min_value=2), ["A"]),
        (rule("ExpectColumnPairValuesAToBeGreaterThanB", column_A="ended", column_B="started"), ["C"]),
        (rule("ExpectCompoundColumnsToBeUnique", column_list=["unit", "ended"]), ["A", "B"]),
        (rule("UnexpectedRowsExpectation", unexpected_rows_query="select * from {batch} where ended < started"), ["C"]),
        (
            rule(
                "UnexpectedRowsExpectation",
                unexpected_rows_query="select a.* from {batch} as a"
                f" inner join {TABLE} as b on a.unit = b.unit and a.record_key <> b.record_key",
            ),
            ["A", "B"],
        ),
        (rule("ExpectColumnValuesToBeInSet", key=("unit", "started"), column="unit", value_set=["H19.02"]), ["x|4"]),
        (rule("ExpectColumnDistinctValuesToContainSet", column="unit", value_set=["H19.99"]), []),
        (rule("ExpectTableRowCountToBeBetween", min_value=5), []),
    ],
    ids=lambda value: value.expectation if isinstance(value, Rule) else "",
)
def test_every_kind_of_rule_names_all_its_failing_rows(warehouse: Database, asked: Rule, failing: list[str]) -> None:
    given(warehouse, "('A', 'H19.02', 1, 9), ('B', 'H19.02', 2, 9), ('C', null, 3, 2), ('D', 'x', 4, 9)")
    outcome = ask(warehouse, asked)
    assert (outcome.success, outcome.failing_keys) == (False, failing)
    assert (outcome.unexpected_count, outcome.element_count) == (len(failing), 4)


@pytest.mark.parametrize(
    "asked",
    [
        rule("ExpectColumnValuesToNotBeNull", column="unit"),
        rule("UnexpectedRowsExpectation", unexpected_rows_query="select * from {batch} where unit is null"),
    ],
    ids=["column", "query"],
)
def test_failing_keys_do_not_stop_at_twenty_nor_at_two_hundred(warehouse: Database, asked: Rule) -> None:
    given(warehouse, ", ".join(f"('{number:04}', null::varchar, 1, 2)" for number in range(1000)))
    assert ask(warehouse, asked).failing_keys == [f"{number:04}" for number in range(1000)]


def test_rules_come_back_in_their_order_and_pass_on_an_empty_table(warehouse: Database) -> None:
    given(warehouse, "('A', 'x', 1, 2)")
    rules = [
        rule("ExpectColumnMaxToBeBetween", column="started", max_value=5),
        rule("ExpectColumnValuesToNotBeNull", column="unit"),
    ]
    rules = [Rule(**{**vars(each), "name": name}) for each, name in zip(rules, "ba", strict=True)]
    for elements in (1, 0):
        outcomes = validate(warehouse, TABLE, rules)
        assert [(outcome.rule.name, outcome.success, outcome.element_count) for outcome in outcomes] == [
            ("b", True, elements),
            ("a", True, elements),
        ]
        warehouse.query(f"delete from {TABLE}")


def test_how_many_rows_a_table_has_is_asked_of_an_empty_one_too(warehouse: Database) -> None:
    given(warehouse, "('A', 'x', 1, 2)")
    warehouse.query(f"delete from {TABLE}")
    assert not ask(warehouse, rule("ExpectTableRowCountToBeBetween", min_value=1)).success


@pytest.mark.parametrize(
    "broken",
    [
        rule("ExpectColumnValuesToNotBeNull", column="no_such_column"),
        rule("ExpectColumnValuesToNotBeNull", colum="unit"),
        rule("UnexpectedRowsExpectation", unexpected_rows_query="select * from {batch} where no_such_column"),
        rule("ExpectMiracles"),
    ],
    ids=["column", "argument", "query", "class"],
)
def test_a_rule_that_cannot_be_asked_is_no_verdict(warehouse: Database, broken: Rule) -> None:
    given(warehouse, "('A', 'x', 1, 2)")
    with pytest.raises(ValidatorError, match="rule rule"):
        ask(warehouse, broken)
    assert ask(warehouse, rule("ExpectColumnValuesToNotBeNull", column="unit")).success


def test_a_table_may_change_its_columns_between_two_validations(warehouse: Database) -> None:
    warehouse.query("create or replace table core.a as select 'A' as record_key, 1 as n")
    validate(warehouse, "core.a", [rule("ExpectColumnValuesToNotBeNull", column="n")])
    warehouse.query("create or replace table core.a as select 'A' as record_key, null as m")
    (outcome,) = validate(warehouse, "core.a", [rule("ExpectColumnValuesToNotBeNull", column="m")])
    assert outcome.failing_keys == ["A"]


def test_failing_records_are_set_aside_with_advice_and_released_when_mended(warehouse: Database) -> None:
    asked = rule("ExpectColumnValuesToNotBeNull", column="unit")
    given(warehouse, "('A', 'x', 1, 2), ('C', null, 3, 2)")
    assert quarantine.set_aside(warehouse, TABLE, validate(warehouse, TABLE, [asked])) == 1
    assert warehouse.query("select * from quarantine.records") == [
        (TABLE, "portal", "dossiers", "C", "rule", "Sai", "Sửa", NOON, "hash", asked.version)
    ]
    given(warehouse, "('A', 'x', 1, 2), ('C', 'y', 3, 2)")
    assert quarantine.set_aside(warehouse, TABLE, validate(warehouse, TABLE, [asked])) == 0
    assert building.rows(warehouse, "quarantine.records") == 0


def test_verdicts_stand_in_the_ledger_once_per_run(warehouse: Database) -> None:
    given(warehouse, "('A', 'x', 1, 2), ('C', null, 3, 2)")
    outcomes = validate(warehouse, TABLE, [rule("ExpectColumnValuesToNotBeNull", column="unit")])
    for run_id in ("first", "second", "second"):
        ledger.record_checks(warehouse, run_id, TABLE, outcomes)
    version = outcomes[0].rule.version
    assert warehouse.query("select * from ledger.checks order by run_id") == [
        ("first", TABLE, "rule", "critical", False, 1, 2, NOON, version, "Sai", "Sửa"),
        ("second", TABLE, "rule", "critical", False, 1, 2, NOON, version, "Sai", "Sửa"),
    ]


def test_rules_are_found_beside_their_tables(tmp_path: Path) -> None:
    body = "from warehouse.expectations import Rule\n{source}RULES = [Rule('a', 'E', {{}}, 'warning', 'Sai', 'Sửa')]\n"
    for name, source in (("portal__dossiers", ""), ("intake", "SOURCE = ('axis', 'agencies')\n"), ("clock", "")):
        (tmp_path / "core").mkdir(exist_ok=True)
        (tmp_path / "core" / f"{name}.py").write_text(body.format(source=source), encoding="utf-8")
    assert {table: [found.source for found in rules] for table, rules in expectations.load(tmp_path).items()} == {
        "core.clock": [None],
        "core.intake": [("axis", "agencies")],
        "core.portal__dossiers": [("portal", "dossiers")],
    }


def test_every_real_rule_speaks_of_a_model_and_to_an_officer() -> None:
    tables = {model.table for model in models.load()}
    for table, rules in expectations.load().items():
        assert table in tables or table.startswith("reference.")
        for found in rules:
            assert found.message, found.name
            assert found.advice, found.name
            assert found.source or not found.quarantine, found.name
