"""The official calendar: the counts of domain §3.1 and §2.9, the nine deadlines of §3.4, and an independent oracle."""

from datetime import date, timedelta

import holidays
import pytest

from warehouse.reference import read
from warehouse.reference.calendar import calendar_rows


DAYS = {row["day"]: row for row in calendar_rows(read("calendar.csv"))}
WORKING_DAYS = [day for day, row in DAYS.items() if row["is_working"]]


def working_days(start: date, end: date) -> int:
    return sum(start <= day <= end for day in WORKING_DAYS)


def add_working_days(day: date, count: int) -> date:
    return [later for later in WORKING_DAYS if later > day][count - 1]


def test_working_days_of_each_month_of_2025() -> None:
    ends = [date(2025, month + 1, 1) - timedelta(days=1) for month in range(1, 12)] + [date(2025, 12, 31)]
    assert [working_days(end.replace(day=1), end) for end in ends] == [
        17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "days", "working"),
    [
        ("2024-01-01", "2024-12-31", 366, 251),
        ("2025-01-01", "2025-12-31", 365, 250),
        ("2026-01-01", "2026-12-31", 365, 249),
        ("2024-12-15", "2025-03-14", 90, 59),
        ("2025-03-15", "2025-06-14", 92, 62),
        ("2024-12-15", "2025-06-14", 182, 121),
        ("2025-06-15", "2025-09-14", 92, 63),
        ("2024-12-15", "2025-09-14", 274, 184),
        ("2025-09-15", "2025-12-14", 91, 65),
        ("2024-12-15", "2025-12-14", 365, 249),
    ],
)
def test_days_of_the_reporting_periods(start: str, end: str, days: int, working: int) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert ((last - first).days + 1, working_days(first, last)) == (days, working)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2025-01-22", 5, "2025-02-05"),
        ("2025-04-04", 1, "2025-04-08"),
        ("2025-04-24", 3, "2025-04-28"),
        ("2025-04-25", 5, "2025-05-06"),
        ("2025-04-28", 5, "2025-05-08"),
        ("2025-06-27", 10, "2025-07-11"),
        ("2025-08-28", 3, "2025-09-04"),
        ("2025-12-29", 5, "2026-01-07"),
        ("2025-12-31", 7, "2026-01-12"),
    ],
)
def test_the_nine_deadlines(received: str, limit: int, due: str) -> None:
    assert add_working_days(date.fromisoformat(received), limit) == date.fromisoformat(due)


def test_the_library_agrees_where_it_is_right_and_differs_where_it_is_known_to_be_wrong() -> None:
    vietnam = holidays.country_holidays("VN", years=[2024, 2025, 2026])
    differing = [
        day for day, row in DAYS.items() if row["is_official"] and row["is_working"] != vietnam.is_working_day(day)
    ]
    assert differing == [date(2026, 1, 2), date(2026, 1, 10)]


def test_a_year_without_notices_is_not_official() -> None:
    assert {day.year for day, row in DAYS.items() if row["is_official"]} == {2024, 2025, 2026}
