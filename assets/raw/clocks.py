"""The machine's clock beside the sources' own: a run of a day that they have not reached lands nothing (rule 23)."""

from datetime import date, datetime, timedelta
from typing import Any

import dagster as dg

from assets.raw.asking import Asking, Connector
from assets.run_settings import LOCAL


# Zones and late answers make a day; what is beyond it is a wrong clock.
MOST_AHEAD = timedelta(days=1)
# What two clocks that are kept right never differ by.
DRIFT = timedelta(minutes=5)


def refuse_ahead(asking: Asking[Connector], closing: date | None) -> None:
    """Before anything of an answer is kept, for what is landed under a wrong day stays. Raises dg.Failure.

    `closing`: the run's closing date, None where it has none.
    """
    told_at: datetime | None = getattr(asking.connector.http, "told_at", None)
    if told_at is None:
        return
    told_on = told_at.astimezone(LOCAL).date()
    day = max(asking.settings.today, closing or date.min)
    if day > told_on + MOST_AHEAD:
        raise dg.Failure(
            f"Ngày chốt {day:%d/%m/%Y} vượt quá ngày của nguồn ({told_on:%d/%m/%Y}) hơn một ngày, nên không lưu và "
            "không công bố gì. Đặt lại đồng hồ của máy này (hoặc MTCL_TODAY) rồi chạy lại.",
            allow_retries=False,
        )


def ahead(http: Any) -> timedelta | None:
    """By how much this machine's clock is ahead of the source's; None where it has told none, as a folder."""
    found: timedelta | None = getattr(http, "ahead", None) if getattr(http, "told_at", None) else None
    return found


def drift(http: Any) -> str | None:
    """How far the two clocks are apart, in words; None where there is nothing to tell."""
    apart = ahead(http) or timedelta()
    if abs(apart) <= DRIFT:
        return None
    side = "nhanh" if apart > timedelta() else "chậm"
    return f"đồng hồ của máy này {side} hơn đồng hồ của nguồn {abs(apart).total_seconds() / 60:,.0f} phút"
