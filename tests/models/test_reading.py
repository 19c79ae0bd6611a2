"""Each headline as others read it: figures recounted by a slow definition, verdicts that change, readings left out."""

from datetime import date

from tests.models.dossier_sources import DEFAULTS, DossierSources, rows_of
from tests.models.reading_slow import readings
from warehouse import building, models, reference


BUILT = ("marts.reading",)
YEAR_END = date(2025, 12, 31)
GROUPS = {"MT1": "all", "MT1a": "to_chuc", "MT1b": "ca_nhan"}
OFFICE = "id | code | name | parent_id\np | H19 | UBND tỉnh Đồng Nai |\no | H19.02 | Văn phòng UBND tỉnh | p"
# Accepted on Monday 04/08 with five working days: due on Monday 11/08, on the 13th with a pause of two.
DOSSIERS = """
code    | group         | appointment      | completed        | status                     | supplements
--------+---------------+------------------+------------------+----------------------------+-------------------------
early   | 1             | 2025-08-11 16:30 | 2025-08-08 09:00 | Đã trả kết quả             |
seconds | 2             | 2025-08-11 16:30 | 2025-08-11 16:30:20 | Đã trả kết quả             |
evening | 2             | 2025-08-11 16:30 | 2025-08-11 17:45 | Đã trả kết quả             |
late    | 2             | 2025-08-11 16:30 | 2025-08-12 09:00 | Đã trả kết quả             |
paused  | Hộ kinh doanh | 2025-08-11 16:30 | 2025-08-13 09:00 | Đã trả kết quả             | 2025-08-06..2025-08-08
holds   | 1             | 2025-08-13 16:30 | 2025-08-13 09:00 | Đã trả kết quả             | 2025-08-06..2025-08-08
after   | 1             | 2025-08-13 16:30 | 2025-08-15 09:00 | Đã trả kết quả             | 2025-08-06..2025-08-08
roomy   | 2             | 2025-08-13 16:30 | 2025-08-12 09:00 | Đã trả kết quả             |
short   | 1             | 2025-08-08 16:30 | 2025-08-11 09:00 | Đã trả kết quả             |
gone    | 1             | 2025-08-11 16:30 | 2025-08-11 09:00 | Công dân yêu cầu rút hồ sơ |
stopped | 2             | 2025-08-11 16:30 | 2025-08-12 09:00 | Dừng xử lý                 |
open    | 1             | 2025-12-31 16:30 |                  | Đang xử lý                 |
overdue | 2             | 2025-08-11 16:30 |                  | Đang xử lý                 |
"""
OTHER_TIMES = """
code     | accepted         | appointment      | completed        | limit | financial
---------+------------------+------------------+------------------+-------+----------
spring   | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-10 09:00 | 5 d   |
december | 2025-12-15 08:00 | 2025-12-22 16:30 | 2025-12-22 09:00 | 5 d   |
before   | 2024-12-16 08:00 | 2024-12-23 16:30 | 2024-12-24 09:00 | 5 d   |
hours    | 2025-08-04 08:00 | 2025-08-04 15:00 | 2025-08-04 15:30 | 6 h   |
taxed    | 2025-08-04 08:00 | 2025-08-11 16:30 | 2025-08-12 17:30 | 5 d   | 2025-08-06 08:00..2025-08-07 08:00
asked    | 2025-08-04 08:00 | 2025-08-11 16:30 | 2025-08-12 17:30 | 5 d   | 2025-08-12 08:00..2025-08-13 08:00
within   | 2025-08-04 08:00 | 2025-08-04 14:30 | 2025-08-04 15:30 | 6 h   | 2025-08-04 09:00..2025-08-04 10:30
"""
AUGUST = {"accepted": "2025-08-04 08:00", "unit": "H19.02"}


def test_readings_of_dossiers_are_those_of_the_slow_definition(dossiers: DossierSources) -> None:
    dossiers.given_agencies(OFFICE)
    dossiers.given(DOSSIERS, **AUGUST)
    dossiers.given(OTHER_TIMES, unit="H19.02")
    dossiers.build(YEAR_END)
    rows = [DEFAULTS | AUGUST | row for table in (DOSSIERS, OTHER_TIMES) for row in rows_of(table)]
    expected = readings(rows, YEAR_END)
    found = dossiers.query(
        "select indicator, reading, numerator, denominator from marts.reading where indicator like 'MT1%'"
        " and reading not in ('CHUNG', 'TOAN_TINH')"
    )
    assert {(GROUPS[indicator], reading): tuple(figure) for indicator, reading, *figure in found} == expected
    # Each of them says something of its own here.
    assert len({figure for (group, _), figure in expected.items() if group == "all"}) >= 7


def numbered(prefix: str, count: int, completed: str) -> str:
    rows = (f"{prefix}{number} | {completed}" for number in range(count))
    return "\n".join(["code | completed", *rows])


READ = (
    "select reading, numerator, denominator, verdict, is_kept from marts.reading where indicator = '{}'"
    " order by position"
)


