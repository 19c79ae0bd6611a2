"""What an officer sees of a rule: whether it holds, how many rows break it, which, and what to do."""

from dataclasses import replace

import dagster as dg

from assets.checks import SHOWN_KEYS, check_results, check_specs
from warehouse.expectations import Rule
from warehouse.validation import Outcome


RULE = Rule(
    name="end_is_given",
    expectation="ExpectColumnValuesToNotBeNull",
    kwargs={"column": "ended_on"},
    severity="critical",
    message="Hồ sơ đã kết thúc có ngày kết thúc",
    advice="Bổ sung ngày kết thúc trên hệ thống một cửa.",
)
BROKEN = Outcome(RULE, success=False, unexpected_count=2, element_count=40, failing_keys=["A", "B"])


def result(outcome: Outcome) -> dg.AssetCheckResult:
    (found,) = check_results("core.dossiers", [outcome])
    return found


def test_a_critical_rule_blocks_and_a_warning_does_not() -> None:
    specs = check_specs("core.dossiers", [RULE, replace(RULE, name="other", severity="warning")])
    assert [(spec.asset_key.path, spec.name, spec.blocking) for spec in specs] == [
        (["core", "dossiers"], "end_is_given", True),
        (["core", "dossiers"], "other", False),
    ]


def test_severity_of_the_rule_is_that_of_the_result() -> None:
    warning = replace(BROKEN, rule=replace(RULE, severity="warning"))
    assert result(BROKEN).severity == dg.AssetCheckSeverity.ERROR
    assert result(warning).severity == dg.AssetCheckSeverity.WARN


def test_a_broken_rule_gives_counts_keys_and_advice() -> None:
    found = result(BROKEN)
    assert not found.passed
    assert found.description == f"Không đạt: {RULE.message}. {RULE.advice}"
    assert {name: value.value for name, value in found.metadata.items()} == {
        "Quy tắc": RULE.message,
        "Việc cần làm": RULE.advice,
        "Số dòng đã kiểm tra": 40,
        "Số dòng không đạt": 2,
        "Bản ghi không đạt": "- `A`\n- `B`",
    }


def test_what_is_told_in_a_sentence_of_its_own_stands_in_the_message() -> None:
    told = [f"Hồ sơ, tháng {number:02}/2025: một cửa có 10, Cổng quốc gia có 7." for number in range(1, 6)]
    found = result(replace(BROKEN, rule=replace(RULE, key=("sentence",)), failing_keys=told))
    assert found.description == f"Không đạt: {RULE.message}. {' '.join(told[:3])} {RULE.advice}"


def test_of_many_failing_rows_the_first_twenty_are_named() -> None:
    keys = [f"H{number:03}" for number in range(500)]
    shown = result(replace(BROKEN, failing_keys=keys)).metadata["Bản ghi không đạt"].value
    assert isinstance(shown, str)
    lines = shown.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (SHOWN_KEYS + 1, "- `H000`", "- … và 480 bản ghi khác")


def test_a_rule_that_sets_aside_says_so() -> None:
    found = result(replace(BROKEN, rule=replace(RULE, severity="warning", quarantine=True)))
    assert "tách riêng" in str(found.metadata["Cách xử lý"].value)
