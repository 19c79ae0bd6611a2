"""Somebody is told, once for each cause: by a real mail server and a real web server on loopback."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gethostname

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteInstigatorOrigin, RemoteRepositoryOrigin
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, ScheduleInstigatorData
from pytest_httpserver import HTTPServer

from assets.checks import check_results, check_specs
from assets.raw.outcomes import KEPT_BESIDE, was_read, was_read_spec
from assets.run_settings import LOCAL
from pipelines.alerts import look_and_tell, open_incidents
from pipelines.automation import DAILY, WITHOUT
from pipelines.definitions import build_definitions
from pipelines.incidents import incidents
from pipelines.instance import opened
from pipelines.settings import Settings
from pipelines.status import FRESH, STALE, judge, status
from tests.support import letterbox as letterboxes
from tests.support.letterbox import Letterbox
from tests.support.people_words import strange
from warehouse.expectations import Rule
from warehouse.validation import Outcome


SECRET = "khoa-bi-mat-cua-webhook"
REFUSED = "Cổng dịch vụ công từ chối đăng nhập"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with letterboxes.opened() as box:
        yield box


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with opened(tmp_path / "dagster") as history:
        yield history


def settings(home: Path, **given: str) -> Settings:
    return Settings.from_environment({"MTCL_HOME": str(home), **given})


def daily(instance: dg.DagsterInstance, error: str | None = None) -> None:
    @dg.op(name="raw__portal__dossiers")
    def step() -> None:
        if error:
            raise dg.Failure(error, allow_retries=False)

    @dg.job(name="daily")
    def job() -> None:
        step()

    job.execute_in_process(instance=instance, raise_on_error=False)


AXIS = {"AXIS_URL": "https://axis.example", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "x"}


def night(instance: dg.DagsterInstance, error: str | None = None, table: str = "axis__received_documents") -> None:
    """A run that ends well, whatever the source said."""

    @dg.asset(key=["raw", table], check_specs=[was_read_spec(["raw", table])])
    def landed() -> Iterator[dg.MaterializeResult[None]]:
        check = was_read() if error is None else dg.AssetCheckResult(passed=False, description=error)
        yield dg.MaterializeResult(check_results=[check])

    job = dg.define_asset_job("daily", selection=dg.AssetSelection.assets(landed))
    dg.Definitions(assets=[landed], jobs=[job]).resolve_job_def("daily").execute_in_process(instance=instance)


def published(home: Path, age: timedelta) -> None:
    folder = home / "published"
    folder.mkdir(parents=True)
    for name in ("mtcl.duckdb", "mtcl.json"):
        (folder / name).touch()
        moment = (datetime.now(UTC) - age).timestamp()
        os.utime(folder / name, (moment, moment))


def test_a_failed_run_is_told_once_in_words_and_its_end_too(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox
) -> None:
    hosts = {"MTCL_SERVE_HOSTS": "so-lieu.example", "MTCL_SERVE_SECRET": "x" * 32}
    own = settings(tmp_path, **letterbox.environment, **hosts, MTCL_CONTACT="Trần Thị Cúc, 0251 3822 501")
    for _ in range(3):
        daily(instance, REFUSED)
        look_and_tell(own, instance, print)
    (told,) = letterbox.mails
    title = "Lần chạy daily không công bố: Hệ thống một cửa"
    (entry,) = open_incidents(tmp_path)
    since = datetime.fromisoformat(entry.since).astimezone(LOCAL)
    assert told["Subject"] == f"[Mục tiêu chất lượng] {title} (từ {since:%H:%M %d/%m/%Y})"
    assert told["To"] == "canbo@dongnai.example, truongphong@dongnai.example"
    assert abs(told["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=5)
    assert told["Message-ID"].endswith("@dongnai.example>")
    text = told.get_content()
    assert f"Máy: {gethostname()}" in text
    assert f"Lần chạy: https://so-lieu.example/runs/{entry.run_id}" in text
    assert "Hỏi ai: Trần Thị Cúc, 0251 3822 501" in text
    assert strange(text) == []
    assert REFUSED in text
    assert "Việc cần làm: Mở trang Runs của Dagster" in text
    assert "Số liệu đã công bố trước đó vẫn giữ nguyên" in text
    daily(instance)
    assert look_and_tell(own, instance, print) == []
    assert [each["Subject"] for each in letterbox.mails[1:]] == [f"[Mục tiêu chất lượng] Đã hết: {title}"]


def test_a_broken_rule_is_in_the_subject_and_what_it_found_in_the_text(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox
) -> None:
    rule = Rule(
        "differences_are_tolerated",
        "E",
        {},
        "critical",
        "Chênh lệch vượt mức cho phép",
        "Đối chiếu lại",
        key=("sentence",),
    )
    said = "Hệ thống một cửa và Cổng quốc gia, tháng 6/2025: 120 và 98, chênh 22."

    @dg.asset(key=["marts", "reconciliation"], check_specs=check_specs("marts.reconciliation", [rule]))
    def built() -> Iterator[dg.MaterializeResult[None]]:
        checks = list(check_results("marts.reconciliation", [Outcome(rule, False, 1, 12, [said])]))
        yield dg.MaterializeResult(check_results=checks)

    job = dg.define_asset_job("daily", selection=dg.AssetSelection.assets(built))
    resolved = dg.Definitions(assets=[built], jobs=[job]).resolve_job_def("daily")
    assert not resolved.execute_in_process(instance=instance, raise_on_error=False).success
    look_and_tell(settings(tmp_path, **letterbox.environment), instance, print)
    (mail,) = letterbox.mails
    assert "Lần chạy daily không công bố: Chênh lệch vượt mức cho phép (từ" in mail["Subject"]
    assert said in mail.get_content()


@pytest.mark.parametrize(("days", "reminders"), [("3", 1), ("4", 0), ("0", 0)])
def test_what_still_stands_after_some_days_is_told_again_and_once(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox, days: str, reminders: int
) -> None:
    own = settings(tmp_path, **letterbox.environment, MTCL_REMIND_DAYS=days)
    daily(instance, REFUSED)
    look_and_tell(own, instance, print)
    (entry,) = json.loads((tmp_path / "incidents.json").read_text(encoding="utf-8"))
    before = (datetime.now(UTC) - timedelta(days=3, minutes=1)).isoformat(timespec="seconds")
    told = entry | {"since": before, "told_at": {"mail": before}}
    (tmp_path / "incidents.json").write_text(json.dumps([told]), encoding="utf-8")
    for _ in range(2):
        look_and_tell(own, instance, print)
    again = [mail for mail in letterbox.mails[1:] if "Vẫn còn: Lần chạy daily không công bố" in mail["Subject"]]
    assert len(again) == len(letterbox.mails) - 1 == reminders
    assert all("(đã 3 ngày)" in mail.get_content() for mail in again)


def test_another_cause_is_another_message(tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox) -> None:
    published(tmp_path, timedelta(hours=37))
    daily(instance, REFUSED)
    look_and_tell(settings(tmp_path, **letterbox.environment), instance, print)
    assert [each["Subject"].partition(" (từ ")[0] for each in letterbox.mails] == [
        "[Mục tiêu chất lượng] Lần chạy daily không công bố: Hệ thống một cửa",
        "[Mục tiêu chất lượng] Số liệu công bố đã cũ",
    ]


@pytest.mark.parametrize("content", [b"", b"[{", b"{}", b'[{"cause": 1}]', b"\xff\xfe", b"[1]", b"null"])
def test_a_list_that_cannot_be_read_is_made_anew(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox, content: bytes
) -> None:
    daily(instance, error=REFUSED)
    given = settings(tmp_path, **letterbox.environment)
    (tmp_path / "incidents.json").write_bytes(content)
    assert open_incidents(tmp_path) == []
    (found,) = look_and_tell(given, instance, print)
    assert open_incidents(tmp_path) == [found]
    assert len(letterbox.mails) == 1


def test_a_publication_of_yesterday_is_no_trouble(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    published(tmp_path, timedelta(hours=35))
    daily(instance)
    assert look_and_tell(settings(tmp_path), instance, print) == []


def test_a_webhook_gets_the_same_as_json(tmp_path: Path, instance: dg.DagsterInstance, httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/{SECRET}", method="POST").respond_with_data("ok")
    daily(instance, REFUSED)
    look_and_tell(settings(tmp_path, WEBHOOK_URL=httpserver.url_for(f"/{SECRET}")), instance, print)
    ((request, _),) = httpserver.log
    body = request.get_json()
    assert (body["event"], body["cause"]) == ("opened", "run:raw__portal__dossiers")
    assert REFUSED in body["text"]


def test_what_could_not_be_handed_over_is_said_without_secrets_and_sent_the_next_time(
    tmp_path: Path, instance: dg.DagsterInstance, httpserver: HTTPServer
) -> None:
    own = settings(tmp_path, WEBHOOK_URL=httpserver.url_for(f"/{SECRET}"))
    httpserver.expect_oneshot_request(f"/{SECRET}").respond_with_data("", status=503)
    daily(instance, REFUSED)
    said: list[str] = []
    look_and_tell(own, instance, said.append)
    assert said == ["Chưa gửi được tin báo (webhook: HTTP 503); sẽ gửi lại lần sau."]
    assert SECRET not in said[0] + repr(own)
    httpserver.expect_request(f"/{SECRET}").respond_with_data("ok")
    for _ in range(2):
        look_and_tell(own, instance, said.append)
    assert (len(said), len(httpserver.log)) == (1, 2)


def test_nobody_listening_at_the_mail_server_holds_nothing_up(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    daily(instance, REFUSED)
    said: list[str] = []
    found = look_and_tell(settings(tmp_path, **Letterbox(9).environment), instance, said.append)
    assert [entry.title for entry in found] == ["Lần chạy daily không công bố"]
    assert said == ["Chưa gửi được tin báo (thư điện tử: ConnectionRefusedError); sẽ gửi lại lần sau."]


def test_the_standing_list_and_the_heartbeat_say_what_is_broken_now(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    daily(instance, REFUSED)
    look_and_tell(settings(tmp_path), instance, print)
    (entry,) = open_incidents(tmp_path)
    beat = json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))
    assert beat["status"] == "failed"
    assert beat["troubles"] == [{"cause": entry.cause, "title": entry.title, "since": entry.since}]
    daily(instance)
    look_and_tell(settings(tmp_path), instance, print)
    assert open_incidents(tmp_path) == []
    assert json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))["troubles"] == []


def test_a_source_that_could_not_be_read_is_told_with_its_name_though_the_run_ended_well(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox
) -> None:
    own = settings(tmp_path, **AXIS, **letterbox.environment)
    published(tmp_path, timedelta(0))
    night(instance)
    assert look_and_tell(own, instance, print) == []
    for _ in range(2):
        night(instance, "Trục liên thông văn bản: mã HTTP 503")
        (entry,) = look_and_tell(own, instance, print)
    assert (entry.cause, entry.title) == ("unread:axis", "Không đọc được nguồn Trục liên thông văn bản")
    assert status(own, instance).code == FRESH
    (mail,) = letterbox.mails
    assert "Trục liên thông văn bản: mã HTTP 503" in mail.get_content()
    assert "giữ căn cứ của lần đọc trọn vẹn trước đó" in mail.get_content()
    night(instance)
    assert look_and_tell(own, instance, print) == []


def test_what_is_published_every_night_over_a_source_long_silent_is_not_fresh() -> None:
    now = datetime.now(UTC)
    assert judge(None, now, now, now - timedelta(hours=35)) == FRESH
    assert judge(None, now, now, now - timedelta(hours=37)) == STALE


def test_a_source_beside_our_figures_that_cannot_be_read_is_told_until_it_can(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    scores = settings(tmp_path, SCORES_URL="https://portal.example/jsp/rest.jsp")
    note = "Điểm của Cổng quốc gia: không trả lời."

    def read(error: str | None) -> list[tuple[str, str]]:
        night(instance, error, "scores__totals")
        return [(one.title, one.text) for one in incidents(instance, scores, None)]

    assert read(note) == [("Không đọc được nguồn Điểm của Cổng quốc gia (QĐ 766)", f"{note}\n{KEPT_BESIDE}")]
    assert read(None) == []
    assert incidents(instance, settings(tmp_path), None) == []


def published_for(home: Path, closing: str, objectives: int, *, is_example: bool, notice: str | None) -> None:
    """What a publication says of its year and of the calendar: official to the end of 2026, Tết of 2027 provisional."""
    (home / "published").mkdir(exist_ok=True)
    file = home / "published" / "mtcl.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as made:
        made.sql("create schema core; create schema reference")
        made.execute("create table reference.closing as select $1::date as closing_date", [closing])
        made.execute(
            "create table core.objective_year as select $1::date as closing_date, year($1::date)::integer"
            " as objective_year, $2::integer as objectives, $3 as is_example, $4::varchar as notice",
            [closing, objectives, is_example, notice],
        )
        made.sql(
            "create table reference.calendar as select day::date as day, year(day) < 2027 as is_official,"
            " if(day::date = date '2027-02-04', 'tam_tinh', 'chinh_thuc') as state"
            " from range(date '2026-01-01', date '2028-01-01', interval 1 day) as days (day)"
        )


@pytest.mark.parametrize(
    ("closing", "objectives", "is_example", "notice", "causes"),
    [
        ("2026-11-30", 16, False, None, []),
        ("2026-12-01", 16, False, None, ["calendar:2026"]),
        ("2026-06-30", 16, True, "Mục tiêu là ví dụ", ["objectives:2026"]),
        ("2027-01-04", 0, False, "Chưa có mục tiêu", ["objectives:2027", "calendar:2026"]),
    ],
)
def test_a_year_without_objectives_and_the_end_of_the_official_calendar_are_told(
    tmp_path: Path,
    instance: dg.DagsterInstance,
    closing: str,
    objectives: int,
    is_example: bool,
    notice: str | None,
    causes: list[str],
) -> None:
    published_for(tmp_path, closing, objectives, is_example=is_example, notice=notice)
    found = incidents(instance, settings(tmp_path), None)
    assert [one.cause for one in found] == causes
    for one in found:
        assert notice is None or one.cause.startswith("calendar") or notice in one.text
        assert not one.cause.startswith("calendar") or ("31/12/2026" in one.title and "04/02/2027" in one.text)


def test_a_schedule_that_somebody_switched_off_is_told_until_it_is_on_again(
    tmp_path: Path, instance: dg.DagsterInstance, letterbox: Letterbox
) -> None:
    own = settings(tmp_path, **letterbox.environment)
    for name in (DAILY, "of_an_older_release"):
        switch(instance, name, InstigatorStatus.STOPPED)
    (found,) = look_and_tell(own, instance, print)
    assert (found.cause, found.title) == ("stopped:daily_0130", "Lịch daily_0130 đang bị tắt")
    assert look_and_tell(own, instance, print) == [found]
    metrics = (tmp_path / "metrics/mtcl.prom").read_text(encoding="utf-8").splitlines()
    assert 'mtcl_automation_running{name="daily_0130"} 0' in metrics
    assert 'mtcl_automation_running{name="incident_watch"} 1' in metrics
    assert "mtcl_incidents 1" in metrics
    switch(instance, DAILY, InstigatorStatus.RUNNING)
    assert look_and_tell(own, instance, print) == []
    subject = "[Mục tiêu chất lượng] Lịch daily_0130 đang bị tắt"
    told = [mail["Subject"].partition(" (từ ")[0] for mail in letterbox.mails]
    assert told == [subject, subject.replace("] ", "] Đã hết: ")]


def test_what_dagster_does_by_itself_is_what_is_watched() -> None:
    found = build_definitions(dict.fromkeys(("run_settings", "database", "connections"), object()))
    repository = found.get_repository_def()
    named = [one.name for one in (*repository.schedule_defs, *repository.sensor_defs)]
    assert sorted(named) == sorted(WITHOUT)


def switch(instance: dg.DagsterInstance, name: str, status: InstigatorStatus) -> None:
    """As the page does it, without a code location."""
    origin = RemoteInstigatorOrigin(
        repository_origin=RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("muc_tieu_chat_luong"), "__repository__"),
        instigator_name=name,
    )
    data = ScheduleInstigatorData("30 1 * * *", start_timestamp=None)
    state = InstigatorState(origin, InstigatorType.SCHEDULE, status, data)
    known = instance.get_instigator_state(state.instigator_origin_id, state.selector_id)
    (instance.update_instigator_state if known else instance.add_instigator_state)(state)
