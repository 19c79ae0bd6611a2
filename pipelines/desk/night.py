"""How last night went and what runs now, in sentences: read from Dagster's records, which stay Dagster's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from statistics import median

import dagster as dg

from assets.partitions import PARTITION_TAG
from assets.reports.formats import day, moment
from assets.run_settings import LOCAL
from pipelines.coordinator import CLOSING_JOBS
from pipelines.incidents import INTERRUPTED, Incident, incidents, what_failed
from pipelines.orphans import is_orphan
from pipelines.settings import Settings
from pipelines.status import FAILED, FRESH, NEVER, STALE, closing_date_of, newest_runs, published_at
from pipelines.status import status as judged


SHOWN = 10
# So many runs say how long one usually takes.
USUAL_OF = 5
STATES = {
    dg.DagsterRunStatus.QUEUED: "Đang chờ",
    dg.DagsterRunStatus.NOT_STARTED: "Đang chờ",
    dg.DagsterRunStatus.STARTING: "Đang khởi động",
    dg.DagsterRunStatus.STARTED: "Đang chạy",
    dg.DagsterRunStatus.SUCCESS: "Xong",
    dg.DagsterRunStatus.FAILURE: "Không xong",
    dg.DagsterRunStatus.CANCELING: "Đang dừng",
    dg.DagsterRunStatus.CANCELED: "Đã dừng theo yêu cầu",
}
ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
JOBS = (*CLOSING_JOBS, "reports", "maintenance")


@dataclass(frozen=True)
class Night:
    """`is_well`: published, up to date, nothing broken; what is broken stands under what to do about it."""

    sentence: str
    is_well: bool
    broken: list[tuple[str, list[Incident]]]


@dataclass(frozen=True)
class Run:
    """`done` and `steps` while it runs; `remaining` by how long this job usually takes, None where nobody knows."""

    run_id: str
    job: str
    closing_date: date | None
    state: str
    began: datetime | None
    lasted: timedelta | None
    is_over: bool
    sentence: str
    done: int = 0
    steps: int = 0
    remaining: timedelta | None = None


def night(instance: dg.DagsterInstance, settings: Settings) -> Night:
    at = published_at(settings)
    closing = closing_date_of(settings.run.published)
    told = f"bản chốt ngày {day(closing)}, công bố lúc {moment(at)}" if at else ""
    code = judged(settings, instance).code
    broken = incidents(instance, settings, at)
    sentence = {
        FRESH: f"Số liệu đang dùng là mới: {told}.",
        STALE: f"Số liệu đang dùng đã cũ: {told}.",
        FAILED: f"Lần chạy cuối không công bố. Số liệu đang dùng vẫn là {told}."
        if at
        else "Lần chạy cuối không công bố, và chưa có bản công bố nào.",
        NEVER: "Chưa có bản công bố nào. Bấm “Chạy ngay” để chạy lần đầu.",
    }[code]
    by_advice = [(advice, list(found)) for advice, found in groupby(broken, lambda one: one.advice)]
    return Night(sentence, code == FRESH and not broken, by_advice)


def runs(instance: dg.DagsterInstance, settings: Settings) -> list[Run]:
    """The newest of all jobs but the looks at the axis."""
    return [told(instance, settings, record) for record in newest_runs(instance, JOBS, SHOWN)[:SHOWN]]


def told(instance: dg.DagsterInstance, settings: Settings, record: dg.RunRecord) -> Run:
    run = record.dagster_run
    is_gone = is_orphan(record, settings)
    is_over = run.status in ENDED or is_gone
    began = datetime.fromtimestamp(record.start_time, UTC).astimezone(LOCAL) if record.start_time else None
    end = datetime.fromtimestamp(record.end_time, UTC) if record.end_time else None
    lasted = (end or datetime.now(UTC)) - began if began and not (is_gone and end is None) else None
    done, steps = progress(instance, run) if not is_over else (0, 0)
    return Run(
        run_id=run.run_id,
        job=run.job_name,
        closing_date=closing_date(run),
        state=STATES[dg.DagsterRunStatus.FAILURE if is_gone else run.status],
        began=began,
        lasted=lasted,
        is_over=is_over,
        sentence=sentence(instance, run, is_gone),
        done=done,
        steps=steps,
        remaining=remaining(instance, run, lasted) if not is_over and lasted else None,
    )


def closing_date(run: dg.DagsterRun) -> date | None:
    """None for a job without one, and for a range of them."""
    try:
        return date.fromisoformat(run.tags.get(PARTITION_TAG, ""))
    except ValueError:
        return None


def sentence(instance: dg.DagsterInstance, run: dg.DagsterRun, is_gone: bool) -> str:
    if is_gone or run.status == dg.DagsterRunStatus.FAILURE:
        _, words = what_failed(instance, run)
        return " ".join(words) or INTERRUPTED
    if run.status == dg.DagsterRunStatus.SUCCESS and run.job_name in CLOSING_JOBS:
        return "Đã công bố."
    return ""


def progress(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[int, int]:
    """Steps that are over and all steps of a run."""
    snapshot = run.execution_plan_snapshot_id
    steps = len(instance.get_execution_plan_snapshot(snapshot).step_keys_to_execute) if snapshot else 0
    over = instance.get_run_stats(run.run_id)
    return over.steps_succeeded + over.steps_failed, steps


def remaining(instance: dg.DagsterInstance, run: dg.DagsterRun, lasted: timedelta) -> timedelta | None:
    """By the median of this job's newest runs that passed; nothing once it takes longer than that."""
    passed = dg.RunsFilter(job_name=run.job_name, statuses=[dg.DagsterRunStatus.SUCCESS])
    usual = [
        record.end_time - record.start_time
        for record in instance.get_run_records(passed, limit=USUAL_OF)
        if record.start_time and record.end_time
    ]
    left = timedelta(seconds=median(usual)) - lasted if usual else timedelta()
    return left if left > timedelta() else None
