"""Rules and their results as Great Expectations documents them, made of what the ledger remembers.

The documents of Great Expectations load scripts and styles from six public servers; only their content is taken here,
and assets/data_docs.py puts it on a page of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from warehouse.database import Database
from warehouse.expectations import Rule


if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.render.view.view import DefaultJinjaSectionView

RESULTS = """
select
    checked_table, rule, severity, success, element_count as checked_rows, unexpected_count as failing_rows,
    coalesce(message, rule) as message, coalesce(advice, '') as advice, coalesce(rule_version, '') as rule_version,
    checked_at
from ledger.checks where run_id = $1 order by checked_table, rule
"""
# Runs that asked something, the newest first.
RUNS = """
select
    runs.run_id, runs.closing_date, runs.outcome, runs.version, runs.started_at,
    count(*)                                                                as rules,
    count(*) filter (where not checks.success)                              as failed,
    count(*) filter (where not checks.success and checks.severity = 'critical') as blocking,
    string_agg(checks.checked_table || ': ' || checks.rule, ', ' order by checks.checked_table, checks.rule)
        filter (where not checks.success)                                   as failed_rules
from ledger.runs as runs
inner join ledger.checks as checks using (run_id)
group by all
order by runs.started_at desc, runs.run_id
limit $1
"""
# Great Expectations has no Vietnamese; these are all the words of its result pages but the sentences of expectations.
WORDS = (
    ("Table-Level Expectations", "Quy tắc của cả bảng"),
    ("Observed Value", "Giá trị đo được"),
    ("Expectation", "Điều kiện"),
    ("Status", "Kết quả"),
    ("Unexpected rows query:", "Truy vấn tìm dòng không đạt:"),
)
COUNTED = re.compile(r"([\d,.≈]+) unexpected values? found\. ([≈\d.,]+%?) of ([\d,.]+) total rows\.")


@dataclass(frozen=True)
class Result:
    checked_table: str
    rule: str
    severity: str
    success: bool
    checked_rows: int
    failing_rows: int
    message: str
    advice: str
    rule_version: str
    checked_at: datetime


@dataclass(frozen=True)
class Run:
    run_id: str
    closing_date: date
    outcome: str
    version: str | None
    started_at: datetime
    rules: int
    failed: int
    blocking: int
    failed_rules: str | None


def results(database: Database, run_id: str) -> dict[str, list[Result]]:
    """Table → what its rules said in that run."""
    found: dict[str, list[Result]] = {}
    for row in database.query(RESULTS, [run_id]):
        found.setdefault(row[0], []).append(Result(*row))
    return found


def runs(database: Database, most: int) -> list[Run]:
    return [Run(*row) for row in database.query(RUNS, [most])]


def rendered(found: Sequence[Result], rules: Iterable[Rule]) -> str:
    """The HTML of Great Expectations for the results of one table: sections without page, script or style."""
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    known = {(rule.name, rule.version): rule for rule in rules}
    shown = [(result, known[key]) for result in found if (key := (result.rule, result.rule_version)) in known]
    if not shown:
        return ""
    suite = ExpectationSuiteValidationResult(
        success=all(result.success for result, _ in shown),
        results=[as_validated(result, rule) for result, rule in shown],
        suite_name=shown[0][0].checked_table,
        statistics={},
        meta={"run_id": RunIdentifier(run_name=shown[0][0].checked_table)},
    )
    # The first and the last section are the overview and facts about the software.
    _, *sections, _ = ValidationResultsPageRenderer(run_info_at_end=True).render(suite).sections
    view = section_view()
    return in_vietnamese(
        "".join(
            view.render({"section": section.to_json_dict(), "section_loop": {"index": number}})  # type: ignore[no-untyped-call]
            for number, section in enumerate(sections)
        )
    )


@cache
def section_view() -> DefaultJinjaSectionView:
    """One for the process: it compiles its templates when they are first used, which takes a quarter of a second."""
    from great_expectations.render.view.view import DefaultJinjaSectionView

    return DefaultJinjaSectionView()


def as_validated(result: Result, rule: Rule) -> ExpectationValidationResult:
    """What Great Expectations found, from what was kept of it; rows themselves never were."""
    from great_expectations.core import ExpectationValidationResult

    from warehouse.validation import expectation

    measured: dict[str, Any] = {"observed_value": result.failing_rows}
    if "unexpected_rows_query" not in rule.kwargs:
        share = 100 * result.failing_rows / result.checked_rows if result.checked_rows else 0.0
        measured = {
            "element_count": result.checked_rows,
            "unexpected_count": result.failing_rows,
            "unexpected_percent": share,
        }
    return ExpectationValidationResult(
        success=result.success,
        expectation_config=expectation(rule).configuration,
        result=measured,
        exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
    )


def in_vietnamese(text: str) -> str:
    """Only text between tags, and only whole texts: a query may hold the same words."""
    for english, vietnamese in WORDS:
        text = re.sub(rf"(>\s*){re.escape(english)}(?=\s*<)", rf"\g<1>{vietnamese}", text)
    return COUNTED.sub(r"\1 dòng không đạt, \2 của \3 dòng.", text)
