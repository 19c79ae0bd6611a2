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
from assets.reports.office import Office
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
    author: str
    signed_on: date
    kind: str
    subject: str
    sections: Sequence[Section]
    signers: Sequence[str] = ()

    @property
    def on(self) -> str:
        return f"ngày {self.signed_on:%d} tháng {self.signed_on:%m} năm {self.signed_on.year}"


def headed(
    office: Office, on: date, kind: str, subject: str, sections: Sequence[Section], signers: Sequence[str] = ()
) -> Statement:
    """Under the letterhead of the Office."""
    return Statement(
        office.letterhead_authority,
        office.letterhead_office,
        office.document_symbol,
        office.place_of_signing,
        office.formal_name,
        on,
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
    told = asdict(statement) | {"on": statement.on, "signed_on": statement.signed_on.isoformat()}
    return rendering.pdf("statement.typ", statement.signed_on, statement=told)


def word(statement: Statement) -> bytes:
    from assets.reports.paper import word_form

    document = word_form.blank()
    word_form.letterhead(
        document, statement.authority, statement.office, statement.symbol, f"{statement.place}, {statement.on}"
    )
    word_form.titled(document, statement.kind, statement.subject)
    word_form.ruled(document)
    for section in statement.sections:
        word_form.heading(document, section.title)
        for sentence in section.sentences:
            word_form.prose(document, sentence)
        if section.listing:
            table(document, section.listing)
    if statement.signers:
        signed(document, statement.signers)
    word_form.properties(document, f"{statement.kind} – {statement.subject}", statement.author, statement.signed_on)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def signed(document: Any, signers: Sequence[str]) -> None:
    """Beside each other, with room for a hand."""
    from docx.shared import Pt

    from assets.reports.paper import word_form

    width = word_form.NARROW // len(signers)
    for cell, name in zip(word_form.unlined(document, 1, [width] * len(signers)).rows[0].cells, signers, strict=True):
        word_form.said(cell, name, 13, is_bold=True).paragraph_format.space_before = Pt(12)
        word_form.said(cell, "(Ký, ghi rõ họ tên)", 13, is_italic=True)
        for _ in range(4):
            word_form.said(cell, "", 13)


def table(document: Any, listing: Listing) -> None:
    """A head that repeats on every page."""
    from assets.reports.paper import word_form

    columns = [(title, title, width) for title, width in listing.columns]
    made = word_form.headed_table(document, columns, word_form.NARROW)
    for row in listing.rows or [["Không phát sinh", *[""] * (len(columns) - 1)]]:
        word_form.fill(made.add_row(), list(row))