def test_a_reading_changes_the_verdict_by_the_rules_of_the_headline(dossiers: DossierSources) -> None:
    dossiers.given_agencies(OFFICE)
    # 99 of 100 persons in time by the day, 95 by the minute; of four organisations one is late by an inferred due date.
    dossiers.given(numbered("p", 95, "2025-08-08 09:00"), **AUGUST, appointment="2025-08-11 16:30")
    dossiers.given(numbered("q", 4, "2025-08-11 17:00"), **AUGUST, appointment="2025-08-11 16:30")
    dossiers.given(numbered("r", 1, "2025-08-12 17:00"), **AUGUST, appointment="2025-08-11 16:30")
    dossiers.given(numbered("o", 3, "2025-08-08 17:00"), **AUGUST, appointment="2025-08-11 16:30", group="2")
    dossiers.given(numbered("x", 1, "2025-08-12 17:00"), **AUGUST, appointment="2025-08-13 16:30", group="2")
    dossiers.build(YEAR_END)
    kept = {"R1s": True, "R2": True, "R3": True, "HKD_TO_CHUC": True, "TOAN_TINH": True, "NAM_BAO_CAO": True}
    persons = dossiers.query(READ.format("MT1b"))
    assert [row for row in persons if row[0] not in kept] == [
        ("R1", 99, 100, "Đạt", True),
        ("R1_GOC", 95, 100, "Chưa đạt", False),
        ("R1_PHUT", 95, 100, "Chưa đạt", False),
        ("R1_CONG", 99, 100, "Đạt", True),
        ("R1_KHONG_CONG", 99, 100, "Đạt", True),
        ("R1_LUAT", 99, 100, "Đạt", True),
        ("TU_HIEU_LUC", 99, 100, "Đạt", True),
        ("TC_LUON", 99, 100, "Đạt", True),
        ("TC_KHONG", 99, 100, "Đạt", True),
    ]
    # The range of the headline's figure is the reading's too; the appointment as shown decides it.
    organisations = {row[0]: row[1:] for row in dossiers.query(READ.format("MT1a"))}
    assert organisations["R1"] == (3, 4, "Chưa đủ căn cứ", True)
    assert organisations["TU_HIEU_LUC"] == (3, 4, "Chưa đủ căn cứ", True)
    assert organisations["R1_LUAT"] == (3, 4, "Chưa đạt", False)
    assert organisations["R1_KHONG_CONG"] == (4, 4, "Đạt", False)
    # The whole is bound by its groups, by each reading as by the headline, unless P-02 is what is read otherwise.
    whole = {row[0]: row[1:] for row in dossiers.query(READ.format("MT1"))}
    assert whole["R1"] == (102, 104, "Chưa đủ căn cứ", True)
    assert whole["CHUNG"] == (102, 104, "Đạt", False)
    assert whole["R1_PHUT"] == (98, 104, "Chưa đạt", False)
    assert whole["R1_KHONG_CONG"] == (103, 104, "Đạt", False)
    # What the Office has decided so is no other reading.
    assert {"TUNG_NHOM", "R1_NGAY", "HKD_CA_NHAN"}.isdisjoint(whole)
    # What nothing held can answer says so instead of vanishing.
    assert (
        dossiers.query(
            "select numerator, actual, verdict, is_kept, reason from marts.reading where reading = 'CONG_QUOC_GIA'"
        )
        == [(None, None, "Chưa có số liệu", None, "Cổng Dịch vụ công quốc gia chưa có nguồn đọc")] * 2
    )


