"""Objectives, targets, calendar, units and maps as tables; and the closing date that every result is made for."""

from collections.abc import Iterator

import dagster as dg

from assets.partitions import closing_date, closing_dates
from assets.terms import Terms
from warehouse import reference
from warehouse.database import Warehouse


TABLES = {
    "announcing_agencies": "Cơ quan ký quyết định công bố TTHC của tỉnh.",
    "applicant_groups": "Danh mục đối tượng nộp hồ sơ.",
    "calendar": "Lịch làm việc chính thức, từng ngày, kèm căn cứ.",
    "channels": "Danh mục cách nộp hồ sơ.",
    "classifications": "Phân loại hồ sơ và nhãn hiển thị.",
    "definitions": "Các định nghĩa tính của từng chỉ tiêu.",
    "document_exclusions": "Mã lý do văn bản không phải gửi điện tử (L01–L99).",
    "dossier_status_names": "Mọi tên gọi của mười trạng thái hồ sơ quốc gia.",
    "dossier_statuses": "Mười trạng thái hồ sơ quốc gia.",
    "exchange_statuses": "Mã trạng thái trao đổi văn bản trên trục liên thông.",
    "financial_pauses": "Thủ tục mà nghĩa vụ tài chính làm tạm dừng thời hạn.",
    "headline_scope": "Các đơn vị thuộc phạm vi mục tiêu của Văn phòng.",
    "objectives": "Mục tiêu chất lượng năm 2025, kèm điều khoản.",
    "office_hours": "Giờ làm việc.",
    "parameters": "Các tham số quyết định P-01 đến P-20.",
    "placeholders": "Giá trị giữ chỗ trong nội dung TTHC.",
    "procedure_exclusions": "TTHC mật, TTHC nội bộ không công khai.",
    "procedure_fields": "Các nội dung phải công khai của một TTHC.",
    "procedure_levels": "Cấp thực hiện TTHC.",
    "procedure_statuses": "Trạng thái công khai của TTHC.",
    "risk_levels": "Các mức của thang rủi ro và ngưỡng điểm (P-20).",
    "sync_keys": "Các khóa đối chiếu TTHC giữa hai hệ thống, và vì sao có khóa không so được.",
    "targets": "Chỉ tiêu giao.",
    "trajectories": "Mốc phải đạt giữa năm trên đường tới chỉ tiêu.",
    "unit_successions": "Đơn vị sáp nhập, đổi mã.",
    "units": "Đơn vị hành chính của tỉnh.",
    "verdicts": "Các kết luận và mức độ.",
    "versions": "Phiên bản (mã băm nội dung) của định nghĩa, chỉ tiêu, lịch, đơn vị và danh mục.",
    "working_days": "Ngày làm việc theo thứ tự.",
}


@dg.multi_asset(
    name="reference",
    specs=[
        dg.AssetSpec(
            key=["reference", table], group_name="reference", kinds={"python", "duckdb"}, description=description
        )
        for table, description in TABLES.items()
    ],
)
def reference_tables(
    warehouse: dg.ResourceParam[Warehouse], terms: dg.ResourceParam[Terms]
) -> Iterator[dg.MaterializeResult[None]]:
    try:
        versions = reference.load(warehouse, terms.own_reference)
    except reference.ReferenceDataError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    for table in TABLES:
        metadata: dict[str, int | str] = {"dagster/row_count": warehouse.rows(f"reference.{table}")}
        if table in versions:
            metadata["Phiên bản"] = versions[table]
        yield dg.MaterializeResult(asset_key=["reference", table], metadata=metadata)


@dg.asset(
    key=["reference", "closing"],
    deps=[["raw", "portal__dossiers"]],
    group_name="reference",
    kinds={"python", "duckdb"},
    partitions_def=closing_dates,
    description="Ngày chốt số liệu của lần tính này, và ngày bắt đầu có quan sát.",
)
def closing(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], terms: dg.ResourceParam[Terms]
) -> dg.MaterializeResult[None]:
    day = closing_date(context.partition_key if context.has_partition_key else None, terms)
    warehouse.set_closing(day, context.run.run_id, terms.org_code)
    return dg.MaterializeResult(metadata={"dagster/row_count": 1, "Ngày chốt": f"{day:%d/%m/%Y}"})
