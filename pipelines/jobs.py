"""The seven jobs. Each is safe with an empty form: no partition means today, no period means what is usual."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.raw.portal import REREAD_JOB
from assets.sources import REGISTERS
from warehouse import building
from warehouse.database import Database


# Reports of every unit take minutes and wait for somebody to want them.
UNIT_REPORTS = dg.AssetSelection.assets(["reports", "units"])
EVERYTHING = dg.AssetSelection.all() - UNIT_REPORTS
SOURCES = dg.AssetSelection.groups("raw")
PUBLICATION = dg.AssetSelection.groups("published", "reports") - UNIT_REPORTS
REGISTER_TABLES = dg.AssetSelection.assets(*(["raw", REGISTERS.table(one)] for one in REGISTERS.collections))
DOSSIERS = dg.AssetSelection.assets(["raw", "portal__dossiers"])

KEPT_DAYS = 90

daily = dg.define_asset_job(
    "daily",
    selection=EVERYTHING,
    description="Hằng ngày: đọc các nguồn, tính, kiểm tra rồi công bố. Không cần điền gì; ngày chốt là hôm nay.",
)

reread = dg.define_asset_job(
    REREAD_JOB,
    selection=(DOSSIERS.downstream() - UNIT_REPORTS) | (EVERYTHING - SOURCES),
    description="Đọc lại hồ sơ theo khoảng ngày tiếp nhận rồi tính và công bố lại. Để nguyên: 31 ngày gần đây.",
)

recompute = dg.define_asset_job(
    "recompute",
    selection=EVERYTHING - SOURCES,
    description="Tính lại một ngày chốt từ dữ liệu đã có rồi công bố, không hỏi nguồn nào.",
)

registers = dg.define_asset_job(
    "registers",
    selection=REGISTER_TABLES | (EVERYTHING - SOURCES),
    description="Đọc lại các sổ Excel, CSV của các phòng rồi tính và công bố; không hỏi hệ thống nguồn nào.",
)

publish = dg.define_asset_job(
    "publish",
    selection=PUBLICATION,
    description="Công bố lại kết quả tính gần nhất, nếu mọi quy tắc bắt buộc đều đạt.",
)


reports = dg.define_asset_job(
    "reports",
    selection=UNIT_REPORTS,
    description="Lập báo cáo riêng của từng phòng, đơn vị từ bản công bố mới nhất. Để trống: mọi đơn vị, lũy kế năm.",
)


@dg.op(description="Xóa nhật ký các lần chạy cũ và thu gọn kho dữ liệu.")
def tidy(context: dg.OpExecutionContext, database: dg.ResourceParam[Database]) -> None:
    building.compact(database)
    ended = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    before = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    old = context.instance.get_runs(dg.RunsFilter(statuses=ended, created_before=before))
    for run in old:
        context.instance.delete_run(run.run_id)
    context.log.info(f"Đã xóa nhật ký của {len(old)} lần chạy cũ hơn {KEPT_DAYS} ngày")


@dg.job(description="Bảo trì: xóa nhật ký chạy cũ hơn 90 ngày và thu gọn kho dữ liệu. Không cần điền gì.")
def maintenance() -> None:
    tidy()
