"""What a person reads of a page, a report, a workbook or a mail, and what in it is a program's word."""

import re
from html import unescape
from pathlib import Path

import docx
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from pipelines.settings import NAMES


FOREIGN = {
    line
    for line in Path(__file__).with_name("foreign_words.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
}
# A name of a column or a code, in small letters or in capitals; a limit as a source writes it (`10.0 c`); a number of
# a program (`2.0`, `1e-05`).
MACHINE = re.compile(
    r"[A-Za-z0-9]*[a-z]_[a-z]\w*|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b\d+(?:\.\d+)? [dhc]\b|\b\d+\.0\b|\b\d+e-\d+\b"
)
# Files, places and settings, which are named as they are.
NAMED = re.compile(
    r"\S+\.(?:duckdb|xlsx|yaml|csv|html)\b|\bmarts\.\w+|\.venv/bin/\S+|mtcl-\d{4}-\d\d-\d\d-\d+"
    rf"|\b(?:{'|'.join(sorted(NAMES))})\b"
)
WORD = re.compile(r"(?<![\w./-])[a-z]+(?![\w/-])", re.IGNORECASE)


def strange(text: str) -> list[str]:
    """Each of them with the words around it; nothing where an officer can read all of it."""
    shown = NAMED.sub(" ", text)
    found = [*MACHINE.finditer(shown), *(word for word in WORD.finditer(shown) if word[0].lower() in FOREIGN)]
    return [" ".join(shown[max(one.start() - 40, 0) : one.end() + 40].split()) for one in found]


def of_html(text: str) -> str:
    """What is seen, and what is heard in its place."""
    body = re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", text)
    heard = re.findall(r'\b(?:aria-label|title|alt|data-label|placeholder)="([^"]*)"', body)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", body), *heard]))


def of_file(path: Path) -> str:
    """Of a report in any of its forms; numbers and moments of a workbook are cells, no words."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if path.suffix == ".xlsx":
        sheets = CalamineWorkbook.from_path(str(path))
        rows = [row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()]
        return "\n".join([*sheets.sheet_names, *(cell for row in rows for cell in row if isinstance(cell, str))])
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return of_html(path.read_text(encoding="utf-8"))
