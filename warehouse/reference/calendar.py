"""The official working calendar, day by day: weeks, holidays, swapped days and worked Saturdays (domain §3.1)."""

from datetime import date, timedelta
from typing import Any

from warehouse.reference.schema import CalendarDay


FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2031, 12, 31)
WORKING = ("LAM_VIEC", "LAM_BU")


def calendar_rows(exceptions: list[CalendarDay]) -> list[dict[str, Any]]:
    """One row per day; `working_day_index` counts the working days up to and including the day.

    A year whose public holidays are not listed has weekends only and is not official: limits there are provisional.
    A local closure alone does not make its year official.
    """
    by_day = {exception.day: exception for exception in exceptions}
    official_years = {exception.day.year for exception in exceptions if exception.kind == "NGHI_LE"}
    rows, index = [], 0
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=offset)
        exception = by_day.get(day)
        kind = exception.kind if exception else "NGHI_TUAN" if day.weekday() >= 5 else "LAM_VIEC"
        index += kind in WORKING
        rows.append(
            {
                "day": day,
                "kind": kind,
                "is_working": kind in WORKING,
                "working_day_index": index,
                "is_official": day.year in official_years,
                "citation": exception.citation if exception else None,
            }
        )
    return rows
