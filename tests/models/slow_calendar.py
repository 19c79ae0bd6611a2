"""The official calendar and the office hours written down a second time, in plain words, for the slow definitions."""

from datetime import date, datetime, timedelta


DAY = timedelta(days=1)
OFF = {"2025-01-01", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-04-07", "2025-04-30",
     "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02", "2026-01-01", "2026-01-02"}  # fmt: skip
MADE_UP = {"2025-04-26", "2026-01-10"}
SESSIONS = ((7 * 60, 11 * 60 + 30), (13 * 60, 16 * 60 + 30))
CLOSES = timedelta(hours=16, minutes=30)


def is_working(day: date) -> bool:
    if day.isoformat() in MADE_UP:
        return True
    return day.weekday() < 5 and day.isoformat() not in OFF


def later(day: date, working_days: int) -> date:
    """The n-th working day after a day; none after it is the day itself."""
    while working_days:
        day += DAY
        working_days -= is_working(day)
    return day


def office_minute(moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    return is_working(moment.date()) and any(start <= minute < end for start, end in SESSIONS)


def office_minutes(start: datetime, end: datetime) -> int:
    minutes = int((floor(end) - floor(start)).total_seconds()) // 60
    return sum(office_minute(floor(start) + timedelta(minutes=n)) for n in range(minutes))


def after_minutes(moment: datetime, minutes: int) -> datetime:
    moment = floor(moment)
    while minutes:
        minutes -= office_minute(moment)
        moment += timedelta(minutes=1)
    return moment


def floor(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())
