"""Why a published figure changed: for each cause a day on which nothing else happened."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.records import Record
from tests.support.evenings import REFERENCE, Evenings


FIRST, NEXT = date(2025, 5, 20), date(2025, 5, 21)
MARCH = """
code | status         | accepted         | appointment      | completed
A    | Đã trả kết quả | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00
B    | Đã trả kết quả | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-12 09:00
O    | Đang xử lý     | 2025-05-19 08:00 | 2025-06-30 16:30 |
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Evenings]:
    """After a first evening on which March had one dossier in time and one late."""
    evenings = Evenings(tmp_path)
    evenings.on(FIRST).given(MARCH)
    evenings.night(FIRST)
    yield evenings
    evenings.dossiers.close()


def r1(rows: list[tuple[object, ...]], indicator: str = "MT1") -> list[tuple[object, ...]]:
    return [row[2:] for row in rows if row[:2] == (indicator, "R1")]


def test_what_a_day_adds_is_no_restatement(office: Evenings) -> None:
    office.on(NEXT).given(
        """
        code | status         | accepted         | appointment      | completed
        O    | Đã xử lý xong  | 2025-05-19 08:00 | 2025-06-30 16:30 | 2025-05-21 10:00
        A    | Đã trả kết quả | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00
        N    | Đang xử lý     | 2025-05-21 08:00 | 2025-05-21 16:30 |
        """
    )
    office.night(NEXT)
    assert office.dossiers.query("from indicators.dossier_changes") == []
    assert office.dossiers.query("from marts.restatement") == []
    assert office.dossiers.rates()["R1"] == (2, 3)


def test_a_dossier_recorded_late(office: Evenings) -> None:
    office.on(NEXT).given("code | completed\nC | 2025-03-14 09:00")
    office.night(NEXT)
    assert r1(office.restated()) == [("2025-03-01", 1, 1, 2, 3, "late_record", "C")]
    assert r1(office.restated(), "MT1b") == r1(office.restated())
    assert r1(office.restated(kind="year_to_date")) == [("2025-01-01", 1, 1, 2, 3, "late_record", "C")]
    assert r1(office.restated(kind="year_to_date", unit="H19.01")) == r1(office.restated(kind="year_to_date"))
    of_stock = [row for row in office.restated() if row[1] == "R2"]
    assert {row[7] for row in of_stock} == {"late_record"}


def test_an_end_entered_late_is_a_late_record(office: Evenings) -> None:
    office.on(NEXT).given(
        "code | status | accepted | appointment | completed\n"
        "O | Đã xử lý xong | 2025-05-19 08:00 | 2025-06-30 16:30 | 2025-05-20 10:00"
    )
    office.night(NEXT)
    # May has not ended: the figure as at the first evening.
    assert r1(office.restated()) == [("2025-05-01", 0, 1, 0, 1, "late_record", "O")]
    ((period_end,),) = office.dossiers.query(
        "select distinct period_end from marts.restatement where period_kind = 'month' and definition = 'R1'"
        " and period_calendar = 'iso'"
    )
    assert period_end == FIRST


def test_a_corrected_dossier(office: Evenings) -> None:
    office.on(NEXT).given("code | completed\nB | 2025-03-10 16:00")
    office.night(NEXT)
    assert r1(office.restated()) == [("2025-03-01", 1, 2, 2, 2, "correction", "B")]
    ((sentence,),) = office.dossiers.query(
        "select sentence from marts.restatement where indicator = 'MT1' and definition = 'R1' and unit_code = 'VP'"
        " and period_kind = 'month' and period_calendar = 'iso'"
    )
    assert sentence == (
        "MT1 (R1), VP, 01/03/2025 – 31/03/2025: tử số 1 → 2, mẫu số 2 → 2, "
        "so với số công bố cho ngày chốt 20/05/2025. Vì: nguồn sửa bản ghi (1)."
    )


