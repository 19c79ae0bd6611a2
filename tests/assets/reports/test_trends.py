"""The small charts of the page for leaders: what is drawn, and what is not because it would be wrong."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assets.reports.page.questions import Board, Milestone, Month
from assets.reports.page.trends import HEIGHT, TOP, WIDTH, trend


YEAR = Board(
    position=10, indicator="MT1", label="Hồ sơ", actual=29 / 30, numerator=29, denominator=30, failed=1, operator=">=",
    target=0.97, interim_target=None, verdict="Chưa đạt", verdict_reason=None, lower_bound=None, upper_bound=None,
    excluded=0, quarantined=0, trend=None, trend_reason=None,
    binding_from=date(2025, 5, 8), forecast_year_end=None, forecast_low=None, forecast_high=None,
    required_rate=None, as_of=date(2025, 12, 31), citation=None, unit_code="VP", unit_name=None, definition="R1",
    definition_label=None, formula=None, basis="flow", is_cumulative=False, is_part=False,
    is_of_people=False,
)  # fmt: skip


def row(**values: Any) -> Board:
    return replace(YEAR, **values)


def months(*counts: tuple[int, int]) -> list[Month]:
    return [
        Month("MT1", number, met, all_, met / all_ if all_ else None, "Đạt", False)
        for number, (met, all_) in enumerate(counts, 1)
    ]


def test_the_running_total_ends_at_the_figure_of_the_year() -> None:
    drawn = trend(row(), months((10, 10), (0, 0), (19, 20)), [])
    assert [running for _, running in drawn.table] == [1.0, 1.0, 29 / 30]
    assert len(drawn.months) == 2  # nothing occurred in February: no point
    assert len(drawn.running) == 3


@pytest.mark.parametrize(
    "changed",
    [{"basis": "state"}, {"is_cumulative": True}, {"denominator": 29, "numerator": 28}, {"actual": None}],
    ids=["a stock", "sums already", "a record that counts once a year but in two months", "no rate that can be told"],
)
def test_months_that_do_not_add_up_to_the_year_get_no_running_total(changed: dict[str, Any]) -> None:
    assert trend(row(**changed), months((10, 10), (19, 20)), []).running == []


def test_everything_is_inside_the_picture_and_small_changes_stay_small() -> None:
    forecast = {"forecast_year_end": 0.999, "forecast_low": 0.2, "forecast_high": 1.0}
    drawn = trend(row(**forecast), months((0, 10), (29, 20)), [Milestone("MT1", 6, 0.5)])
    points = [*drawn.months, *drawn.milestones, drawn.forecast]
    assert all(0 <= point.x <= WIDTH and TOP <= point.y <= HEIGHT for point in points if point)
    steady = trend(row(actual=0.9999, numerator=9_999, denominator=10_000), months((9_999, 10_000)), [])
    assert steady.months[0].y - TOP < 3


def test_a_year_without_anything_is_told_and_not_drawn() -> None:
    empty = trend(row(numerator=0, denominator=0, actual=None), months((0, 0)), [])
    assert (empty.months, empty.running, empty.forecast, empty.interval) == ([], [], None, None)
    assert "lũy kế —" in empty.summary
