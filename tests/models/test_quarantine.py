"""Records that cannot be counted leave the flow with their reasons, and come back when mended."""

from datetime import date

from connectors.records import record
from tests.models.dossier_sources import DossierSources


CLOSING = date(2025, 12, 31)


def test_each_defect_has_its_rule_and_the_rest_goes_on(dossiers: DossierSources) -> None:
    dossiers.given_agencies("id | code | name | parent_id\nu1 | H19.01 | Sở Nội vụ |")
    dossiers.given(
        """
        code | status           | unit   | limit | accepted         | completed        | supplements
        -----+------------------+--------+-------+------------------+------------------+------------
        ok   | Đã trả kết quả   | H19.01 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
        s    | Chờ ai đó        | H19.01 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
        e    | Đã xử lý xong    | H19.01 | 5 d   | 2025-03-03 08:00 |                  |
        w    | Dừng xử lý       | H19.01 | 5 d   | 2025-03-03 08:00 |                  |
        o    | Đang xử lý       | H19.01 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
        a    | Đang xử lý       | H19.01 | 5 d   |                  |                  |
        b    | Đã xử lý xong    | H19.01 | 5 d   | 2025-03-03 08:00 | 2025-03-02 09:00 |
        p    | Đã xử lý xong    | H19.01 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 | 2025-03-06..2025-03-04
        d    | Đã xử lý xong    | H19.01 | 5 d   | 2025-02-30 08:00 | 2025-03-07 09:00 |
        y    | Đã xử lý xong    | H19.01 | 5 d   | 2025-03-03 08:00 | 2205-03-07 09:00 |
        u    | Đã xử lý xong    | H19.99 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
        l    | Đã xử lý xong    | H19.01 | 5 w   | 2025-03-03 08:00 | 2025-03-07 09:00 |
        """
    )
    dossiers.given("code | completed | limit\nn | 2025-03-07 09:00 |", appointment="")
    dossiers.build(CLOSING)
    assert dossiers.set_aside() == {
        "s": {"status_is_known"},
        "e": {"end_is_given"},
        "w": {"end_is_given"},
        "o": {"open_dossier_has_no_end"},
        "a": {"acceptance_is_given"},
        "b": {"end_is_not_before_acceptance"},
        "p": {"pause_does_not_end_before_it_starts"},
        "d": {"dates_are_readable", "acceptance_is_given"},
        "y": {"dates_are_possible"},
        "u": {"unit_is_known"},
        "l": {"limit_unit_is_known"},
        "n": {"due_date_is_known"},
    }
    assert dossiers.classifications() == {"ok": "truoc_han"}
    assert dossiers.query("select received, accepted, quarantined, difference from core.admissions") == [(13, 1, 12, 0)]


def test_a_mended_record_comes_back_by_itself(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA |", status="Đã xử lý xong")
    assert dossiers.build(CLOSING).set_aside() == {"A": {"end_is_given"}}
    dossiers.given("code | completed\nA | 2025-03-07 09:00", status="Đã xử lý xong")
    assert dossiers.build(CLOSING).set_aside() == {}
    assert dossiers.classifications() == {"A": "truoc_han"}


def test_a_date_in_the_future_is_judged_anew_when_its_day_has_come(dossiers: DossierSources) -> None:
    """Read once at noon on 31/01/2026, and not changed at the source since."""
    dossiers.given(
        """
        code | status        | accepted         | completed
        -----+---------------+------------------+-----------------
        A    | Đã xử lý xong | 2025-03-03 08:00 | 2026-02-20 09:00
        B    | Đang xử lý    | 2026-02-20 08:00 |
        """,
        appointment="2026-03-10 16:30",
        limit="400 c",
    )
    assert dossiers.build(date(2026, 2, 18)).set_aside() == {"A": {"dates_are_possible"}, "B": {"dates_are_possible"}}
    assert dossiers.build(date(2026, 2, 20)).set_aside() == {}
    assert dossiers.classifications() == {"A": "truoc_han", "B": "dang_giai_quyet_trong_han"}
    # For a day long before the first look, what lies after the look is as impossible as ever.
    assert "A" in dossiers.build(date(2025, 12, 31)).set_aside()


def test_spelling_of_a_status_may_vary_in_case_and_spaces_only(dossiers: DossierSources) -> None:
    dossiers.given("code | status\nA |   đang   XỬ lý \nB | Dang xu ly", appointment="2025-06-30 16:30")
    dossiers.build(CLOSING)
    assert dossiers.set_aside() == {"B": {"status_is_known"}}


def test_a_dossier_of_which_only_the_code_could_be_read_widens_every_period(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA | 2025-03-07 09:00")
    odd = {"id": "7", "code": "B", "unreadable": "Expected `object | null`, got `str` - at `$.agency`"}
    dossiers.land("dossiers", [record("B", odd)])
    dossiers.build(CLOSING)
    assert "record_is_readable" in dossiers.set_aside()["B"]
    assert dossiers.classifications() == {"A": "truoc_han"}
    ((actual, low, high),) = dossiers.query(
        "select actual, lower_bound, upper_bound from marts.scoreboard where indicator = 'MT1'"
    )
    assert (actual, low, high) == (1.0, 0.5, 1.0)
    # The source mends it, and it counts.
    dossiers.given("code | completed\nB | 2025-03-07 09:00")
    assert dossiers.build(CLOSING).set_aside() == {}
