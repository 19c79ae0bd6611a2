"""A report of the year before, asked for when the newest publication is of the next: its own targets, its own list."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assets.reports.asking import Question, bound
from assets.reports.page.questions import UNITS
from assets.reports.paper import content, figures
from assets.reports.paper.periods import Period
from tests.models.dossier_sources import DossierSources
from warehouse import reference
from warehouse.reference.reading import texts_of


BUILT = ("marts.scoreboard", "marts.headline_result", "marts.funnel", "marts.unit_history")
AGENCIES = "id | code | name | parent_id\np | H19 | UBND tỉnh |\no | H19.02 | Văn phòng UBND tỉnh | p"
LIVES = """
code | accepted         | appointment      | completed
a    | 2025-01-02 08:00 | 2025-01-09 16:30 | 2025-01-08 09:00
b    | 2025-01-02 08:00 | 2025-01-09 16:30 | 2025-01-10 09:00
c    | 2025-06-02 08:00 | 2025-06-09 16:30 | 2025-06-06 09:00
d    | 2026-01-05 08:00 | 2026-01-12 16:30 | 2026-01-09 09:00
"""
CLOSING = date(2026, 1, 15)


def asked(dossiers: DossierSources, question: Question[Any], period: Period) -> list[Any]:
    values = bound(question, period.values | {"unit": None})
    columns = [name for name, *_ in dossiers.warehouse.query(f"describe {question.sql}", values)]
    return [
        question.row(**dict(zip(columns, row, strict=True))) for row in dossiers.warehouse.query(question.sql, values)
    ]


@pytest.fixture
def turned(dossiers: DossierSources, tmp_path: Path) -> DossierSources:
    own = tmp_path / "own"
    own.mkdir()
    (text,) = (text for file, text in texts_of("targets.csv") if file == "targets.2026.csv")
    (own / "targets.2026.csv").write_text(
        "\n".join(line.replace("0.97", "0.99") if line.startswith("MT1,") else line for line in text.splitlines())
    )
    reference.load(dossiers.warehouse, own)
    dossiers.given_agencies(AGENCIES)
    dossiers.given(LIVES, unit="H19.02")
    return dossiers.build(CLOSING)


def test_each_year_is_held_to_its_own_targets(turned: DossierSources) -> None:
    before = Period("year", date(2025, 1, 1), date(2025, 12, 31), CLOSING)
    now = Period("year_to_date", date(2026, 1, 1), date(2026, 1, 15), CLOSING)
    told = {
        period.start.year: next(row for row in asked(turned, figures.OBJECTIVES, period) if row.indicator == "MT1")
        for period in (before, now)
    }
    assert (told[2025].target, told[2025].numerator, told[2025].denominator, told[2025].verdict) == (
        0.97,
        2,
        3,
        "Chưa đạt",
    )
    assert (told[2025].is_example, told[2025].binding_from) == (False, date(2025, 5, 8))
    assert (told[2026].target, told[2026].numerator, told[2026].denominator) == (0.99, 1, 1)
    # Nothing is forecast for a year that is over, and the year's own list says so.
    assert told[2025].forecast_year_end is None
    (sentence,) = content.of_another_year(before)
    assert "chốt ngày 15/01/2026" in sentence
    assert "của năm 2025" in sentence
    assert content.of_another_year(now) == []
    companions = asked(turned, figures.COMPANIONS, before)
    assert {row.target for row in companions if row.indicator == "MT1" and row.is_headline} == {0.97}


def test_units_stand_beside_their_year_before(turned: DossierSources) -> None:
    now = Period("year_to_date", date(2026, 1, 1), date(2026, 1, 15), CLOSING)
    (unit,) = [row for row in asked(turned, figures.UNITS, now) if row.unit_code == "H19.02"]
    assert (unit.actual, unit.actual_last_year, unit.numerator_last_year, unit.denominator_last_year) == (1, 0.5, 1, 2)
    shown = {(row.view, row.unit_code): row.actual_last_year for row in asked(turned, UNITS, now)}
    assert shown["as_now", "H19.02"] == 0.5
    assert shown["as_was", "H19.02"] is None
