"""The default Word template, made here so that it can be read and made again; an office edits a copy of it in Word.

Margins, type and letterhead follow NĐ 30/2020/NĐ-CP, appendix I.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assets.reports.office import NATION
from assets.reports.paper.columns import ANNEXES, MAIN, RISKS


FONT = "Times New Roman"
LONG, SHORT = Mm(297), Mm(210)


def default() -> bytes:
    """A Word file with the marks of docxtpl in it."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    page(document.sections[0], is_wide=False)
    letterhead(document)
    heading(document, "I. Tình hình chung và công tác triển khai")
    line(document, "Kỳ báo cáo: {{ period }}. Số liệu chốt ngày {{ as_of }}, bản công bố {{ version }}.")
    line(document, "{{ evidence }}")
    loop(document, "deployment", "- {{ item }}")
    page(document.add_section(WD_SECTION.NEW_PAGE), is_wide=True)
    heading(document, "II. Kết quả thực hiện")
    table(document, "objectives", MAIN)
    page(document.add_section(WD_SECTION.NEW_PAGE), is_wide=False)
    for part in (
        "{%p for item in charts %}",
        "Hình {{ loop.index }}. {{ item.title }}",
        "{{ item.picture }}",
        "{%p endfor %}",
    ):
        line(document, part, is_bold="title" in part).paragraph_format.keep_with_next = "title" in part
    conclusions(document)
    page(document.add_section(WD_SECTION.NEW_PAGE), is_wide=True)
    annexes(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def page(section: Any, is_wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)


def letterhead(document: Any) -> None:
    head = document.add_table(rows=2, cols=2)
    texts = (
        ("{{ authority }}\n{{ office }}", NATION),
        ("Số:        /{{ symbol }}", "{{ place }}, ngày {{ day }} tháng {{ month }} năm {{ signed_year }}"),
    )
    for row, pair in zip(head.rows, texts, strict=True):
        for cell, text, width in zip(row.cells, pair, (Mm(65), Mm(100)), strict=True):
            cell.width = width
            written = cell.paragraphs[0]
            written.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = written.add_run(text)
            run.bold, run.font.size = "\n" in text, Pt(12)
            run.italic = text.startswith("{{ place }}")
    for text in ("BÁO CÁO", "Kết quả thực hiện Mục tiêu chất lượng năm {{ year }}", "{{ unit }}"):
        line(document, text, is_bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER


def conclusions(document: Any) -> None:
    heading(document, "III. Đánh giá chung")
    line(document, "{{ verdicts }}")
    loop(document, "judgements", "- {{ item }}")
    heading(document, "IV. Rủi ro và cơ hội")
    table(document, "risks", RISKS)
    heading(document, "V. Kiến nghị, phương hướng năm sau")
    for _ in range(3):
        line(document, "{{ dotted }}{{ dotted }}{{ dotted }}")
    foot = document.add_table(rows=1, cols=2)
    told, sign = (cell.paragraphs[0] for cell in foot.rows[0].cells)
    told.add_run("Nơi nhận:{% for item in recipients %}\n{{ item }}{% endfor %}")
    sign.alignment = WD_ALIGN_PARAGRAPH.CENTER
    sign.add_run("{{ signatory }}\n(hoặc KT. {{ signatory }})\n\n\n\n").bold = True


def annexes(document: Any) -> None:
    heading(document, "VI. Phụ lục")
    for number, (title, name, columns) in enumerate(ANNEXES, 1):
        line(document, f"Phụ lục {number}. {title}", is_bold=True)
        table(document, name, columns)


def heading(document: Any, text: str) -> None:
    line(document, text, is_bold=True).paragraph_format.keep_with_next = True


def line(document: Any, text: str, is_bold: bool = False) -> Any:
    written = document.add_paragraph()
    written.add_run(text).bold = is_bold
    return written


def loop(document: Any, name: str, text: str) -> None:
    for part in (f"{{%p for item in {name} %}}", text, "{%p endfor %}"):
        line(document, part)


def table(document: Any, name: str, columns: tuple[tuple[str, str, int], ...]) -> None:
    """A head that repeats on every page, and one row for each item; a row of its own when there is none."""
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    made.autofit = False
    repeated = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    fill(made.rows[0], [title for title, _, _ in columns], columns, is_bold=True)
    rest = [""] * (len(columns) - 2)
    for cells in (
        [f"{{%tr for item in {name} %}}", "", *rest],
        [f"{{{{ item.{field} }}}}" for _, field, _ in columns],
        ["{%tr else %}", "", *rest],
        ["", "Không phát sinh", *rest],
        ["{%tr endfor %}", "", *rest],
    ):
        fill(made.add_row(), cells, columns)


def fill(row: Any, texts: list[str], columns: tuple[tuple[str, str, int], ...], is_bold: bool = False) -> None:
    for cell, text, (_, _, width) in zip(row.cells, texts, columns, strict=True):
        cell.width = Mm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = is_bold, Pt(10)
