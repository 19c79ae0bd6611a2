"""Which months differ by more than chance: Laney p′ (2002) and XmR, by `control_chart` of parameters.yaml."""

import math
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.months import given_month


BUILT = ("marts.control_chart",)


def chart(
    dossiers: DossierSources, columns: str, unit: str = "H19.01", indicator: str = "MT1"
) -> list[tuple[Any, ...]]:
    return dossiers.query(
        f"select {columns} from marts.control_chart where unit_code = '{unit}' and indicator = '{indicator}'"
        " order by period_start"
    )


def months(dossiers: DossierSources, counts: list[tuple[int, int]], unit: str = "H19.01") -> DossierSources:
    """(in time, late) of each month from January on; built as at the end of the last."""
    for month, (early, late) in enumerate(counts, 1):
        given_month(dossiers, month, early, late, unit)
    last = date(2025, len(counts), 28)
    return dossiers.build(last)


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


def test_one_month_has_no_limits_and_a_perfect_record_has_its_line_for_a_limit(dossiers: DossierSources) -> None:
    assert chart(months(dossiers, [(9, 1)]), "center, lower_limit, upper_limit, sigma_z, signal") == [
        (0.9, None, None, None, None)
    ]
    dossiers.given("code | completed\nX | 2025-02-07 09:00", unit="H19.02", accepted="2025-02-03 08:00")
    dossiers.given("code | completed\nY | 2025-03-07 09:00", unit="H19.02", accepted="2025-03-03 08:00")
    dossiers.build(date(2025, 3, 28))
    assert set(chart(dossiers, "center, lower_limit, upper_limit, signal", unit="H19.02")) == {(1.0, 1.0, 1.0, None)}


def xmr(values: list[float]) -> tuple[float, float]:
    """(center, half width) of XmR with one screening of the moving ranges."""
    ranges = [abs(one - other) for one, other in pairwise(values)]
    mean = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one <= 3.267 * mean]
    return sum(values) / len(values), 2.66 * sum(kept) / len(kept)


def test_a_stock_is_charted_by_its_moving_range_without_the_one_leap(dossiers: DossierSources) -> None:
    values = [0.50, 0.52, 0.51, 0.50, 0.52, 0.51, 0.53, 0.90]
    months(dossiers, [(round(value * 100), 100 - round(value * 100)) for value in values])
    dossiers.query("update reference.definitions set basis = 'state' where indicator = 'MT1' and definition = 'R1'")
    dossiers.build(date(2025, 8, 28))
    center, width = xmr(values)
    found = chart(dossiers, "chart, center, lower_limit, upper_limit, beyond_limits")
    assert {row[0] for row in found} == {"xmr"}
    assert found[0][1:4] == pytest.approx((center, center - width, center + width), abs=1e-12)
    assert [row[4] for row in found] == [abs(value - center) > width for value in values]
    assert width == pytest.approx(2.66 * 0.09 / 6)


def test_the_rules_are_the_offices_to_change(dossiers: DossierSources) -> None:
    dossiers.query(
        """update reference.parameters set value = replace(value, '"run_length": 7', '"run_length": 4')"""
        " where code = 'control_chart'"
    )
    months(dossiers, [(94, 6), (94, 6), (94, 6), (98, 2), (98, 2), (98, 2), (98, 2)])
    assert [run for (run,) in chart(dossiers, "in_run")] == [False] * 3 + [True] * 4
