"""Objectives without SQL: ten as other offices write them and three more, loaded by data alone.

Little registers and a few dossiers go in, the real models are built and published once; figure, verdict, failing
records, words and places on page, report and terminal are read from that version.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from assets.reports import terminal
from assets.reports.asking import Publication
from assets.reports.page.leaders import page
from assets.reports.paper import charts, content
from assets.reports.paper.workbook import workbook
from connectors.records import Record
from connectors.registers.catalogue import REGISTERS
from connectors.registers.templates import write_workbook
from tests.models.dossier_sources import DEFAULTS, DossierSources, payload, rows_of
from tests.support.copies import ROOT
from tests.support.workbooks import read
from warehouse import expectations, reading, reference
from warehouse.landing import Extraction
from warehouse.publishing import publish
from warehouse.reading import Published
from warehouse.validation import validate


CLOSING = date(2025, 12, 31)
DATA = Path(__file__).parent / "ten_objectives"
AGENCIES = """
id        | code      | name                                   | parent_id
----------+-----------+----------------------------------------+----------
H19       | H19       | UBND tỉnh Đồng Nai                     |
H19.02    | H19.02    | Văn phòng UBND tỉnh                    | H19
H19.02.20 | H19.02.20 | Trung tâm Phục vụ hành chính công tỉnh | H19.02
H19.02.04 | H19.02.04 | Phòng Tổng hợp                         | H19.02
H19.05    | H19.05    | Sở Tài chính                           | H19
H19.06    | H19.06    | Sở Xây dựng                            | H19
H19.07    | H19.07    | Sở Y tế                                | H19
"""
# 3/3/2025 is a Monday: one and eight working days, mean 4.5.
DOSSIERS = """
code   | unit      | completed        | method     | sector
-------+-----------+------------------+------------+--------
short  | H19.02.20 | 2025-03-04 09:00 | Trực tuyến | Y tế
long   | H19.02.20 | 2025-03-13 09:00 | Trực tuyến | Y tế
land-1 | H19.05    | 2025-03-07 09:00 | Trực tuyến | Đất đai
land-2 | H19.05    | 2025-03-07 09:00 | Trực tiếp  | Đất đai
land-3 | H19.06    | 2025-03-07 09:00 | Trực tuyến | Đất đai
land-4 | H19.07    | 2025-03-07 09:00 | Trực tuyến | Đất đai
"""
ROOM = "Phòng Tổng hợp"
SURVEY = {"unit": ROOM, "topic": "Trả kết quả", "scale": "5", "starts_on": "01/05/2025", "invited": "400"}
OTHER = {"unit": ROOM}
BOOKS = """
book      | number | happened_on | kind    | result         | due_on     | done_on    | amount
----------+--------+-------------+---------+----------------+------------+------------+-------
Khiếu nại | 1      | 03/02/2025  |         | Đúng           |            |            |
Khiếu nại | 2      | 03/03/2025  |         | Sai            |            |            |
Khiếu nại | 1      | 05/03/2024  |         | Đúng           |            |            |
Sáng kiến | 1      | 03/02/2025  |         | Được công nhận |            |            |
Sáng kiến | 2      | 03/03/2025  |         | Được công nhận |            |            |
Sáng kiến | 3      | 03/04/2025  |         | Không          |            |            |
Bản giấy  | 1      | 31/03/2024  |         |                |            |            | 1000
Bản giấy  | 1      | 31/03/2025  |         |                |            |            | 850
Báo cáo   | 1      | 03/03/2025  | Quý     |                | 10/03/2025 | 05/03/2025 |
Báo cáo   | 2      | 03/03/2025  | Quý     |                | 10/03/2025 | 13/03/2025 |
Báo cáo   | 3      | 03/03/2025  | Năm     |                | 10/03/2025 |            |
Báo cáo   | 4      | 03/03/2025  |         |                | 10/03/2025 |            |
Tập huấn  | 1      | 31/05/2025  |         |                |            |            | 120
Tập huấn  | 2      | 30/06/2025  |         |                |            |            | 0
Thiếu     | 1      | 03/03/2025  |         | Đúng           |            |            | 4
Thiếu     | 2      | 04/03/2025  |         |                |            |            |
Hai bản   | 1      | 03/02/2025  |         | Tốt            |            |            |
Hai bản   | 2      | 03/02/2025  |         | Khá            |            |            |
Hai bản   | 3      | 03/08/2025  |         | Tốt            |            |            |
Hai bản   | 4      | 03/08/2025  |         | Khá            |            |            |
"""
# Numerator and denominator as published, figure, operator, target, verdict.
BOARD = {
    "H1": (280, 300, 280 / 300, ">=", 0.9, "Đạt"),
    "H2": (1, 2, (200 * 4.5 + 100 * 3.0) / 300, ">=", 4.2, "Chưa đạt"),
    "H3": (3, 100, 0.03, "<=", 0.02, "Chưa đạt"),
    "H4": (1, 2, 4.5, "<=", 5, "Đạt"),
    "H5": (1, 2, 1, "<=", 3, "Đạt"),
    "H6": (2, 3, 2, ">=", 3, "Chưa đạt"),
    "H7": (0, 1, -0.15, "<=", -0.1, "Đạt"),
    "H8": (1, 3, 1 / 3, "=", 1, "Chưa đạt"),
    "H9": (0, 1, 0, "=", 1, "Chưa đạt"),
    "H10": (3, 4, 0.75, ">=", 0.8, "Chưa đạt"),
    "H11": (1, 2, 5, "range", 2, "Đạt"),
    "H12": (1, 2, 120, ">=", 100, "Đạt"),
    "H13": (5, 6, 5 / 6, ">=", 0.9, "Chưa đạt"),
}
BESIDE = ("H14", "H15", "H16")
FAILING = {
    "H1": [("CHUA_HAI_LONG", "Có phiếu chưa hài lòng (190/200)"), ("CHUA_HAI_LONG", "Có phiếu chưa hài lòng (90/100)")],
    "H2": [("DIEM_THAP", "Điểm dưới mức giao (3 điểm)")],
    "H3": [("HO_SO_SAI", "Có hồ sơ sai sót (3/60)")],
    "H4": [("GIAI_QUYET_LAU", "Giải quyết lâu hơn mức giao (8 ngày làm việc)")],
    "H5": [("KHIEU_NAI_DUNG", "Khiếu nại đúng")],
    "H6": [("CHUA_CONG_NHAN", "Chưa được công nhận")],
    "H7": [("IN_GIAY", "Bản giấy đã in (850)")],
    "H8": [("CHUA_NOP", "Chưa nộp"), ("NOP_MUON", "Nộp muộn")],
    "H9": [("QUA_MOC", "Xong ngày 10/02/2025, mốc 31/01/2025")],
    "H10": [("KHONG_TRUC_TUYEN", "Không nộp trực tuyến")],
    "H11": [("NGOAI_KHOANG", "Ngoài khoảng giao (8 ngày làm việc)")],
    "H12": [("KHONG_TAP_HUAN", "Tháng không tập huấn (0 lượt người)")],
    "H13": [("NHOM_NHO", "Nhiều tiêu chí hoặc nhóm dưới 5 người")],
}


def registers() -> dict[str, list[dict[str, str]]]:
    person = {"unit": ROOM, "position": "Chuyên viên", "kind": "Viên chức", "starts_on": "01/01/2020"}
    marks = ("professional", "political", "administration", "leadership", "language_it", "experience")
    return {
        "surveys": [
            SURVEY | {"survey_number": number, "ends_on": day, "answered": answered, "satisfied": satisfied,
                      "average_score": score}
            for number, day, answered, satisfied, score in (
                ("1", "30/05/2025", "200", "190", "4,5"), ("2", "30/09/2025", "100", "90", "3"),
            )
        ],
        "inspections": [
            {"plan_number": "12/KH-VP", "plan_on": "10/02/2025", "body": "Văn phòng", "form": "Định kỳ", "unit": unit,
             "starts_on": "10/06/2025", "ends_on": "11/06/2025", "sampled": sampled, "wrong": wrong}
            for unit, sampled, wrong in ((ROOM, "60", "3"), ("Phòng Hành chính - Tổ chức", "40", "0"))
        ],
        "inspection_units": [{"plan_number": "12/KH-VP", "approved_on": "10/02/2025", "unit": ROOM}],
        "observations": [OTHER | {key: value for key, value in row.items() if value} for row in rows_of(BOOKS)],
        "officials": [
            person | dict.fromkeys(marks, "Đạt") | {"full_name": f"Nguyễn Văn {name}", "political": political}
            for name, political in zip("ABCDEF", ["Đạt"] * 4 + ["Không yêu cầu", "Chưa đạt"], strict=True)
        ],
    }  # fmt: skip


def land(sources: DossierSources, folder: Path) -> None:
    for name, rows in registers().items():
        write_workbook(folder / f"{name}.xlsx", REGISTERS[name], rows)
    contents = read(folder)
    assert [one.message for one in contents.rejections] == []
    for name in registers():
        with Extraction(sources.warehouse, "registers", name, run_id="test") as extraction:
            for one in contents.pages(name):
                extraction.add(one)
            extraction.finish(complete=True)
    sources.given_agencies(AGENCIES)
    dossiers = []
    for row in rows_of(DOSSIERS):
        body = payload(DEFAULTS | {key: value for key, value in row.items() if key != "sector"})
        body["procedure"]["sector"] = {"code": row["sector"]}
        dossiers.append(Record(row["code"], json.dumps(body, ensure_ascii=False).encode(), None))
    sources.land("dossiers", dossiers)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierSources]:
    folder = tmp_path_factory.mktemp("ten")
    (folder / "so").mkdir()
    sources = DossierSources(folder, None)
    reference.load(sources.warehouse, DATA)
    land(sources, folder / "so")
    sources.build(CLOSING)
    yield sources
    sources.close()


@pytest.fixture(scope="module")
def version(built: DossierSources, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(built.warehouse, tmp_path_factory.mktemp("published"), run_id="test", closing_date=CLOSING)


def asked(version: Published, sql: str) -> list[tuple[Any, ...]]:
    return reading.ask(version.path, sql).rows


def test_each_has_a_figure_and_a_verdict(version: Published) -> None:
    found = asked(
        version,
        "select indicator, numerator, denominator, actual, operator, target, verdict from marts.scoreboard"
        " where left(indicator, 1) = 'H'",
    )
    assert {name: tuple(rest) for name, *rest in found if name not in BESIDE} == {
        name: (*counts, pytest.approx(actual), operator, pytest.approx(target), verdict)
        for name, (*counts, actual, operator, target, verdict) in BOARD.items()
    }


def test_each_names_the_records_that_keep_it_down(version: Published) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, code, reason in asked(
        version,
        "select indicator, reason_code, reason from marts.failing_record where left(indicator, 1) = 'H' order by all",
    ):
        found.setdefault(name, []).append((code, reason))
    assert {name: rows for name, rows in found.items() if name not in BESIDE} == FAILING


def test_the_three_units_have_verdicts_of_their_own(version: Published) -> None:
    found = asked(
        version,
        "select unit_code, verdict from marts.headline_result where indicator = 'H10' and period_kind = 'year_to_date'"
        " and target is not null and year(period_start) = 2025 order by all",
    )
    assert found == [("H19", "Chưa đạt"), ("H19.05", "Chưa đạt"), ("H19.06", "Đạt"), ("H19.07", "Đạt")]


def test_the_year_before_stands_beside_what_is_no_rate(version: Published) -> None:
    found = asked(
        version,
        "select actual_last_year, numerator_last_year, denominator_last_year from marts.scoreboard"
        " where indicator = 'H5'",
    )
    assert found == [(1, 1, 1)]
    assert "Cùng kỳ năm trước 1\N{NO-BREAK SPACE}đơn (1 / 1)" in page(version)


def test_a_count_of_the_year_has_no_verdict_of_a_month(version: Published) -> None:
    kinds = asked(
        version,
        "select distinct period_kind from marts.headline_result where indicator = 'H5' and target is not null"
        " and is_headline_unit and period_start >= '2025-01-01' order by all",
    )
    assert kinds == [("year",), ("year_to_date",)]


def test_what_a_register_does_not_say_leaves_a_range_or_no_verdict(version: Published) -> None:
    found = asked(
        version,
        "select indicator, numerator, quarantined, lower_bound, upper_bound, verdict from marts.scoreboard"
        " where indicator in ('H14', 'H15') order by all",
    )
    assert found == [("H14", 1, 1, None, None, "Chưa đủ căn cứ"), ("H15", 1, 1, 1, 2, "Chưa đủ căn cứ")]


def test_each_day_is_counted_by_the_entry_of_its_day(version: Published) -> None:
    found = asked(
        version,
        "select quarter(period_start), numerator, denominator from marts.headline_result where indicator = 'H16'"
        " and is_headline_unit and period_kind = 'quarter' and denominator > 0 order by all",
    )
    assert found == [(1, 1, 2), (3, 2, 2)]


def test_the_rules_of_what_is_published_hold(built: DossierSources) -> None:
    rules = expectations.load()
    for table in ("marts.indicator_result", "marts.failing_record", "marts.scoreboard", "marts.reading"):
        broken = [one.rule.name for one in validate(built.warehouse, table, rules.get(table, [])) if not one.success]
        assert broken == [], table


def test_the_own_reading_of_what_is_no_rate_is_the_figure_of_the_board(version: Published) -> None:
    figures = "select indicator, actual, verdict, {} from {} where left(indicator, 1) = 'H' order by indicator"
    ranges = ("lower_bound", "upper_bound")
    own = asked(version, figures.format(", ".join(ranges), "marts.reading"))
    assert own == asked(version, figures.format(", ".join(ranges), "marts.scoreboard"))
    assert len(own) == len(BOARD) + len(BESIDE)


def test_nobody_can_be_made_out(version: Published, built: DossierSources) -> None:
    people = [person for (person,) in built.query("select distinct person from staging.registers__officials")]
    written = str(asked(version, "select * from marts.failing_record"))
    assert len(people) == 6
    assert not [person for person in people if person in written]


def test_page_report_and_terminal_tell_them_in_their_own_unit(version: Published) -> None:
    shown = page(version).replace("\N{NO-BREAK SPACE}", " ")
    told = {
        row["indicator"]: {key: value.replace("\N{NO-BREAK SPACE}", " ") for key, value in row.items()}
        for row in content.report(version).texts["objectives"]
    }
    wanted = {
        "H2": ("4,00 điểm", "≥ 4,20 điểm"),
        "H3": ("3,00 %", "≤ 2,00 %"),
        "H4": ("4,5 ngày làm việc", "≤ 5,0 ngày làm việc"),
        "H5": ("1 đơn", "≤ 3 đơn"),
        "H7": ("-15,00 %", "≤ -10,00 %"),
        "H11": ("5,0 ngày làm việc", "2,0–6,0 ngày làm việc"),
        "H12": ("120 lượt người", "≥ 100 lượt người"),
    }
    rows = {row.indicator: row for row in terminal.scoreboard(Publication(version.path))}
    board = terminal.scoreboard_table(list(rows.values()))
    cells = [cell.replace("\N{NO-BREAK SPACE}", " ") for column in board.columns for cell in map(str, column.cells)]
    for name, (figure, target) in wanted.items():
        assert figure in told[name]["result"], name
        assert told[name]["target"] == target
        assert figure in shown, name
        assert target in shown, name
        assert figure in cells, name
        assert target in cells, name
    for name in BOARD:
        assert f'id="{name}"' in shown
        assert name in told


def test_charts_and_workbook_take_them(version: Published) -> None:
    report = content.report(version)
    assert [chart["title"].partition(".")[0] for chart in charts.drawn(report.frames)][:1] == ["Kết quả trong năm"]
    # Months of what is no rate stand on no axis of a hundred per cent.
    assert set(report.frames["months"]["indicator"]) & {"H2", "H4", "H5", "H7", "H11", "H12"} == set()
    with ZipFile(BytesIO(workbook(report))) as book:
        assert "xl/workbook.xml" in book.namelist()


def test_a_missed_one_opens_a_form_in_its_own_unit(version: Published) -> None:
    told = dict(asked(version, "select code, description from marts.nonconformity_opening where indicator[1] = 'H'"))
    assert told["KPH-2025-H2-Q3"] == "Điểm hài lòng bình quân: 3 điểm, chỉ tiêu ≥ 4,2 điểm, quý 3 năm 2025"
    assert told["KPH-2025-H3-Q2"] == "Hồ sơ có sai sót: 3 %, chỉ tiêu ≤ 2 %, quý 2 năm 2025"
    assert told["KPH-2025-H6-NAM"] == "Sáng kiến được công nhận: 2 sáng kiến, chỉ tiêu ≥ 3 sáng kiến, năm 2025"


def test_they_are_described(version: Published) -> None:
    words = dict(asked(version, "select value, label from data_dictionary.values where column_name = 'indicator'"))
    assert words["H6"] == "Sáng kiến được công nhận"
    reasons = dict(asked(version, "select value, label from data_dictionary.values where column_name = 'reason_code'"))
    assert reasons["DIEM_THAP"] == "Điểm dưới mức giao"
    shown = 'select "Kết quả (%)", "Đơn vị tính" from bao_cao."Bảng điểm" where "Chỉ tiêu" = '
    assert asked(version, f"{shown} 'H2'") == [(4.0, "điểm")]
    assert asked(version, f"{shown} 'H3'") == [(3.0, "%")]
    silent = asked(
        version,
        "select table_name || '.' || column_name from duckdb_columns()"
        " where schema_name in ('reference', 'marts') and not internal and coalesce(comment, '') = ''",
    )
    assert silent == []


def test_the_recipe_names_exactly_the_files_that_stand_here() -> None:
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*Add an objective by data alone\.\*\*(.*?)\n\n", text, re.S)
    assert found
    named = set(re.findall(r"`(\w+)\.<name>\.(?:yaml|csv)`", found[1]))
    assert named == {path.name.partition(".")[0] for path in DATA.iterdir()}
