"""Early, on time or overdue: each boundary of domain §2.7 and §2.8."""

from datetime import date

from tests.models.dossier_sources import DossierSources


BUILT = ("marts.dossier_clock", "marts.indicator_result")


CLOSING = date(2025, 12, 31)


def test_day_limits_compare_dates_whatever_the_hour(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | appointment      | completed
        -----+------------------+-----------------
        A    | 2025-03-10 16:30 | 2025-03-09 23:59
        B    | 2025-03-10 16:30 | 2025-03-10 00:00
        C    | 2025-03-10 16:30 | 2025-03-10 16:45
        D    | 2025-03-10 16:30 | 2025-03-11 00:00
        """
    )
    assert dossiers.build(CLOSING).classifications() == {
        "A": "truoc_han",
        "B": "dung_han",
        "C": "dung_han",
        "D": "qua_han",
    }


def test_hour_limits_compare_minutes(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | appointment      | completed
        -----+------------------+--------------------
        A    | 2025-03-10 16:30 | 2025-03-10 16:29:59
        B    | 2025-03-10 16:30 | 2025-03-10 16:30:00
        C    | 2025-03-10 16:30 | 2025-03-10 16:30:59
        D    | 2025-03-10 16:30 | 2025-03-10 16:31:00
        """,
        limit="47 h",
    )
    assert dossiers.build(CLOSING).classifications() == {
        "A": "truoc_han",
        "B": "dung_han",
        "C": "dung_han",
        "D": "qua_han",
    }


def test_an_instant_in_utc_belongs_to_the_next_local_day(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | appointment                  | completed
        -----+------------------------------+-----------------------------
        A    | 2025-03-10T09:30:00.000+0000 | 2025-03-10T16:59:00.000+0000
        B    | 2025-03-10T09:30:00.000+0000 | 2025-03-10T17:00:00.000+0000
        """
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "dung_han", "B": "qua_han"}


def test_one_supplement_in_time_extends_the_due_date_by_its_working_days(dossiers: DossierSources) -> None:
    # Friday 07/03 to Wednesday 12/03: working days 10, 11, 12; due Monday 10/03 becomes Thursday 13/03.
    dossiers.given(
        """
        code | supplements                        | completed
        -----+------------------------------------+-----------------
        A    | 2025-03-07 09:00..2025-03-12 10:00 | 2025-03-12 15:00
        B    | 2025-03-07 09:00..2025-03-12 10:00 | 2025-03-13 15:00
        C    | 2025-03-07 09:00..2025-03-12 10:00 | 2025-03-14 08:00
        """
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "truoc_han", "B": "dung_han", "C": "qua_han"}


def test_a_supplement_asked_on_the_due_date_counts_and_one_asked_after_it_does_not(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | supplements                        | completed
        -----+------------------------------------+-----------------
        A    | 2025-03-10 17:00..2025-03-12 10:00 | 2025-03-12 15:00
        B    | 2025-03-11 08:00..2025-03-12 10:00 | 2025-03-12 15:00
        """
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "dung_han", "B": "qua_han"}


def test_a_second_supplement_does_not_extend(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | supplements                                                            | completed
        -----+------------------------------------------------------------------------+-----------------
        A    | 2025-03-05 08:00..2025-03-06 08:00, 2025-03-07 08:00..2025-03-12 08:00 | 2025-03-11 15:00
        B    | 2025-03-05 08:00..2025-03-06 08:00, 2025-03-07 08:00..2025-03-12 08:00 | 2025-03-12 15:00
        """
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "dung_han", "B": "qua_han"}


def test_a_pause_over_a_holiday_counts_working_days_only(dossiers: DossierSources) -> None:
    # 25/04 to 05/05/2025: Saturday 26/04 is worked; 30/04, 01/05 and 02/05 are off.
    dossiers.given(
        """
        code | appointment      | supplements                        | completed
        -----+------------------+------------------------------------+-----------------
        A    | 2025-04-25 16:30 | 2025-04-25 09:00..2025-05-05 09:00 | 2025-05-05 15:00
        B    | 2025-04-25 16:30 | 2025-04-25 09:00..2025-05-05 09:00 | 2025-05-06 08:00
        """,
        accepted="2025-04-18 08:00",
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "dung_han", "B": "qua_han"}


def test_an_hour_limit_is_extended_by_office_minutes(dossiers: DossierSources) -> None:
    # 11:00 to 13:30 holds 30 + 30 office minutes; due 15:00 becomes 16:00.
    dossiers.given(
        """
        code | appointment      | supplements                        | completed
        -----+------------------+------------------------------------+-----------------
        A    | 2025-03-10 15:00 | 2025-03-10 11:00..2025-03-10 13:30 | 2025-03-10 16:00
        B    | 2025-03-10 15:00 | 2025-03-10 11:00..2025-03-10 13:30 | 2025-03-10 16:01
        C    | 2025-03-10 16:00 | 2025-03-10 11:00..2025-03-10 13:30 | 2025-03-11 07:30
        """,
        limit="47 h",
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "dung_han", "B": "qua_han", "C": "dung_han"}


def test_a_financial_obligation_does_not_stop_the_clock_by_default(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | financial                          | completed
        -----+------------------------------------+-----------------
        A    | 2025-03-05 08:00..2025-03-12 08:00 | 2025-03-12 15:00
        """
    )
    assert dossiers.build(CLOSING).classifications() == {"A": "qua_han"}


