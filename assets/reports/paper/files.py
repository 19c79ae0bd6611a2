"""The report in its four formats (Word, PDF, HTML, Excel), and its annexes as Word and PDF in a folder beside it.

On the screen and in the workbook the annexes stand in the report itself.
"""

from __future__ import annotations

from pathlib import Path

from assets.reports.paper import charts, content, documents, folder, pages, workbook
from assets.reports.paper.annexes import annexes
from assets.reports.paper.content import Report
from assets.reports.paper.documents import TEMPLATE, BrokenTemplate
from warehouse.reading import Published


NAME = "bao-cao-muc-tieu-chat-luong"
# After the name of the report.
ANNEX_FOLDER = "-phu-luc"


def name_of_files(unit: str | None, period: str) -> str:
    return "-".join(filter(None, [NAME, unit, period.replace(":", "-")]))


def own_template(home: Path) -> Path | None:
    file = home / "templates" / TEMPLATE
    return file if file.exists() else None


def made(report: Report, own: Path | None, name: str = NAME) -> tuple[dict[str, bytes], str | None]:
    """The files by name; with a template that cannot be used, the default one and a warning that says so."""
    drawn = charts.drawn(report.frames)
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
    return files | enclosed(report, drawn, name), warning


def enclosed(report: Report, drawn: list[charts.Chart], name: str) -> dict[str, bytes]:
    """Of an annex without a row the body says so, and there is no file."""
    made: dict[str, bytes] = {}
    for annex in annexes(report.texts, drawn):
        if not annex.is_empty:
            file = f"{name}{ANNEX_FOLDER}/{annex.file}"
            made[f"{file}.docx"] = documents.annex_document(report, annex)
            made[f"{file}.pdf"] = pages.annex_pdf(report, annex)
    return made


def write_report(
    published: Published, own: Path | None, output: Path, period: str, unit: str | None
) -> tuple[list[Path], str | None]:
    """A report of any unit and published period in any folder; the files, and the warning if there is one.

    Raises UnknownPeriod, UnknownUnit.
    """
    files, warning = made(content.report(published, period, unit), own, name_of_files(unit, period))
    folder.write(output, files)
    return [output / file for file in files], warning


def write_template(output: Path) -> Path:
    """Our own Word template, to be edited into one of the office's own."""
    from assets.reports.paper.template import default

    file = output / TEMPLATE
    file.write_bytes(default())
    return file
