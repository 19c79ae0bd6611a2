"""The simulator's own working calendar and office hours, in whole arrays.

It shares nothing with the warehouse on purpose: the two must agree without having been copied.
Moments are whole minutes and days are whole days since 1 January 2024, local time (UTC+7).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt


Minutes = npt.NDArray[np.int64]
Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

EPOCH = date(2024, 1, 1)
LAST_DAY = date(2027, 12, 31)
DAY = 1440
OPENING, NOON, AFTERNOON, CLOSING = 7 * 60, 11 * 60 + 30, 13 * 60, 16 * 60 + 30
MORNING_LENGTH = NOON - OPENING
OFFICE_DAY = MORNING_LENGTH + CLOSING - AFTERNOON
SAME_DAY_CUTOFF = 15 * 60

# Days off on weekdays and worked Saturdays: notices 5015/2023, 1570/2024, 6150/2024, 9441/2025.
_OFF = """
2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 2024-04-30
2024-05-01 2024-09-02 2024-09-03 2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31
2025-04-07 2025-04-30 2025-05-01 2025-05-02 2025-09-01 2025-09-02 2026-01-01 2026-01-02 2026-02-16
2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 2026-08-31 2026-09-01
2026-09-02 2026-11-24
"""
_WORKED = "2024-05-04 2025-04-26 2026-01-10 2026-08-22"


def day_number(day: date) -> int:
    """Days since the epoch."""
    return (day - EPOCH).days


def moment(at: datetime) -> int:
    """Minutes since the epoch of a local moment."""
    return day_number(at.date()) * DAY + at.hour * 60 + at.minute


def to_date(day: int) -> date:
    return EPOCH + timedelta(days=int(day))


def _working_flags() -> Flags:
    off = {date.fromisoformat(text) for text in _OFF.split()}
    worked = {date.fromisoformat(text) for text in _WORKED.split()}
    days = [to_date(number) for number in range(day_number(LAST_DAY) + 1)]
    return np.array([d in worked or (d.weekday() < 5 and d not in off) for d in days])


WORKING = _working_flags()
# _COUNT[d] = working days up to and including day d; _NTH[n] = the n-th working day.
_COUNT = np.cumsum(WORKING).astype(np.int64)
_NTH = np.concatenate([[0], np.flatnonzero(WORKING)]).astype(np.int64)


def is_working(days: Days) -> Flags:
    return np.asarray(WORKING[days], dtype=np.bool_)


def add_working_days(days: Days, count: Days) -> Days:
    """The count-th working day after each day; the day itself where the count is 0."""
    return np.where(count == 0, days, _NTH[_COUNT[days] + count])


def working_days_between(start: Days, end: Days) -> Days:
    """Working days d with start < d <= end."""
    return np.asarray(_COUNT[end] - _COUNT[start], dtype=np.int64)


def roll_forward(days: Days) -> Days:
    """The day itself when it is worked, else the next working day."""
    return np.where(WORKING[days], days, _NTH[np.minimum(_COUNT[days] + 1, len(_NTH) - 1)])


def office_clock(moments: Minutes) -> Minutes:
    """Office minutes that have passed since the epoch."""
    day, minute = moments // DAY, moments % DAY
    morning = np.clip(minute - OPENING, 0, MORNING_LENGTH)
    afternoon = np.clip(minute - AFTERNOON, 0, CLOSING - AFTERNOON)
    today = np.where(WORKING[day], morning + afternoon, 0)
    return np.asarray((_COUNT[day] - WORKING[day]) * OFFICE_DAY + today, dtype=np.int64)


def at_office_clock(clock: Minutes) -> Minutes:
    """The earliest moment with that many office minutes passed (16:30, never the next 07:00)."""
    whole = -(-clock // OFFICE_DAY)
    rest = clock - (whole - 1) * OFFICE_DAY
    minute = np.where(rest <= MORNING_LENGTH, OPENING + rest, AFTERNOON + rest - MORNING_LENGTH)
    return np.asarray(_NTH[whole] * DAY + minute, dtype=np.int64)


def statutory_due(accepted: Minutes, unit: npt.NDArray[np.str_], amount: Days) -> Minutes:
    """The end of the legal time limit; where there is no limit, the acceptance itself."""
    day, minute = accepted // DAY, accepted % DAY
    too_late_today = (minute > SAME_DAY_CUTOFF) | ~WORKING[day]
    working = add_working_days(day, np.where((amount == 0) & too_late_today, 1, amount))
    calendar = roll_forward(day + amount)
    hours = at_office_clock(office_clock(accepted) + np.maximum(amount, 1) * 60)
    return np.select(
        [unit == "d", unit == "c", unit == "h"],
        [working * DAY + CLOSING, calendar * DAY + CLOSING, hours],
        default=accepted,
    )


def extend(due: Minutes, hourly: Flags, start: Minutes, end: Minutes) -> Minutes:
    """A due date moved by one pause: by working days, or by office minutes for an hour limit."""
    days = np.maximum(working_days_between(start // DAY, end // DAY), 0)
    by_days = add_working_days(due // DAY, days) * DAY + due % DAY
    minutes = np.maximum(office_clock(end) - office_clock(start), 0)
    by_minutes = np.where(minutes == 0, due, at_office_clock(office_clock(due) + minutes))
    return np.where(hourly, by_minutes, by_days)
