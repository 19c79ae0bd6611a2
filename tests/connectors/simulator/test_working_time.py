"""The simulator's own calendar and clock against the official vectors (domain §3.1, §3.4)."""

from datetime import date, datetime

import numpy as np
import pytest

from connectors.simulator import working_time as wt


def _days(text: str) -> np.ndarray:
    return np.array([wt.day_number(date.fromisoformat(text))])


def _moments(text: str) -> np.ndarray:
    return np.array([wt.moment(datetime.fromisoformat(text))])


def _written(moments: np.ndarray) -> str:
    day, minute = divmod(int(moments[0]), wt.DAY)
    return f"{wt.to_date(day)} {minute // 60:02}:{minute % 60:02}"


@pytest.mark.parametrize(
    ("received", "days", "due"),
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
def test_working_days_are_added_by_the_official_calendar(received: str, days: int, due: str):
    found = wt.add_working_days(_days(received), np.array([days]))
    assert wt.to_date(found[0]) == date.fromisoformat(due)


def test_months_of_2025_have_the_announced_number_of_working_days():
    months = [0] * 12
    for number in range(wt.day_number(date(2025, 1, 1)), wt.day_number(date(2026, 1, 1))):
        months[wt.to_date(number).month - 1] += int(wt.WORKING[number])
    assert months == [17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23]


@pytest.mark.parametrize(
    ("accepted", "unit", "amount", "due"),
    [
        # Within the day; after 15:00 the next working day (domain §3.3).
        ("2025-06-05T15:00", "d", 0, "2025-06-05 16:30"),
        ("2025-06-05T15:01", "d", 0, "2025-06-06 16:30"),
        ("2025-06-06T15:01", "d", 0, "2025-06-09 16:30"),
        # Calendar days roll over a Sunday.
        ("2025-06-05T08:00", "c", 10, "2025-06-16 16:30"),
        # Hours run inside office hours only, over noon, night and weekend.
        ("2025-06-05T10:30", "h", 1, "2025-06-05 11:30"),
        ("2025-06-05T10:31", "h", 1, "2025-06-05 13:01"),
        ("2025-06-06T15:30", "h", 8, "2025-06-09 15:30"),
        ("2025-06-05T12:10", "h", 4, "2025-06-06 07:30"),
    ],
)
def test_statutory_due_by_unit(accepted: str, unit: str, amount: int, due: str):
    found = wt.statutory_due(_moments(accepted), np.array([unit]), np.array([amount]))
    assert _written(found) == due


@pytest.mark.parametrize(
    ("hourly", "start", "end", "extended"),
    [
        # Asked and answered on one day: nothing for a day limit, the minutes for an hour limit.
        (False, "2025-06-03T08:00", "2025-06-03T16:00", "2025-06-10 16:30"),
        (True, "2025-06-03T08:00", "2025-06-03T09:30", "2025-06-11 08:30"),
        # Friday to Monday is one working day.
        (False, "2025-06-06T16:00", "2025-06-09T07:30", "2025-06-11 16:30"),
        (True, "2025-06-06T16:00", "2025-06-09T07:30", "2025-06-11 08:00"),
    ],
)
def test_a_pause_extends_the_due_date(hourly: bool, start: str, end: str, extended: str):
    due = _moments("2025-06-10T16:30")
    found = wt.extend(due, np.array([hourly]), _moments(start), _moments(end))
    assert _written(found) == extended
