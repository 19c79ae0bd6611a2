"""The eight jobs. Each is safe with an empty form: no partition means today, no period means what is usual."""

from datetime import UTC, datetime, timedelta

import dagster as dg
from filelock import Timeout

from assets.raw.axis_watch import aside
from assets.raw.connecting import Connections
from assets.raw.outcomes import told
from assets.raw.portal import REREAD_JOB
from assets.run_settings import RunSettings
from assets.sources import AXIS, REGISTERS
from connectors.errors import SourceError
from pipelines import pruning
from pipelines.coordinator import WATCH_JOB
from warehouse import compaction, forgetting, raw_integrity, retention
from warehouse.database import Database
from warehouse.disk import megabytes


# Reports of every unit take minutes and wait for somebody to want them.
UNIT_REPORTS = dg.AssetSelection.assets(["reports", "units"])
EVERYTHING = dg.AssetSelection.all() - UNIT_REPORTS
SOURCES = dg.AssetSelection.groups("raw")
PUBLICATION = dg.AssetSelection.groups("published", "reports") - UNIT_REPORTS
REGISTER_TABLES = dg.AssetSelection.assets(*(["raw", REGISTERS.table(one)] for one in REGISTERS.collections))
DOSSIERS = dg.AssetSelection.assets(["raw", "portal__dossiers"])

# Where no number has been loaded yet (reference.retention).
KEPT_DAYS = 90
# Of 288 looks a day nobody reads the logs of last week; those that failed stay as long as any.
WATCHED_DAYS = 2

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


@dg.op(description="Xóa nhật ký các lần chạy cũ, đối chiếu mã băm mọi bản ghi gốc và thu gọn kho dữ liệu.")
def tidy(
    context: dg.OpExecutionContext,
    database: dg.ResourceParam[Database],
    run_settings: dg.ResourceParam[RunSettings],
) -> None:
    forgetting.forget(database, run_settings.published, context.log.warning)
    found = raw_integrity.verify(database, context.log.warning, in_full=True)
    context.log.info(f"Đã đối chiếu mã băm của mọi bản ghi gốc: {found} bản không khớp")
    given_back = compaction.compact(database)
    context.log.info(f"Đã thu gọn kho dữ liệu, trả lại {megabytes(given_back)} MB")
    days = retention.number(database, "run_days") or KEPT_DAYS
    old = pruning.prune(context.instance, datetime.now(UTC) - timedelta(days=days))
    context.log.info(f"Đã xóa nhật ký của {old} lần chạy cũ hơn {days} ngày")


@dg.job(description="Bảo trì: xóa nhật ký chạy cũ hơn 90 ngày, đối chiếu bản ghi gốc, thu gọn kho. Không cần điền gì.")
def maintenance() -> None:
    tidy()


@dg.op(description="Xem hàng đợi nhận của trục, giữ lại gói tin mới; không mở kho dữ liệu, không xác nhận gói nào.")
def look_at_the_queue(
    context: dg.OpExecutionContext,
    connections: dg.ResourceParam[Connections],
    run_settings: dg.ResourceParam[RunSettings],
) -> None:
    """A source that does not answer is told by the night that reads it; the next look comes in five minutes."""
    axis = connections.connector(AXIS.code)
    if axis is None:
        context.log.info(f"{AXIS.title}: chưa cấu hình kết nối nên không xem.")
        return
    try:
        found = aside(run_settings.home).look(axis, run_settings.clock())
        context.log.info(
            "; ".join(f"{resource}: {new} gói mới" for resource, new in found.items()) or "Không có gói mới."
        )
    except SourceError as error:
        context.log.warning(told(error))
    except Timeout:
        context.log.info("Một lần xem khác đang chạy.")
    pruning.forget_looks(context.instance, datetime.now(UTC) - timedelta(days=WATCHED_DAYS))


@dg.job(
    name=WATCH_JOB,
    description="Xem hàng đợi của trục 5 phút một lần, trước khi hệ thống quản lý văn bản lấy hết. Không cần điền gì.",
)
def axis_watch() -> None:
    look_at_the_queue()
