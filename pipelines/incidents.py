"""What is broken now: found in Dagster's own records and in the age of what is published. Finding changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import dagster as dg
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.events import JobFailureData

from assets.raw.outcomes import KEPT, KEPT_BESIDE
from assets.reports.asking import Publication
from assets.reports.calendar_end import calendar_end
from assets.reports.closed_periods import waiting
from assets.reports.formats import day
from assets.reports.objective_year import objective_year
from assets.reports.terminal import dues
from assets.run_settings import LOCAL
from assets.sources import SOURCES
from pipelines.automation import WITHOUT, stopped
from pipelines.coordinator import CLOSING_JOBS
from pipelines.orphans import is_held
from pipelines.reading import main_readings, unread
from pipelines.settings import Settings, SettingsError
from pipelines.status import FRESH_FOR, last_ended_run
from warehouse.disk import NoRoom
from warehouse.reading import POINTER, NothingPublished


T = TypeVar("T")
# So long before the last official day somebody should look for the notice of the next holidays.
CALENDAR_NOTICE = timedelta(days=30)
# A night run takes minutes; what takes this long hangs.
HANGS_AFTER = timedelta(hours=6)
# Errors whose message is for the officer.
OUR_SENTENCES = (NoRoom.__name__, SettingsError.__name__)
INTERRUPTED = "Lần chạy dừng trước khi xong (bị ngắt hoặc máy tắt)."
RESTART = "Mở trang Runs của Dagster, xem bước lỗi, xử lý rồi chạy lại công việc daily (để trống biểu mẫu)."


@dataclass(frozen=True)
class Incident:
    """`cause` stays the same for as long as the same thing is broken: one cause is told once."""

    cause: str
    title: str
    text: str
    advice: str
    since: datetime
    run_id: str = ""


def incidents(instance: dg.DagsterInstance, settings: Settings, published_at: datetime | None) -> list[Incident]:
    """Everything that is broken now, the gravest first."""
    now = datetime.now(UTC)
    return [
        *failed_run(instance, settings),
        *hanging_run(instance, settings, now),
        *stale_publication(published_at, now),
        *unread_sources(instance, settings),
        *stale_sources(instance, settings, now),
        *failed_ticks(instance),
        *stopped_automation(instance, now),
        *undecided_year(settings),
        *ending_calendar(settings),
        *overdue_actions(settings, now),
        *changed_closed_figures(settings),
    ]


def failed_run(instance: dg.DagsterInstance, settings: Settings) -> Iterator[Incident]:
    run = last_ended_run(settings, instance)
    if run is None or run.status == dg.DagsterRunStatus.SUCCESS:
        return
    record = instance.get_run_record_by_id(run.run_id)
    since = record.create_timestamp if record else datetime.now(UTC)
    steps, words = what_failed(instance, run)
    rules = broken_rules(instance, run)
    more = f" và {len(rules) - 1} quy tắc khác" if len(rules) > 1 else ""
    told = [*dict.fromkeys((*rules.values(), *words))]
    yield Incident(
        cause=f"run:{','.join(steps) or run.status.value}",
        title=f"Lần chạy {run.job_name} không công bố" + (f": {next(iter(rules))}{more}" if rules else ""),
        text="\n".join(told) or INTERRUPTED,
        advice=RESTART,
        since=since,
        run_id=run.run_id,
    )


def broken_rules(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dict[str, str]:
    """The sentence of each critical rule that was broken → what Dagster's check says of it, pair and size included."""
    found: dict[str, str] = {}
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION):
        if entry.dagster_event is None:
            continue
        check = entry.dagster_event.asset_check_evaluation_data
        rule = check.metadata.get("Quy tắc")
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR and rule is not None:
            found.setdefault(str(rule.value), check.description or "")
    return found


