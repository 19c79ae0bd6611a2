"""The report as a Word file, from the office's own template where it keeps one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from jinja2.sandbox import SandboxedEnvironment

from assets.reporting.content import Report


TEMPLATE = "bao-cao.docx"


class BrokenTemplate(Exception):
    """The office's template cannot be used; the message names the file."""


def document(report: Report, own: Path | None = None, picture: bytes | None = None) -> bytes:
    """Raises BrokenTemplate, which only the office's own one can be."""
    from assets.reporting.template import default

    if own is None:
        return filled(BytesIO(default()), report, picture)
    try:
        return filled(BytesIO(own.read_bytes()), report, picture)
    except Exception as error:  # Word, ZIP, XML and Jinja each fail in their own way
        raise BrokenTemplate(
            f"Mẫu báo cáo {own.name} không dùng được ({type(error).__name__}: {error}). "
            f"Sửa hoặc xóa tệp {own}, rồi lập lại báo cáo."
        ) from error


def filled(template: BytesIO, report: Report, picture: bytes | None) -> bytes:
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    written = DocxTemplate(template)
    chart = InlineImage(written, BytesIO(picture), width=Mm(160)) if picture else None
    # Records are text: marks of XML in them are escaped, marks of Jinja are not read again.
    written.render(report.texts | {"chart": chart}, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    file = BytesIO()
    written.save(file)
    return file.getvalue()
