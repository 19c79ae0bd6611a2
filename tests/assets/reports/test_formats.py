"""Figures as people read them."""

import pytest

from assets.reports.formats import count, goal, percent, ratio, share


@pytest.mark.parametrize(
    ("share", "limits", "shown"),
    [
        (0.97, (), "97,00"),
        (0.9784, (0.97, 1), "97,84"),
        (0.96999, (), "97,00"),
        (0.96999, (0.97,), "96,999"),  # rounded to two decimals it would seem to reach the target
        (0.9699999, (0.97,), "96,99999"),
        (0.97, (0.97,), "97,00"),
        (0.99999, (0.97, 1), "99,999"),  # nor is it everything
        (1.0, (0.97, 1), "100,00"),
        (0.0, (0.97, 1), "0,00"),
    ],
)
def test_a_percentage_never_seems_to_reach_what_it_misses(share: float, limits: tuple[float, ...], shown: str) -> None:
    assert percent(share, *limits) == f"{shown}\N{NO-BREAK SPACE}%"


def test_thousands_are_parted_by_dots() -> None:
    assert [count(number) for number in (0, 999, 1000, 1234567)] == ["0", "999", "1.000", "1.234.567"]


def test_a_figure_is_counts_and_the_share_they_make() -> None:
    assert ratio(1484, 1498, 1484 / 1498, 0.97) == "1.484/1.498 = 99,07\N{NO-BREAK SPACE}%"
    assert ratio(0, 0, None, 0.97) == "0/0"
    assert (share(None), share(0.999999)) == ("—", "99,9999\N{NO-BREAK SPACE}%")
    assert (goal(">=", 0.97), goal("=", 1.0), goal(None, None)) == (
        "≥\N{NO-BREAK SPACE}97,00\N{NO-BREAK SPACE}%",
        "=\N{NO-BREAK SPACE}100,00\N{NO-BREAK SPACE}%",
        "—",
    )