def what_failed(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[list[str], list[str]]:
    """Failed steps by name, and what stopped them in the officer's words, each said once."""
    steps, words = [], []
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        if event := entry.dagster_event:
            said = event.step_failure_data.user_failure_data
            steps.append(event.step_key or "")
            words += [said.description] if said and said.description else []
    return sorted(set(steps)), list(dict.fromkeys(words)) or before_any_step(instance, run)


def before_any_step(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[str]:
    """What kept a run from its first step, where that is one of our own sentences: a setting, a disk without room.

    Whoever marks a run as failed from outside, as is done with one whose process is gone, leaves no data of its error.
    """
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE):
        data = entry.dagster_event.event_specific_data if entry.dagster_event else None
        error = data.error if isinstance(data, JobFailureData) else None
        while error is not None:
            if error.cls_name in OUR_SENTENCES:
                return [error.message.partition(": ")[2].strip()]
            error = error.cause
    return []


def hanging_run(instance: dg.DagsterInstance, settings: Settings, now: datetime) -> Iterator[Incident]:
    filters = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])
    for record in instance.get_run_records(filters, limit=10):
        run = record.dagster_run
        if run.job_name in CLOSING_JOBS and now - record.create_timestamp > HANGS_AFTER and is_held(settings):
            yield Incident(
                cause=f"hangs:{run.run_id}",
                title=f"Lần chạy {run.job_name} chưa xong sau {HANGS_AFTER.seconds // 3600} giờ",
                text="Các lần chạy sau phải đợi lần này kết thúc.",
                advice="Mở trang Runs của Dagster, xem bước đang chạy; nếu đứng yên thì bấm Terminate rồi chạy lại.",
                since=record.create_timestamp,
            )


def stale_publication(published_at: datetime | None, now: datetime) -> Iterator[Incident]:
    if published_at is not None and now - published_at > FRESH_FOR:
        yield Incident(
            cause="stale:published",
            title="Số liệu công bố đã cũ",
            text=f"Bản công bố mới nhất có từ {published_at:%H:%M %d/%m/%Y}; từ đó chưa có bản nào thay.",
            advice="Kiểm tra Dagster có đang chạy không, lịch daily_0130 có bật không, rồi chạy daily bằng tay.",
            since=published_at + FRESH_FOR,
        )


def unread_sources(instance: dg.DagsterInstance, settings: Settings) -> Iterator[Incident]:
    """A source of which the last run could not read everything; it may have published all the same."""
    silent = unread(instance, settings)
    for source in SOURCES:
        found = [one for one in silent if one.source is source]
        if not found:
            continue
        said = "\n".join(dict.fromkeys(one.said for one in found))
        kept = KEPT_BESIDE if all(one.collection.is_beside for one in found) else KEPT
        yield Incident(
            cause=f"unread:{source.code}",
            title=f"Không đọc được nguồn {source.title}",
            text=f"{said}\n{kept}",
            advice=f"Chạy mtcl probe {source.code} để biết sai ở đâu, ai sửa được; sửa xong chạy lại công việc daily.",
            since=min(one.since for one in found),
        )


def stale_sources(instance: dg.DagsterInstance, settings: Settings, now: datetime) -> Iterator[Incident]:
    """A source that has answered before and no longer does, while it is configured."""
    for source, read_at in main_readings(instance, settings):
        if now - read_at > FRESH_FOR:
            yield Incident(
                cause=f"stale:{source.code}",
                title=f"Nguồn {source.title} đã lâu không đọc được",
                text=f"Lần cuối đọc được là {read_at.astimezone():%H:%M %d/%m/%Y}.",
                advice="Hỏi đơn vị vận hành hệ thống nguồn; kiểm tra tài khoản, chứng thư và đường truyền.",
                since=read_at + FRESH_FOR,
            )


def failed_ticks(instance: dg.DagsterInstance) -> Iterator[Incident]:
    """A schedule or sensor whose last look ended in an error: it starts nothing until somebody mends it."""
    for state in instance.all_instigator_state():
        ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1)
        if ticks and ticks[0].is_failure:
            yield Incident(
                cause=f"tick:{state.instigator_name}",
                title=f"Lịch hoặc bộ theo dõi {state.instigator_name} bị lỗi",
                text="Lần xét gần nhất kết thúc bằng lỗi nên không khởi động được lần chạy nào.",
                advice="Mở trang Automation của Dagster, xem lỗi của mục này; sửa xong nó tự chạy lại.",
                since=datetime.fromtimestamp(ticks[0].timestamp, UTC),
            )


