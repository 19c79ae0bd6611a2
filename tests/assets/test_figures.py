"""Figures on Dagster's pages: heads and codes in the officer's words, each objective on the asset that counts it."""

from datetime import date, datetime

import pytest

from assets.figures import counting, figures
from assets.tables import markdown


ROW = {
    "indicator": "MT1", "verdict": "Đạt", "actual": 484 / 498, "numerator": 484, "denominator": 498, "operator": ">=",
    "target": 0.97, "upper_target": None, "measure": "rate", "unit_of_measure": "%", "decimals": 2,
    "as_of": date(2025, 12, 31),
}  # fmt: skip
MADE = {"indicators.mt1", "indicators.mt3_1", "indicators.mt3_5", "marts.scoreboard"}


@pytest.mark.parametrize(
    ("indicator", "table"),
    [("MT1", "indicators.mt1"), ("MT3.1", "indicators.mt3_1"), ("MT3.5b", "indicators.mt3_5"), ("QT9", None)],
)
def test_an_objective_is_shown_where_it_is_counted(indicator: str, table: str | None) -> None:
    assert counting(indicator, MADE) == table


def test_the_figure_of_an_objective_has_its_goal_verdict_counts_and_a_number_to_draw() -> None:
    assert {name: value.value for name, value in figures(ROW).items()} == {
        "MT1: kết luận": "Đạt",
        "MT1: kết quả": "97,19\N{NO-BREAK SPACE}%",
        "MT1: mức giao": "≥\N{NO-BREAK SPACE}97,00\N{NO-BREAK SPACE}%",
        "MT1: tử số": 484,
        "MT1: mẫu số": 498,
        "MT1: ngày chốt": "31/12/2025",
        "MT1 (%)": 97.19,
    }


def test_the_first_rows_of_a_table_have_heads_and_codes_in_the_words_of_the_dictionary() -> None:
    row = {
        "indicator": "MT1", "applicant_group": "to_chuc", "actual": 0.5, "is_headline": True, "accepted_at": None,
        "accepted_on": datetime(2025, 7, 1, 8, 30),
    }  # fmt: skip
    heads, _, cells = markdown("marts.indicator_result", [row]).splitlines()
    assert heads.startswith("|Chỉ tiêu|Đối tượng|Kết quả|")
    # Two columns that are called alike are told apart.
    assert heads.endswith("|Ngày tiếp nhận|Ngày tiếp nhận (accepted_on)|")
    assert cells == "|MT1|Tổ chức|50,00\N{NO-BREAK SPACE}%|Có|—|01/07/2025 08:30|"
