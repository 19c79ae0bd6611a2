"""The official calendar as DuckDB holds it: the counts of domain §3.1 and §2.9, deadlines (domain §3.4), an oracle."""

from datetime import date, timedelta

import holidays
import pytest

from warehouse.database import Database
from warehouse.reference import read
from warehouse.reference.calendar import calendar_rows
from warehouse.reference.schema import CalendarDay


def working_days(warehouse: Database, start: str, end: str) -> int:
    sql = "select count(*) from reference.calendar where is_working and day between $1::date and $2::date"
    return int(warehouse.query(sql, [start, end])[0][0])


def add_working_days(warehouse: Database, start: str, count: int) -> date:
    sql = """
        select due.day
        from reference.calendar as received
        join reference.working_days as due on due.working_day_index = received.working_day_index + $2
        where received.day = $1::date
    """
    ((found,),) = warehouse.query(sql, [start, count])
    assert isinstance(found, date)
    return found


@pytest.mark.parametrize(
    ("month", "working"),
    [
        ("2025-01", 17), ("2025-02", 20), ("2025-03", 21), ("2025-04", 21), ("2025-05", 20), ("2025-06", 21),
        ("2025-07", 23), ("2025-08", 21), ("2025-09", 20), ("2025-10", 23), ("2025-11", 20), ("2025-12", 23),
    ],
)  # fmt: skip
def test_working_days_of_each_month(loaded: Database, month: str, working: int) -> None:
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert working_days(loaded, str(first), str(last)) == working


@pytest.mark.parametrize(
    ("period", "start", "end", "days", "working"),
    [
        ("2024", "2024-01-01", "2024-12-31", 366, 251),
        ("2025", "2025-01-01", "2025-12-31", 365, 250),
        ("2026", "2026-01-01", "2026-12-31", 365, 249),
        ("2027", "2027-01-01", "2027-12-31", 365, 249),
        ("Quý I/2025", "2024-12-15", "2025-03-14", 90, 59),
        ("Quý II/2025", "2025-03-15", "2025-06-14", 92, 62),
        ("6 tháng/2025", "2024-12-15", "2025-06-14", 182, 121),
        ("Quý III/2025", "2025-06-15", "2025-09-14", 92, 63),
        ("9 tháng/2025", "2024-12-15", "2025-09-14", 274, 184),
        ("Quý IV/2025", "2025-09-15", "2025-12-14", 91, 65),
        ("Năm 2025 (chế độ báo cáo)", "2024-12-15", "2025-12-14", 365, 249),
    ],
)
def test_days_of_each_period(loaded: Database, period: str, start: str, end: str, days: int, working: int) -> None:
    length = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    assert (length, working_days(loaded, start, end)) == (days, working), period


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2025-01-22", 5, "2025-02-05"),  # over Tết
        ("2025-04-04", 1, "2025-04-08"),  # over Giỗ Tổ
        ("2025-04-24", 3, "2025-04-28"),  # counts Saturday 26/04
        ("2025-04-25", 5, "2025-05-06"),  # 26/04 worked, 02/05 off
        ("2025-04-28", 5, "2025-05-08"),
        ("2025-06-27", 10, "2025-07-11"),  # over the reorganisation
        ("2025-08-28", 3, "2025-09-04"),
        ("2025-12-29", 5, "2026-01-07"),  # 02/01/2026 off
        ("2025-12-31", 7, "2026-01-12"),  # counts Saturday 10/01/2026
        ("2027-01-25", 10, "2027-02-15"),  # Tết of 2027, as proposed
    ],
)
def test_the_nine_deadlines(loaded: Database, received: str, limit: int, due: str) -> None:
    assert add_working_days(loaded, received, limit) == date.fromisoformat(due)