def stopped_automation(instance: dg.DagsterInstance, now: datetime) -> Iterator[Incident]:
    """A schedule or sensor that somebody has switched off; of what this release no longer has, nothing is said."""
    for state in stopped(instance):
        name = state.instigator_name
        if name in WITHOUT:
            kind = "Lịch" if state.instigator_type == InstigatorType.SCHEDULE else "Bộ theo dõi"
            yield Incident(
                cause=f"stopped:{name}",
                title=f"{kind} {name} đang bị tắt",
                text=WITHOUT[name],
                advice="Nếu không cố ý: mở trang Automation của Dagster và bật lại mục này.",
                since=now,
            )


def undecided_year(settings: Settings) -> Iterator[Incident]:
    """The year that is published has no objectives, or only our example of them."""
    year = told_of(settings, objective_year)
    if year is not None and year.notice:
        state = "mới có mục tiêu ví dụ" if year.is_example else "chưa có mục tiêu chất lượng"
        yield Incident(
            cause=f"objectives:{year.objective_year}",
            title=f"Năm {year.objective_year} {state}",
            text=f"{year.notice}.",
            advice=(
                f"Đặt objectives.{year.objective_year}.yaml và targets.{year.objective_year}.csv theo quyết định đã ký "
                "vào thư mục reference trong MTCL_HOME rồi chạy lại daily."
            ),
            since=evening_of(year.closing_date),
        )


def ending_calendar(settings: Settings) -> Iterator[Incident]:
    """The official working calendar ends soon: due dates beyond it are provisional."""
    calendar = told_of(settings, calendar_end)
    if calendar is not None and calendar.closing_date >= calendar.official_until - CALENDAR_NOTICE:
        yield Incident(
            cause=f"calendar:{calendar.official_until:%Y}",
            title=f"Lịch làm việc chính thức chỉ đến {calendar.official_until:%d/%m/%Y}",
            text=f"Sau ngày đó lịch còn tạm tính hoặc chưa có{calendar.provisional}; hạn đi qua đó ghi là tạm tính.",
            advice="Có thông báo lịch nghỉ thì ghi vào tệp calendar.<năm>.csv trong thư mục reference của MTCL_HOME.",
            since=evening_of(calendar.closing_date),
        )


def told_of(settings: Settings, question: Callable[[Publication], T]) -> T | None:
    """What the newest publication says, if there is one that can."""
    try:
        return question(Publication(settings.run.published / POINTER))
    except NothingPublished:
        return None


def evening_of(closing: date) -> datetime:
    return datetime.combine(closing, time(20), LOCAL)


def overdue_actions(settings: Settings, now: datetime) -> Iterator[Incident]:
    """Whatever was due on a day that has passed and is not done, once for each such day (ISO 9001:2015, 10.2)."""
    for due in told_of(settings, dues) or []:
        if due.is_overdue:
            yield Incident(
                cause=f"overdue:{due.due_on}",
                title=f"Có việc hạn {day(due.due_on)} chưa xong",
                text=due.words,
                advice="Mở trang lãnh đạo, phần Cần xử lý; phòng được giao ghi kết quả vào sổ của mình.",
                since=min(now, datetime.combine(due.due_on + timedelta(days=1), time(), LOCAL)),
            )


def changed_closed_figures(settings: Settings) -> Iterator[Incident]:
    """A closed figure comes out otherwise: the closed one stands until somebody gives a reason (domain §13.8)."""
    for closed in told_of(settings, waiting) or []:
        yield Incident(
            cause=f"closed:{closed.period}",
            title=f"Số đã chốt của kỳ {closed.period} nay tính ra khác",
            text=closed.notice,
            advice=(
                "Xem bảng marts.closed_figure_change. Nếu số mới đúng thì chạy "
                f'mtcl close --period {closed.period} --reason "…"; nếu không thì sửa ở nguồn.'
            ),
            since=evening_of(closed.closing_date),
        )
