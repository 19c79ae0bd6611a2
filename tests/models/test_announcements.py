"""MT3.1 and MT3.2: announced and made public in time, every limit at its boundary, and what observations can tell."""

import pytest

from tests.models.dossier_sources import rows_of
from tests.models.procedure_sources import ProcedureSources, announced, numbered


FIGURES = """
select numerator, denominator, excluded, quarantined from marts.indicator_result
where indicator = '{}' and definition = 'STD' and unit_code = 'H19' and period_calendar = 'iso'
    and period_kind = '{}' and period_start = '{}'
"""


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
    # The working-day variant is no laxer there: after a Friday the three days end on Monday all the same.
    ("2025-08-11", "2025-08-08>2025-08-08", "met", "met"),
    ("2025-08-12", "2025-08-08>2025-08-08", "CONG_BO_MUON_RUT_GON", "CONG_BO_MUON_RUT_GON"),
    # So soon that the usual limit would end before the text was issued.
    ("2025-08-07", "2025-08-06>2025-08-10", "met", "met"),
    ("2025-08-07", "2025-08-06>2025-08-11", "CONG_BO_MUON", "CONG_BO_MUON"),
    # The text that takes effect last is the occasion.
    ("2025-06-15", "2018-04-23>2018-06-21; 2025-04-01>2025-06-20", "met", "met"),
    ("2025-06-15", "2025-04-01>2025-06-20; 2025-01-01>2025-03-01", "met", "met"),
    # A text older than the working calendar took effect long ago, whatever days are counted.
    ("2025-06-15", "2018-04-23>2018-06-21", "CONG_BO_MUON", "CONG_BO_MUON"),
    ("2025-06-15", "2018-06-20>2018-06-21", "CONG_BO_MUON_RUT_GON", "CONG_BO_MUON_RUT_GON"),
    # Of two that take effect together the one with a day of issue tells; alone without one it is the usual limit.
    ("2025-08-11", "2025-08-06>2025-08-06; >2025-08-06", "met", "met"),
    ("2025-08-11", "2025-08-06>2018-06-21; >2025-08-12", "CONG_BO_MUON", "CONG_BO_MUON"),
    # What cannot be read is not guessed, unless it cannot matter.
    ("2025-06-15", "2018-04-23>2018-06-21; 2025-04-01>", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "2025-04-01>30/02/2025", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "", "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_HIEU_LUC"),
    ("2025-06-15", "2018-04-23>; 2025-04-01>2025-06-20", "met", "met"),
    ("chưa rõ", "2025-04-01>2025-06-20", "KHONG_RO_NGAY_KY", "KHONG_RO_NGAY_KY"),
]


def test_announced_in_time(procedures: ProcedureSources) -> None:
    codes = numbered(len(ANNOUNCED))
    table = [f"{code} | D{code} | {row[1]}" for code, row in zip(codes, ANNOUNCED, strict=True)]
    decisions = [f"D{code} | {row[0]} | {code}" for code, row in zip(codes, ANNOUNCED, strict=True)]
    procedures.observe(
        "2025-09-01 20:00",
        "\n".join(["code | decision | basis", *table]),
        "\n".join(["id | signed | new", *decisions]),
    ).build("2025-12-31")
    calendar_days, working_days = procedures.outcomes("MT3.1"), procedures.outcomes("MT3.1", "WD")
    assert [
        (*row[:2], calendar_days[code], working_days[code]) for code, row in zip(codes, ANNOUNCED, strict=True)
    ] == (ANNOUNCED)


def test_days_late_and_the_reason_say_how_late(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", *announced("2025-06-18", "2025-04-01>2025-06-20")).build("2025-12-31")
    assert procedures.query(
        "select days_late, reason from indicators.mt3 where indicator = 'MT3.1' and definition = 'STD'"
    ) == [(3, "Quyết định D1/QĐ-UBND ký 18/06/2025, hạn 15/06/2025 (văn bản có hiệu lực 20/06/2025)")]


def test_p_19_moves_the_headline_to_working_days(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", *announced("2025-04-23", "2025-03-01>2025-04-28"))
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "met"}
    procedures.decide("P-19", "ngay_lam_viec")
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "CONG_BO_MUON"}


