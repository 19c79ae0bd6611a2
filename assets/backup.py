"""A copy of the warehouse after each publication, for the day when its file is damaged."""

from time import perf_counter

import dagster as dg

from assets.partitions import closing_dates
from warehouse.database import Database
from warehouse.rescue import keep_copy


@dg.asset(
    key=["published", "backup"],
    deps=[["published", "mtcl"]],
    group_name="published",
    kinds={"duckdb"},
    partitions_def=closing_dates,
    description="Bản dự phòng của kho dữ liệu, chỉ máy đọc; kho bị hỏng thì tự thay bằng bản này rồi đọc bù từ nguồn.",
)
def backup(context: dg.AssetExecutionContext, database: dg.ResourceParam[Database]) -> dg.MaterializeResult[None]:
    started = perf_counter()
    copy = keep_copy(database)
    context.log.info("Đã ghi bản dự phòng của kho dữ liệu")
    return dg.MaterializeResult(
        metadata={
            "Tệp": dg.MetadataValue.path(copy),
            "Dung lượng (byte)": copy.stat().st_size,
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )
