"""What people open in Excel: a workbook of typed cells for each table, and the same as CSV.

A CSV is read by the settings of whoever opens it: where the comma is the decimal sign, 97.5 becomes a date and 015
loses its zero. A workbook says of each cell what it is, so it reads alike everywhere. Its form is made by XlsxWriter,
its rows by DuckDB: ten times as fast.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range

from warehouse.describing import quoted, text
from warehouse.whole_files import UNFINISHED


BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Excel takes a text of a CSV that begins like this for a formula.
FORMULA = r"'^[=+\-@\t\r]'"
# At so many cells Excel is slow to open it, and nobody looks through them: such a table is asked for in parts.
MOST_CELLS = 1_000_000
# Beyond fifteen digits Excel rounds a number.
EXACT = 10**15
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"
SHEET = "xl/worksheets/sheet1.xml"
ROWS_END = b"</sheetData>"
NARROW, WIDE = 14, 24
# The same bytes for the same rows.
MADE = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
ZIPPED = (1980, 1, 1, 0, 0, 0)
NUMBER = ("BIGINT", "DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER")
# Letters that XML does not know.
UNKNOWN = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))
# Beyond so many letters Excel calls a file damaged; `_x0041_` it would read as a letter.
ESCAPED = (
    "regexp_replace(replace(replace(replace(translate(left({value}, 32767), $unknown, ''), '&', '&amp;'), '<', '&lt;'),"
    " '>', '&gt;'), '_(x[0-9A-Fa-f]{{4}}_)', '_x005F_\\1', 'g')"
)
NOT_PLAIN = r"'[&<>\x00-\x08\x0b\x0c\x0e-\x1f\x{{fffe}}\x{{ffff}}]|_x[0-9A-Fa-f]{{4}}_'"
IS_ODD = f"coalesce(bool_or(length({{value}}) > 32767 or regexp_matches({{value}}, {NOT_PLAIN})), false)"
TEXT = "concat(' t=\"inlineStr\"><is><t xml:space=\"preserve\">', {value}, '</t></is></c>')"
VALUE = "concat('{style}><v>', {value}, '</v></c>')"
# Excel's days are counted from here, and before March 1900 wrongly.
EPOCH, FIRST = "date '1899-12-30'", "'1900-03-01'"


def write_csv(reader: duckdb.DuckDBPyConnection, file: Path, label: str, where: str) -> None:
    """With the mark by which Excel knows UTF-8; a text that it would run as a formula is shown as text."""
    shown = ", ".join(
        f"if(regexp_matches({name}, {FORMULA}), '''' || {name}, {name}) as {name}" if kind == "VARCHAR" else name
        for name, kind in ((quoted(name), kind) for name, kind in shape(reader, label).items())
    )
    bare = file.with_suffix(UNFINISHED)
    query = f"select {shown} from bao_cao.{quoted(label)} where {where}"
    reader.execute(f"copy ({query}) to {text(str(bare))} (format csv, header)")
    with bare.open("rb") as lines, file.open("wb") as marked:
        marked.write(BYTE_ORDER_MARK)
        shutil.copyfileobj(lines, marked)
    bare.unlink()


def write_workbook(reader: duckdb.DuckDBPyConnection, file: Path, label: str, where: str) -> bool:
    """One sheet with a heading that stays and a filter; False, and no file, where the table has too many cells."""
    asked = f"from bao_cao.{quoted(label)} where {where}"
    columns = shape(reader, label)
    ((rows,),) = reader.execute(f"select count(*) {asked}").fetchall()
    if rows * len(columns) > MOST_CELLS:
        return False
    form, styles = empty_book(label, columns, rows)
    heading, whole = (f'<dimension ref="{xl_range(0, 0, last, len(columns) - 1)}"/>'.encode() for last in (0, rows))
    with ZipFile(BytesIO(form)) as made, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for part in made.infolist():
            part.date_time = ZIPPED
            content = made.read(part)
            if part.filename != SHEET:
                book.writestr(part, content)
                continue
            before, after = content.replace(heading, whole).split(ROWS_END)
            with book.open(part, "w", force_zip64=True) as sheet:
                sheet.write(before)
                for lines in written_rows(reader, asked, columns, styles):
                    sheet.write(lines)
                sheet.write(ROWS_END + after)
    return True


def written_rows(
    reader: duckdb.DuckDBPyConnection, asked: str, columns: dict[str, str], styles: dict[str, int]
) -> Iterator[bytes]:
    """Some thousands of rows at a time, as the sheet spells them; the heading is the first."""
    odd = odd_columns(reader, asked, columns)
    cells = ", ".join(
        f"'<c r=\"{xl_col_to_name(number)}', n, '\"', {cell(quoted(name), kind, styles, name in odd)}"
        for number, (name, kind) in enumerate(columns.items())
    )
    numbered = f"select 1 + row_number() over () as n, * {asked}"
    query = f"select concat('<row r=\"', n, '\">', {cells}, '</row>') from ({numbered})"
    found = reader.execute(query, {"unknown": UNKNOWN} if odd else {})
    while rows := found.fetchmany(5000):
        yield "".join(row for (row,) in rows).encode()


def odd_columns(reader: duckdb.DuckDBPyConnection, asked: str, columns: dict[str, str]) -> set[str]:
    """Those with a text that cannot stand in a sheet as it is: to mend every text would take ten times as long."""
    texts = [name for name, kind in columns.items() if not kind.startswith((*NUMBER, "DATE", "TIMESTAMP"))]
    if not texts:
        return set()
    told = ", ".join(IS_ODD.format(value=f"{quoted(name)}::varchar") for name in texts)
    ((*found,),) = reader.execute(f"select {told} {asked}").fetchall()
    return {name for name, is_odd in zip(texts, found, strict=True) if is_odd}


def cell(value: str, kind: str, styles: dict[str, int], is_odd: bool) -> str:
    """What stands in a cell after its name: a number, a day, a moment or a text; what no number can hold is a text."""
    shown = f"{value}::varchar"
    written, number, style = TEXT.format(value=ESCAPED.format(value=shown) if is_odd else shown), value, ""
    is_exact = f"isfinite({value}::double) and abs({value}) < {EXACT}"
    if kind.startswith(("DATE", "TIMESTAMP")):
        style = f' s="{styles[kind.removesuffix(" WITH TIME ZONE")]}"'
        # Local time without its zone, which a cell cannot hold.
        number = f"(timezone('UTC', {value}) + interval 7 hour)" if kind.endswith("ZONE") else value
        is_exact = f"isfinite({value}) and {number} >= {FIRST}"
        number = f"({number} - {EPOCH})" if kind == "DATE" else f"epoch_ms({number} - {EPOCH}::timestamp) / 86400000.0"
    elif not kind.startswith(NUMBER):
        is_exact = "false"
    return (
        f"case when {value} is null then '/>' when {is_exact} then {VALUE.format(style=style, value=number)}"
        f" else {written} end"
    )


def shape(reader: duckdb.DuckDBPyConnection, label: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in reader.execute(f"describe bao_cao.{quoted(label)}").fetchall()}


def empty_book(label: str, columns: dict[str, str], rows: int) -> tuple[bytes, dict[str, int]]:
    """A workbook with its heading alone, and the number of the style for a day and for a moment."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": label, "created": MADE})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        styles = {
            kind: book.add_format({"num_format": shown}) for kind, shown in (("DATE", DAY), ("TIMESTAMP", MOMENT))
        }
        sheet = book.add_worksheet("Dữ liệu")
        for number, (name, kind) in enumerate(columns.items()):
            style = styles.get(kind.removesuffix(" WITH TIME ZONE"))
            sheet.set_column(number, number, WIDE if kind == "VARCHAR" else NARROW, style)
            sheet.write_string(0, number, name, heading)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, rows, len(columns) - 1)
    return made.getvalue(), {kind: style.xf_index for kind, style in styles.items()}
