"""Units beside the general rate: better, worse, not to be told apart, too few; by a slow definition."""

from datetime import date

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.funnel_slow import Counts, places
from tests.models.months import given_month


BUILT = ("marts.funnel",)
# (late, all) of fourteen units in two quarters: in the first they differ more than chance makes, in the second not.
SCATTERED = [*((late, 80) for late in (0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 20)), (2, 10), (0, 24)]
ALIKE = [*((late, 70) for late in (5, 5, 6, 4, 5, 6, 5, 4, 5, 16, 0, 6)), (2, 10)]


def named(lates: list[tuple[int, int]]) -> Counts:
    return {f"H19.{number:02}": (size - late, size) for number, (late, size) in enumerate(lates, 1)}


def both(first: Counts, second: Counts) -> Counts:
    found: Counts = {}
    for unit, (good, size) in (*first.items(), *second.items()):
        before = found.get(unit, (0, 0))
        found[unit] = (before[0] + good, before[1] + size)
    return found


def test_every_unit_is_placed_as_the_slow_definition_places_it(dossiers: DossierSources) -> None:
    quarters = {1: named(SCATTERED), 4: named(ALIKE)}
    for month, counts in quarters.items():
        for unit, (good, size) in counts.items():
            given_month(dossiers, month, good, size - good, unit)
    dossiers.build(date(2025, 6, 30))
    seen = set()
    for start, end, counts in (
        (date(2025, 1, 1), date(2025, 3, 31), quarters[1]),
        (date(2025, 4, 1), date(2025, 6, 30), quarters[4]),
        (date(2025, 1, 1), date(2025, 6, 30), both(quarters[1], quarters[4])),
    ):
        spread, expected = places(counts)
        rows = dossiers.query(
            "select unit_code, numerator, denominator, dispersion, position,"
            " [lower_95, upper_95, lower_998, upper_998], centre from marts.funnel"
            f" where indicator = 'MT1' and period_start = date '{start}' and period_end = date '{end}'"
        )
        assert {unit: (good, size) for unit, good, size, *_ in rows} == counts
        for unit, _, _, dispersion, position, limits, centre in rows:
            assert (dispersion, position) == (pytest.approx(spread), expected[unit].position)
            assert centre == pytest.approx(
                sum(good for good, _ in counts.values()) / sum(size for _, size in counts.values())
            )
            assert limits == ([None] * 4 if expected[unit].limits is None else pytest.approx(expected[unit].limits))
            seen.add(position)
        assert (spread == 1) == (counts is quarters[4])
    assert seen == {"tot_hon", "kem_hon", "chua_phan_biet", "qua_it"}
    # A whole province, and a year to date that a half-year ends, stand once or not at all.
    assert dossiers.query("select count(*) from marts.funnel where unit_code in ('VP', 'H19', '?')") == [(0,)]
    doubled = "group by indicator, unit_code, period_start, period_end having count(*) > 1"
    assert dossiers.query(f"select indicator from marts.funnel {doubled}") == []


def test_where_all_went_alike_there_are_no_limits_and_nobody_differs(dossiers: DossierSources) -> None:
    for unit in ("H19.01", "H19.02"):
        given_month(dossiers, 1, 30, 0, unit)
    dossiers.build(date(2025, 3, 31))
    assert dossiers.query(
        "select distinct centre, lower_95, upper_998, position, is_beyond_998 from marts.funnel where indicator = 'MT1'"
    ) == [(1.0, None, None, "chua_phan_biet", False)]
