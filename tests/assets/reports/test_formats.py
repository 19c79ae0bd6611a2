"""Figures as people read them."""

from dataclasses import dataclass

import pytest

from assets.reports.formats import count, counted, goal, measured, percent, ratio, share


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


@dataclass(frozen=True)
class Row:
    operator: str | None = ">="
    target: float | None = 0.97
    upper_target: float | None = None
    measure: str = "rate"
    unit_of_measure: str = "%"
    decimals: int = 2


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_objective_is_told_with_its_sign_and_unit() -> None:
    rows = [
        Row(), Row("=", 1.0), Row(None, None), Row("<=", 0.02), Row("<=", 5, None, "mean", "ngày làm việc", 1),
        Row("range", 0.6, 0.7), Row(">=", 4.2, None, "score", "điểm"), Row("<=", -0.1, None, "change"),
    ]  # fmt: skip
    assert [plain(goal(row)) for row in rows] == [
        "≥ 97,00 %", "= 100,00 %", "—", "≤ 2,00 %", "≤ 5,0 ngày làm việc", "60,00–70,00 %", "≥ 4,20 điểm", "≤ -10,00 %",
    ]  # fmt: skip


def test_a_figure_never_seems_to_keep_a_limit_that_it_breaks() -> None:
    error = Row("<=", 0.02)
    assert [plain(measured(value, error)) for value in (0.02, 0.02001, None)] == ["2,00 %", "2,001 %", "—"]
    days = Row("<=", 5, None, "mean", "ngày làm việc", 1)
    assert [plain(measured(value, days)) for value in (5, 5.02, 1234.56)] == [
        "5,0 ngày làm việc", "5,02 ngày làm việc", "1.234,6 ngày làm việc",
    ]  # fmt: skip
    assert plain(counted(9, 12, 4.354, Row(">=", 4.2, None, "score", "điểm"))) == "4,35 điểm (9/12)"
    assert plain(counted(0, 1, -0.15, Row("<=", -0.1, None, "change"))) == "-15,00 %"
