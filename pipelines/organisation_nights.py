"""What Dagster shows of an installation with many organisations: a night of each for each closing date.

A run is a partition (closing date x organisation), and does what `mtcl run --organisation` does in the home of that
organisation: there stand its models, checks and history, on its own page. So a run may be launched on any machine that
sees the homes (deploy/launchers), and a worker that dies takes no other organisation with it.
"""

from collections.abc import Callable, Sequence

import dagster as dg

from assets.partitions import closing_dates
from assets.run_settings import TIMEZONE
from pipelines.automation import NIGHTLY, day_that_begins
from pipelines.nights import Start, reasons, run


ORGANISATION, CLOSING_DATE = "to_chuc", "ngay_chot"
NIGHTS, NIGHTS_SCHEDULE = "nights", "nights_0130"
# A step that is begun anew is told by Dagster itself, as is a run whose worker is gone (`run_retries` in dagster.yaml).
ONCE = 1


def build_definitions(codes: Sequence[str], start: Callable[[str, str], Start]) -> dg.Definitions:
    """`start` gives the command of one organisation's night for a closing date."""
    partitions = dg.MultiPartitionsDefinition(
        {CLOSING_DATE: closing_dates, ORGANISATION: dg.StaticPartitionsDefinition(list(codes))}
    )

    @dg.asset(
        key=["organisations", "night"],
        group_name="organisations",
        partitions_def=partitions,
        retry_policy=dg.RetryPolicy(max_retries=2),
        description="Một đêm của một tổ chức, trong thư mục của nó: đọc nguồn, tính, kiểm tra, công bố.",
    )
    def night(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        key = context.partition_key
        assert isinstance(key, dg.MultiPartitionKey)
        code = key.keys_by_dimension[ORGANISATION]
        ended = run(code, start(code, key.keys_by_dimension[CLOSING_DATE]), context.log.info, ONCE)
        if not ended.published:
            # A killed one is begun anew; one that has answered would answer the same.
            raise dg.Failure("\n".join(reasons(ended)), allow_retries=ended.code < 0)
        return dg.MaterializeResult(metadata={"Phiên bản": str(ended.said.get("version"))})

    job = dg.define_asset_job(
        NIGHTS,
        selection=[night],
        description="Một đêm của một tổ chức. Chọn ngày chốt và mã tổ chức.",
    )
    return dg.Definitions(assets=[night], jobs=[job], schedules=[schedule_of(codes)])


def schedule_of(codes: Sequence[str]) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=NIGHTS_SCHEDULE,
        job_name=NIGHTS,
        cron_schedule=NIGHTLY,
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Lúc 01:30 mỗi ngày (giờ Việt Nam): đêm của mọi tổ chức, mỗi tổ chức một lần chạy.",
    )
    def nights_0130(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
        day = day_that_begins(context)
        return [
            dg.RunRequest(
                run_key=f"{day}/{code}",
                partition_key=dg.MultiPartitionKey({CLOSING_DATE: day, ORGANISATION: code}),
            )
            for code in codes
        ]

    return nights_0130
