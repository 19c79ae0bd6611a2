"""MT4a, MT4b, MT5, D1, D2 and D3 out of the registers: one small table for every rule."""

from datetime import date

import pytest

from tests.models.register_sources import RegisterSources


YEAR_END = date(2025, 12, 31)
TEN = "person\n" + "\n".join(f"met-{n}" for n in range(10))


# --- MT4a: title standards -----------------------------------------------------------------------


def test_a_person_meets_the_standard_when_every_criterion_does(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given(
        "officials",
        """
        person | professional | political       | language_it
        -------+--------------+-----------------+---------------
        A      | Đạt          | Đạt             | Không yêu cầu
        B      | Chưa đạt     | Đạt             | Đạt
        C      | Đạt          | Đang hoàn thiện | Đạt
        D      | Đạt          | Đạt             | Chưa đủ hồ sơ
        E      | Đạt          | Chưa đạt        | Chưa đủ hồ sơ
        """,
    )
    # Ten and A; B, C and E fail, E whatever its papers say; D stays open.
    assert registers.build(YEAR_END).counts("mt4a") == (11, 14, 0, 1)


def test_only_cadres_and_civil_servants_at_work_on_the_day_are_in_scope(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given(
        "officials",
        """
        person  | kind      | starts_on  | ends_on    | absence
        --------+-----------+------------+------------+------------------------
        cadre   | Cán bộ    | 2020-01-01 |            | Không
        lent    | Công chức | 2020-01-01 |            | Biệt phái
        hired   | Hợp đồng  | 2020-01-01 |            | Không
        left    | Công chức | 2020-01-01 | 2025-12-30 | Không
        leaving | Công chức | 2020-01-01 | 2025-12-31 | Không
        coming  | Công chức | 2026-01-01 |            | Không
        """,
    )
    assert registers.build(YEAR_END).counts("mt4a") == (12, 12, 1, 0)
    assert registers.counts("mt4a", on=date(2025, 11, 30)) == (13, 13, 1, 0)


def test_a_person_in_two_rooms_counts_once_in_the_primary_position(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given(
        "officials",
        """
        person | unit           | is_primary | starts_on  | political
        -------+----------------+------------+------------+----------
        A      | Phòng Tổng hợp | Có         | 2020-01-01 | Chưa đạt
        A      | Phòng Kinh tế  | Không      | 2024-01-01 | Đạt
        B      | Phòng Tổng hợp | Có         | 2020-01-01 | Chưa đạt
        B      | Phòng Kinh tế  | Có         | 2024-01-01 | Đạt
        C      | Phòng Kinh tế  | Không      | 2024-01-01 | Đạt
        """,
    )
    # A fails in the primary position, B is judged by the later of two primary ones, C has none that we know of.
    assert registers.build(YEAR_END).counts("mt4a") == (11, 12, 0, 1)


def test_public_employees_stand_apart_until_p09_takes_them_in(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given("officials", "\n".join(["person", *(f"employee-{n}" for n in range(6))]), kind="Viên chức")
    assert registers.build(YEAR_END).counts("mt4a") == (10, 10, 0, 0)
    assert registers.counts("mt4a", "VC") == (6, 6, 0, 0)
    registers.decide("P-09", ["can_bo", "cong_chuc", "vien_chuc"])
    assert registers.build(YEAR_END).counts("mt4a") == (16, 16, 0, 0)


def test_an_official_who_left_and_came_back_is_judged_by_the_post_held_on_the_day(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given(
        "officials",
        """
        person | starts_on  | ends_on    | political | differing_columns
        -------+------------+------------+-----------+------------------
        A      | 2020-01-01 | 2025-03-31 | Chưa đạt  |
        A      | 2025-09-01 |            | Đạt       |
        B      | 2020-01-01 |            | Đạt       | Kinh nghiệm
        """,
    )
    assert registers.build(YEAR_END).counts("mt4a") == (11, 11, 0, 1)
    assert registers.counts("mt4a", on=date(2025, 6, 30)) == (10, 10, 0, 1)
    assert registers.counts("mt4a", on=date(2025, 3, 31)) == (10, 11, 0, 1)


# --- MT4b: year-end ratings ----------------------------------------------------------------------


def test_only_a_rating_with_a_decision_by_the_day_counts(registers: RegisterSources) -> None:
    registers.given("ratings", TEN)
    registers.given(
        "ratings",
        """
        person | category                       | stage          | decision_number | decided_on
        -------+--------------------------------+----------------+-----------------+-----------
        A      | Hoàn thành xuất sắc nhiệm vụ   | Có quyết định  | 90/QĐ-VP        | 2025-12-12
        B      | Hoàn thành nhiệm vụ            | Có quyết định  | 90/QĐ-VP        | 2025-12-12
        C      | Hoàn thành tốt nhiệm vụ        | Đơn vị đề nghị | 90/QĐ-VP        | 2025-12-12
        D      | Hoàn thành tốt nhiệm vụ        | Có quyết định  |                 | 2025-12-12
        E      | Hoàn thành tốt nhiệm vụ        | Có quyết định  | 91/QĐ-VP        | 2026-01-05
        F      | Chưa xếp loại                  |                |                 |
        """,
    )
    assert registers.build(YEAR_END).counts("mt4b") == (11, 12, 1, 3)
    assert registers.counts("mt4b", "XS") == (1, 12, 1, 3)
    # Nothing had been decided in November.
    assert registers.counts("mt4b", on=date(2025, 11, 30)) == (0, 0, 1, 15)


def test_a_proposal_gives_way_to_the_decision_and_a_decision_to_a_newer_one(registers: RegisterSources) -> None:
    registers.given("ratings", TEN)
    registers.given(
        "ratings",
        """
        person | category                     | stage          | decision_number | decided_on | differing_columns
        -------+------------------------------+----------------+-----------------+------------+------------------
        A      | Hoàn thành xuất sắc nhiệm vụ | Đơn vị đề nghị |                 |            |
        A      | Hoàn thành nhiệm vụ          | Có quyết định  | 90/QĐ-VP        | 2025-12-12 |
        B      | Hoàn thành nhiệm vụ          | Có quyết định  | 90/QĐ-VP        | 2025-12-12 |
        B      | Hoàn thành tốt nhiệm vụ      | Có quyết định  | 97/QĐ-VP        | 2025-12-30 |
        C      | Hoàn thành tốt nhiệm vụ      | Có quyết định  | 90/QĐ-VP        | 2025-12-12 | Mức xếp loại
        """,
    )
    # A fails, B is good in the end, of C the register tells two things.
    assert registers.build(YEAR_END).counts("mt4b") == (11, 12, 0, 1)


def test_exactly_good_is_another_reading_of_p10(registers: RegisterSources) -> None:
    registers.given("ratings", TEN)
    registers.given("ratings", "person\nA\nB", category="Hoàn thành xuất sắc nhiệm vụ")
    assert registers.build(YEAR_END).counts("mt4b") == (12, 12, 0, 0)
    registers.decide("P-10", "dung_tot")
    assert registers.build(YEAR_END).counts("mt4b") == (10, 12, 0, 0)


def test_an_official_whom_the_ratings_do_not_name_keeps_the_question_open(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given("officials", "person | absence\nA | Không\nB | Nghỉ thai sản trên 6 tháng")
    assert registers.build(YEAR_END).outcomes("MT4b") == {}
    registers.given("ratings", TEN)
    assert registers.build(YEAR_END).counts("mt4b") == (10, 10, 0, 1)


def test_ratings_of_another_year_do_not_count(registers: RegisterSources) -> None:
    registers.given("ratings", TEN, year="2024")
    assert registers.build(YEAR_END).outcomes("MT4b") == {}


@pytest.mark.parametrize(("excellent", "is_within"), [(2, True), (3, False)])
def test_the_excellent_are_at_most_a_fifth_of_the_good(
    registers: RegisterSources, excellent: int, is_within: bool
) -> None:
    registers.given("ratings", TEN)
    registers.given(
        "ratings",
        "\n".join(["person", *(f"excellent-{n}" for n in range(excellent))]),
        category="Hoàn thành xuất sắc nhiệm vụ",
    )
    registers.build(YEAR_END)
    assert registers.query(
        "select excellent, good, excellent_allowed, is_within_quota from indicators.rating_quota"
    ) == [(excellent, 10, 2, is_within)]


# --- what may be said about people ---------------------------------------------------------------


def test_reasons_shared_by_fewer_than_five_are_not_told(registers: RegisterSources) -> None:
    registers.given("officials", TEN)
    registers.given("officials", "\n".join(["person", *(f"five-{n}" for n in range(5))]), political="Chưa đạt")
    registers.given("officials", "\n".join(["person", *(f"four-{n}" for n in range(4))]), experience="Chưa đạt")
    registers.build(YEAR_END)
    assert registers.query(
        "select reason_code, reason, count(*) from indicators.mt4a where outcome = 'failed'"
        " and on_date = date '2025-12-31' group by all order by all"
    ) == [
        ("LY_LUAN_CHINH_TRI", "Chưa đạt: lý luận chính trị", 5),
        ("NHOM_NHO", "Nhiều tiêu chí hoặc nhóm dưới 5 người", 4),
    ]


def test_nothing_is_told_of_an_office_of_four(registers: RegisterSources) -> None:
    registers.given("officials", "person\nA\nB\nC\nD")
    assert registers.build(YEAR_END).query("select count(*) from indicators.mt4a") == [(0,)]


def test_four_decided_ratings_are_told_only_as_open(registers: RegisterSources) -> None:
    registers.given("ratings", "person\nA\nB\nC\nD")
    registers.given("ratings", TEN, decision_number="")
    assert registers.build(YEAR_END).counts("mt4b") == (0, 0, 0, 14)


def test_nobody_can_be_recognised_or_followed(registers: RegisterSources) -> None:
    registers.given("officials", TEN, unit="Phòng Tổng hợp")
    registers.given("officials", "person | political\nA | Chưa đạt")
    registers.build(YEAR_END)
    found = registers.query("select * from indicators.mt4a union all by name select * from indicators.mt4b")
    written = " ".join(str(value) for row in found for value in row)
    assert "met-" not in written
    assert "Tổng hợp" not in written
    assert {row[2] for row in found} == {"?"}
    # The failing one has another number on another day, on at least one of the many days.
    keys = registers.query("select distinct record_key from indicators.mt4a where outcome = 'failed'")
    assert len(keys) > 1


# --- MT5: inspections ----------------------------------------------------------------------------


LISTED = """
unit
Phòng Hành chính - Tổ chức
Phòng Tổng hợp
Phòng Kiểm soát thủ tục hành chính
Trung tâm Phục vụ hành chính công tỉnh
"""
MET = "met"


def test_a_unit_is_inspected_once_it_has_a_conclusion_of_the_office(registers: RegisterSources) -> None:
    registers.given("inspection_units", LISTED)
    registers.given("inspection_units", "unit\nBan Tiếp công dân tỉnh\nPhòng Kinh tế\nPhòng Nội chính")
    registers.given(
        "inspections",
        """
        unit                                   | body      | form            | starts_on  | minutes_number | minutes_on | conclusion_number | concluded_on
        ---------------------------------------+-----------+-----------------+------------+----------------+------------+-------------------+-------------
        PHÒNG TỔNG HỢP                         | Văn phòng | Định kỳ         | 2025-04-02 | 1/BB           | 2025-04-03 | 5/TB-VP           | 2025-04-20
        Phòng Tổng hợp                         | Văn phòng | Đột xuất        | 2025-08-02 | 2/BB           | 2025-08-03 | 9/TB-VP           | 2025-08-20
        Phòng Hành chính - Tổ chức             | Văn phòng | Định kỳ         | 2025-05-02 | 3/BB           | 2025-05-03 |                   |
        H19.02.08                              | Văn phòng | Tự kiểm tra     | 2025-05-02 | 4/BB           | 2025-05-03 | 6/BC              | 2025-05-20
        Trung tâm Phục vụ hành chính công tỉnh | Tỉnh      | Định kỳ         | 2025-05-02 | 5/BB           | 2025-05-03 | 7/TB              | 2025-05-20
        Ban Tiếp công dân tỉnh                 | Văn phòng | Định kỳ         |            |                |            |                   |
        Phòng Kinh tế                          | Văn phòng | Theo chuyên đề  | 2025-11-02 | 6/BB           | 2025-11-03 | 8/TB-VP           | 2026-01-04
        """,  # noqa: E501 - a table is read in lines
    )
    registers.build(YEAR_END)
    assert registers.outcomes("MT5") == {
        "H19.02.04": MET,
        "H19.02.02": "CHUA_KET_LUAN",
        "H19.02.08": "TU_KIEM_TRA",
        "H19.02.20": "DOAN_TINH",
        "Ban Tiếp công dân tỉnh": "CHUA_KIEM_TRA",
        "Phòng Kinh tế": "CHUA_KET_LUAN",
        "Phòng Nội chính": "CHUA_CO_KE_HOACH",
    }
    assert registers.counts("mt5") == (1, 7, 0, 0)
    assert registers.counts("mt5", "BB") == (3, 7, 0, 0)
    assert registers.counts("mt5", on=date(2025, 3, 31)) == (0, 7, 0, 0)
    registers.decide("P-12", "co_bien_ban")
    assert registers.build(YEAR_END).counts("mt5") == (3, 7, 0, 0)


def test_an_inspection_of_another_year_does_not_count(registers: RegisterSources) -> None:
    registers.given("inspection_units", "unit\nPhòng Tổng hợp")
    registers.given("inspections", unit="Phòng Tổng hợp", conclusion_number="1/TB", concluded_on="2024-12-30")
    assert registers.build(YEAR_END).outcomes("MT5") == {"H19.02.04": "CHUA_KIEM_TRA"}


def test_the_list_is_frozen_with_the_plan_and_grows_by_dated_additions(registers: RegisterSources) -> None:
    registers.given(
        "inspection_units",
        """
        unit           | plan_number | approved_on | added_on
        ---------------+-------------+-------------+-----------
        Phòng Tổng hợp | 12/KH-VP    | 2025-02-10  |
        Phòng Tổng hợp | 45/KH-VP    | 2025-06-10  |
        Phòng Ngoại vụ | 12/KH-VP    | 2025-02-10  | 2025-07-15
        Phòng cũ       | 9/KH-VP     | 2024-02-10  |
        """,
    )
    registers.build(YEAR_END)
    assert registers.counts("mt5", on=date(2025, 1, 31)) == (0, 0, 0, 0)
    assert registers.counts("mt5", on=date(2025, 6, 30)) == (0, 1, 0, 0)
    assert sorted(registers.outcomes("MT5")) == ["H19.02.04", "Phòng Ngoại vụ"]
    # The rooms there are stand beside the list, for whoever reads the sentence so; one of the two is decided on.
    others = "select count(*) from indicators.inspected_units where not is_decided and definition = 'STD'"
    assert registers.query(f"{others} and list = 'phong_hien_co' and on_date = '2025-12-31'") == [(4,)]
    registers.decide("P-11", "phong_hien_co")
    assert registers.build(YEAR_END).counts("mt5") == (0, 4, 0, 0)
    assert registers.query(f"{others} and list = 'danh_sach_theo_ke_hoach' and on_date = '2025-12-31'") == [(2,)]


def test_a_unit_is_known_by_its_code_where_the_directory_has_it(registers: RegisterSources) -> None:
    registers.given("inspection_units", "unit\nPhòng  tổng hợp\nPhòng lạ")
    registers.build(YEAR_END)
    assert registers.query("select distinct unit_code, record_key from indicators.mt5 order by all") == [
        ("?", "Phòng lạ"),
        ("H19.02.04", "H19.02.04"),
    ]


# --- D1: communication ---------------------------------------------------------------------------


def test_every_room_needs_evidence_of_communication_in_the_year(registers: RegisterSources) -> None:
    registers.given(
        "communications",
        """
        unit                                   | year | communicated_on
        ---------------------------------------+------+----------------
        Phòng Tổng hợp                         | 2025 | 2025-05-15
        H19.02.08                              | 2025 | 2025-08-01
        Trung tâm Phục vụ hành chính công tỉnh | 2024 | 2024-05-15
        Phòng Hành chính - Tổ chức             | 2025 | 2025-01-15
        """,
    )
    registers.build(YEAR_END)
    # Nobody could tell in January what was decided on 08/05/2025.
    assert registers.outcomes("D1") == {
        "H19.02.02": "CHUA_TRUYEN_DAT",
        "H19.02.04": MET,
        "H19.02.08": MET,
        "H19.02.20": "CHUA_TRUYEN_DAT",
    }
    assert registers.counts("d1", on=date(2025, 6, 30)) == (1, 4, 0, 0)
    # The rooms exist since 01/03/2025.
    assert registers.counts("d1", on=date(2025, 2, 28)) == (0, 0, 0, 0)


def test_without_any_register_of_the_year_there_is_nothing_to_judge(registers: RegisterSources) -> None:
    registers.build(YEAR_END)
    assert [registers.counts(name) for name in ("d1", "d2", "d3", "mt5")] == [(0, 0, 0, 0)] * 4


# --- D2: the units' own objectives ---------------------------------------------------------------


def rooms(count: int) -> list[dict[str, str]]:
    """Rooms R0, R1, … so that many cases stand in one register."""
    return [
        {"unit_code": f"R{place}", "unit_name": f"Phòng {place}", "valid_from": "2025-03-01", "valid_to": ""}
        for place in range(count)
    ]


def test_objectives_are_approved_measurable_and_planned(registers: RegisterSources) -> None:
    cases = [
        ("frequency", "", MET),
        ("approved_number", "", "CHUA_DUYET"),
        ("approved_on", "2026-01-02", "CHUA_DUYET"),
        ("target_text", "Tăng dần", "KHONG_DO_DUOC"),
        ("measures", "-", "THIEU_KE_HOACH"),
        ("resources", "", "THIEU_KE_HOACH"),
        ("responsible", "", "THIEU_KE_HOACH"),
        ("finish", "…", "THIEU_KE_HOACH"),
        ("method", "", "THIEU_KE_HOACH"),
        ("resources", "Không có", MET),
        ("measures", "Đang cập nhật…", "THIEU_KE_HOACH"),
        ("objective", "Đang cập nhật", "KHONG_DO_DUOC"),
        ("approved_number", "Đang cập nhật", "CHUA_DUYET"),
        ("year", "2024", "CHUA_CO_MUC_TIEU"),
    ]
    registers.units = rooms(len(cases) + 1)
    for place, (column, value, _) in enumerate(cases):
        registers.given("objectives", **{"unit": f"Phòng {place}", column: value})
    expected = {f"R{place}": reason for place, (*_, reason) in enumerate(cases)}
    assert registers.build(YEAR_END).outcomes("D2") == expected | {f"R{len(cases)}": "CHUA_CO_MUC_TIEU"}


def test_one_objective_with_gaps_fails_the_room_and_is_named(registers: RegisterSources) -> None:
    registers.given("objectives", "number | resources | method\n1 | Sẵn có | Thống kê\n2 | | ", unit="Phòng Tổng hợp")
    registers.build(YEAR_END)
    assert registers.query(
        "select reason from indicators.d2 where definition = 'STD' and unit_code = 'H19.02.04'"
        " and on_date = date '2025-12-31'"
    ) == [("Phòng Tổng hợp: kế hoạch chưa đủ: mục tiêu số 2 thiếu nguồn lực, phương pháp theo dõi, đo lường",)]
    assert (registers.outcomes("D2", "D2.1")["H19.02.04"], registers.outcomes("D2", "D2.2")["H19.02.04"]) == (
        MET,
        "THIEU_KE_HOACH",
    )


def test_a_target_in_percent_is_measurable_without_a_text(registers: RegisterSources) -> None:
    registers.given("objectives", unit="Phòng Tổng hợp", target_text="cao", target_percent="95")
    assert registers.build(YEAR_END).outcomes("D2")["H19.02.04"] == MET


def test_progress_is_due_for_every_quarter_ended_since_approval(registers: RegisterSources) -> None:
    registers.given("objectives", unit="Phòng Tổng hợp", result_q2="97,2 %")
    registers.build(YEAR_END)
    assert registers.outcomes("D2", "D2.3", date(2025, 6, 30))["H19.02.04"] == MET
    assert registers.outcomes("D2", "D2.3", date(2025, 9, 14))["H19.02.04"] == MET
    assert registers.outcomes("D2", "D2.3", date(2025, 9, 30))["H19.02.04"] == "THIEU_THEO_DOI"


def test_a_report_is_owed_only_when_it_was_asked_for(registers: RegisterSources) -> None:
    registers.given(
        "objectives",
        """
        unit                                   | requested_on | reported_on
        ---------------------------------------+--------------+------------
        Phòng Hành chính - Tổ chức             | 2025-09-10   | 2025-09-18
        Phòng Tổng hợp                         | 2025-09-10   | 2025-09-17
        Phòng Kiểm soát thủ tục hành chính     | 2025-09-10   |
        Trung tâm Phục vụ hành chính công tỉnh |              |
        """,
    )
    registers.build(YEAR_END)
    assert registers.outcomes("D2", "D2.4") == {
        "H19.02.02": "BAO_CAO_MUON",
        "H19.02.04": MET,
        "H19.02.08": "CHUA_BAO_CAO",
        "H19.02.20": "KHONG_YEU_CAU",
    }
    assert registers.outcomes("D2", "D2.4", date(2025, 9, 30))["H19.02.04"] == MET
    # Asked on Wednesday the 10th: until the 17th nobody is late.
    assert registers.outcomes("D2", "D2.4", date(2025, 9, 14))["H19.02.04"] == "CHUA_DEN_HAN"
    assert registers.outcomes("D2", "D2.4", date(2025, 8, 31))["H19.02.04"] == "KHONG_YEU_CAU"


def test_a_linked_objective_becomes_the_rooms_own_target(registers: RegisterSources) -> None:
    registers.given(
        "objectives",
        """
        unit           | number | linked_indicator | target_percent | approved_number | approved_on
        ---------------+--------+------------------+----------------+-----------------+------------
        Phòng Tổng hợp | 1      | mt1A             | 98.5           | 5/QĐ-VP         | 2025-05-20
        Phòng Tổng hợp | 2      |                  | 90             | 5/QĐ-VP         | 2025-05-20
        Phòng Tổng hợp | 3      | MT5              | 60             |                 |
        Phòng lạ       | 1      | MT5              | 60             | 5/QĐ-VP         | 2025-05-20
        """,
    )
    registers.build(YEAR_END)
    assert [(*row[:4], float(row[4]), row[5]) for row in registers.query("from core.unit_targets")] == [
        (
            "MT1a",
            "H19.02.04",
            date(2025, 5, 20),
            ">=",
            0.985,
            "Mục tiêu chất lượng của Phòng Tổng hợp, số 5/QĐ-VP ngày 20/05/2025",
        )
    ]


# --- D3: risks and opportunities -----------------------------------------------------------------


def test_a_risk_table_is_approved_and_reviewed_and_its_parts_are_told_apart(registers: RegisterSources) -> None:
    # What is changed → the outcomes of D3 (approved, reviewed), D3.1 (scores) and D3.2 (effectiveness).
    cases: list[tuple[dict[str, str], str, str, str]] = [
        ({}, MET, MET, MET),
        ({"approved_number": ""}, "CHUA_DUYET", "CHUA_DUYET", "CHUA_DUYET"),
        ({"approved_number": "Đang cập nhật"}, "CHUA_DUYET", "CHUA_DUYET", "CHUA_DUYET"),
        ({"probability": "6"}, MET, "NGOAI_THANG", MET),
        ({"score": "5"}, MET, "SAI_DIEM", MET),
        ({"score": ""}, MET, "SAI_DIEM", MET),
        ({"level": "Cao"}, MET, "SAI_MUC", MET),
        ({"level": "Thấp", "probability": "1", "severity": "4", "score": "4"}, MET, MET, MET),
        ({"level": "Trung bình", "probability": "1", "severity": "5", "score": "5"}, MET, MET, MET),
        ({"level": "Cao", "probability": "3", "severity": "5", "score": "15"}, MET, MET, MET),
        ({"level": "Rất cao", "probability": "4", "severity": "4", "score": "16"}, MET, MET, MET),
        ({"reviewed_on": ""}, "CHUA_RA_SOAT", MET, MET),
        ({"reviewed_on": "2024-12-31"}, "CHUA_RA_SOAT", MET, MET),
        ({"reviewed_on": "2026-01-01"}, "CHUA_RA_SOAT", MET, MET),
        ({"state": "Đã hoàn thành"}, MET, MET, "CHUA_DANH_GIA_HIEU_LUC"),
        ({"state": "Đã hoàn thành", "effectiveness": "Chưa hiệu lực"}, MET, MET, MET),
    ]
    registers.units = rooms(len(cases) + 1)
    for place, (columns, *_) in enumerate(cases):
        registers.given("risks", unit=f"Phòng {place}", **columns)
    registers.build(YEAR_END)
    for part, definition in enumerate(("STD", "D3.1", "D3.2"), 1):
        expected = {f"R{place}": case[part] for place, case in enumerate(cases)}
        assert registers.outcomes("D3", definition) == expected | {f"R{len(cases)}": "CHUA_CO_BANG"}, definition


def test_what_a_register_tells_in_two_ways_leaves_the_room_open(registers: RegisterSources) -> None:
    registers.given("inspection_units", "unit\nPhòng Tổng hợp\nH19.02.08")
    registers.given("inspection_units", unit="H19.02.02", differing_columns="Ngày bổ sung")
    concluded = {"conclusion_number": "5/TB-VP", "concluded_on": "2025-04-20"}
    registers.given("inspections", unit="H19.02.04", differing_columns="Ngày kết luận", **concluded)
    registers.given("inspections", unit="H19.02.08", differing_columns="Ngày kết luận", **concluded)
    registers.given("inspections", unit="H19.02.08", form="Đột xuất", **concluded)
    for register, column in (("communications", "Số người tham dự"), ("objectives", "Chỉ tiêu"), ("risks", "Mức")):
        registers.given(register, unit="H19.02.04", differing_columns=column)
        registers.given(register, unit="H19.02.08")
    registers.build(YEAR_END)
    assert list(registers.outcomes("MT5").values()).count("SO_MAU_THUAN") == 2
    assert registers.counts("mt5") == (1, 1, 0, 2)
    for indicator in ("D1", "D2", "D3"):
        found = registers.outcomes(indicator)
        assert (found["H19.02.04"], found["H19.02.08"]) == ("SO_MAU_THUAN", MET), indicator
    assert registers.counts("d3") == (1, 3, 0, 1)


def test_another_scale_of_p20_has_other_levels(registers: RegisterSources) -> None:
    registers.given("risks", unit="Phòng Tổng hợp", level="Cao")
    assert registers.build(YEAR_END).outcomes("D3", "D3.1")["H19.02.04"] == "SAI_MUC"
    registers.decide("P-20", "3x3")
    assert registers.build(YEAR_END).outcomes("D3", "D3.1")["H19.02.04"] == MET
    assert registers.query("select computed_score, computed_level, is_assessment_right from marts.risk") == [
        (6, "Cao", True)
    ]


def test_what_is_past_its_date_and_not_done_is_overdue(registers: RegisterSources) -> None:
    registers.given(
        "inspections",
        "unit | remedy_due_on | remedy_state\n"
        "A | 2025-11-30 | Đang thực hiện\nB | 2025-11-30 | Đã khắc phục\nC | 2026-01-30 | Đang thực hiện",
    )
    registers.build(YEAR_END)
    assert registers.query("select unit_name, remedy_state from marts.inspection order by all") == [
        ("A", "Quá hạn khắc phục"),
        ("B", "Đã khắc phục"),
        ("C", "Đang thực hiện"),
    ]
