"""A paper beside the report: the same sections in Word, PDF and HTML, and nothing in a record read as markup."""

from datetime import date
from io import BytesIO

from docx import Document

from assets.reports.statements.statement import Listing, Section, Statement, html, made


PAPER = Statement(
    "UBND TỈNH VÍ DỤ",
    "VĂN PHÒNG",
    "BB-VP",
    "Ví Dụ",
    "Văn phòng tỉnh ví dụ",
    date(2026, 1, 10),
    "BIÊN BẢN",
    "Chốt số liệu kỳ 2025-Q3",
    [
        Section("1. Căn cứ", ["Lý do: <b>sửa</b> #hồ_sơ_ $x$ {{ lỗi }}"]),
        Section("2. Số liệu", [], Listing((("Chỉ tiêu", 1), ("Kết quả", 2)), [["MT1", "<i>97 %</i>"]])),
        Section("3. Trống", [], Listing((("Chỉ tiêu", 1), ("Kết quả", 2)), [])),
    ],
    ("NGƯỜI LẬP", "LÃNH ĐẠO"),
)


def test_every_format_holds_the_sections_the_table_and_the_lines_to_sign() -> None:
    files = made(PAPER, "bien-ban")
    assert set(files) == {"bien-ban.docx", "bien-ban.pdf", "bien-ban.html"}
    assert files["bien-ban.pdf"].startswith(b"%PDF")
    word = Document(BytesIO(files["bien-ban.docx"]))
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    assert "Lý do: <b>sửa</b> #hồ_sơ_ $x$ {{ lỗi }}" in paragraphs
    head, figures, empty, signers = word.tables
    assert "BB-VP" in head.rows[1].cells[0].text
    assert head.rows[1].cells[1].text == "Ví Dụ, ngày 10 tháng 01 năm 2026"
    assert [[cell.text for cell in row.cells] for row in figures.rows] == [
        ["Chỉ tiêu", "Kết quả"],
        ["MT1", "<i>97 %</i>"],
    ]
    assert empty.rows[1].cells[0].text == "Không phát sinh"
    assert [cell.text.split("\n")[0] for cell in signers.rows[0].cells] == ["NGƯỜI LẬP", "LÃNH ĐẠO"]


def test_a_record_is_no_markup_on_the_page() -> None:
    page = html(PAPER)
    assert "<p>Lý do: &lt;b&gt;sửa&lt;/b&gt; #hồ_sơ_ $x$ {{ lỗi }}</p>" in page
    assert "<td>&lt;i&gt;97 %&lt;/i&gt;</td>" in page
    assert page.count("Không phát sinh") == 1
    assert page.count("(Ký, ghi rõ họ tên)") == 2
