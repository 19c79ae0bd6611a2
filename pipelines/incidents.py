"""What is broken now: found in Dagster's own records and in the age of what is published. Finding changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import dagster as dg

from assets.raw.outcomes import KEPT, NOT_READ
from assets.reports.formats import day
from assets.reports.terminal import dues
from assets.run_settings import LOCAL
from assets.sources import SOURCES, collections
from pipelines.coordinator import CLOSING_JOBS
from pipelines.reading import main_readings, unread
from pipelines.settings import Settings
from pipelines.status import FRESH_FOR, is_held, last_ended_run
from warehouse.reading import POINTER


# A night run takes minutes; what takes this long hangs.
HANGS_AFTER = timedelta(hours=6)
RESTART = "Mở trang Runs của Dagster, xem bước lỗi, xử lý rồi chạy lại công việc daily (để trống biểu mẫu)."


@dataclass(frozen=True)
class Incident:
    """`cause` stays the same for as long as the same thing is broken: one cause is told once."""

    cause: str
    title: str
    text: str
    advice: str
    since: datetime


def incidents(instance: dg.DagsterInstance, settings: Settings, published_at: datetime | None) -> list[Incident]:
    """Everything that is broken now, the gravest first."""
    now = datetime.now(UTC)
    return [
        *failed_run(instance, settings),
        *hanging_run(instance, settings, now),
        *stale_publication(published_at, now),
        *unread_sources(instance, settings),
        *stale_sources(instance, settings, now),
        *passed_over(instance, settings),
        *failed_ticks(instance),
        *overdue_actions(settings, now),
    ]


def failed_run(instance: dg.DagsterInstance, settings: Settings) -> Iterator[Incident]:
    run = last_ended_run(settings, instance)
    if run is None or run.status == dg.DagsterRunStatus.SUCCESS:
        return
    record = instance.get_run_record_by_id(run.run_id)
    since = record.create_timestamp if record else datetime.now(UTC)
    steps, words = what_failed(instance, run)
    yield Incident(
        cause=f"run:{','.join(steps) or run.status.value}",
        title=f"Lần chạy {run.job_name} không công bố",
        text="\n".join(words) or "Lần chạy dừng trước khi xong (bị ngắt hoặc máy tắt).",
        advice=RESTART,
        since=since,
    )


def what_failed(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[list[str], list[str]]:
    """Failed steps by name, and what stopped them in the officer's words, each said once."""
    steps, words = [], []
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        if event := entry.dagster_event:
            said = event.step_failure_data.user_failure_data
            steps.append(event.step_key or "")
            words += [said.description] if said and said.description else []
    return sorted(set(steps)), list(dict.fromkeys(words))


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
        yield Incident(
            cause=f"unread:{source.code}",
            title=f"Không đọc được nguồn {source.title}",
            text=f"{said}\n{KEPT}",
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


def passed_over(instance: dg.DagsterInstance, settings: Settings) -> Iterator[Incident]:
    """A source that stands beside our figures and could not be read: no run fails of it, so it is told here, once."""
    told: set[str] = set()
    for source, collection in collections():
        if not collection.is_beside or source.code not in settings.sources or source.code in told:
            continue
        event = instance.get_latest_materialization_event(dg.AssetKey(["raw", source.table(collection)]))
        note = event.asset_materialization.metadata.get(NOT_READ) if event and event.asset_materialization else None
        if event and note:
            told.add(source.code)
            yield Incident(
                cause=f"beside:{source.code}",
                title=f"Không đọc được {source.title}",
                text=str(note.value),
                advice="Số liệu của Văn phòng vẫn được công bố; thử mtcl probe rồi hỏi đơn vị vận hành nguồn này.",
                since=datetime.fromtimestamp(event.timestamp, UTC),
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


def overdue_actions(settings: Settings, now: datetime) -> Iterator[Incident]:
    """Whatever was due on a day that has passed and is not done, once for each such day (ISO 9001:2015, 10.2)."""
    for due in dues(settings.run.published / POINTER):
        if due.is_overdue:
            yield Incident(
                cause=f"overdue:{due.due_on}",
                title=f"Có việc hạn {day(due.due_on)} chưa xong",
                text=due.words,
                advice="Mở trang lãnh đạo, phần Cần xử lý; phòng được giao ghi kết quả vào sổ của mình.",
                since=min(now, datetime.combine(due.due_on + timedelta(days=1), time(), LOCAL)),
            )
