"""What Dagster's pages show of a figure."""

import pytest

from assets.tables import bars, year


@pytest.mark.parametrize(
    ("shares", "drawn"),
    [([0.5, 0.75, 1.0], "▁▅█"), ([None, 0.9, None], "·█·"), ([1.0, 1.0], "██"), ([0.97, None, 0.98], "▁·█")],
)
def test_the_lowest_month_is_the_lowest_bar_and_an_even_year_is_full(shares: list[float | None], drawn: str) -> None:
    assert bars(shares) == drawn


def test_an_indicator_without_any_figure_has_no_line() -> None:
    found = year([{"indicator": "MT1", "shares": [0.5, None, 1.0]}, {"indicator": "MT5", "shares": [None, None]}])
    assert found.splitlines()[2:] == ["|MT1|▁·█|50,00\N{NO-BREAK SPACE}%|100,00\N{NO-BREAK SPACE}%|"]
