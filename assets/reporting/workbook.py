"""The report's tables as an Excel workbook: numbers stay numbers, texts stay texts whatever they begin with."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from assets.reporting.columns import MAIN
from assets.reporting.content import Report, printable
from warehouse import dictionary


FORM = ("stt", "linh_vuc", *(f"c{number}" for number in range(3, 14)))
FORM_HEADINGS = (
    "STT",
    "Lĩnh vực giải quyết",
    "(3) Tiếp nhận: tổng số",
    "(4) Trong kỳ: trực tuyến",
    "(5) Trong kỳ: trực tiếp, bưu chính",
    "(6) Từ kỳ trước",
    "(7) Đã giải quyết: tổng số",
    "(8) Trước hạn",
    "(9) Đúng hạn",
    "(10) Quá hạn",
    "(11) Đang giải quyết: tổng số",
    "(12) Trong hạn",
    "(13) Quá hạn",
)
# Sheet, rows of the report, published table whose words head the columns.
SHEETS = (
    ("Bảng điểm", "objectives", "marts.scoreboard"),
    ("Bảng kèm theo", "companions", "marts.indicator_result"),
    ("Bản ghi chưa đạt", "failing", "marts.failing_record"),
    ("Mục tiêu đơn vị", "unit_objectives", "marts.unit_objective"),
    ("Rủi ro, cơ hội", "risks", "marts.risk"),
    ("Tách riêng", "set_aside", "marts.quarantine_summary"),
)
SHARES = ("actual", "target", "interim_target", "lower_bound", "upper_bound")
HIDDEN = ("position", "run_id")


def workbook(report: Report) -> bytes:
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = formats_of(book)
        texts = [[item[field] for _, field, _ in MAIN] for item in report.texts["objectives"]]
        main = sheet(book, "Kết quả", f"Kỳ: {report.texts['period']}; bản công bố {report.texts['version']}", formats)
        fill(main, [title for title, _, _ in MAIN], texts, formats)
        main.set_column(1, len(MAIN), 24)
        for name, key, table in SHEETS:
            rows = report.rows[key]
            columns = [column for column in (rows[0] if rows else {}) if column not in HIDDEN]
            body = [[row[column] for column in columns] for row in rows]
            made = sheet(book, name, f"Nguồn: {table}; chốt ngày {report.texts['as_of']}", formats)
            fill(made, [heading(table, column) for column in columns] or ["Không phát sinh"], body, formats, columns)
        form(book, report, formats)
    return file.getvalue()


def formats_of(book: Any) -> dict[str, Any]:
    cell = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    return {
        "text": book.add_format(cell),
        "head": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#E8E8E8"}),
        "count": book.add_format(cell | {"num_format": "#,##0"}),
        "share": book.add_format(cell | {"num_format": '0.00" %"'}),
        "day": book.add_format(cell | {"num_format": "dd/mm/yyyy"}),
        "title": book.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": True}),
    }


def sheet(book: Any, name: str, title: str, formats: dict[str, Any]) -> Any:
    made = book.add_worksheet(name)
    made.write_string(0, 0, f"{name}. {title}", formats["title"])
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(1)
    made.freeze_panes(2, 0)
    made.set_footer("&CTrang &P/&N")
    return made


def fill(
    made: Any, headings: list[str], body: list[list[Any]], formats: dict[str, Any], columns: list[str] | None = None
) -> None:
    for place, text in enumerate(headings):
        made.write_string(1, place, text, formats["head"])
        longest = max((len(str(row[place])) for row in body[:200]), default=8)
        made.set_column(place, place, min(max(10, longest + 2), 60))
    for line, row in enumerate(body, 2):
        for place, value in enumerate(row):
            write(made, line, place, value, formats, bool(columns) and columns is not None and columns[place] in SHARES)
    made.autofilter(1, 0, max(1, len(body) + 1), len(headings) - 1)


def write(made: Any, line: int, place: int, value: Any, formats: dict[str, Any], is_share: bool) -> None:
    """Percentages are the exact fraction times 100, in the format of the office: 97,19 %."""
    if value is None:
        made.write_blank(line, place, None, formats["text"])
    elif is_share:
        made.write_number(line, place, float(value) * 100, formats["share"])
    elif isinstance(value, bool):
        made.write_string(line, place, "Có" if value else "Không", formats["text"])
    elif isinstance(value, int | float):
        made.write_number(line, place, value, formats["count"])
    elif type(value) is date:
        made.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, date):
        made.write_string(line, place, f"{value:%H:%M %d/%m/%Y}", formats["text"])
    else:
        made.write_string(line, place, printable(value)[:32_000], formats["text"])


def heading(table: str, column: str) -> str:
    known = dictionary.load().column(table, column)
    return known.label if known else column


def form(book: Any, report: Report, formats: dict[str, Any]) -> None:
    rows = report.rows["form"]
    span = f"từ {rows[0]['period_start']:%d/%m/%Y} đến {rows[0]['period_end']:%d/%m/%Y}" if rows else "Không phát sinh"
    made = sheet(book, "Biểu II.06a", f"Biểu số II.06a/VPCP/KSTT, {span}; đơn vị tính: số hồ sơ TTHC", formats)
    body = [[row[column] for column in FORM] for row in rows]
    if body:
        body.append(["", "Tổng cộng", *(sum(row[column] for row in rows) for column in FORM[2:])])
    fill(made, list(FORM_HEADINGS), body, formats)
