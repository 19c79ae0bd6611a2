"""The documents of the rules: read without a network, bounded, and saying what the ledger remembers."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assets import data_docs
from assets.data_docs import RunDocuments
from tests.support.night import CLOSING
from tests.support.source import Clock
from warehouse import building, expectations, ledger, models, publishing
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.opening import open_warehouse
from warehouse.validation import Outcome


TABLE = "core.dossier_intake"
RULES = [rule for rule in expectations.load()[TABLE] if rule.severity == "warning"]
GONE = Rule("asked_no_more", "ExpectColumnValuesToNotBeNull", {"column": "x"}, "warning", "Quy tắc <cũ>", "Bỏ qua")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def warehouse(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published" / "data_docs"


def publish(warehouse: Database, folder: Path, run_id: str, failing: int) -> str:
    """A run whose first rule fails on so many of 40 rows, and its documents; returns its version."""
    asked = [*RULES[:3], GONE]
    outcomes = [
        Outcome(rule, number > 0 or not failing, failing * (not number), 40, []) for number, rule in enumerate(asked)
    ]
    ledger.start_run(warehouse, run_id, CLOSING)
    ledger.set_closing(warehouse, CLOSING, run_id)
    ledger.record_checks(warehouse, run_id, TABLE, outcomes)
    warehouse.query("create or replace table marts.scoreboard as select 1 as position")
    made = publishing.publish(warehouse, folder.parent, run_id=run_id, closing_date=CLOSING)
    ledger.end_run(warehouse, run_id, "published", made.version)
    data_docs.write(warehouse, RunDocuments(run_id, made.version), folder)
    return made.version


def text(page: Path) -> str:
    """What a reader sees, in one line."""
    body = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.S)
    return " ".join(body.split())


def test_a_page_says_what_was_asked_what_came_of_it_and_what_to_do(warehouse: Database, folder: Path) -> None:
    version = publish(warehouse, folder, "run", failing=3)
    page = text(folder / version / f"{TABLE}.html")
    broken, met = RULES[0], RULES[1]
    assert f"Có vi phạm, cảnh báo {broken.message} {broken.name} 40 3 {broken.advice}" in page.replace("! ", "")
    assert f"Không vi phạm {met.message} {met.name} 40 0" in page
    assert met.advice == broken.advice or met.advice not in page
    # A rule that is asked no more keeps its result and its words, which are no markup.
    assert "Quy tắc &lt;cũ&gt; asked_no_more 40 0" in page
    # What Great Expectations writes of the rules that it still knows.
    details = (folder / version / f"{TABLE}.html").read_text(encoding="utf-8").partition("<details>")[2]
    assert len(re.findall("fa-times", details)) == 1
    assert len(re.findall("fa-check-circle", details)) == 2
    assert "Điều kiện" in details
    for english in ("Status", "Observed Value", "Table-Level Expectations", "unexpected value"):
        assert not re.search(rf">\s*{english}\s*<", details), english


def test_the_first_page_lists_tables_and_runs_with_their_failures(
    warehouse: Database, folder: Path, clock: Clock
) -> None:
    first = publish(warehouse, folder, "first", failing=3)
    clock.now += timedelta(hours=1)
    second = publish(warehouse, folder, "second", failing=0)
    page = text(folder / "index.html")
    assert "Đã hỏi 4 quy tắc trên 1 bảng: không quy tắc nào bị vi phạm ." in page
    assert page.index(f"{second} 4 0") < page.index(f"{first} 4 1 {TABLE}: {RULES[0].name}")
    assert "4 quy tắc trên 1 bảng: 1 quy tắc bị vi phạm" in text(folder / first / "index.html")


def test_pages_need_no_network_and_every_link_leads_to_a_page(warehouse: Database, folder: Path) -> None:
    publish(warehouse, folder, "run", failing=3)
    pages = list(folder.rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.findall(r"https?://|<script|<img|<link|@import|url\(", html), page.name
        links = re.findall(r'href="([^"#]+)"', html)
        assert links
        assert [link for link in links if not (page.parent / link).is_file()] == []
        assert stat.S_IMODE(page.stat().st_mode) == 0o440


def test_a_run_that_a_rule_stopped_has_its_pages_too(warehouse: Database, folder: Path, clock: Clock) -> None:
    version = publish(warehouse, folder, "first", failing=0)
    clock.now += timedelta(hours=1)
    stopping = replace(GONE, severity="critical")
    ledger.start_run(warehouse, "12ab-second", CLOSING)
    ledger.record_checks(warehouse, "12ab-second", TABLE, [Outcome(stopping, False, 7, 40, [])])
    data_docs.write(warehouse, RunDocuments("12ab-second"), folder)
    page = text(folder / "index.html")
    assert "✗ Lần chạy này không công bố : 1 quy tắc bắt buộc bị vi phạm" in page
    assert page.index("Không công bố: có bước lỗi 1 1") < page.index(f"{version} 4 0")
    stopped = text(folder / "run-12ab" / f"{TABLE}.html")
    assert "✗ Có vi phạm, chặn công bố Quy tắc &lt;cũ&gt; asked_no_more 40 7 Bỏ qua" in stopped


def test_folders_of_the_last_versions_are_kept(
    warehouse: Database, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_docs, "KEPT_FOLDERS", 2)
    versions = []
    for number in range(4):
        clock.now += timedelta(hours=1)
        versions.append(publish(warehouse, folder, f"run {number}", failing=0))
    (folder / "mtcl-2025-07-01-9.unfinished").mkdir()
    publish_again = publish(warehouse, folder, "last", failing=0)
    assert {path.name for path in folder.iterdir()} == {"index.html", versions[-1], publish_again}
    assert all(version in text(folder / "index.html") for version in versions)


def test_results_stay_for_every_run_and_are_published_for_every_closing_date(
    warehouse: Database, folder: Path, clock: Clock
) -> None:
    (model,) = [model for model in models.load() if model.table == "core.rule_results"]
    asked = [replace(GONE, name="a"), replace(GONE, name="b", severity="critical")]
    for number in range(3):
        day = CLOSING + timedelta(days=number)
        clock.now += timedelta(days=1)
        ledger.start_run(warehouse, f"run {number}", day)
        ledger.set_closing(warehouse, day, f"run {number}")
        outcomes = [Outcome(asked[0], number == 0, number, 10, []), Outcome(asked[1], True, 0, 10, [])]
        ledger.record_checks(warehouse, f"run {number}", TABLE, outcomes)
        building.build(warehouse, model)
        warehouse.query("create or replace table marts.scoreboard as select 1 as position")
        made = publishing.publish(warehouse, folder.parent, run_id=f"run {number}", closing_date=day)
    assert building.rows(warehouse, "ledger.checks") == 6
    warehouse.query(f"attach '{made.path}' as newest (read_only)")
    found = warehouse.query(
        "select closing_date, rule, is_passed, failing_rows, checked_rows, message, rule_version"
        " from newest.core.rule_results order by all"
    )
    assert found == [
        (
            CLOSING + timedelta(days=number),
            rule.name,
            rule.name == "b" or not number,
            number * (rule.name == "a"),
            10,
            rule.message,
            rule.version,
        )
        for number in range(3)
        for rule in asked
    ]
