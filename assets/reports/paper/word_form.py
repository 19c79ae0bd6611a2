"""What NĐ 30/2020/NĐ-CP, appendix I, asks of a paper, in Word: page, type, letterhead, rules, page numbers, tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assets.reports.office import NATION, NATION_RULE


FONT = "Times New Roman"
LONG, SHORT = Mm(297), Mm(210)
# Width of the text, in millimetres.
NARROW, WIDE = 165, 252
LEFT_HEAD, RIGHT_HEAD = 68, 97
# A millimetre, in twentieths of a point.
CELL_MARGIN = 57
Columns = Sequence[tuple[str, str, int]]


def blank(is_wide: bool = False) -> Any:
    """An empty paper with its styles; pages are numbered from the second on."""
    document: Any = Document()
    body = document.styles["Normal"]
    typed(body, 13)
    body.paragraph_format.space_after, body.paragraph_format.line_spacing = Pt(6), 1.0
    body.element.get_or_add_rPr().append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    for name, size in (("Title", 14), ("Heading 1", 13), ("Heading 2", 13)):
        style = document.styles[name]
        typed(style, size)
        style.font.bold, style.font.color.rgb = True, RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
    # Word's own title is spread out above a line.
    for mark in [*title.element.iter(qn("w:pBdr")), *title.element.rPr.findall(qn("w:spacing"))]:
        mark.getparent().remove(mark)
    page(document.sections[0], is_wide)
    number_pages(document.sections[0])
    return document


def typed(style: Any, size: float) -> None:
    """A theme's own font would win over the name, so it goes."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def page(section: Any, is_wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)


def number_pages(section: Any) -> None:
    """Arabic, in the middle of the top margin, none on the first page."""
    section.different_first_page_header_footer = True
    written = section.header.paragraphs[0]
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = written.add_run()
        run.font.size = Pt(13)
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def properties(document: Any, title: str, author: str, on: date) -> None:
    """Of the day of the figures, so that the same figures make the same file."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.language = title, author, author, "vi-VN"
    told.subject, told.comments, told.keywords = "Mục tiêu chất lượng", "", "mục tiêu chất lượng; TCVN ISO 9001:2015"
    told.created = told.modified = datetime(on.year, on.month, on.day)


def letterhead(document: Any, authority: str, office: str, symbol: str, place_and_day: str) -> None:
    """Two columns: who writes and under what number; quốc hiệu, tiêu ngữ, place and day."""
    head = unlined(document, 2, (LEFT_HEAD, RIGHT_HEAD))
    nation, motto = NATION.split("\n")
    (who, whose), (number, when) = (row.cells for row in head.rows)
    said(who, authority, 12)
    said(who, office, 12, is_bold=True)
    rule(who, LEFT_HEAD, 25)
    said(whose, nation, 12, is_bold=True)
    said(whose, motto, 13, is_bold=True)
    rule(whose, RIGHT_HEAD, NATION_RULE)
    said(number, f"Số:          /{symbol}", 13)
    said(when, place_and_day, 13, is_italic=True)


def unlined(document: Any, rows: int, widths: Sequence[int]) -> Any:
    made = document.add_table(rows=rows, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return made


def said(place: Any, text: str, size: float, *, is_bold: bool = False, is_italic: bool = False) -> Any:
    """A line in the middle of a cell or page, close to the one before it; a cell begins with an empty one."""
    found = place.paragraphs
    written = found[0] if len(found) == 1 and not found[0].runs else place.add_paragraph()
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written.paragraph_format.space_after = Pt(0)
    run = written.add_run(text)
    run.bold, run.italic, run.font.size = is_bold, is_italic, Pt(size)
    return written


def rule(place: Any, room: float, length: float) -> None:
    """A line of a length in millimetres in the middle of the room: the upper edge of an empty paragraph."""
    written = place.add_paragraph()
    side = Mm((room - length) / 2)
    written.paragraph_format.left_indent = written.paragraph_format.right_indent = side
    written.paragraph_format.space_before, written.paragraph_format.space_after = Pt(3), Pt(0)
    written.paragraph_format.line_spacing = Pt(5)
    edges = element("w:pBdr")
    edges.append(element("w:top", val="single", sz=6, space=1, color="000000"))
    written._p.get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc", "w:rPr")


def titled(document: Any, *lines: str) -> None:
    """Kind and subject of the paper, or number and title of an annex."""
    for place, text in enumerate(lines):
        written = document.add_paragraph(text, style="Title")
        written.paragraph_format.space_before = Pt(0 if place else 12)


def ruled(document: Any) -> None:
    """Under kind and subject: a third of the line."""
    rule(document, NARROW, 45)


def heading(document: Any, text: str) -> Any:
    return document.add_paragraph(text, style="Heading 1")


def line(document: Any, text: str, is_bold: bool = False) -> Any:
    written = document.add_paragraph()
    written.add_run(text).bold = is_bold
    return written


def prose(document: Any, text: str) -> Any:
    """A paragraph of the body: both sides straight, the first line a centimetre in."""
    written = line(document, text)
    written.paragraph_format.first_line_indent = Mm(10)
    written.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return written


def headed_table(document: Any, columns: Columns, room: int, size: float = 10) -> Any:
    """A table as wide as the text, with a head that repeats on every page and is the only row."""
    whole = sum(width for _, _, width in columns)
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    made.autofit = False
    close_margins(made)
    for column, (_, _, width) in zip(made.columns, columns, strict=True):
        column.width = Mm(width * room / whole)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    fill(made.rows[0], [title for title, _, _ in columns], size, is_bold=True)
    return made


def close_margins(table: Any) -> None:
    """A millimetre beside the text of a cell, and the table as wide as the text around it."""
    margins = OxmlElement("w:tblCellMar")
    margins.extend([element(f"w:{side}", w=CELL_MARGIN, type="dxa") for side in ("left", "right")])
    within = table._tbl.tblPr
    within.insert_element_before(element("w:tblInd", w=CELL_MARGIN, type="dxa"), "w:tblLayout", "w:tblLook")
    within.insert_element_before(margins, "w:tblLook")


def fill(row: Any, texts: Sequence[str], size: float = 10, *, is_bold: bool = False) -> None:
    """Cells are as wide as their columns; a row stays on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text in zip(row.cells, texts, strict=True):
        written = cell.paragraphs[0]
        written.paragraph_format.space_after = Pt(0)
        if is_bold:
            written.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = written.add_run(text)
        run.bold, run.font.size = is_bold, Pt(size)
