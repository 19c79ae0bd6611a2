"""Figures as people read them."""

import pytest

from assets.tables import count, percent


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
