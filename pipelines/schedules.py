"""Three schedules: `daily`, at night, for the day that begins, a look at the axis every five minutes, weekly tidying.

What is first seen at 01:30 belongs to that day.
"""

from datetime import timedelta

import dagster as dg

from assets.run_settings import TIMEZONE
from assets.sources import AXIS
from pipelines.automation import AXIS_WATCH, DAILY, MAINTENANCE, NIGHTLY, day_that_begins
from pipelines.coordinator import WATCH_JOB
from pipelines.jobs import axis_watch, daily, maintenance
from pipelines.resources import settings_from_environment
from pipelines.settings import SettingsError


LONGEST_LOOK = timedelta(minutes=30)


@dg.schedule(
    name=DAILY,
    job=daily,
    cron_schedule=NIGHTLY,
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Chạy công việc daily lúc 01:30 mỗi ngày (giờ Việt Nam), ngày chốt là ngày đó.",
)
def daily_0130(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    day = day_that_begins(context)
    return dg.RunRequest(run_key=day, partition_key=day)


@dg.schedule(
    name=AXIS_WATCH,
    job=axis_watch,
    cron_schedule="*/5 * * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Xem hàng đợi của trục 5 phút một lần; không mở kho dữ liệu nên không đợi và không cản lần chạy nào.",
)
def axis_watch_every_5_minutes(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    try:
        settings = settings_from_environment()
    except SettingsError as error:
        return dg.SkipReason(str(error))
    if AXIS.code not in settings.sources:
        return dg.SkipReason("Chưa cấu hình trục liên thông nên không có gì để xem.")
    # One whose process was killed says that it runs for a while yet.
    since = context.scheduled_execution_time - LONGEST_LOOK
    if any(
        not run.is_finished for run in context.instance.get_runs(dg.RunsFilter(job_name=WATCH_JOB, created_after=since))
    ):
        return dg.SkipReason("Lần xem trước chưa xong.")
    return dg.RunRequest()


@dg.schedule(
    name=MAINTENANCE,
    job=maintenance,
    cron_schedule="30 12 * * 0",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Bảo trì lúc 12:30 Chủ nhật: xóa nhật ký chạy cũ và thu gọn kho dữ liệu, khi không ai cần máy.",
)
def maintenance_weekly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())
