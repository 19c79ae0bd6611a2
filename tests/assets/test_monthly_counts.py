"""How much may vanish from a month at once before the source is no longer believed."""

from datetime import date

import pytest

from assets.raw.monthly_counts import Difference, months_begun


MARCH = (date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("known", "counted", "is_believed"),
    [(12, 2, True), (12, 1, False), (1000, 950, True), (1000, 949, False), (1000, 0, False), (0, 30, True)],
)
def test_a_few_may_go_and_a_whole_month_may_not(known: int, counted: int, is_believed: bool) -> None:
    assert Difference(MARCH, known, counted).may_have_gone is is_believed


def test_the_months_of_the_year_that_have_begun() -> None:
    assert list(months_begun(date(2025, 2, 3))) == [
        (date(2025, 1, 1), date(2025, 1, 31)),
        (date(2025, 2, 1), date(2025, 2, 28)),
    ]
    assert len(list(months_begun(date(2025, 12, 31)))) == 12
