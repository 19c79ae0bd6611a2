"""The official working calendar, day by day: weeks, holidays, swapped days and worked Saturdays (domain §3.1)."""

from datetime import date, timedelta
from typing import Any

from warehouse.reference.schema import CalendarDay


FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2031, 12, 31)
WORKING = ("LAM_VIEC", "LAM_BU")
PROVISIONAL, UNLISTED = "tam_tinh", "chua_cong_bo"


def calendar_rows(exceptions: list[CalendarDay]) -> list[dict[str, Any]]:
    """One row per day; `working_day_index` counts the working days up to and including the day.

    A year whose public holidays are not listed has weekends only; it is not official, nor is one with a provisional
    day. A local closure alone does not make its year listed. `uncertain_days` counts the days up to and including the
    day that are provisional or unlisted: a limit crosses one where the count grows.
    """
    by_day = newest_versions(exceptions)
    listed = {found.day.year for found in by_day.values() if found.kind == "NGHI_LE"}
    provisional = {found.day.year for found in by_day.values() if found.state == PROVISIONAL}
    rows, index, uncertain = [], 0, 0
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=offset)
        found = by_day.get(day)
        kind = found.kind if found else "NGHI_TUAN" if day.weekday() >= 5 else "LAM_VIEC"
        state = found.state if found else "chinh_thuc" if day.year in listed else UNLISTED
        index += kind in WORKING
        uncertain += state != "chinh_thuc"
        rows.append(
            {
                "day": day,
                "kind": kind,
                "is_working": kind in WORKING,
                "working_day_index": index,
                "is_official": day.year in listed - provisional,
                "citation": found.citation if found else None,
                "state": state,
                "valid_from": found.valid_from if found else None,
                "uncertain_days": uncertain,
            }
        )
    return rows


def newest_versions(exceptions: list[CalendarDay]) -> dict[date, CalendarDay]:
    """The row that holds of each day: a notice that amends another one stands beside it."""
    return {row.day: row for row in sorted(exceptions, key=lambda row: (row.day, row.valid_from or date.min))}
