"""A paper of sections, each of sentences and perhaps a table, and who signs it; as Word, PDF and HTML.

What is recorded comes in as data: nothing in it is read as markup. Margins and type follow NĐ 30/2020/NĐ-CP,
appendix I.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any

from assets.reports import rendering
from assets.reports.office import NATION, Office
from assets.reports.rendering import html_templates


@dataclass(frozen=True)
class Listing:
    """`columns`: heading and relative width of each."""

    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    title: str
    sentences: Sequence[str] = ()
    listing: Listing | None = None


@dataclass(frozen=True)
class Statement:
    """`signers`: one line to sign for each, side by side."""

    authority: str
    office: str
    symbol: str
    place: str
    on: str
    kind: str
    subject: str
    sections: Sequence[Section]
    signers: Sequence[str] = ()


def headed(
    office: Office, on: date, kind: str, subject: str, sections: Sequence[Section], signers: Sequence[str] = ()
) -> Statement:
    """Under the letterhead of the Office."""
    return Statement(
        office.letterhead_authority,
        office.letterhead_office,
        office.document_symbol,
        office.place_of_signing,
        f"ngày {on:%d} tháng {on:%m} năm {on.year}",
        kind,
        subject,
        sections,
        signers,
    )


def made(statement: Statement, name: str) -> dict[str, bytes]:
    """The files by name."""
    return {
        f"{name}.docx": word(statement),
        f"{name}.pdf": pdf(statement),
        f"{name}.html": html(statement).encode(),
    }


def html(statement: Statement) -> str:
    return html_templates().get_template("statement.html").render(paper=statement)


def pdf(statement: Statement) -> bytes:
    return rendering.pdf("statement.typ", statement=asdict(statement))


def word(statement: Statement) -> bytes:
    from docx import Document
    from docx.shared import Pt

    from assets.reports.paper.template import FONT, heading, line, page

    document: Any = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.paragraph_format.space_after = Pt(4)
    page(document.sections[0], is_wide=False)
    letterhead(document, statement)
    for section in statement.sections:
        heading(document, section.title)
        for sentence in section.sentences:
            line(document, sentence)
        if section.listing:
            table(document, section.listing)
    if statement.signers:
        for cell, name in zip(grid(document, [list(statement.signers)])[0], statement.signers, strict=True):
            cell.paragraphs[0].clear().add_run(f"{name}\n(Ký, ghi rõ họ tên)\n\n\n\n").bold = True
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def letterhead(document: Any, statement: Statement) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from assets.reports.paper.template import line

    head = [
        [f"{statement.authority}\n{statement.office}", NATION],
        [f"Số:        /{statement.symbol}", f"{statement.place}, {statement.on}"],
    ]
    grid(document, head)
    for text in (statement.kind, statement.subject):
        line(document, text, is_bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER


def grid(document: Any, rows: list[list[str]]) -> list[Any]:
    """Cells without lines, their texts in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    return [row.cells for row in made.rows]


def table(document: Any, listing: Listing) -> None:
    """A head that repeats on every page."""
    from docx.oxml import OxmlElement

    from assets.reports.paper.template import fill

    whole = sum(width for _, width in listing.columns)
    columns = tuple((title, title, round(165 * width / whole)) for title, width in listing.columns)
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    made.autofit = False
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    fill(made.rows[0], [title for title, _, _ in columns], columns, is_bold=True)
    for row in listing.rows or [["Không phát sinh", *[""] * (len(columns) - 1)]]:
        fill(made.add_row(), list(row), columns)
