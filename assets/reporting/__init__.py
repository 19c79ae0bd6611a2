"""The report on the quality objectives, made of a published version alone: Word, PDF, HTML and Excel (domain §9.2)."""

from pathlib import Path
from time import perf_counter

import dagster as dg

from assets.partitions import closing_dates
from assets.reporting import charts, content, documents, pages, workbook
from assets.reporting.content import Report
from assets.reporting.documents import TEMPLATE, BrokenTemplate
from assets.reporting.shelf import set_reports
from assets.run_settings import RunSettings
from warehouse.publishing import latest


NAME = "bao-cao-muc-tieu-chat-luong"


@dg.asset(
    key=["reports", "objectives"],
    deps=[["published", "mtcl"]],
    group_name="reports",
    kinds={"word", "excel", "html"},
    partitions_def=closing_dates,
    description="Báo cáo kết quả thực hiện Mục tiêu chất lượng: Word, PDF, HTML, Excel theo mẫu của cơ quan.",
)
def objectives(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    published = latest(run_settings.published)
    if published is None:
        raise dg.Failure("Chưa có bản công bố nào để lập báo cáo; hãy chạy công việc daily trước.", allow_retries=False)
    files, warning = made(content.report(published), own_template(run_settings.home))
    folder = set_reports(run_settings.reports, published.version, files, run_settings.keep_versions)
    if warning:
        context.log.error(warning)
    context.log.info(f"Đã lập báo cáo của {published.version}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": published.version,
            "Thư mục": dg.MetadataValue.path(folder),
            "Mẫu Word": warning or "Dùng được",
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )


def name_of_files(unit: str | None, period: str) -> str:
    return "-".join(filter(None, [NAME, unit, period.replace(":", "-")]))


def own_template(home: Path) -> Path | None:
    file = home / "templates" / TEMPLATE
    return file if file.exists() else None


def made(report: Report, own: Path | None, name: str = NAME) -> tuple[dict[str, bytes], str | None]:
    """The files by name; with a template that cannot be used, the default one and a warning that says so."""
    drawn = charts.drawn(report.rows)
    warning = None
    try:
        word = documents.document(report, own, drawn)
    except BrokenTemplate as broken:
        word, warning = documents.document(report, None, drawn), f"{broken} Lần này dùng mẫu có sẵn."
    files = {
        f"{name}.docx": word,
        f"{name}.pdf": pages.pdf(report, drawn),
        f"{name}.html": pages.html(report, drawn).encode(),
        f"{name}.xlsx": workbook.workbook(report),
    }
    return files, warning
