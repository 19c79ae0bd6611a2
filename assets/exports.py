"""The published tables as files for programs and for Excel, after the publication and never in its way."""

from time import perf_counter

import dagster as dg

from assets.partitions import closing_dates
from assets.run_settings import RunSettings
from warehouse.exporting import export
from warehouse.publishing import latest


@dg.asset(
    key=["published", "exports"],
    deps=[["published", "mtcl"]],
    group_name="published",
    kinds={"parquet", "csv"},
    partitions_def=closing_dates,
    description="Các bảng kết quả dạng tệp: Parquet cho chương trình, CSV tiêu đề tiếng Việt cho Excel, kèm mô tả.",
)
def exports(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    published = latest(run_settings.published)
    if published is None:
        raise dg.Failure("Chưa có bản công bố nào để xuất tệp; hãy chạy công việc daily trước.", allow_retries=False)
    folder = export(published, run_settings.published / "exports")
    files = sorted(path for path in folder.iterdir())
    context.log.info(f"Đã xuất {len(files)} tệp của {published.version}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": published.version,
            "Thư mục": dg.MetadataValue.path(folder),
            "Số tệp": len(files),
            "Dung lượng (byte)": sum(path.stat().st_size for path in files),
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )
