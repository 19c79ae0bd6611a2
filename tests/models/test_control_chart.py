"""Which months differ by more than chance: Laney p′ (2002), by `control_chart` of parameters.yaml."""

import math
from calendar import monthrange
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.months import given_month


BUILT = ("marts.control_chart", "marts.scoreboard")


def chart(
    dossiers: DossierSources, columns: str, unit: str = "H19.01", indicator: str = "MT1"
) -> list[tuple[Any, ...]]:
    return dossiers.query(
        f"select {columns} from marts.control_chart where unit_code = '{unit}' and indicator = '{indicator}'"
        " order by period_start"
    )


def months(dossiers: DossierSources, counts: list[tuple[int, int]], unit: str = "H19.01") -> DossierSources:
    """(in time, late) of each month from January on; built as at the last day of the last."""
    for month, (early, late) in enumerate(counts, 1):
        given_month(dossiers, month, early, late, unit)
    return dossiers.build(date(2025, len(counts), monthrange(2025, len(counts))[1]))


def laney(counts: list[tuple[int, int]]) -> list[tuple[float, ...]]:
    """(center, lower, upper, σz, z) of each month, as Laney (2002) writes it."""
    sizes = [early + late for early, late in counts]
    center = sum(early for early, _ in counts) / sum(sizes)
    errors = [math.sqrt(center * (1 - center) / size) for size in sizes]
    scores = [(early / size - center) / error for (early, _), size, error in zip(counts, sizes, errors, strict=True)]
    spread = sum(abs(one - other) for one, other in pairwise(scores)) / (len(scores) - 1) / 1.128
    return [
        (
            center,
            max(0.0, center - 3 * error * spread),
            min(1.0, center + 3 * error * spread),
            spread,
            score / spread,
        )
        for error, score in zip(errors, scores, strict=True)
    ]


COUNTS = [(96, 4), (180, 20), (45, 5), (99, 1), (60, 10), (150, 6)]


def test_laney_limits_follow_the_size_of_each_month_and_the_variation_between_them(dossiers: DossierSources) -> None:
    months(dossiers, COUNTS)
    found = chart(dossiers, "center, lower_limit, upper_limit, sigma_z, z")
    for row, expected in zip(found, laney(COUNTS), strict=True):
        assert row == pytest.approx(expected, abs=1e-12)
    assert set(chart(dossiers, "chart, limits_state, limits_label")) == {
        ("laney_p", "trial", "Giới hạn tạm tính (dưới 12 tháng)")
    }


def test_a_month_beyond_its_limits(dossiers: DossierSources) -> None:
    months(dossiers, [(97, 3), (96, 4), (98, 2), (97, 3), (96, 4), (97, 3), (98, 2), (97, 3), (60, 40)])
    assert [beyond for (beyond,) in chart(dossiers, "beyond_limits")] == [False] * 8 + [True]
    assert chart(dossiers, "signal")[-2:] == [("8 tháng liền trên đường trung tâm",), ("Dưới giới hạn dưới",)]


def test_a_run_of_seven_on_one_side_and_not_of_six(dossiers: DossierSources) -> None:
    high, low = (98, 2), (94, 6)
    months(dossiers, [low, *[high, low] * 2, *[high] * 6, low])
    assert not any(run for (run,) in chart(dossiers, "in_run"))
    months(dossiers, [low, *[high, low] * 2, *[high] * 7], unit="H19.02")
    assert [run for (run,) in chart(dossiers, "in_run", "H19.02")] == [False] * 5 + [True] * 7
    assert chart(dossiers, "signal", "H19.02")[-1] == ("7 tháng liền trên đường trung tâm",)


def test_a_trend_of_seven_points_and_not_of_six(dossiers: DossierSources) -> None:
    months(dossiers, [(95, 5), (90, 10), (91, 9), (92, 8), (93, 7), (94, 6), (95, 5), (92, 8)])
    assert not any(trend for (trend,) in chart(dossiers, "in_trend"))
    months(dossiers, [(95, 5), (90, 10), (91, 9), (92, 8), (93, 7), (94, 6), (95, 5), (96, 4)], "H19.02")
    assert [trend for (trend,) in chart(dossiers, "in_trend", "H19.02")] == [False] + [True] * 7


def test_limits_are_locked_with_the_twelfth_month(dossiers: DossierSources) -> None:
    months(dossiers, [(97, 3), (95, 5)] * 6)
    assert set(chart(dossiers, "limits_state")) == {("locked",)}


def test_one_month_has_no_limits_nor_have_months_that_do_not_vary(dossiers: DossierSources) -> None:
    limits = "center, lower_limit, upper_limit, signal"
    assert chart(months(dossiers, [(90, 10)]), limits) == [(0.9, None, None, None)]
    months(dossiers, [(90, 10)] * 3, "H19.02")
    assert set(chart(dossiers, limits, "H19.02")) == {(0.9, None, None, None)}


def test_nothing_is_charted_of_too_few_cases_of_what_only_stands_or_of_a_month_that_runs(
    dossiers: DossierSources,
) -> None:
    months(dossiers, [(97, 3), (95, 5)], "H19.02")
    months(dossiers, [(98, 2), (97, 3)], "H19.03")
    months(dossiers, [(100, 0), (100, 0)], "H19.04")
    charted = "select distinct unit_code from marts.control_chart where indicator = 'MT1' and unit_code like 'H19.0%'"
    # Three a month of the rarer kind, not two and a half, and not none.
    assert dossiers.query(charted) == [("H19.02",)]
    dossiers.build(date(2025, 2, 27))
    assert chart(dossiers, "period_start", "H19.02") == [(date(2025, 1, 1),)]
    dossiers.query("update reference.definitions set basis = 'state' where indicator = 'MT1' and definition = 'R1'")
    dossiers.build(date(2025, 2, 28))
    assert dossiers.query(charted) == []


def test_the_trend_is_that_of_the_signal_and_not_of_two_months(dossiers: DossierSources) -> None:
    trend = "select trend, trend_reason from marts.scoreboard where indicator = 'MT1'"
    months(dossiers, [(97, 3), (96, 4), (98, 2), (97, 3), (94, 6)])
    assert dossiers.query(trend) == [("Không đổi", "Biểu đồ kiểm soát, tháng 05/2025: không có dấu hiệu")]
    months(dossiers, [(0, 0)] * 5 + [(97, 3), (60, 40)])
    assert dossiers.query(trend) == [("Giảm", "Biểu đồ kiểm soát, tháng 07/2025: dưới giới hạn dưới")]


def test_the_rules_are_the_offices_to_change(dossiers: DossierSources) -> None:
    dossiers.query(
        """update reference.parameters set value = replace(value, '"run_length": 7', '"run_length": 4')"""
        " where code = 'control_chart'"
    )
    months(dossiers, [(94, 6), (94, 6), (94, 6), (98, 2), (98, 2), (98, 2), (98, 2)])
    assert [run for (run,) in chart(dossiers, "in_run")] == [False] * 3 + [True] * 4
