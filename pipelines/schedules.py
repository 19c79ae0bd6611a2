"""One schedule: `daily`, at night, for the day that begins. What is first seen at 01:30 belongs to that day."""

import dagster as dg

from assets.run_settings import LOCAL, TIMEZONE
from pipelines.jobs import daily


@dg.schedule(
    name="daily_0130",
    job=daily,
    cron_schedule="30 1 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Chạy công việc daily lúc 01:30 mỗi ngày (giờ Việt Nam), ngày chốt là ngày đó.",
)
def daily_0130(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    day = context.scheduled_execution_time.astimezone(LOCAL).date().isoformat()
    return dg.RunRequest(run_key=day, partition_key=day)
