"""What stands at the head of a report: the year that is reported, and the day on which that is done."""

from dataclasses import fields
from datetime import date

from assets.reports.office import Office
from assets.reports.paper.content import heading
from assets.reports.paper.periods import Period
from assets.reports.paper.template import default


OFFICE = Office(**{field.name: field.name for field in fields(Office)})


def test_a_report_on_last_year_bears_the_day_of_this_year() -> None:
    period = Period("year", date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 5))
    told = heading(OFFICE, period, "Văn phòng", "mtcl-2026-01-05-1")
    assert (told["day"], told["month"], told["signed_year"], told["year"]) == ("05", "01", "2026", "2025")


def test_our_template_of_word_dates_by_that_day() -> None:
    from io import BytesIO

    from docx import Document

    document = Document(BytesIO(default()))
    written = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "tháng {{ month }} năm {{ signed_year }}" in written