def test_a_new_appointment_does_not_make_a_late_dossier_timely(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA | 2025-03-12 15:00")
    dossiers.given("code | completed | appointment\nA | 2025-03-12 15:00 | 2025-03-14 16:30")
    dossiers.build(CLOSING)
    assert dossiers.query(
        "select classification, due_on_original::date, due_on_current::date from marts.dossier_clock"
    ) == [("qua_han", date(2025, 3, 10), date(2025, 3, 14))]


def test_without_an_appointment_the_statutory_limit_is_the_due_date(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | limit | completed
        -----+-------+-----------------
        A    | 5 d   | 2025-03-10 15:00
        B    | 5 d   | 2025-03-11 15:00
        C    | 7 c   | 2025-03-10 15:00
        D    | 5 c   | 2025-03-11 15:00
        E    | 4 h   | 2025-03-03 14:30
        F    | 4 h   | 2025-03-03 14:31
        """,
        appointment="",
        accepted="2025-03-03 09:00",
    )
    assert dossiers.build(CLOSING).classifications() == {
        "A": "dung_han",
        "B": "qua_han",
        "C": "dung_han",
        "D": "qua_han",
        "E": "dung_han",
        "F": "qua_han",
    }


def test_withdrawn_and_stopped_dossiers_have_no_result(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | status                     | completed
        -----+----------------------------+-----------------
        A    | Công dân yêu cầu rút hồ sơ | 2025-03-10 15:00
        B    | Công dân yêu cầu rút hồ sơ | 2025-03-11 15:00
        C    | Dừng xử lý                 | 2025-03-07 15:00
        """
    )
    dossiers.build(CLOSING)
    assert dossiers.classifications() == {"A": "rut", "B": "rut", "C": "dung_xu_ly"}
    assert dossiers.rates() == {"R1": (0, 0), "R1s": (2, 3), "R2": (2, 3), "R3": (0, 1), "B": (0, 0)}


def test_open_dossiers_are_in_time_until_the_end_of_their_due_date(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | status                  | appointment      | supplements
        -----+-------------------------+------------------+------------------------------------
        A    | Đang xử lý              | 2025-03-12 08:00 |
        B    | Được tiếp nhận          | 2025-03-11 16:30 |
        C    | Yêu cầu bổ sung giấy tờ | 2025-03-10 16:30 | 2025-03-10 08:00..
        D    | Yêu cầu bổ sung giấy tờ | 2025-03-10 16:30 | 2025-03-11 08:00..
        """,
        limit="7 d",
    )
    assert dossiers.build(date(2025, 3, 12)).classifications() == {
        "A": "dang_giai_quyet_trong_han",
        "B": "dang_giai_quyet_qua_han",
        "C": "tam_dung",
        "D": "dang_giai_quyet_qua_han",
    }


def test_the_current_step_counts_also_where_it_stands_beside_the_others(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | appointment      | current
        -----+------------------+--------------------
        A    | 2025-03-10 16:30 | 2025-03-07 08:00..
        B    | 2025-03-10 16:30 |
        """,
        status="Đang xử lý",
    )
    assert dossiers.build(date(2025, 3, 12)).classifications() == {"A": "tam_dung", "B": "dang_giai_quyet_qua_han"}


def test_a_dossier_that_ends_after_the_closing_date_is_still_open_on_it(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA | 2025-03-12 15:00")
    assert dossiers.build(date(2025, 3, 10)).classifications() == {"A": "dang_giai_quyet_trong_han"}
    assert dossiers.build(date(2025, 3, 11)).classifications() == {"A": "dang_giai_quyet_qua_han"}
    assert dossiers.build(date(2025, 3, 12)).classifications() == {"A": "qua_han"}


def test_not_accepted_dossiers_stand_outside_every_rate(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | status                 | accepted
        -----+------------------------+-----------------
        A    | Mới đăng ký            |
        B    | Không được tiếp nhận   | 2025-03-03 08:00
        """
    )
    dossiers.build(CLOSING)
    assert dossiers.classifications() == {"A": "moi_dang_ky", "B": "khong_tiep_nhan"}
    assert set(dossiers.rates().values()) == {(0, 0)}
