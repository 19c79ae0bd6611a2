"""The traps of domain §10 that dossiers show: each sign with a dossier that shows it and one just short of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.models.dossier_sources import DossierSources, rows_of
from warehouse import building
from warehouse.models import Model, load


CLOSING = date(2025, 12, 31)
DONE = {"completed": "2025-03-07 09:00:05"}

DATES = """
code               | person | appointment      | completed           | shows
H19.01-250303-0001 | a01    | 2025-03-10 16:30 | 2025-03-07 09:00:05 |
H19.01-250303-0002 | a02    | 2025-03-18 16:30 | 2025-03-07 09:00:05 | T01 hen_qua_quy_dinh
H19.01-250303-0003 | a03    | 2025-03-17 16:30 | 2025-03-07 09:00:05 |
H19.01-250303-0004 | a04    | 2025-03-10 16:30 | 2025-03-07 00:00:00 | T04 nua_dem
H19.01-250303-0005 | a05    | 2025-03-10 16:30 | 2025-03-10 16:30:00 | T04 trung_gio_hen
H19.01-250303-0006 | a06    | 2025-03-10 16:30 | 2025-03-10 16:29:59 |
"""
STOPPED = """
code               | person | accepted         | appointment      | completed        | status         | shows
H19.01-250303-0011 | b11    | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-10 09:00 | Dừng xử lý     | T02 tra_sat_han
H19.01-250303-0012 | b12    | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00 | Dừng xử lý     |
H19.01-250303-0013 | b13    | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00 | Dừng xử lý     | T02 nop_lai
H19.01-250322-0014 | b13    | 2025-03-22 08:00 | 2025-03-28 16:30 | 2025-03-24 09:00 | Đã trả kết quả |
H19.01-250303-0015 | b15    | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00 | Dừng xử lý     |
H19.01-250323-0016 | b15    | 2025-03-23 08:00 | 2025-03-31 16:30 | 2025-03-26 09:00 | Đã trả kết quả |
"""
STEPS = """
code               | person | supplements                        | shows
H19.01-250303-0023 | c23    | 2025-03-10 08:00..2025-03-10 09:00 | T05 con_buoc_sau, T06 sau_han
H19.01-250303-0024 | c24    | 2025-03-05 09:00..2025-04-04 09:00 |
H19.01-250303-0025 | c25    | 2025-03-05 09:00..2025-04-05 09:00 | T06 qua_lau
"""
LATER = """
code               | person | steps                              | shows
H19.01-250303-0021 | c21    | 2025-03-07 10:01..2025-03-07 11:00 | T05 con_buoc_sau
H19.01-250303-0022 | c22    | 2025-03-07 10:00..2025-03-07 11:00 |
"""
TWICE = """
code               | person | supplements                                                            | shows
H19.01-250303-0026 | c26    | 2025-03-04 09:00..2025-03-05 09:00, 2025-03-06 09:00..2025-03-06 15:00 | T06 nhieu_lan
"""
APPLIED = """
code               | person | applied          | accepted         | method     | status              | completed           | shows
H19.01-250303-0031 | d31    | 2025-02-26 08:00 | 2025-03-03 08:00 | Trực tuyến | Đã trả kết quả      | 2025-03-07 09:00:05 | T08 cham_tiep_nhan
H19.01-250303-0032 | d32    | 2025-02-27 08:00 | 2025-03-03 08:00 | Trực tuyến | Đã trả kết quả      | 2025-03-07 09:00:05 |
H19.01-250303-0033 | d33    | 2025-03-03 08:00 |                  |            | Không được tiếp nhận |                    | T09 nhan_lai
H19.01-250401-0034 | d33    | 2025-04-01 08:00 | 2025-04-02 08:00 |            | Đã trả kết quả      | 2025-04-08 09:00:05 |
H19.01-250303-0035 | d35    | 2025-03-03 08:00 |                  |            | Không được tiếp nhận |                    |
H19.01-250401-0036 | d35    | 2025-04-01 08:00 | 2025-04-03 08:00 |            | Đã trả kết quả      | 2025-04-08 09:00:05 |
H19.01-250303-0037 | d37    | 2025-03-03 07:59 | 2025-03-03 08:00 |            | Đã trả kết quả      | 2025-03-07 09:00:05 |
H19.01-250303-0038 | d37    | 2025-03-03 07:59 | 2025-03-03 08:05 |            | Đã trả kết quả      | 2025-03-07 09:01:05 | T10 trung_noi_dung
H19.01-250303-0039 | d39    | 2025-03-03 07:50 | 2025-03-03 22:00 | Trực tiếp  | Đã trả kết quả      | 2025-03-07 09:00:05 | T15 gio_dem
H19.01-250303-0040 | d40    | 2025-03-03 07:50 | 2025-03-03 21:59 | Trực tiếp  | Đã trả kết quả      | 2025-03-07 09:00:05 |
H19.01-250303-0041 | d41    | 2025-03-03 07:50 | 2025-03-03 08:00 |            | Đã trả kết quả      | 2095-03-07 09:00:05 | T15 tuong_lai
"""  # noqa: E501 - a table reads well only whole
CODES = """
code                      | person | procedure | limit | shows
G07.11-250303-0051        | e51    | 1.000001  | 5 d   | T11 ma_la
H19.01-250303-123456      | e52    | 1.000001  | 5 d   | T11 ma_la
000.00.01.H19-250303-0053 | e53    | 1.000001  | 5 d   |
H19.01-250303-0054        | e54    |           | 5 d   | T12 thieu_ma
H19.01-250303-9999        | e55    | 1.000001  | 5 d   | T18 so_thu_nghiem
H19.01-250303-0056        | e56    | 1.00Ð001  | 5 d   | T34 khac_bang_ma
H19.01-250303-0057        | e57    | 1.000001  | 5 c   | T17 khac_don_vi
H19.01-250303-0058        | e58    | 1.000001  | 25 d  | T17 khac_xa
H19.01-250303-0059        | e59    | 1.000001  | 24 d  |
"""
CODES_OF_2026 = """
code                      | person | procedure | limit | shows
H19.101-20260609-0092637  | e60    | 1.000001  | 5 d   |
G09.20-20260609-0092637   | e61    | 1.000001  | 5 d   | T11 ma_la
H19.101-20260609-9999999  | e62    | 1.000001  | 5 d   | T18 so_thu_nghiem
"""
HOLIDAY = """
code               | person | accepted         | appointment      | completed           | shows
H19.01-250428-0061 | f61    | 2025-04-28 08:00 | 2025-05-05 16:30 | 2025-05-05 09:00:05 | T16 lich_khong_nghi
H19.01-250428-0062 | f62    | 2025-04-28 08:00 | 2025-05-08 16:30 | 2025-05-05 09:00:05 |
"""
BULK = "code | person | completed\n" + "\n".join(
    f"H19.02-250303-{number:04} | g{number} | 2025-03-07 10:00:{number:02}" for number in range(1, 11)
)
NINE = "code | person | completed\n" + "\n".join(
    f"H19.03-250303-{number:04} | h{number} | 2025-03-07 10:00:{number:02}" for number in range(1, 10)
)
TABLES = (DATES, STOPPED, STEPS, LATER, TWICE, APPLIED, CODES, CODES_OF_2026, HOLIDAY)
ABOUT = tuple(
    model.table for model in load() if (model.schema == "anomalies" and model.name[:3] <= "t18") or "t34" in model.name
)
Signs = set[tuple[str, str]]


def union(models: tuple[str, ...]) -> str:
    return " union all by name ".join(f"from {table}" for table in models)


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierSources]:
    dossiers = DossierSources(tmp_path_factory.mktemp("traps"), ABOUT)
    # What was moved, entered late and came from two sources shows between two observations only.
    observations = (
        (datetime(2025, 3, 5, 13, tzinfo=UTC), FIRST_OBSERVATION),
        (datetime(2025, 3, 12, 13, tzinfo=UTC), SECOND_OBSERVATION),
    )
    for dossiers.now, table in observations:
        dossiers.given(table, applied="2025-03-03 07:50")
    dossiers.now = datetime(2025, 12, 1, tzinfo=UTC)
    # A unit for each table, so that their ends in one minute are few.
    for number, table in enumerate(TABLES, 11):
        dossiers.given(table, **DONE, unit=f"H19.{number}")
    dossiers.given(BULK, **DONE, unit="H19.02")
    dossiers.given(NINE, **DONE, unit="H19.03")
    yield dossiers.build(CLOSING)
    dossiers.close()


FIRST_OBSERVATION = """
code               | person | id | appointment      | completed           | status
H19.01-250303-0071 | i71    |    | 2025-03-10 16:30 |                     | Đang xử lý
H19.01-250303-0072 | i72    |    | 2025-03-20 16:30 |                     | Đang xử lý
H19.01-250303-0073 | i73    |    | 2025-03-10 16:30 |                     | Đang xử lý
H19.01-250303-0074 | i74    | x  | 2025-03-10 16:30 | 2025-03-04 09:00:05 | Đã trả kết quả
"""
SECOND_OBSERVATION = """
code               | person | id | appointment      | completed           | status
H19.01-250303-0071 | i71    |    | 2025-03-28 16:30 | 2025-03-12 09:00:05 | Đã trả kết quả
H19.01-250303-0072 | i72    |    | 2025-03-21 16:30 | 2025-03-12 09:00:05 | Đã trả kết quả
H19.01-250303-0073 | i73    |    | 2025-03-10 16:30 | 2025-03-03 09:00:05 | Đã trả kết quả
H19.01-250303-0074 | i74    | y  | 2025-03-10 16:30 | 2025-03-04 09:00:05 | Đã trả kết quả
"""


def signs(dossiers: DossierSources, prefix: str) -> Signs:
    found = dossiers.query(
        f"select trap || ' ' || signal, record_key from ({union(ABOUT)}) where record_key like '{prefix}'"
    )
    return set(found)


def expected(table: str) -> Signs:
    return {(sign.strip(), row["code"]) for row in rows_of(table) for sign in row["shows"].split(",") if sign.strip()}


@pytest.mark.parametrize(
    "table", TABLES, ids=["dates", "stopped", "steps", "later", "twice", "applied", "codes", "codes of 2026", "holiday"]
)
def test_each_sign_is_seen_and_its_near_miss_is_not(dossiers: DossierSources, table: str) -> None:
    codes = {row["code"] for row in rows_of(table)}
    found = {(sign, key) for sign, key in signs(dossiers, "%") if key in codes}
    assert found == expected(table)


def test_ten_in_one_minute_are_closed_in_bulk_and_nine_are_not(dossiers: DossierSources) -> None:
    assert signs(dossiers, "H19.02-%") == {("T04 cung_phut", f"H19.02-250303-{number:04}") for number in range(1, 11)}
    assert signs(dossiers, "H19.03-%") == set()


def test_two_looks_show_what_was_moved_backdated_and_doubled(dossiers: DossierSources) -> None:
    assert signs(dossiers, "H19.01-250303-007_") == {
        ("T01 doi_sau_han", "H19.01-250303-0071"),
        ("T01 doi_truoc_han", "H19.01-250303-0072"),
        ("T01 hen_qua_quy_dinh", "H19.01-250303-0072"),
        ("T03 ghi_lui", "H19.01-250303-0073"),
        ("T10 hai_nguon", "H19.01-250303-0074"),
    }


def test_the_sentence_says_it_to_an_officer(dossiers: DossierSources) -> None:
    found = dict(
        dossiers.query(f"select signal, sentence from ({union(ABOUT)}) where record_key = 'H19.01-250303-0071'")
    )
    assert found["doi_sau_han"] == (
        "Hồ sơ H19.01-250303-0071: ngày hẹn trả bị dời từ 10/03/2025 sang 28/03/2025, khi đã quá hạn 2 ngày"
    )


def test_every_detector_reads_its_thresholds_from_the_reference(dossiers: DossierSources) -> None:
    dossiers.warehouse.query("update reference.trap_thresholds set value = 9 where trap = 'T04'")
    model: Model = next(model for model in load() if model.name == "t04_bulk_closing")
    building.build(dossiers.warehouse, model)
    assert ("T04 cung_phut", "H19.03-250303-0001") in signs(dossiers, "H19.03-%")