def test_the_library_agrees_but_for_the_swap_of_2026_that_it_misses(loaded: Database) -> None:
    vietnam = holidays.country_holidays("VN", years=[2024, 2025, 2026])
    official = loaded.query("select day, is_working from reference.calendar where is_official order by day")
    assert len(official) == 366 + 365 + 365
    differing = [day for day, is_working in official if is_working != vietnam.is_working_day(day)]
    assert differing == [date(2026, 1, 2), date(2026, 1, 10)]


@pytest.mark.parametrize(
    ("day", "kind", "is_working"),
    [
        ("2025-04-25", "LAM_VIEC", True),
        ("2025-04-26", "LAM_BU", True),
        ("2025-04-27", "NGHI_TUAN", False),
        ("2025-04-30", "NGHI_LE", False),
        ("2025-05-02", "NGHI_HOAN_DOI", False),
        ("2026-04-27", "NGHI_BU", False),
    ],
)
def test_each_kind_of_day(loaded: Database, day: str, kind: str, is_working: bool) -> None:
    sql = "select kind, is_working, citation is not null from reference.calendar where day = $1::date"
    assert loaded.query(sql, [day]) == [(kind, is_working, kind not in ("LAM_VIEC", "NGHI_TUAN"))]


def test_the_calendar_has_every_day_once_and_its_index_counts_the_working_ones(loaded: Database) -> None:
    assert loaded.query("select min(day), max(day), count(*), count(distinct day) from reference.calendar") == [
        (date(2019, 1, 1), date(2031, 12, 31), 4748, 4748)
    ]
    wrong = """
        select day from (
            select *, sum(is_working::integer) over (order by day) as counted from reference.calendar
        ) where counted <> working_day_index
    """
    assert loaded.query(wrong) == []
    assert loaded.query("""
        select (select count(*) from reference.calendar where is_working) = count(*),
               count(*) = count(distinct working_day_index), max(working_day_index) = count(*)
        from reference.working_days
    """) == [(True, True, True)]


def test_a_local_closure_does_not_make_its_year_official() -> None:
    storm = CalendarDay(day=date(2027, 9, 8), kind="NGHI_BU", citation="Bão")
    days = {row["day"]: row for row in calendar_rows([*read("calendar.csv"), storm])}
    assert not days[storm.day]["is_working"]
    assert {day.year for day, row in days.items() if row["is_official"]} == {2024, 2025, 2026}


def test_a_limit_crosses_what_is_provisional_or_not_listed_where_the_count_of_such_days_grows(loaded: Database) -> None:
    crossed = """
        select due.uncertain_days - accepted.uncertain_days
        from reference.calendar as accepted, reference.calendar as due
        where accepted.day = $1::date and due.day = $2::date
    """
    spans = {
        ("2026-12-20", "2027-02-03"): 0,
        ("2027-02-03", "2027-02-04"): 1,
        ("2027-01-25", "2027-02-15"): 5,
        ("2027-08-30", "2027-09-06"): 1,
        ("2027-12-30", "2028-01-04"): 4,
    }
    assert {span: loaded.query(crossed, span)[0][0] for span in spans} == spans
    assert loaded.query("select max(day) from reference.calendar where is_official") == [(date(2026, 12, 31),)]


def test_an_amendment_stands_beside_what_it_amends_and_holds() -> None:
    notice = date(2026, 12, 10)
    official = [
        CalendarDay(day=row.day, kind=row.kind, citation="TB 1", valid_from=notice)
        for row in read("calendar.csv")
        if row.day.year == 2027 and row.state == "tam_tinh"
    ]
    worked = CalendarDay(day=date(2027, 9, 3), kind="LAM_VIEC", citation="TB 1", valid_from=date(2026, 12, 11))
    days = {row["day"]: row for row in calendar_rows([*read("calendar.csv"), *official, worked])}
    assert {day.year for day, row in days.items() if row["is_official"]} == {2024, 2025, 2026, 2027}
    assert (days[date(2027, 2, 4)]["citation"], days[date(2027, 2, 4)]["valid_from"]) == ("TB 1", notice)
    assert days[worked.day]["is_working"]