def test_a_dossier_that_moved_to_another_month_changes_both(office: Evenings) -> None:
    office.on(NEXT).given("code | completed\nB | 2025-04-02 09:00")
    office.night(NEXT)
    assert r1(office.restated()) == [
        ("2025-03-01", 1, 1, 2, 1, "correction", "B"),
        ("2025-04-01", 0, 0, 0, 1, "correction", "B"),
    ]


def test_a_dossier_that_has_gone(office: Evenings) -> None:
    kept = office.dossiers.query("select record_key, payload from raw.portal__dossiers where record_key <> 'B'")
    office.on(NEXT)
    office.list_whole([Record(key, payload.encode(), None) for key, payload in kept])
    office.night(NEXT)
    assert r1(office.restated()) == [("2025-03-01", 1, 1, 2, 1, "withdrawn", "B")]


def test_another_decision_on_the_definition(office: Evenings) -> None:
    office.on(FIRST).given("code | status | completed\nR | Dừng xử lý | 2025-03-07 09:00")
    office.night(FIRST)
    text = (REFERENCE / "parameters.yaml").read_text(encoding="utf-8")
    decided = text.replace('value: "loai_khoi_R1"', 'value: "tinh_vao_R1"')
    assert decided != text
    office.adds("parameters.yaml", decided)
    office.on(NEXT)
    office.night(NEXT)
    assert [row[:-1] for row in r1(office.restated())] == [("2025-03-01", 1, 2, 2, 3, "new_definition")]


def test_a_mended_status_map_releases_the_record_and_says_so(office: Evenings) -> None:
    office.on(FIRST).given("code | status | completed\nS | Trả kết quả tại nhà | 2025-03-07 09:00")
    office.night(FIRST)
    assert office.dossiers.set_aside() == {"S": {"status_is_known"}}
    assert office.dossiers.rates()["R1"] == (1, 2)
    office.adds(
        "dossier_status_aliases.tinh.csv",
        "name,status_code,outcome,source\nTrả kết quả tại nhà,10,,Công văn của Sở Khoa học và Công nghệ\n",
    )
    office.on(NEXT)
    office.night(NEXT)
    assert office.dossiers.set_aside() == {}
    assert office.dossiers.rates()["R1"] == (2, 3)
    assert r1(office.restated()) == [("2025-03-01", 1, 2, 2, 3, "released", "S")]


SWAPPED = "day,kind,citation,valid_from\n2025-03-13,NGHI_HOAN_DOI,Thông báo hoán đổi muộn,2025-05-21\n"


def test_a_swap_announced_late_moves_the_due_dates_it_touches_and_no_others(office: Evenings) -> None:
    office.on(FIRST).given(
        """
        code | appointment      | completed        | limit | supplements
        P    | 2025-03-12 16:30 | 2025-03-14 09:00 | 7 d   | 2025-03-06..2025-03-07
        L    |                  | 2025-03-13 15:00 | 8 d   |
        Q    | 2025-03-12 16:30 | 2025-03-12 09:00 | 7 d   |
        """
    )
    office.night(FIRST)
    assert office.dossiers.classifications() | {"P": "qua_han", "L": "dung_han"} == office.dossiers.classifications()
    office.adds("calendar.hoan_doi.csv", SWAPPED)
    office.on(NEXT)
    office.night(NEXT)
    moved = office.dossiers.query(
        "select dossier_code, due_on_effective_before::date::varchar, due_on_effective_after::date::varchar,"
        " classification_before, classification_after, cause"
        " from marts.due_date_change order by dossier_code"
    )
    assert moved == [
        ("L", "2025-03-13", "2025-03-14", "dung_han", "truoc_han", "new_calendar"),
        ("P", "2025-03-13", "2025-03-14", "qua_han", "dung_han", "new_calendar"),
    ]
    assert r1(office.restated()) == [("2025-03-01", 3, 4, 5, 5, "new_calendar", "L P")]
    ((calendar_before, calendar_after),) = office.dossiers.query(
        "select min(calendar_version) filter (where closing_date = '2025-05-20'),"
        " min(calendar_version) filter (where closing_date = '2025-05-21') from marts.indicator_result"
    )
    assert calendar_before != calendar_after
