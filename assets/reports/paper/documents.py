"""The report as Word files: its body from the office's own template where it keeps one, each annex beside it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

from assets.reports.paper import annexes
from assets.reports.paper.annexes import Annex
from assets.reports.paper.charts import Chart
from assets.reports.paper.content import Report
from assets.reports.paper.drawing import picture


TEMPLATE = "bao-cao.docx"
VECTOR = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{id}"/>'
    "</a:ext></a:extLst>"
)


class BrokenTemplate(Exception):
    """The office's template cannot be used; the message names the file."""


def document(report: Report, own: Path | None = None, charts: Sequence[Chart] = ()) -> bytes:
    """Raises BrokenTemplate, which only the office's own one can be."""
    from assets.reports.paper.template import default

    if own is None:
        return filled(BytesIO(default()), report, charts)
    try:
        return filled(BytesIO(own.read_bytes()), report, charts)
    except Exception as error:  # Word, ZIP, XML and Jinja each fail in their own way
        raise BrokenTemplate(
            f"Mẫu báo cáo {own.name} không dùng được ({type(error).__name__}: {error}). "
            f"Sửa hoặc xóa tệp {own}, rồi lập lại báo cáo."
        ) from error


def filled(template: BytesIO, report: Report, charts: Sequence[Chart]) -> bytes:
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    written = DocxTemplate(template)
    vectors = {picture(chart["svg"]): chart["svg"] for chart in charts}
    pictures = [
        {"title": chart["title"], "picture": InlineImage(written, BytesIO(image), width=Mm(160))}
        for chart, image in zip(charts, vectors, strict=True)
    ]
    # Records are text: marks of XML in them are escaped, marks of Jinja are not read again.
    marks = SandboxedEnvironment(autoescape=True)
    told = {"charts": pictures, "annexes": annexes.listed(annexes.annexes(report.texts, charts))}
    written.render(report.texts | told, jinja_env=marks, autoescape=True)
    with_vectors(written.docx, vectors)
    named(written.docx, report)
    file = BytesIO()
    written.save(file)
    return file.getvalue()


def named(document: Any, report: Report, annex: str = "") -> None:
    from assets.reports.paper.word_form import properties

    properties(document, report.title + annex, report.texts["formal_name"], report.signed_on)


def annex_document(report: Report, annex: Annex) -> bytes:
    """On pages of its own, wide ones for a table, with the line that says what it belongs to."""
    from docx.shared import Mm, Pt

    from assets.reports.paper import word_form

    document = word_form.blank(is_wide=bool(annex.columns))
    word_form.titled(document, f"Phụ lục {annex.number}", annex.title.upper())
    enclosed = word_form.said(document, annexes.enclosed_with(report.texts), 13, is_italic=True)
    enclosed.paragraph_format.space_after = Pt(8)
    vectors = {picture(chart["svg"]): chart["svg"] for chart in annex.charts}
    for number, (chart, image) in enumerate(zip(annex.charts, vectors, strict=True), 1):
        word_form.line(
            document, f"Hình {number}. {chart['title']}", is_bold=True
        ).paragraph_format.keep_with_next = True
        document.add_picture(BytesIO(image), width=Mm(160))
    with_vectors(document, vectors)
    if annex.columns:
        rows = word_form.headed_table(document, annex.columns, word_form.WIDE)
        for item in annex.rows:
            word_form.fill(rows.add_row(), [item[field] for _, field, _ in annex.columns])
    named(document, report, f" – Phụ lục {annex.number}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def with_vectors(document: Any, vectors: dict[bytes, str]) -> None:
    """The drawing itself beside each picture: Word from 2016 on shows it, older ones the picture ([MS-ODRAWXML])."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    own = document.part
    for number, blip in enumerate(list(document.element.body.iter(qn("a:blip")))):
        svg = vectors.get(own.related_parts[blip.get(qn("r:embed"))].blob)
        if svg is not None:
            name = PackURI(f"/word/media/chart{number}.svg")
            part = Part(name, "image/svg+xml", svg.encode(), own.package)
            blip.append(parse_xml(VECTOR.format(id=own.relate_to(part, RELATIONSHIP_TYPE.IMAGE))))
