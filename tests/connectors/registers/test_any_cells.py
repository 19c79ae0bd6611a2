"""Whatever stands in a table or a file: rows are taken or told about, none is lost, and nothing else happens."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.records import Pseudonymiser
from connectors.registers.catalogue import REGISTERS
from connectors.registers.cells import WrongCell, converted
from connectors.registers.folder import Registers
from connectors.registers.reading import SheetReader
from connectors.registers.sheets import Sheet, UnreadableFile, csv_rows
from connectors.registers.workbooks import Workbooks
from tests.support.workbooks import GOOD, KEY, Workbook


HEADERS = sorted({column.header for register in REGISTERS.values() for column in register.columns})
WORDS = sorted({word for register in REGISTERS.values() for column in register.columns for word in column.choices})
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(HEADERS),
    st.sampled_from(WORDS),
    st.sampled_from(
        ["08/05/2025", "14:30", "12", "1.234", "Tổng cộng", "VÍ DỤ – dòng này không được tính", "#N/A", "="]
    ),
)
GRIDS = st.lists(st.lists(CELLS, max_size=8), max_size=12)
COLUMNS = [column for register in REGISTERS.values() for column in register.columns]


@st.composite
def registers_with_anything(draw: st.DrawFn) -> Sheet:
    """A header that is one, with some columns missing or moved, and rows with any cells among good ones."""
    register = draw(st.sampled_from(sorted(REGISTERS)))
    headers = draw(st.permutations(sorted(GOOD[register])))[: draw(st.integers(2, 20))]
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        row = [GOOD[register][header] for header in headers]
        for place in draw(st.sets(st.integers(0, len(headers) - 1), max_size=3)):
            row[place] = draw(CELLS)
        rows.append(row)
    above: list[list[Any]] = draw(GRIDS)
    return Sheet(draw(st.text(max_size=20)), [*above[:4], headers, *rows, *draw(GRIDS)[:4]])


def judge(sheet: Sheet) -> None:
    found = SheetReader("so.xlsx", KEY).read(sheet)
    assert found.received == len(found.rows) + found.wrong + found.doubled + found.secret
    assert bool(found.rejections) >= bool(found.wrong + found.doubled + found.secret)
    for _, values in found.rows:
        assert all(isinstance(value, str) and value and "\x00" not in value for value in values.values())
    assert len({one.key for one in found.rejections}) == len(found.rejections)
    for one in found.rejections:
        assert one.message
        assert one.place.startswith("Tệp so.xlsx")


@given(registers_with_anything())
@settings(max_examples=300, deadline=None)
def test_a_register_with_anything_in_it(sheet: Sheet) -> None:
    judge(sheet)


@given(st.text(max_size=20), GRIDS)
@settings(max_examples=300, deadline=None)
def test_any_grid(name: str, rows: list[list[Any]]) -> None:
    judge(Sheet(name, rows))


@given(st.sampled_from(COLUMNS), CELLS)
@settings(max_examples=1_000, deadline=None)
def test_a_cell_is_text_or_wrong(column: Any, value: Any) -> None:
    try:
        kept = converted(column, value)
    except WrongCell:
        return
    if kept is None:
        assert not column.required
    elif column.kind in ("date", "month"):
        assert 1930 <= date.fromisoformat(kept).year <= 2100
    elif column.kind == "moment":
        assert 1930 <= datetime.fromisoformat(kept).year <= 2100
    elif column.kind in ("int", "year"):
        assert int(kept) >= 0
    elif column.kind == "percent":
        assert 0 <= float(kept) <= 100
    elif column.kind == "choice":
        assert kept in column.choices


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_as_csv(content: bytes) -> None:
    try:
        rows = csv_rows(content)
    except UnreadableFile:
        return
    judge(Sheet("so", rows))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_any_bytes_changed(data: st.DataObject) -> None:
    judge_file(data, damaged(data, WORKBOOK))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_any_part_changed(data: st.DataObject) -> None:
    """Whole as an archive, so that the damage reaches the reader of the sheets."""
    with ZipFile(BytesIO(WORKBOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for member, part in parts.items():
            archive.writestr(member, damaged(data, part) if member == name else part)
    judge_file(data, written.getvalue())


def damaged(data: st.DataObject, whole: bytes) -> bytes:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    return bytes(content)


def judge_file(data: st.DataObject, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"so.{data.draw(st.sampled_from(['xlsx', 'xls', 'ods', 'xlsm']))}"
        path.write_bytes(content)
        try:
            sheets = WORKBOOKS.sheets_of(path)
        except UnreadableFile:
            return
    for sheet in sheets:
        judge(sheet)


def workbook() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "so.xlsx"
        with Workbook(path) as workbook:
            for register, row in GOOD.items():
                workbook.table(register, row)
        return path.read_bytes()


WORKBOOK = workbook()
WORKBOOKS = Workbooks()


@pytest.fixture(autouse=True, scope="module")
def reading_process() -> Iterator[None]:
    with WORKBOOKS:
        yield


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4), st.sampled_from([None, KEY]))
@settings(max_examples=20, deadline=None)
def test_what_is_kept_of_a_folder_is_json_without_the_person(texts: list[str], key: Pseudonymiser | None) -> None:
    with TemporaryDirectory() as folder:
        with Workbook(Path(folder) / "so.xlsx") as workbook:
            rows = [GOOD["officials"] | {"Mã số": f"MÃ-{number}{text}"} for number, text in enumerate(texts)]
            workbook.table("officials", *rows)
        contents = Registers(Path(folder), key).read()
    records = [
        record for name in ("officials", "rejections") for page in contents.pages(name) for record in page.records
    ]
    for record in records:
        payload = json.loads(record.payload)
        assert "Bích Thủy" not in record.key + record.payload.decode()
        assert payload.keys().isdisjoint({"full_name", "birthday", "staff_number"})


def test_cells_of_every_type_calamine_gives_have_a_text() -> None:
    moment = datetime(2025, 5, 8, tzinfo=UTC).replace(tzinfo=None)
    judge(Sheet("Rủi ro và cơ hội", [list(GOOD["risks"]), [moment, True, 1.5, time(1), timedelta(1), None, "", 3]]))
