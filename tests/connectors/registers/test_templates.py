"""The templates: what a room gets to fill in, and that what it fills in is read."""

import json
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from connectors.registers.catalogue import DOCUMENT_TYPES, REGISTERS
from connectors.registers.shapes import EXAMPLE_NOTE
from connectors.registers.templates import HEADER_ROW, write_templates, write_workbook
from tests.support.workbooks import GOOD, KEY, read, told


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    assert [path.stem for path in write_templates(folder)] == list(REGISTERS)
    return folder


def part(folder: Path, register: str, name: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(folder / f"{register}.xlsx") as archive:
        return archive.read(name).decode()


def test_empty_templates_hold_nothing_and_nothing_wrong(folder: Path) -> None:
    contents = read(folder)
    assert told(contents) == []
    assert {name: len(records) for name, records in contents.records.items()} == dict.fromkeys(REGISTERS, 0)
    facts = [json.loads(file.payload) for file in contents.files]
    assert sorted(one["registers"][0] for one in facts) == sorted(REGISTERS)


@pytest.mark.parametrize("register", REGISTERS)
def test_a_sheet_has_its_headers_an_example_and_a_guide(folder: Path, register: str) -> None:
    known = REGISTERS[register]
    book = CalamineWorkbook.from_path(folder / f"{register}.xlsx")
    assert book.sheet_names == [known.sheet, "Hướng dẫn"]
    rows = book.get_sheet_by_name(known.sheet).to_python(skip_empty_area=False)
    headers = [f"{column.header} *" if column.required else column.header for column in known.columns]
    assert [cell for cell in rows[HEADER_ROW] if cell][: len(headers)] == headers
    assert EXAMPLE_NOTE in rows[HEADER_ROW + 1]
    guide = book.get_sheet_by_name("Hướng dẫn").to_python(skip_empty_area=False)
    told = {row[1]: row for row in guide if row[1]}
    for column in known.columns:
        row = told[f"{column.header}:"]
        assert row[2] == ("có" if column.required else "không")
        assert row[4] == column.example
        assert row[6:][: len(column.choices)] == list(column.choices)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_required_column_has_an_example_that_may_stand_there(folder: Path, register: str, tmp_path: Path) -> None:
    known = REGISTERS[register]
    row = {column.field: column.example for column in known.columns if column.example}
    write_workbook(tmp_path / "so.xlsx", known, [row])
    contents = read(tmp_path)
    assert told(contents) == []
    assert len(contents.records[register]) == 1


@pytest.mark.parametrize("register", REGISTERS)
def test_lists_to_choose_from_hold_every_word(folder: Path, register: str) -> None:
    lists = re.findall(r'<dataValidation type="list".*?<formula1>(.*?)</formula1>', part(folder, register))
    columns = [column for column in REGISTERS[register].columns if column.choices]
    assert len(lists) == len(columns)
    in_place = {tuple(one.strip('"').split(",")) for one in lists if one.startswith('"')}
    in_guide = {column.choices for column in columns} - in_place
    assert all(len(",".join(words)) > 255 or "," in "".join(words) for words in in_guide)


def test_a_word_with_a_comma_and_a_list_too_long_stand_in_the_guide(folder: Path) -> None:
    sheet = part(folder, "documents")
    references = re.findall(r"<formula1>'Hướng dẫn'!\$G\$(\d+):\$([A-Z]+)\$\d+</formula1>", sheet)
    book = CalamineWorkbook.from_path(folder / "documents.xlsx")
    guide = book.get_sheet_by_name("Hướng dẫn").to_python(skip_empty_area=False)
    lists = [[cell for cell in guide[int(row) - 1][6:] if cell] for row, _ in references]
    assert list(DOCUMENT_TYPES) in lists
    assert ["Nội bộ Văn phòng", "Cơ quan hành chính", "Cơ quan, tổ chức khác"] in lists
    widths = [len(words) for words in lists]
    ends = [sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(end))) - 6 for _, end in references]
    assert widths == ends


def test_a_sheet_prints_on_a4_across_with_its_header_on_every_page(folder: Path) -> None:
    sheet = part(folder, "documents")
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert f'<pane ySplit="{HEADER_ROW + 1}"' in sheet
    assert "_xlnm.Print_Titles" in part(folder, "documents", "xl/workbook.xml")


def test_a_template_filled_in_below_its_example_reads_back(tmp_path: Path) -> None:
    for name, register in REGISTERS.items():
        fields = {column.header: column.field for column in register.columns}
        row = {fields[header]: value for header, value in GOOD[name].items() if value not in (None, "")}
        write_workbook(tmp_path / f"{name}.xlsx", register, [row], with_example=True)
    contents = read(tmp_path)
    assert told(contents) == []
    assert {name: len(records) for name, records in contents.records.items()} == dict.fromkeys(REGISTERS, 1)
    (official,) = contents.records["officials"].values()
    assert json.loads(official.payload)["person"] == KEY.of("ma-so", "vp-0007")
    (inspection,) = contents.records["inspections"].values()
    assert json.loads(inspection.payload)["starts_on"] == date(2025, 6, 10).isoformat()


def test_what_stands_there_already_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "risks.xlsx").write_bytes(b"of a room")
    written = write_templates(tmp_path)
    assert len(written) == len(REGISTERS) - 1
    assert (tmp_path / "risks.xlsx").read_bytes() == b"of a room"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+84", "-1", "@SUM(A1)", "https://example.vn"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    write_workbook(tmp_path / "risks.xlsx", REGISTERS["risks"], [{"description": text}])
    sheet = part(tmp_path, "risks")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
