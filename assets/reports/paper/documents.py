"""The report as a Word file, from the office's own template where it keeps one."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

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
    written.render(report.texts | {"charts": pictures}, jinja_env=marks, autoescape=True)
    with_vectors(written.docx, vectors)
    file = BytesIO()
    written.save(file)
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
