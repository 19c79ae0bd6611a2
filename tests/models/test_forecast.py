"""The year's end as it looks today: the figure, its interval, and what the rest must reach."""

import math
from datetime import date, timedelta
from typing import Any

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.months import given_month
from tests.models.test_control_chart import laney


def forecast(dossiers: DossierSources, indicator: str = "MT1") -> tuple[Any, ...]:
    columns = "forecast_year_end, forecast_low, forecast_high, required_rate, expected_rest"
    (row,) = dossiers.query(f"select {columns} from indicators.forecast where indicator = '{indicator}'")
    return tuple(row)


OFF = {date.fromisoformat(f"2025-{day}") for day in (
    "01-01", "01-27", "01-28", "01-29", "01-30", "01-31", "04-07", "04-30", "05-01", "05-02", "09-01", "09-02"
)}  # fmt: skip


def working_days(start: date, end: date) -> int:
    """Working days of 2025 from start to end, both included (domain §3.1)."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return sum((day.weekday() < 5 and day not in OFF) or day == date(2025, 4, 26) for day in days)


def expected(counts: list[tuple[int, int]], closing: date, recent: int) -> tuple[float, ...]:
    """The forecast in plain arithmetic, from (in time, late) per month; the last `recent` months set the pace."""
    good, size = sum(early for early, _ in counts), sum(early + late for early, late in counts)
    passed = working_days(date(2025, 1, 1), closing)
    left = working_days(closing + timedelta(days=1), date(2025, 12, 31))
    rest = size * left / passed
    last_good = sum(early for early, _ in counts[-recent:])
    last_size = sum(early + late for early, late in counts[-recent:])
    share, cautious = last_good / last_size, (last_good + 0.5) / (last_size + 1)
    spread = max(1.0, laney(counts)[0][3])
    width = 1.96 * spread * math.sqrt(cautious * (1 - cautious) * (rest + rest**2 / last_size))
    total = size + rest
    return (
        (good + share * rest) / total,
        max(good, good + share * rest - width) / total,
        min(good + rest, good + share * rest + width) / total,
        max(0.0, (0.97 * total - good) / rest),
        rest,
    )


def test_the_forecast_by_hand(dossiers: DossierSources) -> None:
    counts = [(96, 4), (180, 20), (45, 5), (99, 1), (60, 10), (150, 6)]
    for month, (early, late) in enumerate(counts, 1):
        given_month(dossiers, month, early, late)
    dossiers.build(date(2025, 6, 30))
    found = forecast(dossiers)
    assert working_days(date(2025, 1, 1), date(2025, 12, 31)) == 250
    # Three months back from 30/06 is 30/03: April, May and June.
    assert found == pytest.approx(expected(counts, date(2025, 6, 30), recent=3), abs=1e-12)
    assert found[1] < found[0] < found[2]


def test_above_one_is_out_of_reach_and_zero_is_safe(dossiers: DossierSources) -> None:
    for month in range(1, 12):
        given_month(dossiers, month, 80, 20)
    dossiers.build(date(2025, 11, 28))
    assert forecast(dossiers)[3] > 1
    for month in range(1, 12):
        given_month(dossiers, month, 900, 0, unit="H19.02")
    dossiers.build(date(2025, 12, 30))
    assert forecast(dossiers)[3] == 0


def test_on_the_last_day_the_forecast_is_the_result(dossiers: DossierSources) -> None:
    given_month(dossiers, 12, 9, 1)
    dossiers.build(date(2025, 12, 31))
    assert forecast(dossiers) == (0.9, 0.9, 0.9, None, 0)


def test_a_perfect_record_is_no_certainty(dossiers: DossierSources) -> None:
    given_month(dossiers, 3, 50, 0)
    dossiers.build(date(2025, 6, 30))
    year_end, low, high, required, rest = forecast(dossiers)
    assert (year_end, high) == (1, 1)
    assert 0.9 < low < 1
    assert 0 < required < 0.97
    assert rest > 0


def test_nothing_settled_gives_no_forecast(dossiers: DossierSources) -> None:
    given_month(dossiers, 3, 5, 0)
    dossiers.build(date(2025, 6, 30))
    assert dossiers.query("select count(*) from indicators.forecast where indicator = 'MT1a'") == [(0,)]
