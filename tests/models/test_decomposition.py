"""Why a rate changed: each unit's part by its share (mix) and by its own rate, exact to the last digit."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.months import given_month
from warehouse import expectations
from warehouse.validation import validate


TABLE = "marts.change_decomposition"


def parts(dossiers: DossierSources, columns: str, **where: str) -> list[tuple[Any, ...]]:
    keys = {"indicator": "MT1", "unit_code": "H19"} | where
    condition = " and ".join(f"{column} = '{value}'" for column, value in keys.items())
    return dossiers.query(f"select {columns} from {TABLE} where {condition} order by all")


def broken(dossiers: DossierSources) -> set[str]:
    outcomes = validate(dossiers.warehouse, TABLE, expectations.load()[TABLE])
    return {outcome.rule.name for outcome in outcomes if not outcome.success}


def test_a_pure_change_of_rates_and_a_pure_change_of_shares(dossiers: DossierSources) -> None:
    for month, good, late in ((1, 8, 2), (2, 9, 1)):
        given_month(dossiers, month, good, late, "H19.01")
    given_month(dossiers, 1, 10, 0, "H19.02")
    given_month(dossiers, 2, 10, 0, "H19.02")
    given_month(dossiers, 3, 27, 3, "H19.01")
    given_month(dossiers, 3, 10, 0, "H19.02")
    dossiers.build(date(2025, 3, 31))
    columns = "period_start, child_unit_code, mix_effect, rate_effect, total_change"
    assert parts(dossiers, columns, period_kind="month") == [
        # 18/20 to 19/20: unit 1 went from 0.8 to 0.9 with half of the dossiers.
        (date(2025, 2, 1), "H19.01", Decimal(0), Decimal("0.05"), Decimal("0.05")),
        (date(2025, 2, 1), "H19.02", Decimal(0), Decimal(0), Decimal("0.05")),
        # 19/20 to 37/40: no rate moved; unit 1 has three quarters now. (±1/4) · (own rate − 0.9375)
        (date(2025, 3, 1), "H19.01", Decimal("-0.009375"), Decimal(0), Decimal("-0.025")),
        (date(2025, 3, 1), "H19.02", Decimal("-0.015625"), Decimal(0), Decimal("-0.025")),
    ]


def test_a_unit_that_appears_or_vanishes_is_all_mix(dossiers: DossierSources) -> None:
    given_month(dossiers, 1, 3, 1, "H19.01")
    given_month(dossiers, 2, 1, 1, "H19.02")
    dossiers.build(date(2025, 2, 28))
    columns = "child_unit_code, denominator_before, denominator_after, mix_effect, rate_effect"
    assert parts(dossiers, columns, period_kind="month") == [
        ("H19.01", 4, 0, Decimal("-0.125"), Decimal(0)),
        ("H19.02", 0, 2, Decimal("-0.125"), Decimal(0)),
    ]


def test_months_quarters_and_the_year_to_date_against_what_it_was_a_month_earlier(dossiers: DossierSources) -> None:
    for month, good in ((1, 1), (2, 2), (4, 4)):
        given_month(dossiers, month, good, 1, "H19.01")
    dossiers.build(date(2025, 4, 30))
    columns = (
        "period_kind, previous_start, previous_end, period_start, period_end,"
        " numerator_before, denominator_before, numerator_after, denominator_after"
    )

    def day(text: str) -> date:
        return date.fromisoformat(f"2025-{text}")

    assert parts(dossiers, columns) == [
        ("month", day("01-01"), day("01-31"), day("02-01"), day("02-28"), 1, 2, 2, 3),
        ("quarter", day("01-01"), day("03-31"), day("04-01"), day("04-30"), 3, 5, 4, 5),
        ("year_to_date", day("01-01"), day("01-31"), day("01-01"), day("02-28"), 1, 2, 3, 5),
        ("year_to_date", day("01-01"), day("02-28"), day("01-01"), day("03-31"), 3, 5, 3, 5),
        ("year_to_date", day("01-01"), day("03-31"), day("01-01"), day("04-30"), 3, 5, 7, 10),
    ]


def exactly(rows: list[tuple[int, int, int, int]]) -> list[tuple[Fraction, Fraction]]:
    """(mix, rate) of each unit from its numerators and denominators before and after, in fractions."""
    n0, d0, n1, d1 = (sum(row[place] for row in rows) for place in range(4))
    middle = (Fraction(n0, d0) + Fraction(n1, d1)) / 2
    found = []
    for before, all_before, after, all_after in rows:
        rates = [Fraction(n, d) for n, d in ((before, all_before), (after, all_after)) if d]
        first, last = rates[0], rates[-1]
        w0, w1 = Fraction(all_before, d0), Fraction(all_after, d1)
        found.append(((w1 - w0) * ((first + last) / 2 - middle), (last - first) * (w0 + w1) / 2))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_against_fractions_for_units_of_every_size(dossiers: DossierSources, seed: int) -> None:
    chance = random.Random(seed)
    for month in (1, 2, 3):
        for unit in range(1, 8):
            if chance.random() < 0.85:
                given_month(dossiers, month, chance.randint(0, 23), chance.randint(0, 5), f"H19.{unit:02}")
    dossiers.build(date(2025, 3, 31))
    keys = "period_kind, period_start, period_end"
    counts = "numerator_before, denominator_before, numerator_after, denominator_after"
    changes: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in parts(dossiers, f"{keys}, child_unit_code, {counts}, mix_effect, rate_effect, total_change"):
        changes.setdefault(row[:3], []).append(row[4:])
    assert len(changes) == 4
    for rows in changes.values():
        assert sum(row[4] + row[5] for row in rows) == rows[0][6]
        for row, (mix, rate) in zip(rows, exactly([row[:4] for row in rows]), strict=True):
            assert abs(Fraction(row[4]) - mix) <= Fraction(1, 10**9)
            assert abs(Fraction(row[5]) - rate) <= Fraction(1, 10**9)
    assert broken(dossiers) == set()


def test_parts_that_do_not_add_up_are_not_published(dossiers: DossierSources) -> None:
    given_month(dossiers, 1, 2, 1, "H19.01")
    given_month(dossiers, 2, 6, 1, "H19.01")
    dossiers.build(date(2025, 2, 28))
    dossiers.query(f"update {TABLE} set mix_effect = mix_effect + 0.000000001 where unit_code = 'H19'")
    assert broken(dossiers) == {"parts_add_up_to_the_change"}
