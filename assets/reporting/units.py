"""A report of its own for each unit, beside the Office's; made by the job `reports`, since a hundred take minutes."""

from time import perf_counter

import dagster as dg
from pydantic import Field

from assets import reporting
from assets.dashboard.questions import Book
from assets.reporting import content, questions, shelf
from assets.reporting.content import UnknownUnit
from assets.reporting.periods import HOW, UnknownPeriod
from assets.run_settings import RunSettings
from warehouse.published_folder import Published
from warehouse.publishing import latest


FOLDER = "don_vi"


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
    deps=[["published", "mtcl"]],
    group_name="reports",
    kinds={"word", "excel", "html"},
    description="Báo cáo riêng của từng phòng, đơn vị: Word, PDF, HTML, Excel trong thư mục don_vi.",
)
def units(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings], config: UnitReports
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    published = latest(run_settings.published)
    if published is None:
        raise dg.Failure("Chưa có bản công bố nào để lập báo cáo; hãy chạy công việc daily trước.", allow_retries=False)
    folder = run_settings.reports / published.version / FOLDER
    wanted = config.units or reporting_units(published)
    own = reporting.own_template(run_settings.home)
    warning = None
    for unit in wanted:
        try:
            told = content.report(published, config.period, unit)
        except (UnknownPeriod, UnknownUnit) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        files, warning = reporting.made(told, own, reporting.name_of_files(unit, config.period))
        shelf.write(folder, files)
        context.log.info(f"Đã lập báo cáo của {unit} {told.texts['unit']}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": published.version,
            "Thư mục": dg.MetadataValue.path(folder),
            "Số đơn vị": len(wanted),
            "Mẫu Word": warning or "Dùng được",
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )


def reporting_units(published: Published) -> list[str]:
    """Every room and unit within the objectives' scope that has a figure, in the order of the codes."""
    return [row["unit_code"] for row in Book(published.path).rows(questions.REPORTING_UNITS)]
