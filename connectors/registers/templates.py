"""The workbooks that people fill in: Vietnamese headers, lists to choose from, formats, an example row and a guide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from connectors.registers.archives import letters
from connectors.registers.catalogue import REGISTERS
from connectors.registers.shapes import EXAMPLE_NOTE, REMARKS, Column, Register


GUIDE = "Hướng dẫn"
HEADER_ROW = 3
# The guide: the row of its headers and the first of the columns that hold the listed words.
GUIDE_HEAD, FIRST_WORD = 2, 6
LAST_ROW = 5_000
MAX_LIST = 255
KINDS = {
    "text": "chữ",
    "party": "tên cơ quan, đơn vị",
    "int": "số nguyên",
    "year": "năm, bốn chữ số",
    "percent": "số phần trăm, như 97 hoặc 97,5",
    "date": "ngày, dd/MM/yyyy",
    "moment": "ngày giờ, dd/MM/yyyy HH:mm",
    "month": "tháng, MM/yyyy",
    "choice": "chọn trong danh mục",
    "position": "chức danh, không ghi họ tên",
    "number": "số, như 4 hoặc 4,35",
}
NUMBER_FORMATS = {
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "int": "0",
    "year": "0",
    "percent": "0.##",
    "number": "0.##",
}
FONT = {"font_name": "Times New Roman", "font_size": 12}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "hint": {"italic": True},
    "header": {
        "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#DDEBF7",
    },
    "example": {"italic": True, "font_color": "#7F7F7F", "border": 1},
    "cell": {"border": 1, "text_wrap": True, "valign": "top"},
}  # fmt: skip


def write_templates(folder: Path, begun: Mapping[str, Sequence[Mapping[str, Any]]] = {}) -> list[Path]:
    """One workbook per register, with an example row and the rows it begins with. Files that stand there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for register in REGISTERS.values():
        path = folder / f"{register.name}.xlsx"
        if not path.exists():
            write_workbook(path, register, begun.get(register.name, []), with_example=True)
            written.append(path)
    return written


def write_workbook(
    path: Path,
    register: Register,
    rows: Iterable[Mapping[str, Any]],
    *,
    with_example: bool = False,
    closing_lines: Sequence[Sequence[Any]] = (),
    created: datetime | None = None,
) -> None:
    """The register as a workbook: `rows` by field, dates as dates; `closing_lines` follow the table as they are.

    `created` is written into the file instead of the moment of writing.
    """
    # Text that begins with = + - @ stays text: nothing that came from a source may become a formula.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        if created:
            book.set_properties({"created": created})
        looks = {name: book.add_format(FONT | look) for name, look in LOOKS.items()}
        formats = {
            kind: book.add_format(FONT | LOOKS["cell"] | {"num_format": number})
            for kind, number in NUMBER_FORMATS.items()
        }
        sheet = book.add_worksheet(register.sheet)
        write_head(sheet, register, looks, formats)
        at = HEADER_ROW + 1
        if with_example:
            write_example(sheet, register, at, looks["example"])
            at += 1
        for values in rows:
            for place, column in enumerate(register.columns):
                value = values.get(column.field)
                if value is not None:
                    write_cell(sheet, at, place, value, formats.get(column.kind, looks["cell"]))
            at += 1
        for line in closing_lines:
            sheet.write_row(at, 0, line, looks["cell"])
            at += 1
        write_guide(book.add_worksheet(GUIDE), register, looks)


def write_head(sheet: Worksheet, register: Register, looks: dict[str, Format], formats: dict[str, Format]) -> None:
    sheet.write(0, 0, register.title, looks["title"])
    sheet.write(1, 0, "Cột có dấu * là bắt buộc. Không đổi tên cột; thứ tự cột tùy ý.", looks["hint"])
    for place, column in enumerate(register.columns):
        sheet.write(HEADER_ROW, place, header(column), looks["header"])
        sheet.set_column(place, place, max(12, min(34, len(column.header) + 6)), formats.get(column.kind))
        validate(sheet, place, column, register)
    if all(column.header != REMARKS for column in register.columns):
        sheet.write(HEADER_ROW, len(register.columns), REMARKS, looks["header"])
        sheet.set_column(len(register.columns), len(register.columns), 34)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def header(column: Column) -> str:
    return f"{column.header} *" if column.required else column.header


def validate(sheet: Worksheet, place: int, column: Column, register: Register) -> None:
    """A list to choose from, or a bound that catches what is no date and no number while it is typed."""
    rules: dict[str, dict[str, Any]] = {
        "date": {"validate": "date", "criteria": ">=", "value": date(1930, 1, 1)},
        "moment": {"validate": "date", "criteria": ">=", "value": datetime(1930, 1, 1)},
        "int": {"validate": "integer", "criteria": ">=", "value": 0},
        "year": {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100},
        "percent": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
        "number": {"validate": "decimal", "criteria": ">=", "value": 0},
    }
    rule = rules.get(column.kind)
    if column.choices:
        rule = {"validate": "list", "source": list_source(column, register)}
    if rule:
        rule |= {
            "error_title": column.header,
            "error_message": f"Nhập {KINDS[column.kind]}.",
            "error_type": "warning" if column.kind in ("date", "moment") else "stop",
        }
        sheet.data_validation(HEADER_ROW + 1, place, LAST_ROW, place, rule)


def list_source(column: Column, register: Register) -> list[str] | str:
    """The words themselves, or where they stand in the guide: Excel takes 255 characters, and a comma ends a word."""
    words = list(column.choices)
    if len(",".join(words)) <= MAX_LIST and not any("," in word for word in words):
        return words
    row = GUIDE_HEAD + 2 + register.columns.index(column)
    return f"='{GUIDE}'!${letters(FIRST_WORD)}${row}:${letters(FIRST_WORD + len(words) - 1)}${row}"


def write_example(sheet: Worksheet, register: Register, row: int, look: Format) -> None:
    for place, column in enumerate(register.columns):
        if column.example and column.header != REMARKS:
            sheet.write_string(row, place, column.example, look)
    note = next((at for at, one in enumerate(register.columns) if one.header == REMARKS), len(register.columns))
    sheet.write_string(row, note, EXAMPLE_NOTE, look)


def write_cell(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    if isinstance(value, datetime | date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, look)
    else:
        sheet.write_string(row, place, str(value), look)


def write_guide(sheet: Worksheet, register: Register, looks: dict[str, Format]) -> None:
    """Each column with its meaning, what may stand in it, and an example."""
    sheet.write(0, 0, f"HƯỚNG DẪN: {register.title}", looks["title"])
    for place, name in enumerate(("STT", "Cột", "Bắt buộc", "Kiểu", "Ví dụ", "Giải thích", "Danh mục")):
        sheet.write(GUIDE_HEAD, place, name, looks["header"])
    for number, column in enumerate(register.columns, 1):
        row = GUIDE_HEAD + number
        explained = (number, f"{column.header}:", "có" if column.required else "không", KINDS[column.kind])
        for place, value in enumerate((*explained, column.example, column.note, *column.choices)):
            write_cell(sheet, row, place, value, looks["cell"])
    for place, width in enumerate((6, 30, 10, 30, 28, 50)):
        sheet.set_column(place, place, width)
