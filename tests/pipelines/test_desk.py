"""The officer's desk over a published home: what it says is what is published, and who may not, sees nothing."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

import dagster as dg
import duckdb
import pytest
import requests
from dagster._core.execution.plan.objects import StepSuccessData
from python_calamine import CalamineWorkbook
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from assets.partitions import PARTITION_TAG
from assets.reports.asking import Publication
from assets.reports.desk import dossiers
from assets.reports.explanation.facts import explain
from assets.reports.explanation.story import story
from assets.run_settings import LOCAL
from pipelines.desk import marks, pages
from pipelines.desk.pages import Desk
from pipelines.desk.starting import FORMS
from pipelines.door import AUDITOR, OPERATOR, VIEWER, Door, Role
from pipelines.instance import opened
from pipelines.orphans import PROCESS_TAG, own_process
from pipelines.settings import Settings
from pipelines.wall import Wall
from tests.support.desk import READING, step
from tests.support.desk import daily as small_daily
from tests.support.office import definitions
from tests.support.web import served
from warehouse.reading import Published


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    with opened(tmp_path_factory.mktemp("desk") / "dagster") as instance:
        yield instance


def desk(home: Path, instance: dg.DagsterInstance, role: Role = OPERATOR) -> ASGIApp:
    """Before a page that stands for Dagster's."""
    settings = Settings.from_environment({"MTCL_HOME": str(home)})
    return Door(Desk(PlainTextResponse("Dagster"), settings, instance), lambda scope: role)


@pytest.fixture(scope="module")
def address(published: Published, instance: dg.DagsterInstance) -> Iterator[str]:
    with served(desk(published.path.parents[1], instance)) as browser:
        yield f"http://127.0.0.1:{browser.port}/desk"


