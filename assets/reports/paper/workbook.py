"""The report's tables as an Excel workbook: numbers stay numbers, texts stay texts whatever they begin with.

People read it and print it: codes are words, what only a program needs is left out (the published tables have it),
instants are local with their zone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assets.reports.formats import OPERATORS, moment
from assets.reports.paper.columns import MAIN
from assets.reports.paper.content import Report, printable
from assets.reports.paper.drawing import plain
from assets.run_settings import LOCAL
from warehouse import dictionary


if TYPE_CHECKING:
    import pandas as pd

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
# Sheet, frame of the report, published table whose words head the columns.
SHEETS = (
    ("Bảng điểm", "objectives", "marts.scoreboard"),
    ("Bảng kèm theo", "companions", "marts.indicator_result"),
    ("Bản ghi chưa đạt", "failing", "marts.failing_record"),
    ("Biểu đồ phễu", "funnel", "marts.funnel"),
    ("Hồ sơ theo đơn vị", "units", "marts.headline_result"),
    ("Mục tiêu đơn vị", "unit_objectives", "marts.unit_objective"),
    ("Rủi ro, cơ hội", "risks", "marts.risk"),
    ("Sự không phù hợp", "nonconformities", "marts.nonconformity"),
    ("Nguyên nhân", "cause_groups", "marts.nonconformity_cause"),
    ("Theo lĩnh vực", "sectors", "marts.sector_result"),
    ("Câu không đo", "not_measured", "marts.not_measured"),
    ("Tách riêng", "set_aside", "marts.quarantine_summary"),
    ("Điểm Cổng quốc gia", "national_scores", "marts.national_score"),
    ("Theo dõi xếp loại", "rating_following", "marts.rating_following"),
    ("Nơi nhận biểu", "statutory_forms", "reference.forms"),
)
# How the program works, or a code that another column of the sheet says in words.
HIDDEN = (
    *("position", "run_id", "measure", "decimals", "basis", "is_of_a_group", "fails_by_parts"),
    *("rule", "rule_version", "system", "resource"),
)
ZONE = " (UTC+7)"
# Widths in characters: of one column, and of a page of A4 and of A3 whose print can still be read.
NARROWEST, WIDEST, ON_A4, ON_A3 = 9, 40, 190, 280
A4, A3 = 9, 8
# Where a table is wider than A3: how much smaller it is printed, over several pages side by side.
SMALLEST = 65
NO_ROWS = "Không phát sinh"
# What is a fraction in the tables and a percentage for people.
FRACTIONS = ("rate", "milestone", "change")


def workbook(report: Report) -> bytes:
    import pandas as pd
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = formats_of(book)
        book.set_properties(properties(report))
        told = pd.DataFrame(report.texts["objectives"], columns=[field for _, field, _ in MAIN])
        main = sheet(book, "Kết quả", f"Kỳ: {report.texts['period']}; bản công bố {report.texts['version']}", formats)
        fill(main, [title for title, _, _ in MAIN], told, formats)
        for place, (_, _, width) in enumerate(MAIN):
            main.set_column(place, place, max(5, width * 0.6))
        for name, frame, table in SHEETS:
            source = dictionary.load().table(table).label or name
            made = sheet(book, name, f"Nguồn: bảng “{source}”; chốt ngày {report.texts['as_of']}", formats)
            fill_from(made, table, report.frames[frame], formats)
        form(book, report.frames["form"], formats)
    return file.getvalue()


def properties(report: Report) -> dict[str, Any]:
    owner, on = report.texts["formal_name"], report.signed_on
    return {
        "title": report.title,
        "author": owner,
        "company": owner,
        "subject": "Mục tiêu chất lượng",
        "created": datetime(on.year, on.month, on.day),
    }


def fill_from(made: Any, table: str, frame: pd.DataFrame, formats: dict[str, Any]) -> None:
    """The rows of a published table, headed by the words of the dictionary."""
    # A score or a number of days stands as it is, beside the unit that it is told in.
    is_fraction = list(frame["measure"].isin(FRACTIONS)) if "measure" in frame else [True] * len(frame)
    shown = frame.drop(columns=list(HIDDEN), errors="ignore")
    headings = [heading(table, column) for column in shown.columns.astype(str)] if len(shown) else [NO_ROWS]
    fill(made, headings, shown, formats, shares(table, shown), is_fraction)


def formats_of(book: Any) -> dict[str, Any]:
    cell = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    return {
        "text": book.add_format(cell),
        "head": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#E8E8E8"}),
        "count": book.add_format(cell | {"num_format": "#,##0"}),
        "year": book.add_format(cell | {"num_format": "0"}),
        "share": book.add_format(cell | {"num_format": '0.00" %"'}),
        "day": book.add_format(cell | {"num_format": "dd/mm/yyyy"}),
        "title": book.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": True}),
    }


def sheet(book: Any, name: str, title: str, formats: dict[str, Any]) -> Any:
    made = book.add_worksheet(name)
    made.write_string(0, 0, f"{name}. {title}", formats["title"])
    made.set_landscape()
    made.repeat_rows(1)
    made.freeze_panes(2, 0)
    made.set_footer("&CTrang &P/&N")
    return made


def shares(table: str, frame: pd.DataFrame) -> set[str]:
    """The columns that hold fractions, by the dictionary."""
    known = {name: dictionary.load().column(table, name) for name in frame.columns.astype(str)}
    return {name for name, column in known.items() if column and column.unit == dictionary.SHARE}


def heading(table: str, column: str) -> str:
    known = dictionary.load().column(table, column)
    return known.label if known else column


def fill(
    made: Any,
    headings: list[str],
    frame: pd.DataFrame,
    formats: dict[str, Any],
    shares: Collection[str] = (),
    is_fraction: Sequence[bool] = (),
) -> None:
    """`is_fraction`: of each row, whether its columns of shares hold fractions; all do where nothing is said."""
    for place, text in enumerate(headings):
        made.write_string(1, place, text, formats["head"])
    cells, words, widths = plain(frame), dictionary.load(), []
    for place, column in enumerate(cells.columns.astype(str)):
        told = [worded(words, column, value) for value in cells[column]]
        widths.append(width([str(value) for value in told[:200] if value is not None]))
        made.set_column(place, place, widths[-1])
        for row, value in enumerate(told):
            is_share = column in shares and (not is_fraction or is_fraction[row])
            write(made, row + 2, place, value, formats, "share" if is_share else "year" if is_year(column) else None)
    printed(made, sum(widths))
    made.autofilter(1, 0, max(1, len(frame) + 1), len(headings) - 1)


def width(texts: list[str]) -> int:
    """In characters: a long text breaks into lines, a table of few long ones stays on its page."""
    longest = max(map(len, texts), default=0)
    return min(max(NARROWEST, longest + 2), WIDEST)


def printed(made: Any, whole: int) -> None:
    """One page wide where its print can be read so; else over pages that each repeat the first columns."""
    made.set_paper(A4 if whole <= ON_A4 else A3)
    if whole <= ON_A3:
        made.fit_to_pages(1, 0)
    else:
        made.set_print_scale(SMALLEST)
        made.repeat_columns(0, 1)


def is_year(column: str) -> bool:
    return column.endswith("_year")


def worded(words: dictionary.Dictionary, column: str, value: Any) -> Any:
    """A code in the words of the dictionary."""
    if not isinstance(value, str):
        return value
    return OPERATORS.get(value, value) if column == "operator" else words.label(column, value)


def local(value: datetime) -> str:
    """13:00 31/12/2025 (UTC+7); what has no zone is local already."""
    return f"{moment(value.astimezone(LOCAL) if value.tzinfo else value)}{ZONE}"


def write(made: Any, line: int, place: int, value: Any, formats: dict[str, Any], kind: str | None) -> None:
    """Percentages are the exact fraction times 100, in the format of the office: 97,19 %."""
    if value is None:
        made.write_blank(line, place, None, formats["text"])
    elif kind == "share":
        made.write_number(line, place, float(value) * 100, formats["share"])
    elif isinstance(value, bool):
        made.write_string(line, place, "Có" if value else "Không", formats["text"])
    elif isinstance(value, int | float):
        made.write_number(line, place, value, formats[kind or "count"])
    elif type(value) is date:
        made.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, datetime):
        made.write_string(line, place, local(value), formats["text"])
    else:
        made.write_string(line, place, printable(value)[:32_000], formats["text"])


def form(book: Any, frame: pd.DataFrame, formats: dict[str, Any]) -> None:
    import pandas as pd

    told = f"Biểu số II.06a, {NO_ROWS}"
    if len(frame):
        first = frame.iloc[0]
        span = f"từ {first['period_start']:%d/%m/%Y} đến {first['period_end']:%d/%m/%Y}"
        told = f"{first['heading']}, {span}; nơi nhận: {first['addressee']}"
    made = sheet(book, "Biểu II.06a", f"{told}; đơn vị tính: số hồ sơ TTHC", formats)
    body = frame[list(FORM)].astype(object)
    if len(body):
        total = {"stt": "", "linh_vuc": "Tổng cộng", **{name: frame[name].sum() for name in FORM[2:]}}
        body = pd.concat([body, pd.DataFrame([total])])
    fill(made, list(FORM_HEADINGS), body, formats)
