"""Files for people, made of the newest published version after the publication and never in its way.

What stands in them is the business of assets/reports; here they are assets, with their place and their facts.
"""

from pathlib import Path
from time import perf_counter

import dagster as dg
from pydantic import Field

from assets.partitions import closing_dates
from assets.reports.asking import Publication
from assets.reports.office import office
from assets.reports.page.leaders import page_and_side
from assets.reports.paper import content, files
from assets.reports.paper.content import UnknownUnit
from assets.reports.paper.folder import set_reports
from assets.reports.paper.periods import HOW, UnknownPeriod
from assets.run_settings import RunSettings
from warehouse.exporting import export
from warehouse.published_folder import set_page
from warehouse.reading import NothingPublished, Published, newest


PUBLICATION = ["published", "mtcl"]
OF_UNITS = "don_vi"
# Where Dagster's web page serves them (pipelines/documents.py): a browser follows no link from there to a `file://`.
SERVED_PAGE, SERVED_REPORTS = "/published/index.html", "/reports/latest/"
SERVED_EXPORTS = "/published/exports/latest/"
Facts = dict[str, dg.MetadataValue | str | int | float]


def published_version(run_settings: RunSettings) -> Published:
    try:
        return newest(run_settings.published)
    except NothingPublished as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def result(published: Published, started: float, facts: Facts) -> dg.MaterializeResult[None]:
    """With what every output tells: its version and how long it took."""
    return dg.MaterializeResult(
        metadata={"Phiên bản": published.version, **facts, "Thời gian (giây)": round(perf_counter() - started, 3)}
    )


@dg.asset(
    key=["published", "dashboard"],
    deps=[PUBLICATION],
    group_name="published",
    kinds={"html"},
    partitions_def=closing_dates,
    description="Trang dành cho lãnh đạo: một tệp HTML cạnh bản công bố, mở được trên điện thoại và in ra giấy.",
)
def dashboard(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started, published = perf_counter(), published_version(run_settings)
    text, side = page_and_side(published, run_settings.contact)
    file = set_page(published, text, side)
    context.log.info(f"Đã lập trang lãnh đạo của {published.version}")
    return result(
        published,
        started,
        {
            "Trang": dg.MetadataValue.url(SERVED_PAGE),
            "Tệp": dg.MetadataValue.path(file),
            "Dung lượng (byte)": len(text.encode()),
        },
    )


@dg.asset(
    key=["published", "exports"],
    deps=[PUBLICATION],
    group_name="published",
    kinds={"parquet", "excel"},
    partitions_def=closing_dates,
    description="Các bảng kết quả dạng tệp: Parquet cho chương trình, XLSX và CSV tiêu đề tiếng Việt cho người đọc.",
)
def exports(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started, published = perf_counter(), published_version(run_settings)
    title = f"Kết quả thực hiện mục tiêu chất lượng của {office(Publication(published.path)).name}"
    folder = export(published, run_settings.published / "exports", title)
    written = list(folder.iterdir())
    context.log.info(f"Đã xuất {len(written)} tệp của {published.version}")
    return result(
        published,
        started,
        {
            "Thư mục": dg.MetadataValue.path(folder),
            "Các tệp": dg.MetadataValue.url(SERVED_EXPORTS),
            "Số tệp": len(written),
            "Dung lượng (byte)": sum(path.stat().st_size for path in written),
        },
    )


@dg.asset(
    key=["reports", "objectives"],
    deps=[PUBLICATION],
    group_name="reports",
    kinds={"word", "excel", "html"},
    partitions_def=closing_dates,
    description="Báo cáo kết quả thực hiện Mục tiêu chất lượng: Word, PDF, HTML, Excel theo mẫu của cơ quan.",
)
def objectives(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started, published = perf_counter(), published_version(run_settings)
    made, warning = files.made(content.report(published), files.own_template(run_settings.home))
    folder = set_reports(run_settings.reports, published.version, made, run_settings.keep_versions)
    if warning:
        context.log.error(warning)
    context.log.info(f"Đã lập báo cáo của {published.version}")
    facts: Facts = {"Thư mục": dg.MetadataValue.path(folder), "Các tệp": dg.MetadataValue.url(SERVED_REPORTS)}
    return result(published, started, facts | {"Mẫu Word": warning or "Dùng được"})


class UnitReports(dg.Config):
    units: list[str] = Field(
        default=[],
        description="Mã đơn vị cần báo cáo, ví dụ H19.02.20. Để trống: mọi phòng, đơn vị thuộc phạm vi mục tiêu.",
    )
    period: str = Field(
        default="year_to_date", description=f"Kỳ báo cáo: {HOW}. Để nguyên: lũy kế từ đầu năm đến ngày chốt mới nhất."
    )


@dg.asset(
    key=["reports", "units"],
    deps=[PUBLICATION],
    group_name="reports",
    kinds={"word", "excel", "html"},
    description="Báo cáo riêng của từng phòng, đơn vị: Word, PDF, HTML, Excel trong thư mục don_vi.",
)
def units(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings], config: UnitReports
) -> dg.MaterializeResult[None]:
    """Beside the Office's report; made by the job `reports`, since a hundred take minutes."""
    started, published = perf_counter(), published_version(run_settings)
    folder: Path = run_settings.reports / published.version / OF_UNITS
    wanted = config.units or content.reporting_units(published)
    own, warning = files.own_template(run_settings.home), None
    for unit in wanted:
        try:
            _, warning = files.write_report(published, own, folder, config.period, unit)
        except (UnknownPeriod, UnknownUnit) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        context.log.info(f"Đã lập báo cáo của {unit}")
    return result(
        published,
        started,
        {
            "Thư mục": dg.MetadataValue.path(folder),
            "Số đơn vị": len(wanted),
            "Mẫu Word": warning or "Dùng được",
        },
    )
