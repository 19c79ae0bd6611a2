"""The figures that page and report join: the headline's definition and group, every unit and period, the newest day."""

from datetime import date

from tests.models.dossier_sources import DossierSources


BUILT = ("marts.headline_result", "marts.scoreboard")
LIVES = """
code   | completed        | group | unit
-------+------------------+-------+-------
person | 2025-03-07 09:00 | 1     | H19.01
late   | 2025-03-11 09:00 | 1     | H19.02
firm   | 2025-03-07 09:00 | 2     | H19.01
either | 2025-03-07 09:00 | 9     | H19.01
"""
YEAR = """
select indicator, applicant_group, numerator, denominator from marts.headline_result
where period_kind = 'year_to_date' and {} order by all
"""


def test_each_objective_is_told_for_its_own_group(dossiers: DossierSources) -> None:
    dossiers.given(LIVES)
    dossiers.build(date(2025, 3, 31))
    assert dossiers.query(YEAR.format("is_headline_unit and indicator like 'MT1%'")) == [
        ("MT1", "all", 3, 4),
        ("MT1a", "to_chuc", 1, 1),
        ("MT1b", "ca_nhan", 1, 2),
    ]
    assert dossiers.query(YEAR.format("unit_code = 'H19.02'")) == [("MT1", "all", 0, 1), ("MT1b", "ca_nhan", 0, 1)]


def test_it_agrees_with_the_scoreboard_and_has_one_row_for_each_unit_and_period(dossiers: DossierSources) -> None:
    dossiers.given(LIVES)
    dossiers.build(date(2025, 3, 31))
    assert (
        dossiers.query("""
        select board.indicator from marts.scoreboard as board
        left join marts.headline_result as year
            on year.indicator = board.indicator and year.is_headline_unit and year.period_kind = 'year_to_date'
        where (year.label, year.numerator, year.denominator, year.verdict, year.closing_date)
            is distinct from (board.label, board.numerator, board.denominator, board.verdict, board.as_of)
    """)
        == []
    )
    assert (
        dossiers.query("""
        select indicator from marts.headline_result
        group by indicator, unit_code, period_kind, period_start having count(*) > 1
    """)
        == []
    )


def test_a_past_closing_date_leaves_the_newest_in_place(dossiers: DossierSources) -> None:
    dossiers.given(LIVES)
    dossiers.build(date(2025, 3, 31))
    newest = dossiers.query("from marts.headline_result order by all")
    dossiers.build(date(2025, 2, 28))
    assert dossiers.query("from marts.headline_result order by all") == newest
