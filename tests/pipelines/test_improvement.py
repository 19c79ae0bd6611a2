"""The loop after a whole night: equal to the simulator's truth, answered by number, told in report and page."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from assets.reports.asking import Publication
from assets.reports.page.leaders import page
from assets.reports.paper import content
from assets.reports.prefilling import prefilled
from assets.reports.terminal import dues
from connectors.registers.folder import Registers
from connectors.registers.templates import write_templates
from connectors.simulator import ground_truth
from connectors.simulator.truth_improvement import figures, forms, recurring
from pipelines.incidents import overdue_actions
from pipelines.settings import Settings, real_time
from tests.support.office import LAST_DAY, small
from tests.support.workbooks import KEY
from warehouse.reading import Published


SUSPECTED = "Bất thường lặp lại"


@pytest.fixture(scope="module")
def reader(published: Published) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(published.path), read_only=True)


def test_forms_and_figures_are_those_of_the_simulated_office(reader: duckdb.DuckDBPyConnection) -> None:
    world = small()
    found = forms(world, LAST_DAY, ground_truth.rows(world, LAST_DAY, [LAST_DAY]))
    (began,) = reader.execute("select known_from from reference.closing").fetchall()[0]
    again = recurring(found)
    truth = {one.code: (one.found_by, one.opened_on, *one.state(LAST_DAY, began), again.get(one.code)) for one in found}
    ours = reader.execute(
        "select code, source, opened_on, state, next_due_on, recurs_of from marts.nonconformity where source <> $1",
        [SUSPECTED],
    ).fetchall()
    assert {code: tuple(rest) for code, *rest in ours} == truth
    assert {state for _, _, state, *_ in truth.values()} >= {"Đã đóng", "Chưa trả lời", "Đang khắc phục"}
    counted = reader.execute(
        "select figure, period_kind, period_start, sum(numerator)::int, sum(denominator)::int"
        " from marts.corrective_action_figure where source not in ('Tất cả', $1) group by all",
        [SUSPECTED],
    ).fetchall()
    assert {(figure, kind, start): (good, of) for figure, kind, start, good, of in counted} == figures(found, LAST_DAY)


def test_a_template_begins_with_the_forms_and_the_answer_is_read_by_its_number(
    published: Published, reader: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    begun = prefilled(published.path)
    waiting = reader.execute(
        "select code from marts.nonconformity where is_opened_by_product and state = 'Chưa trả lời'"
        " order by opened_on, code"
    ).fetchall()
    assert [(row["form_number"],) for row in begun["nonconformities"]] == waiting != []
    write_templates(tmp_path, begun)
    contents = Registers(tmp_path, KEY).read()
    assert [one.message for one in contents.rejections] == []
    assert len(contents.records["nonconformities"]) == len(waiting)
    assert len(contents.records["management_reviews"]) == 12


def test_the_report_names_causes_and_actions_of_what_was_missed_alone(published: Published) -> None:
    texts = content.report(published).texts
    rows = {row["indicator"]: row for row in texts["objectives"]}
    assert {row["causes"] for row in rows.values() if row["verdict"] != "Chưa đạt"} == {"—"}
    assert {row["action"] for row in rows.values() if row["verdict"] != "Chưa đạt"} == {"—"}
    told = rows["MT2b"]
    assert "Phần mềm, hạ tầng, kết nối: Kết nối trục gián đoạn" in told["causes"]
    assert "KPH-2025-MT2b-Q1" in told["causes"]
    done = "Đặt cảnh báo và gửi lại trong ngày / Phòng Hành chính - Tổ chức, Trưởng phòng (KPH-2025-MT2b-Q1: 30/05/2025"
    assert done in told["action"]
    assert rows["D1"]["causes"] == "chưa phân tích (KPH-2025-D1-NAM)"
    assert len(texts["review_inputs"]) == 12
    assert texts["nonconformities"]


def test_what_is_overdue_is_told_on_the_page_and_to_whoever_watches(
    published: Published, reader: duckdb.DuckDBPyConnection, first_night: Path
) -> None:
    overdue = reader.execute("select distinct due_on from marts.due_action where is_overdue order by all").fetchall()
    assert overdue
    assert [(due.due_on,) for due in dues(Publication(published.path)) if due.is_overdue] == overdue
    settings = Settings.from_environment({"MTCL_HOME": str(first_night)})
    told = {one.cause: one for one in overdue_actions(settings, real_time())}
    assert sorted(told) == [f"overdue:{day}" for (day,) in overdue]
    assert all(one.since.date() == date.fromisoformat(cause[8:]) + timedelta(days=1) for cause, one in told.items())
    shown = page(published)
    for (code,) in reader.execute("select code from marts.nonconformity where state <> 'Đã đóng'").fetchall():
        assert f"<code>{code}</code>" in shown
