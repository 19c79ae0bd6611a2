"""What people open in Excel means the same whatever settings they have: each cell says what it is."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from warehouse import excel


HOSTILE = "=cmd|' /C calc'!A0 <b>&\x01_x0041_"
VIEW = """
create schema bao_cao;
create view bao_cao."Hồ sơ" as select * from (values
    ('000.00.01.H19', 97.5::double, date '2025-06-30', timestamp '2025-06-30 16:05:00', 12::bigint, $hostile),
    ('015', 'nan'::double, date '9999-12-31', null, 1234567890123456789, repeat('a', 40000))
) as told ("Mã", "Kết quả (%)", "Ngày", "Lúc", "Số", "Lý do")
""".replace("$hostile", "'" + HOSTILE.replace("'", "''") + "'")


@pytest.fixture
def reader() -> duckdb.DuckDBPyConnection:
    reader = duckdb.connect()
    for statement in VIEW.split(";"):
        reader.execute(statement)
    return reader


def test_a_code_stays_a_code_a_percentage_a_number_and_a_day_a_day(
    reader: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert excel.write_workbook(reader, tmp_path / "ho_so.xlsx", "Hồ sơ", "true")
    heading, first, second = CalamineWorkbook.from_path(tmp_path / "ho_so.xlsx").get_sheet_by_index(0).to_python()
    assert heading == ["Mã", "Kết quả (%)", "Ngày", "Lúc", "Số", "Lý do"]
    assert first[:5] == ["000.00.01.H19", 97.5, date(2025, 6, 30), datetime(2025, 6, 30, 16, 5), 12.0]
    assert second[:5] == ["015", "nan", date(9999, 12, 31), "", "1234567890123456789"]
    # A text is nothing that Excel would run, nor a letter that it would read out of a text.
    assert first[5].replace("_x005F_", "_") == HOSTILE.replace("\x01", "")
    assert len(second[5]) == 32_767


def test_the_sheet_is_whole_xml_and_equal_rows_make_equal_files(
    reader: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        excel.write_workbook(reader, tmp_path / name, "Hồ sơ", "true")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with ZipFile(tmp_path / "a") as book:
        sheet = etree.fromstring(book.read(excel.SHEET))
    names = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.xpath("string(s:dimension/@ref)", namespaces=names) == "A1:F3"
    assert sheet.xpath("s:sheetData/s:row/@r", namespaces=names) == ["1", "2", "3"]
    assert sheet.xpath("count(//s:f)", namespaces=names) == 0


def test_a_table_that_excel_could_hardly_open_gets_no_workbook(
    reader: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    reader.execute(f'create view bao_cao."Dài" as select range as "Số" from range({excel.MOST_CELLS + 1})')
    assert not excel.write_workbook(reader, tmp_path / "dai.xlsx", "Dài", "true")
    assert list(tmp_path.iterdir()) == []