def test_the_limits_are_data(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", *announced("2025-06-15", "2025-04-01>2025-06-20"))
    procedures.decide("procedure_limits", {"cong_bo": 6, "cong_bo_rut_gon": 3, "cong_khai": 5, "cong_khai_rut_gon": 2})
    assert procedures.build("2025-12-31").outcomes("MT3.1") == {"1.000001": "CONG_BO_MUON"}


@pytest.mark.parametrize(
    ("signed", "in_it"), [("2025-06-11", 0), ("2025-06-12", 1), ("2025-07-31", 1), ("2025-08-01", 0)]
)
def test_the_cohort_of_the_reorganisation_stands_apart(procedures: ProcedureSources, signed: str, in_it: int) -> None:
    procedures.observe("2025-09-01 20:00", *announced(signed, "2025-06-12>2025-07-01")).build("2025-12-31")
    assert len(procedures.outcomes("MT3.1", "C25")) == in_it
    assert len(procedures.outcomes("MT3.1")) == 1


def test_only_the_province_announces_and_what_it_rescinds_counts_too(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-09-01 20:00",
        "code\n1.000001\n1.000002\n1.000003",
        """
        id | signed     | agency              | new      | amended  | rescinded
        ---+------------+---------------------+----------+----------+----------
        D1 | 2025-02-03 | UBND tỉnh Đồng Nai  | 1.000001 | 1.000002 | 1.000004
        D2 | 2025-02-03 | Bộ Tư pháp          | 1.000003 |          |
        """,
    ).build("2025-12-31")
    assert set(procedures.outcomes("MT3.1")) == {"1.000001", "1.000002", "D1/QĐ-UBND: Thủ tục 1.000004"}


def test_a_record_that_never_showed_the_decision_cannot_tell_its_occasion(procedures: ProcedureSources) -> None:
    decisions = "id | signed | amended\nD1 | 2025-02-03 | 1.000001\nD2 | 2025-06-02 | 1.000001"
    procedures.observe("2025-09-01 20:00", "code | decision\n1.000001 | D2", decisions).build("2025-12-31")
    assert procedures.query(
        "select strftime(on_date, '%d/%m'), reason_code from indicators.mt3"
        " where indicator = 'MT3.1' and definition = 'STD' order by on_date"
    ) == [("03/02", "KHONG_RO_NGAY_HIEU_LUC"), ("02/06", "CONG_BO_MUON")]


def test_a_procedure_counts_once_in_a_period_and_one_late_announcement_makes_it_late(
    procedures: ProcedureSources,
) -> None:
    first = "id | signed | amended\nD1 | 2025-02-03 | 1.000001 1.000002"
    procedures.observe("2025-02-04 20:00", "code\n1.000001\n1.000002", first)
    procedures.observe(
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
    ("observations", "outcome"),
    [
        # The first observation bounds the day from above only.
        ([("2025-05-05 20:00", "D1")], "met"),
        ([("2025-05-06 20:00", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        # Looked on the last day after office hours, and it was not there.
        ([("2025-05-05 20:00", "D0"), ("2025-05-06 20:00", "D1")], "CONG_KHAI_MUON"),
        # An observation in the middle of the last day does not tell of its afternoon.
        ([("2025-05-05 12:00", "D0"), ("2025-05-06 20:00", "D1")], "KHONG_RO_NGAY_CONG_KHAI"),
        # An observation at night tells of the day before.
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
    procedures: ProcedureSources, observations: list[tuple[str, str]], outcome: str
) -> None:
    decisions = f"id | signed | amended\nD1 | {SIGNED} | 1.000001\nD0 | 2024-11-04 |"
    for at, decision in observations:
        # The occasion is told by the record that carries the decision; where it never does, both limits are over.
        procedures.observe(at, f"code | decision | basis\n1.000001 | {decision} | 2025-01-02>2025-06-15", decisions)
    assert procedures.build("2025-05-31").outcomes("MT3.2") == {"1.000001": outcome}


@pytest.mark.parametrize(
    ("closing", "outcome"),
    [("2025-04-30", "CHUA_DEN_HAN"), ("2025-05-05", "CHUA_DEN_HAN"), ("2025-05-06", "KHONG_RO_NGAY_CONG_KHAI")],
)
def test_a_limit_that_has_not_passed_keeps_a_procedure_out(
    procedures: ProcedureSources, closing: str, outcome: str
) -> None:
    procedures.observe("2025-04-28 20:00", BEFORE, f"id | signed | amended\nD1 | {SIGNED} | 1.000001")
    assert procedures.build(closing).outcomes("MT3.2") == {"1.000001": outcome}


def test_the_shortened_procedure_has_two_working_days(procedures: ProcedureSources) -> None:
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
        procedures.observe(f"{day} 20:00", "\n".join(["code | decision | basis", *shown]), decisions)
    assert procedures.build("2025-12-31").outcomes("MT3.2") == {row["code"]: row["outcome"] for row in rows}


def test_a_later_decision_in_the_record_has_taken_the_earlier_one_in(procedures: ProcedureSources) -> None:
    decisions = f"id | signed | amended\nD1 | {SIGNED} | 1.000001\nD2 | 2025-04-25 | 1.000001"
    procedures.observe("2025-04-26 20:00", "code | decision\n1.000001 | D2", decisions)
    assert procedures.build("2025-05-31").query(
        "select outcome from indicators.mt3 where indicator = 'MT3.2' order by on_date"
    ) == [("met",), ("met",)]


def test_what_was_rescinded_before_anybody_looked_is_not_late(procedures: ProcedureSources) -> None:
    decisions = f"id | signed | amended | rescinded\nD1 | {SIGNED} | 1.000009 |\nD2 | 2025-05-28 | | 1.000009"
    procedures.observe("2025-06-05 20:00", "code\n1.000001", decisions)
    assert procedures.build("2025-06-30").outcomes("MT3.2") == {
        "D1/QĐ-UBND: Thủ tục 1.000009": "KHONG_RO_NGAY_CONG_KHAI",
        "D2/QĐ-UBND: Thủ tục 1.000009": "KHONG_RO_NGAY_CONG_KHAI",
    }


RESCISSIONS: list[tuple[list[tuple[str, str]], str, str]] = [
    # Whether the short limit (26/04) or the usual one (05/05) holds is not known: record and occasion have gone.
    ([("2025-04-20 20:00", "1"), ("2025-04-26 20:00", "")], "KHONG_RO_NGAY_HIEU_LUC", "met"),
    ([("2025-04-20 20:00", "1"), ("2025-04-28 20:00", "")], "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_CONG_KHAI"),
    ([("2025-05-05 20:00", "1"), ("2025-05-06 20:00", "")], "KHONG_RO_NGAY_HIEU_LUC", "GO_BO_MUON"),
    ([("2025-05-05 12:00", "1"), ("2025-05-06 20:00", "")], "KHONG_RO_NGAY_HIEU_LUC", "KHONG_RO_NGAY_CONG_KHAI"),
    ([("2025-05-05 20:00", "1")], "KHONG_RO_NGAY_HIEU_LUC", "CHUA_GO_BO"),
    # Never seen at all: gone by the first look.
    ([("2025-04-25 20:00", "")], "KHONG_RO_NGAY_HIEU_LUC", "met"),
    # The record stays and says so itself, with the decision and what made it necessary.
    ([("2025-04-20 20:00", "1"), ("2025-05-05 20:00", "Bãi bỏ")], "met", "met"),
    ([("2025-05-05 20:00", "1"), ("2025-05-06 20:00", "Bãi bỏ")], "met", "GO_BO_MUON"),
]


@pytest.mark.parametrize(("looks", "announced_so", "published_so"), RESCISSIONS)
def test_what_is_rescinded_is_announced_and_taken_off_in_time(
    procedures: ProcedureSources, looks: list[tuple[str, str]], announced_so: str, published_so: str
) -> None:
    decisions = f"id | signed | rescinded\nD1 | {SIGNED} | 1.000001"
    for at, status in looks:
        decision = "D1" if status == "Bãi bỏ" else "D0"
        row = f"\n1.000001 | {decision} | {status} | 2025-01-02>2025-06-15" if status else ""
        procedures.observe(at, f"code | decision | status | basis\n1.000002 | D0 | 1 |{row}", decisions)
    procedures.build("2025-05-31")
    (key,) = procedures.outcomes("MT3.1")
    assert procedures.outcomes("MT3.1") == {key: announced_so}
    assert procedures.outcomes("MT3.2") == {key: published_so}
    procedures.decide("rescinded_procedures", "loai_tru")
    procedures.build("2025-05-31")
    assert procedures.outcomes("MT3.1") == procedures.outcomes("MT3.2") == {key: "LOAI_TRU"}


def test_the_whole_of_a_period_judges_what_was_announced_in_it(procedures: ProcedureSources) -> None:
    procedures.observe("2025-05-20 20:00", *announced("2025-05-12", "2025-04-01>2025-05-15"))
    procedures.build("2025-09-30", ("indicators.figures",))
    figures = procedures.query(
        "select period_kind || ' ' || strftime(period_start, '%d/%m'), numerator, denominator, quarantined"
        " from indicators.figures where indicator = 'MT3' and unit_code = 'H19' and period_calendar = 'iso'"
        " and as_at >= date '2025-05-20' and period_kind <> 'month' order by as_at, period_start, period_kind"
    )
    assert figures == [
        ("half_year 01/01", 0, 1, 0),
        ("quarter 01/04", 0, 1, 0),
        *[(f"{kind} 01/01", 0, 1, 0) for kind in ("nine_months", "year", "year_to_date")],
        ("quarter 01/07", 1, 1, 0),
    ]