RECORDS = """
create or replace table indicators.records as
select
    split_part(record.definition, ' ', 1) as indicator, split_part(record.definition, ' ', 2) as definition,
    '?' as unit_code, basis, on_date, record_kind, record_key || if(times > 1, '-' || n, '') as record_key, outcome,
    null as reason_code, null as reason, null::integer as days_late, null::decimal(24, 6) as part,
    null::decimal(24, 6) as whole
from (values
    ('MT2b PAIR', 'flow', 'secret_document', 'MAT', 'excluded', 1), ('MT2b PAIR', 'flow', 'delivery', 'D', 'met', 6),
    ('MT2b PAIR', 'flow', 'delivery', 'E', 'failed', 2), ('MT2b IN', 'flow', 'incoming_document', 'I', 'met', 3),
    ('MT2b IN', 'flow', 'incoming_document', 'J', 'failed', 1),
    ('MT3 STD', 'state', 'procedure', '1.000001', 'met', 1), ('MT3 STD', 'state', 'procedure', '1.000002', 'met', 1),
    ('MT3.1 WD', 'flow', 'procedure', '1.000002', 'failed', 1),
    ('MT3.5a STD', 'flow', 'publication', '1/TB-VP', 'failed', 1),
    ('MT4b STD', 'state', 'official', 'CBCC-1', 'met', 1), ('MT4b XS', 'state', 'official', 'CBCC-1', 'met', 1),
    ('MT4b STD', 'state', 'official', 'CBCC-2', 'met', 1), ('MT4b XS', 'state', 'official', 'CBCC-2', 'failed', 1),
    ('MT4b STD', 'state', 'official', 'CBCC-3', 'failed', 1), ('MT4b XS', 'state', 'official', 'CBCC-3', 'failed', 1),
    ('MT5 STD', 'state', 'unit', 'H19.02.04', 'met', 1), ('MT5 BB', 'state', 'unit', 'H19.02.04', 'met', 1),
    ('MT5 STD', 'state', 'unit', 'H19.02.08', 'failed', 1), ('MT5 BB', 'state', 'unit', 'H19.02.08', 'met', 1),
    ('MT5 STD', 'state', 'unit', 'Phòng Mới', 'failed', 1), ('MT5 BB', 'state', 'unit', 'Phòng Mới', 'failed', 1)
) as record (definition, basis, record_kind, record_key, outcome, times)
cross join (select if(basis = 'state', date '2025-12-31', date '2025-06-02') as on_date) as dated
cross join range(times) as copies (n)
"""
BESIDE = (
    "create table core.headline_period as select date '2025-01-01' as period_start, date '2025-12-31' as as_at",
    # Of eight deliveries two lack the recipient's acknowledgement, one of them a signature as well.
    "create table indicators.reading_deliveries as select 'KHONG_E4' as reading, '?' as unit_code,"
    " date '2025-06-02' as issued_on, if(n < 7, 'met', 'failed') as outcome from range(8) as numbers (n)"
    " union all select 'DI_03', '?', date '2025-06-02', if(n < 5, 'met', 'undetermined') from range(8) as numbers (n)",
    # A room that the plan does not name has been inspected, another is told of in two ways.
    "create table indicators.inspected_units as select *, 'STD' as definition, '?' as unit_code,"
    " date '2025-12-31' as on_date from (values ('phong_hien_co', true, null), ('phong_hien_co', true, null),"
    " ('phong_hien_co', false, 'SO_MAU_THUAN'), ('danh_sach_theo_ke_hoach', false, 'CHUA_KIEM_TRA'))"
    " as listed (list, is_met, reason_code)",
    "create table core.inspections as select * from (values"
    " ('phong moi', date '2025-05-05', false, true, null), ('H19.02.08', date '2024-05-05', false, true, null),"
    " ('H19.02.08', date '2025-05-05', false, false, null), ('H19.02.08', date '2025-05-05', false, true, 'result')"
    ") as visit (unit_key, concluded_on, is_own, is_visit, differing_columns)",
    "create table core.unread_indicators (indicator varchar, definition varchar, read_on date, reason varchar)",
)


def test_readings_of_documents_ratings_and_inspections(dossiers: DossierSources) -> None:
    for given in (RECORDS, *BESIDE):
        dossiers.query(given)
    (made,) = (model for model in models.load() if model.table == "indicators.reading_records")
    building.build(dossiers.warehouse, made)
    dossiers.build(YEAR_END)
    assert dossiers.query(READ.format("MT2b").replace("verdict, is_kept", "is_kept")) == [
        ("PAIR", 6, 8, True),
        ("KHONG_E4", 7, 8, True),
        ("HAI_CHIEU", 9, 12, True),
        ("DOC", 0, 0, None),
        ("NAM_BAO_CAO", 6, 8, True),
        ("TU_HIEU_LUC", 6, 8, True),
        ("DI_03", 5, 5, False),
        ("CHI_MAT", 0, 0, None),
        ("CA_SU_CO", 0, 0, None),
    ]
    found = dossiers.query(
        "select indicator, reading, numerator, denominator, verdict from marts.reading"
        " where indicator in ('MT3', 'MT4b', 'MT5') and denominator > 0 order by objective_position, position"
    )
    assert found == [
        ("MT3", "STD", 2, 2, "Đạt"),
        ("MT3", "NGAY_LAM_VIEC", 1, 2, "Chưa đạt"),
        ("MT3", "TRONG_MT3", 2, 2, "Chưa đạt"),
        ("MT4b", "STD", 2, 3, "Chưa đạt"),
        ("MT4b", "DUNG_TOT", 1, 3, "Chưa đạt"),
        ("MT5", "STD", 1, 3, "Chưa đạt"),
        ("MT5", "BB", 2, 3, "Đạt"),
        ("MT5", "DOAN_TINH", 2, 3, "Đạt"),
        ("MT5", "PHONG_HIEN_CO", 2, 2, "Đạt"),
    ]


def test_every_reading_that_is_counted_anew_has_a_model_that_knows_it() -> None:
    known = {model.name: model.sql for model in models.load()}
    for row in reference.read("readings.csv"):
        if row.counted in ("dossiers", "records"):
            # Some are read by what their parameter may say, whatever they are called.
            told = known[f"reading_{row.counted}"] + known["reading_deliveries"]
            assert f"'{row.reading}'" in told or f"'{row.parameter}'" in told
