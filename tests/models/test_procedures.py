"""MT3: announcement, publication, completeness and synchronisation of procedures, rule by rule, at every boundary."""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.models.book import rows_of
from tests.models.procedures import DECISION, NATIONAL, PORTAL, Look, Procedures


FIGURES = """
select numerator, denominator, excluded, quarantined from marts.indicator_result
where indicator = '{}' and definition = 'STD' and unit_code = 'H19' and period_calendar = 'iso'
    and period_kind = '{}' and period_start = '{}'
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Procedures]:
    procedures = Procedures(tmp_path_factory.mktemp("procedures"))
    yield procedures
    procedures.warehouse.__exit__(None, None, None)


@pytest.fixture
def procedures(warehouse: Procedures) -> Procedures:
    warehouse.forget()
    return warehouse


def announced(signed: str, basis: str) -> tuple[str, str]:
    """A procedure new in a decision of that day, and the decision."""
    return f"code | basis\n1.000001 | {basis}", f"id | signed | new\nD1 | {signed} | 1.000001"


def look_at(codes: list[str], columns: list[dict[str, str]]) -> Look:
    """One evening at procedures that differ in some columns."""
    national = [NATIONAL | {"code": code} | row for code, row in zip(codes, columns, strict=True)]
    return Look(datetime(2025, 9, 1, 20), national, [DECISION], [PORTAL])


def numbered(count: int) -> list[str]:
    """So many procedure codes."""
    return [f"1.{number:06}" for number in range(1, count + 1)]


ANNOUNCED = [
    # Five calendar days before, on a Sunday: the working days 16 to 20 June are five too.
    ("2025-06-15", "2025-04-01>2025-06-20", "met", "met"),
    ("2025-06-16", "2025-04-01>2025-06-20", "CONG_BO_MUON", "CONG_BO_MUON"),
    ("2025-06-21", "2025-04-01>2025-06-20", "CONG_BO_MUON", "CONG_BO_MUON"),
    # Tết: 22/01 + 5 working days is 05/02 (domain §3.4).
    ("2025-01-22", "2024-11-01>2025-02-05", "met", "met"),
    ("2025-01-23", "2024-11-01>2025-02-05", "met", "CONG_BO_MUON"),
    ("2025-01-31", "2024-11-01>2025-02-05", "met", "CONG_BO_MUON"),
    # The worked Saturday 26/04 counts, the swapped Friday 02/05 does not.
    ("2025-04-22", "2025-03-01>2025-04-28", "met", "met"),
    ("2025-04-23", "2025-03-01>2025-04-28", "met", "CONG_BO_MUON"),
    ("2025-04-25", "2025-03-01>2025-05-06", "met", "met"),
    ("2025-04-26", "2025-03-01>2025-05-06", "met", "CONG_BO_MUON"),
    ("2025-05-02", "2025-03-01>2025-05-06", "CONG_BO_MUON", "CONG_BO_MUON"),
    # In force at once: three days after signing; 09/08/2025 is a Saturday, so until Monday.
    ("2025-08-11", "2025-08-06>2025-08-06", "met", "met"),
    ("2025-08-12", "2025-08-06>2025-08-06", "CONG_BO_MUON_RUT_GON", "CONG_BO_MUON_RUT_GON"),
    # So soon that the usual limit would end before the text was issued.
    ("2025-08-07", "2025-08-06>2025-08-10", "met", "met"),
    ("2025-08-07", "2025-08-06>2025-08-11", "CONG_BO_MUON", "CONG_BO_MUON"),
    # The text that takes effect last is the occasion.
    ("2025-06-15", "2018-04-23>2018-06-21; 2025-04-01>2025-06-20", "met", "met"),
    ("2025-06-15", "2025-04-01>2025-06-20; 2025-01-01>2025-03-01", "met", "met"),
    # What cannot be read is not guessed, unless it cannot matter.
    ("2025-06-15", "2018-04-23>2018-06-21; 2025-04-01>", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "2025-04-01>30/02/2025", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "2018-04-23>; 2025-04-01>2025-06-20", "met", "met"),
    ("chưa rõ", "2025-04-01>2025-06-20", "KHONG_RO_NGAY_KY", "KHONG_RO_NGAY_KY"),
]


def test_announced_in_time(procedures: Procedures) -> None:
    codes = numbered(len(ANNOUNCED))
    table = [f"{code} | D{code} | {row[1]}" for code, row in zip(codes, ANNOUNCED, strict=True)]
    decisions = [f"D{code} | {row[0]} | {code}" for code, row in zip(codes, ANNOUNCED, strict=True)]
    procedures.look(
        "2025-09-01 20:00",
        "\n".join(["code | decision | basis", *table]),
        "\n".join(["id | signed | new", *decisions]),
    ).build("2025-12-31")
    calendar_days, working_days = procedures.outcomes("MT3.1"), procedures.outcomes("MT3.1", "WD")
    assert [
        (*row[:2], calendar_days[code], working_days[code]) for code, row in zip(codes, ANNOUNCED, strict=True)
    ] == (ANNOUNCED)


def test_days_late_and_the_reason_say_how_late(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", *announced("2025-06-18", "2025-04-01>2025-06-20")).build("2025-12-31")
    assert procedures.query(
        "select days_late, reason from indicators.mt3 where indicator = 'MT3.1' and definition = 'STD'"
    ) == [(3, "Quyết định D1/QĐ-UBND ký 18/06/2025, hạn 15/06/2025 (văn bản có hiệu lực 20/06/2025)")]


def test_p_19_moves_the_headline_to_working_days(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", *announced("2025-04-23", "2025-03-01>2025-04-28"))
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "met"}
    procedures.decide("P-19", "ngay_lam_viec")
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "CONG_BO_MUON"}


def test_the_limits_are_data(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", *announced("2025-06-15", "2025-04-01>2025-06-20"))
    procedures.decide("procedure_limits", {"cong_bo": 6, "cong_bo_rut_gon": 3, "cong_khai": 5, "cong_khai_rut_gon": 2})
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "CONG_BO_MUON"}


@pytest.mark.parametrize(
    ("signed", "in_it"), [("2025-06-11", 0), ("2025-06-12", 1), ("2025-07-31", 1), ("2025-08-01", 0)]
)
def test_the_cohort_of_the_reorganisation_stands_apart(procedures: Procedures, signed: str, in_it: int) -> None:
    procedures.look("2025-09-01 20:00", *announced(signed, "2025-06-12>2025-07-01")).build("2025-12-31")
    assert len(procedures.outcomes("MT3.1", "C25")) == in_it
    assert len(procedures.outcomes("MT3.1")) == 1


def test_only_the_province_announces_and_what_it_rescinds_is_not_measured(procedures: Procedures) -> None:
    procedures.look(
        "2025-09-01 20:00",
        "code\n1.000001\n1.000002\n1.000003",
        """
        id | signed     | agency              | new      | amended  | rescinded
        ---+------------+---------------------+----------+----------+----------
        D1 | 2025-02-03 | UBND tỉnh Đồng Nai  | 1.000001 | 1.000002 | 1.000004
        D2 | 2025-02-03 | Bộ Tư pháp          | 1.000003 |          |
        """,
    ).build("2025-12-31")
    assert set(procedures.outcomes("MT3.1")) == {"1.000001", "1.000002"}


def test_a_record_that_never_showed_the_decision_cannot_tell_its_occasion(procedures: Procedures) -> None:
    decisions = "id | signed | amended\nD1 | 2025-02-03 | 1.000001\nD2 | 2025-06-02 | 1.000001"
    procedures.look("2025-09-01 20:00", "code | decision\n1.000001 | D2", decisions).build("2025-12-31")
    assert procedures.query(
        "select strftime(on_date, '%d/%m'), reason_code from indicators.mt3"
        " where indicator = 'MT3.1' and definition = 'STD' order by on_date"
    ) == [("03/02", "KHONG_RO_NGAY_HIEU_LUC"), ("02/06", "CONG_BO_MUON")]


def test_a_procedure_counts_once_in_a_period_and_one_late_announcement_makes_it_late(procedures: Procedures) -> None:
    first = "id | signed | amended\nD1 | 2025-02-03 | 1.000001 1.000002"
    procedures.look("2025-02-04 20:00", "code\n1.000001\n1.000002", first)
    procedures.look(
        "2025-06-03 20:00",
        """
        code     | decision | basis
        1.000001 | D2       | 2025-03-01>2025-06-05
        1.000002 | D1       | 2025-01-02>2025-02-15
        """,
        f"{first}\nD2 | 2025-06-02 | 1.000001",
    )
    procedures.build("2025-06-30", ("marts.failing_record", "marts.indicator_result"))
    assert procedures.query(FIGURES.format("MT3.1", "month", "2025-02-01")) == [(2, 2, 0, 0)]
    assert procedures.query(FIGURES.format("MT3.1", "month", "2025-06-01")) == [(0, 1, 0, 0)]
    assert procedures.query(FIGURES.format("MT3.1", "half_year", "2025-01-01")) == [(1, 2, 0, 0)]
    assert procedures.query("select record_key from marts.failing_record where indicator = 'MT3.1'") == [("1.000001",)]


# A Thursday; the fifth working day after it is Monday 05/05/2025, with Saturday 26/04 and without 30/04 to 02/05.
SIGNED = "2025-04-24"
BEFORE = "code | decision\n1.000001 | D0"


@pytest.mark.parametrize(
    ("looks", "outcome"),
    [
        # The first look bounds the day from above only.
        ([("2025-05-05 20:00", "D1")], "met"),
        ([("2025-05-06 20:00", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        # Looked on the last day after office hours, and it was not there.
        ([("2025-05-05 20:00", "D0"), ("2025-05-06 20:00", "D1")], "CONG_KHAI_MUON"),
        # A look in the middle of the last day does not tell of its afternoon.
        ([("2025-05-05 12:00", "D0"), ("2025-05-06 20:00", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        # A look at night tells of the day before.
        ([("2025-05-06 01:30", "D1")], "met"),
        ([("2025-05-06 07:00", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        ([("2025-05-06 01:30", "D0"), ("2025-05-07 01:30", "D1")], "CONG_KHAI_MUON"),
        ([("2025-05-05 01:30", "D0"), ("2025-05-07 01:30", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        ([("2025-05-02 20:00", "D0"), ("2025-05-05 20:00", "D1")], "met"),
        # Never seen: late once somebody looked after the limit, open before that.
        ([("2025-05-05 20:00", "D0")], "CHUA_CONG_KHAI"),
        ([("2025-05-02 20:00", "D0")], "KHONG_RO_NGAY_CONG_KHAI"),
        # A click again later changes nothing (T26).
        ([("2025-05-05 20:00", "D1"), ("2025-05-20 20:00", "D0"), ("2025-05-21 20:00", "D1")], "met"),
    ],
)
def test_published_in_time_as_far_as_looks_tell(
    procedures: Procedures, looks: list[tuple[str, str]], outcome: str
) -> None:
    decisions = f"id | signed | amended\nD1 | {SIGNED} | 1.000001\nD0 | 2024-11-04 |"
    for at, decision in looks:
        # The occasion is told by the record that carries the decision; where it never does, both limits are over.
        procedures.look(at, f"code | decision | basis\n1.000001 | {decision} | 2025-01-02>2025-06-15", decisions)
    assert procedures.build("2025-05-31").outcomes("MT3.2") == {"1.000001": outcome}


@pytest.mark.parametrize(
    ("closing", "outcome"),
    [("2025-04-30", "CHUA_DEN_HAN"), ("2025-05-05", "CHUA_DEN_HAN"), ("2025-05-06", "KHONG_RO_NGAY_CONG_KHAI")],
)
def test_a_limit_that_has_not_passed_keeps_a_procedure_out(procedures: Procedures, closing: str, outcome: str) -> None:
    procedures.look("2025-04-28 20:00", BEFORE, f"id | signed | amended\nD1 | {SIGNED} | 1.000001")
    assert procedures.build(closing).outcomes("MT3.2") == {"1.000001": outcome}


def test_the_shortened_procedure_has_two_working_days(procedures: Procedures) -> None:
    # Signed on Wednesday 06/08/2025; the second working day is the 8th, the fifth the 13th.
    table = """
    code     | basis                 | seen       | outcome
    ---------+-----------------------+------------+------------------------
    1.000001 | 2025-08-06>2025-08-06 | 2025-08-08 | met
    1.000002 | 2025-08-06>2025-08-06 | 2025-08-09 | CONG_KHAI_MUON
    1.000003 | 2025-06-01>2025-08-20 | 2025-08-13 | met
    1.000004 | 2025-06-01>2025-08-20 | 2025-08-14 | CONG_KHAI_MUON
    1.000005 | 2025-06-01>           | 2025-08-08 | met
    1.000006 | 2025-06-01>           | 2025-08-09 | KHONG_RO_NGAY_CONG_KHAI
    1.000007 | 2025-06-01>           | 2025-08-13 | KHONG_RO_NGAY_CONG_KHAI
    1.000008 | 2025-06-01>           | 2025-08-14 | CONG_KHAI_MUON
    """
    rows = list(rows_of(table))
    decisions = f"id | signed | amended\nD1 | 2025-08-06 | {' '.join(row['code'] for row in rows)}"
    for day in ("2025-08-07", "2025-08-08", "2025-08-09", "2025-08-13", "2025-08-14"):
        shown = [f"{row['code']} | {'D1' if row['seen'] <= day else 'D0'} | {row['basis']}" for row in rows]
        procedures.look(f"{day} 20:00", "\n".join(["code | decision | basis", *shown]), decisions)
    assert procedures.build("2025-12-31").outcomes("MT3.2") == {row["code"]: row["outcome"] for row in rows}


def test_a_later_decision_in_the_record_has_taken_the_earlier_one_in(procedures: Procedures) -> None:
    decisions = f"id | signed | amended\nD1 | {SIGNED} | 1.000001\nD2 | 2025-04-25 | 1.000001"
    procedures.look("2025-04-26 20:00", "code | decision\n1.000001 | D2", decisions)
    assert procedures.build("2025-05-31").query(
        "select outcome from indicators.mt3 where indicator = 'MT3.2' order by on_date"
    ) == [("met",), ("met",)]


def test_what_was_rescinded_before_anybody_looked_is_not_late(procedures: Procedures) -> None:
    decisions = f"id | signed | amended | rescinded\nD1 | {SIGNED} | 1.000009 |\nD2 | 2025-05-28 | | 1.000009"
    procedures.look("2025-06-05 20:00", "code\n1.000001", decisions)
    assert procedures.build("2025-06-30").outcomes("MT3.2") == {
        "D1/QĐ-UBND: Thủ tục 1.000009": "KHONG_RO_NGAY_CONG_KHAI"
    }


PLACEHOLDERS = [
    ("name", "<p>&nbsp;</p>", "Tên TTHC"),
    ("steps", "", "Trình tự thực hiện"),
    ("steps", "Đang cập nhật", "Trình tự thực hiện"),
    ("steps", "<div><p> Theo quy định. </p></div>", "Trình tự thực hiện"),
    ("steps", "N/A", "Trình tự thực hiện"),
    ("steps", "-", "Trình tự thực hiện"),
    ("steps", "...", "Trình tự thực hiện"),
    ("steps", "KHÔNG", "Trình tự thực hiện"),
    ("steps", "Không có", "Trình tự thực hiện"),
    ("channel", "", "Cách thức thực hiện"),
    ("paper", "Không quy định", "Thành phần, số lượng hồ sơ"),
    ("copies", "", "Thành phần, số lượng hồ sơ"),
    ("limit", "", "Thời hạn giải quyết"),
    ("applicant", "", "Đối tượng thực hiện"),
    ("agency", "&nbsp;", "Cơ quan giải quyết"),
    ("form", "", "Mẫu đơn, mẫu tờ khai"),
    ("result", "", "Kết quả thực hiện"),
    ("condition", "Không", "Yêu cầu, điều kiện"),
    ("condition", "", "Yêu cầu, điều kiện"),
    ("fee", "", "Phí, lệ phí"),
]
NOT_AUTOMATIC = {"Mẫu đơn, mẫu tờ khai", "Kết quả thực hiện", "Yêu cầu, điều kiện", "Phí, lệ phí"}


def test_a_placeholder_is_an_empty_field_and_the_reason_names_it(procedures: Procedures) -> None:
    codes = numbered(len(PLACEHOLDERS))
    gaps = [{column: text} for column, text, _ in PLACEHOLDERS]
    procedures.show(look_at(codes, gaps)).build("2025-09-30")
    for definition, judged in (("STD", set()), ("Q766", NOT_AUTOMATIC)):
        expected = [
            ("met", None) if missing in judged else ("failed", f"Trống hoặc chỉ có giá trị giữ chỗ: {missing}")
            for *_, missing in PLACEHOLDERS
        ]
        assert (
            procedures.query(
                "select outcome, reason from indicators.mt3 where indicator = 'MT3.3' and on_date = date '2025-09-30'"
                f" and definition = '{definition}' order by record_key"
            )
            == expected
        )


CONTENTS: list[tuple[dict[str, str], str]] = [
    ({}, "met"),
    ({"steps": "<p>Bước 1: nộp hồ sơ</p>"}, "met"),
    ({"steps": "Không quá 5 ngày"}, "met"),
    ({"condition": "<p>Không có.</p>"}, "met"),
    ({"condition": "Không quy định"}, "met"),
    ({"result": "Không có"}, "met"),
    ({"limit": "", "limit_note": "Trong ngày làm việc"}, "met"),
    ({"paper": "Bản sao giấy tờ tùy thân", "form": ""}, "met"),
    ({"fee": "0"}, "met"),
    ({"fee": "", "fee_note": "Không thu phí"}, "met"),
    ({"fee": "1.000.000"}, "met"),
    ({"fee": "", "fee_note": "Không có thông tin"}, "NOI_DUNG_MO_HO"),
    ({"fee": "0", "fee_note": "Không có thông tin"}, "NOI_DUNG_MO_HO"),
    ({"fee": "5000", "fee_note": "Không có thông tin"}, "met"),
    ({"fee": "", "fee_note": "Không có thông tin", "steps": ""}, "THIEU_NOI_DUNG"),
    ({"condition": "Không có thông tin"}, "THIEU_NOI_DUNG"),
    ({"status": "9"}, "TRANG_THAI_LA"),
    ({"status": "Đang công khai sửa đổi, bổ sung"}, "met"),
]


def test_complete_content(procedures: Procedures) -> None:
    codes = numbered(len(CONTENTS))
    procedures.show(look_at(codes, [columns for columns, _ in CONTENTS])).build("2025-09-30")
    judged = procedures.outcomes("MT3.3")
    assert [(columns, judged[code]) for code, (columns, _) in zip(codes, CONTENTS, strict=True)] == CONTENTS


def test_what_is_rescinded_or_gone_is_not_in_the_list(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", "code | status\n1.000001 | 1\n1.000002 | Bãi bỏ\n1.000003 | 1")
    procedures.look("2025-09-15 20:00", "code\n1.000001")
    procedures.build("2025-09-30")
    assert procedures.query(
        "select as_at, procedure_code, observed_on from core.procedures_in_scope"
        " where as_at in (date '2025-09-14', date '2025-09-30') order by all"
    ) == [
        (date.fromisoformat("2025-09-14"), "1.000001", date.fromisoformat("2025-09-14")),
        (date.fromisoformat("2025-09-14"), "1.000003", date.fromisoformat("2025-09-14")),
        (date.fromisoformat("2025-09-30"), "1.000001", date.fromisoformat("2025-09-30")),
    ]


def test_a_stock_is_told_of_days_somebody_looked_and_of_the_closing_date_alone_before(procedures: Procedures) -> None:
    procedures.look("2025-05-20 20:00", "code | steps\n1.000001 |")
    procedures.look("2025-07-02 20:00", "code | steps\n1.000001 | Nộp hồ sơ")
    procedures.build("2025-08-20")
    told = "select on_date, outcome from indicators.mt3 where indicator = 'MT3.3' and definition = 'STD' order by 1"
    assert procedures.query(told) == [
        (date.fromisoformat(day), outcome)
        for day, outcome in (
            ("2025-05-31", "failed"), ("2025-06-14", "failed"), ("2025-06-30", "failed"),
            ("2025-07-14", "met"), ("2025-07-31", "met"), ("2025-08-14", "met"), ("2025-08-20", "met"),
        )
    ]  # fmt: skip
    # A closing date before the first run takes what was known first, and only for itself.
    assert procedures.build("2025-03-31").query(told) == [(date.fromisoformat("2025-03-31"), "failed")]


def test_a_portal_never_read_leaves_synchronisation_untold_and_the_whole_open(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", portal=None).build("2025-09-30")
    assert procedures.outcomes("MT3.4") == {}
    assert procedures.outcomes("MT3") == {"1.000001": "MT3.4"}


NAMES = "code | name\n"


@pytest.mark.parametrize(
    ("national", "portal", "expected"),
    [
        ("1.000001 | Khai sinh", "1.000001 | Khai sinh", {"1.000001": "KHOP"}),
        ("1.000001 | Khai sinh", "1.000001 | KHAI  SINH", {"1.000001": "KHOP"}),
        ("1.000001 | Khai sinh", "1.000001 | Khai sính", {"1.000001": "LECH_NOI_DUNG"}),
        ("1.000001 | Khai sinh", "1.000001.000.00.00.H19 | Khai sinh", {"1.000001": "KHOP"}),
        ("1.000001.000.00.00.H19 | Khai sinh", "1.000001.H19 | Khai sinh", {"1.000001.000.00.00.H19": "KHOP"}),
        (
            "1.000001 | Khai sinh",
            "1.000002 | Kết hôn",
            {"1.000001": "THIEU_TREN_CONG", "1.000002": "THUA_TREN_CONG"},
        ),
        # The whole code decides before its national part does.
        (
            "1.000001 | Khai sinh\n1.000001.000.00.00.H19 | Khai tử",
            "1.000001.000.00.00.H19 | Khai tử",
            {"1.000001": "THIEU_TREN_CONG", "1.000001.000.00.00.H19": "KHOP"},
        ),
    ],
)
def test_both_sides_are_compared(procedures: Procedures, national: str, portal: str, expected: dict[str, str]) -> None:
    procedures.look("2025-09-01 20:00", NAMES + national, portal=NAMES + portal).build("2025-09-30")
    assert dict(procedures.query("select procedure_code, result from marts.procedure_sync")) == expected
    judged = {code: "met" if result == "KHOP" else result for code, result in expected.items()}
    assert procedures.outcomes("MT3.4") == judged


def test_sector_and_level_are_keys_and_the_difference_shows_both_values(procedures: Procedures) -> None:
    procedures.look(
        "2025-09-01 20:00",
        """
        code     | sector           | level
        1.000001 | G15-HT01 Hộ tịch | 1
        1.000002 | G15-HT01 Hộ tịch | 1
        1.000003 | G15-HT01 Hộ tịch | 1 3
        1.000004 | G15-HT01 Hộ tịch | 1
        1.000005 | G15-HT01 Hộ tịch | 1
        """,
        portal="""
        code     | sector           | level
        1.000001 | G09-DD01 Đất đai | tinh
        1.000002 | HT Hộ tịch       | Cấp tỉnh
        1.000003 | G15-HT01 Tư pháp | Cấp xã
        1.000004 | G15-HT01 Hộ tịch | xa
        1.000005 | G15-HT01 Hộ tịch | Cấp vùng
        """,
    ).build("2025-09-30")
    assert procedures.query(
        "select procedure_code, result_label, differing_keys, difference from marts.procedure_sync order by all"
    ) == [
        ("1.000001", "LỆCH NỘI DUNG", "Lĩnh vực", 'Lĩnh vực ("Hộ tịch" khác "Đất đai")'),
        ("1.000002", "KHỚP", None, None),
        ("1.000003", "KHỚP", None, None),
        ("1.000004", "LỆCH NỘI DUNG", "Cấp thực hiện", 'Cấp thực hiện ("1" khác "3")'),
        # A level nobody has mapped is no evidence against anybody.
        ("1.000005", "KHỚP", None, None),
    ]
    procedures.refer("update reference.sync_keys set is_compared = false where key = 'cap'")
    assert procedures.build("2025-09-30").outcomes("MT3.4")["1.000004"] == "met"


def test_a_portal_that_stands_on_an_earlier_version_is_behind_and_not_different(procedures: Procedures) -> None:
    procedures.look("2025-09-01 20:00", NAMES + "1.000001 | Khai sinh", portal=NAMES + "1.000001 | Khai sinh")
    procedures.look("2025-09-10 20:00", NAMES + "1.000001 | Khai sinh mới", portal=NAMES + "1.000001 | Khai sinh")
    procedures.build("2025-09-30")
    assert procedures.outcomes("MT3.4") == {"1.000001": "LECH_PHIEN_BAN"}
    assert procedures.outcomes("MT3.4", on="2025-09-14") == {"1.000001": "LECH_PHIEN_BAN"}


def test_rescinded_and_still_offered_says_so(procedures: Procedures) -> None:
    both = "code\n1.000001\n1.000002"
    procedures.look("2025-09-01 20:00", both, portal=both).look("2025-09-10 20:00", portal=both).build("2025-09-30")
    assert procedures.query(
        "select reason from indicators.mt3 where indicator = 'MT3.4' and reason_code = 'THUA_TREN_CONG'"
        " and on_date = date '2025-09-30'"
    ) == [("Thừa trên Cổng, đã bãi bỏ nhưng vẫn tiếp nhận: Đăng ký khai sinh",)]


def test_p_08_names_the_side_and_a_side_we_cannot_read_has_no_figure(procedures: Procedures) -> None:
    procedures.look("2025-06-01 20:00").build("2025-07-31")
    compared = "select distinct as_at, compared_with from core.procedure_sync order by 1"
    assert [side for _, side in procedures.query(compared)] == [
        *["cong_dvc_tinh"] * 2, *["he_thong_giai_quyet_va_cong_quoc_gia"] * 2
    ]  # fmt: skip
    procedures.decide("P-08", {"den_2025-06-30": "cong_dvc_tinh", "tu_2025-07-01": "cong_quoc_gia"})
    assert procedures.build("2025-07-31").outcomes("MT3.4") == {}
    assert procedures.outcomes("MT3.4", on="2025-06-30") == {"1.000001": "met"}


def test_secret_and_internal_procedures_are_excluded_everywhere(procedures: Procedures) -> None:
    procedures.refer(
        "insert into reference.procedure_exclusions values ('1.000001', 'TTHC mật', 'QĐ 1/QĐ-UBND', null, null)"
    )
    procedures.look("2025-09-01 20:00", *announced("2025-06-18", "2025-04-01>2025-06-20")).build("2025-09-30")
    for indicator in ("MT3.1", "MT3.2", "MT3.3", "MT3.4", "MT3"):
        assert procedures.outcomes(indicator) == {"1.000001": "LOAI_TRU"}, indicator


def test_the_whole_holds_only_where_every_part_does(procedures: Procedures) -> None:
    procedures.look(
        "2025-09-01 20:00",
        """
        code     | decision | basis                 | steps     | fee_note           | fee
        1.000001 | D0       |                       | Nộp hồ sơ |                    | 0
        1.000002 | D1       | 2025-06-01>2025-09-10 | Nộp hồ sơ |                    | 0
        1.000003 | D1       | 2025-06-01>2025-08-31 | -         |                    | 0
        1.000004 | D0       |                       | Nộp hồ sơ | Không có thông tin |
        1.000005 | D0       |                       | Nộp hồ sơ |                    | 0
        """,
        "id | signed | amended\nD1 | 2025-08-29 | 1.000002 1.000003",
        portal="code\n1.000001\n1.000002\n1.000003\n1.000004",
    ).build("2025-09-30")
    assert procedures.outcomes("MT3") == {
        "1.000001": "met",
        "1.000002": "met",
        "1.000003": "MT3.1+MT3.3",
        "1.000004": "MT3.3",
        "1.000005": "MT3.4",
    }
    assert dict(procedures.query(
        "select record_key, outcome from indicators.mt3 where indicator = 'MT3' and on_date = date '2025-09-30'"
    ))["1.000004"] == "undetermined"  # fmt: skip


def test_a_thousand_real_procedures_pass(procedures: Procedures) -> None:
    folder = os.environ.get("REAL_SAMPLES_DIR")
    if not folder:
        pytest.skip("REAL_SAMPLES_DIR is not set: the real catalogue is not at hand")
    path = Path(folder) / "tthc" / "get_ds_tthc_da_cong_bo_dvc_service.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    names = {row["TTHC_MA"]: row["NAME"].replace("|", "/").replace("\n", " ") for row in rows}
    assert len(names) == 1_000
    table = NAMES + "\n".join(f"{code} | {name}" for code, name in names.items())
    assert len(list(rows_of(table))) == 1_000
    procedures.look("2025-09-01 20:00", table, portal=table).build("2025-09-30")
    assert set(procedures.outcomes("MT3.4").values()) == {"met"}
    assert set(procedures.outcomes("MT3").values()) == {"met"}
    assert len(procedures.outcomes("MT3")) == 1_000
