"""A paper as PDF: for keeping wherever that can be, and made in any case."""

from datetime import date

import pytest

from assets.reports import rendering
from assets.reports.paper.annexes import roman


DAY = date(2025, 12, 31)


def annex(name: str) -> bytes:
    told = {"number": "Phụ lục I", "name": name, "title": name, "author": "", "enclosed_with": ""}
    return rendering.pdf("annex.typ", DAY, annex=told | {"columns": [], "rows": [], "charts": []})


@pytest.mark.parametrize(("name", "is_kept"), [("Tỷ lệ ≥ 97 %, Đồng Nai, ườ, ợ, \ufffd", True), ("Tệp 😀", False)])
def test_a_sign_that_no_font_has_costs_pdf_a_and_not_the_paper(name: str, is_kept: bool) -> None:
    made = annex(name)
    assert made.startswith(b"%PDF-")
    assert (b"pdfaid:part" in made) == is_kept


def test_the_same_figures_make_the_same_file() -> None:
    assert annex("Biểu đồ") == annex("Biểu đồ")


def test_annexes_are_numbered_as_the_romans_did() -> None:
    assert [roman(number) for number in (1, 4, 9, 10, 14, 17, 39)] == ["I", "IV", "IX", "X", "XIV", "XVII", "XXXIX"]
