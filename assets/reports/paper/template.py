"""The default Word template, made here so that it can be read and made again; an office edits a copy of it in Word.

It holds the body alone; what a template may name besides (the annexes' lists, `charts`) is the same as before.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.shared import Pt

from assets.reports.paper import word_form
from assets.reports.paper.columns import ANNEX_LIST, RESULTS
from assets.reports.paper.word_form import NARROW, Columns, heading, line, prose


DATED = "{{ place }}, ngày {{ day }} tháng {{ month }} năm {{ signed_year }}"


def default() -> bytes:
    """A Word file with the marks of docxtpl in it."""
    document = word_form.blank()
    word_form.letterhead(document, "{{ authority }}", "{{ office }}", "{{ symbol }}", DATED)
    word_form.titled(document, "BÁO CÁO", "Kết quả thực hiện Mục tiêu chất lượng năm {{ year }}", "{{ unit }}")
    word_form.ruled(document)
    heading(document, "Tóm tắt")
    loop(document, "summary")
    heading(document, "I. Tình hình chung và công tác triển khai")
    prose(document, "Kỳ báo cáo: {{ period }}. Số liệu chốt ngày {{ as_of }}, bản công bố {{ version }}.")
    loop(document, "deployment")
    small(prose(document, "{{ evidence }}"))
    heading(document, "II. Kết quả thực hiện")
    table(document, "results", RESULTS)
    conclusions(document)
    foot(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def conclusions(document: Any) -> None:
    heading(document, "III. Đánh giá chung")
    loop(document, "conclusions")
    heading(document, "IV. Rủi ro và cơ hội")
    loop(document, "risk_sentences")
    heading(document, "V. Kiến nghị, phương hướng năm sau")
    for _ in range(2):
        line(document, "{{ dotted }}" * 5)
    heading(document, "VI. Phụ lục")
    # The lines to sign never stand alone on a page.
    for row in table(document, "annexes", ANNEX_LIST).rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def foot(document: Any) -> None:
    """To whom it goes, and where it is signed."""
    made = word_form.unlined(document, 1, (NARROW // 2, NARROW - NARROW // 2))
    told, sign = made.rows[0].cells
    first = told.paragraphs[0]
    first.paragraph_format.space_before, first.paragraph_format.space_after = Pt(12), Pt(0)
    run = first.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for part in ("{%p for item in recipients %}", "{{ item }}", "{%p endfor %}"):
        written = told.add_paragraph()
        written.paragraph_format.space_after = Pt(0)
        written.add_run(part).font.size = Pt(11)
    word_form.said(sign, "{{ signatory }}", 13, is_bold=True).paragraph_format.space_before = Pt(12)
    # Room for signature and seal; the name stands under it.
    for text in ("", "", "", "", "…………………………"):
        word_form.said(sign, text, 13, is_bold=True)
    whole(made)


def whole(made: Any) -> None:
    """On one page: who signs stands beside to whom it goes."""
    made.rows[0]._tr.get_or_add_trPr().append(word_form.element("w:cantSplit"))


def small(written: Any) -> None:
    for run in written.runs:
        run.font.size = Pt(10)


def loop(document: Any, name: str) -> None:
    line(document, f"{{%p for item in {name} %}}")
    prose(document, "{{ item }}")
    line(document, "{%p endfor %}")


def table(document: Any, name: str, columns: Columns) -> Any:
    """One row for each item; a row of its own when there is none."""
    made = word_form.headed_table(document, columns, NARROW, 11)
    rest = [""] * (len(columns) - 2)
    for cells in (
        [f"{{%tr for item in {name} %}}", "", *rest],
        [f"{{{{ item.{field} }}}}" for _, field, _ in columns],
        ["{%tr else %}", "", *rest],
        ["", "Không phát sinh", *rest],
        ["{%tr endfor %}", "", *rest],
    ):
        word_form.fill(made.add_row(), cells, 11)
    return made