def told(address: str, **asked: str) -> str:
    """The words of a view, without markup."""
    answer = requests.get(f"{address}?{urlencode(asked)}", timeout=60)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def asked(published: Published, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published.path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


COUNTS = """
select count(*) filter (classification = 'dang_giai_quyet_qua_han'), count(*) filter (classification = 'tam_dung'),
    count(*) filter (classification = 'qua_han' and finished_at >= timestamp '2025-01-01')
from marts.dossier_clock
"""
ASIDE = "select distinct dossier_code from core.dossier_rejections"


def test_units_show_how_many_dossiers_stand_in_each_list(address: str, published: Published) -> None:
    ((overdue, paused, late),) = asked(published, COUNTS)
    aside = len(asked(published, ASIDE))
    assert min(overdue, paused, late, aside) > 0
    shown = told(f"{address}/units")
    for label, number in (
        ("Đang giải quyết, đã quá hạn", overdue),
        ("Đang tạm dừng", paused),
        ("Đã xong quá hạn trong năm", late),
        ("Thiếu hoặc sai dữ liệu", aside),
    ):
        assert f"{label}: {number}" in shown
    units = dossiers.by_unit(Publication(published.path))
    assert {name: sum(unit.counts[name] for unit in units) for name in ("dang_qua_han", "tra_qua_han")} == {
        "dang_qua_han": overdue,
        "tra_qua_han": late,
    }


def test_a_list_of_a_unit_holds_its_dossiers_alone_in_the_order_asked_for(address: str, published: Published) -> None:
    late = "select unit_code, dossier_code from marts.dossier_clock where classification = 'qua_han'"
    in_year = f"{late} and finished_at >= timestamp '2025-01-01' order by days_late desc"
    ((unit, number),) = asked(
        published, f"select unit_code, count(*) from ({in_year}) group by all order by 2 desc limit 1"
    )
    page = requests.get(f"{address}/dossiers?list=tra_qua_han&unit={unit}&order=days_late", timeout=60).text
    days = [int(found) for found in re.findall(r'class="number">(\d+)</td>', page)]
    codes = re.findall(r"/desk/dossier\?code=([^\"]+)", page)
    assert sorted(codes) == sorted(quote(str(code), safe="") for one, code in asked(published, in_year) if one == unit)
    assert (len(codes), days) == (number, sorted(days, reverse=True))


def test_the_workbook_keeps_codes_as_text_and_moments_as_moments(address: str) -> None:
    answer = requests.get(f"{address}/dossiers.xlsx?list=tra_qua_han", timeout=60)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tra_qua_han-moi-don-vi.xlsx"'
    _, headings, first, *_ = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert headings == [heading for heading, _ in dossiers.COLUMNS.values()]
    assert [type(cell) for cell in first] == [str, str, datetime, datetime, datetime, float, str]


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_workbook(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", 2)
    asked = f"{address}/dossiers?list=tra_qua_han"
    page = requests.get(asked, timeout=60).text
    assert page.count("/desk/dossier?code=") == 2
    assert "Trang này hiện 2 hồ sơ đầu theo thứ tự đang xếp; tệp Excel có đủ." in page
    told = re.findall(r"<p>(\d+) hồ sơ của mọi đơn vị", page)
    content = BytesIO(requests.get(asked.replace("dossiers?", "dossiers.xlsx?"), timeout=60).content)
    assert len(CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()) == int(told[0]) + 2
    assert "Trang này hiện 2 hồ sơ đầu; đủ cả ở" in requests.get(f"{address}/records", timeout=60).text


def test_a_dossier_is_told_as_the_command_line_tells_it_with_its_life_drawn(address: str, published: Published) -> None:
    ((code,),) = asked(
        published, "select dossier_code from marts.dossier_clock where days_late > 0 order by all limit 1"
    )
    found = explain(Publication(published.path), str(code))
    assert found is not None
    shown = told(f"{address}/dossier", code=str(code).lower())
    for paragraph in story(found):
        assert " ".join(paragraph.split()) in shown
    assert f"Hồ sơ {code}" in shown
    assert "Quá hạn từ" in shown


def test_a_code_that_is_none_is_said_to_be_none_and_stays_text(address: str) -> None:
    answer = requests.get(f"{address}/dossier", params={"code": "<script>x</script>"}, timeout=60)
    assert "Không có hồ sơ &lt;script&gt;" in answer.text
    assert "<script>x" not in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_every_record_set_aside_stands_there_with_its_code_and_every_suspicion_with_its_sentence(
    address: str, published: Published
) -> None:
    shown = told(f"{address}/records")
    for (code,) in asked(published, ASIDE):
        assert str(code) in shown
    for (sentence,) in asked(published, "select sentence from marts.anomaly"):
        assert " ".join(str(sentence).split()) in shown
    months = asked(published, "from marts.reconciliation where only_left + only_right + conflicting > 0")
    assert f"Chênh lệch giữa các hệ thống ({len(months)} tháng)" in shown


def test_a_mark_stands_beside_its_record_with_its_age_and_what_stood_before_stays(
    published: Published, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    ((code,), *_) = asked(published, f"{ASIDE} order by all")
    home = tmp_path / "home"
    home.mkdir()
    (home / "published").symlink_to(published.path.parent)
    sent = {"kind": "set_aside", "key": str(code), "who": "Trần Thị Cúc", "until": "2025-01-31", "note": "Đã gọi Sở"}
    first = {**sent, "state": "checked", "at": (datetime.now(LOCAL) - timedelta(days=9, hours=1)).isoformat()}
    (home / marks.REGISTER).write_text(f'{json.dumps(first)}\n{{"kind": "cut', encoding="utf-8")
    with served(Wall(desk(home, instance))) as browser, served(Wall(desk(home, instance, AUDITOR))) as others:
        shown = told(f"http://127.0.0.1:{browser.port}/desk/records")
        assert "Đã kiểm , Trần Thị Cúc, quá hạn từ 31/01/2025 , 9 ngày Đã gọi Sở" in shown
        address = f"http://127.0.0.1:{browser.port}/desk/marks"
        answers = [
            requests.post(address, json=one, timeout=60).status_code
            for one in (
                {**sent, "state": "mended", "until": ""},
                {**sent, "state": "x"},
                {**sent, "who": " "},
                [],
                sent,
            )
        ]
        assert answers == [200, 400, 400, 400, 400]
        assert requests.post(address, data=sent, timeout=60).status_code == 403
        assert (
            requests.post(address.replace(str(browser.port), str(others.port)), json=sent, timeout=60).status_code
            == 403
        )
        assert "Đã sửa , Trần Thị Cúc, 9 ngày Đã gọi Sở" in told(f"http://127.0.0.1:{others.port}/desk/records")
    assert [one.state for one in marks.marks(home)] == ["checked", "mended"]


def test_the_first_page_says_what_is_published_what_broke_and_how_the_newest_runs_went(
    published: Published, tmp_path: Path
) -> None:
    daily, home = definitions().resolve_job_def("daily"), published.path.parents[1]
    with opened(tmp_path / "dagster") as instance:
        failed = instance.create_run_for_job(daily, tags={PARTITION_TAG: "2025-12-30"})
        instance.report_run_failed(failed)
        instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTING)
        with served(desk(home, instance)) as browser:
            shown = told(f"http://127.0.0.1:{browser.port}/desk/")
    assert "Lần chạy cuối không công bố. Số liệu đang dùng vẫn là bản chốt ngày 31/12/2025" in shown
    assert "Việc cần làm: Mở trang Runs của Dagster" in shown
    assert "Chạy hằng ngày 30/12/2025 — — Không xong. Lần chạy dừng trước khi xong" in shown
    assert re.search(r"Chạy hằng ngày : Đang khởi động, xong 0/\d+ bước", shown)


def test_before_anything_is_published_every_view_says_what_to_do(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    with served(desk(tmp_path, instance)) as browser:
        address = f"http://127.0.0.1:{browser.port}/desk"
        assert "Chưa có bản công bố nào. Bấm “Chạy ngay”" in told(f"{address}/")
        for view in ("units", "dossiers", "records", "dossier"):
            assert view == "dossier" or "Chưa có bản công bố nào; hãy chạy" in told(f"{address}/{view}")


@pytest.mark.parametrize(
    ("role", "status", "forms"), [(VIEWER, 403, 0), (AUDITOR, 200, 0), (OPERATOR, 200, len(FORMS))]
)
def test_who_sees_no_evidence_sees_no_desk_and_who_only_looks_no_buttons(
    published: Published, instance: dg.DagsterInstance, role: Role, status: int, forms: int
) -> None:
    with served(desk(published.path.parents[1], instance, role)) as browser:
        answers = {path: browser.get(path) for path in ("/desk/", "/desk/records", "/deskx", "/")}
    assert answers["/desk/"].status == answers["/desk/records"].status == status
    assert answers["/desk/"].text.count('<form class="start"') == forms
    assert answers["/deskx"].text == answers["/"].text == "Dagster"


def test_each_form_fits_the_job_that_it_starts() -> None:
    for form in FORMS:
        job = definitions().resolve_job_def(form.job)
        config: dict[str, object] = {}
        for one in form.fields:
            if one.place.startswith("ops/"):
                inside = config
                *steps, last = one.place.split("/")
                for step in steps:
                    inside = inside.setdefault(step, {})  # type: ignore[assignment]  # a tree of dictionaries
                inside[last] = ["VP"] if one.is_list else "2025-01-31" if one.kind == "date" else "year_to_date"
        assert dg.validate_run_config(job, config), json.dumps(config)


def test_what_runs_tells_its_steps_and_by_its_usual_length_how_long_it_still_takes(
    published: Published, tmp_path: Path
) -> None:
    home, began = published.path.parents[1], datetime.now(UTC) - timedelta(minutes=4)
    with opened(tmp_path / "dagster") as instance:
        for _ in range(3):
            passed = instance.create_run_for_job(small_daily)
            at(instance, passed, "PIPELINE_START", began - timedelta(hours=24))
            at(instance, passed, "PIPELINE_SUCCESS", began - timedelta(hours=24, minutes=-10))
        running = instance.create_run_for_job(small_daily, tags={PROCESS_TAG: own_process()})
        at(instance, running, "PIPELINE_START", began)
        step(instance, running, "STEP_SUCCESS", READING, StepSuccessData(duration_ms=0.0))
        with served(desk(home, instance)) as browser:
            shown = told(f"http://127.0.0.1:{browser.port}/desk/")
    assert re.search(r"Chạy hằng ngày : Đang chạy từ [\d:]+ [\d/]+, xong 1/2 bước, còn khoảng [345] phút", shown), shown


def at(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: str, moment: datetime) -> None:
    """The run comes into this state at that moment."""
    instance.run_storage.handle_run_event(run.run_id, dg.DagsterEvent(kind, run.job_name), moment)
