"""Figures across successions: as it was, as it is now, comparable; nothing averaged, no clock begun again."""

from datetime import date
from typing import Any

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.test_indicators import numbered
from warehouse import expectations
from warehouse.validation import validate


TABLE = "marts.unit_history"
FIRST_HALF = ("quarter", "2025-04-01")
SECOND_HALF = ("quarter", "2025-07-01")
WHOLE = ("year_to_date", "2025-01-01")

DIRECTORY = """
    id | code    | name                    | parent_id
    ---+---------+-------------------------+----------
    p  | H19     | UBND tỉnh Đồng Nai      |
    d  | H19.22  | UBND thành phố Biên Hòa | p
    w  | H19.22.20 | UBND phường An Bình   | d
    f  | H19.40  | Sở Ngoại vụ             | p
    o  | H19.02  | Văn phòng UBND tỉnh     | p
    n  | H19.137 | UBND phường Trấn Biên   | p
    q  | H10     | UBND tỉnh Bình Phước    |
    b  | H10.21  | UBND huyện Bù Gia Mập   | q
    x  | H10.21.21 | UBND xã Bù Gia Mập    | b
    y  | H19.105 | UBND xã Bù Gia Mập      | p
"""


def settled(dossiers: DossierSources, unit: str, month: int, early: int, late: int = 0) -> None:
    for name, count, day in (("early", early, 7), ("late", late, 12)):
        if count:
            dossiers.given(
                numbered(f"{unit}-{month}-{name}-", count, completed=f"2025-{month:02}-{day:02} 09:00"),
                accepted=f"2025-{month:02}-03 08:00",
                appointment=f"2025-{month:02}-10 16:30",
                unit=unit,
            )


def figures(
    dossiers: DossierSources, view: str, unit: str, columns: str = "numerator, denominator"
) -> dict[str, tuple[Any, ...]]:
    """Period → figures of a unit in the calendar of the objective."""
    found = dossiers.query(
        f"select period_kind || ' ' || period_start, {columns} from {TABLE}"
        f" where view = '{view}' and unit_code = '{unit}' and period_calendar = 'iso'"
    )
    return {period: tuple(values) for period, *values in found}


def chosen(
    dossiers: DossierSources, view: str, unit: str, columns: str = "numerator, denominator"
) -> list[tuple[Any, ...]]:
    """The second quarter, the third, and the year to date."""
    found = figures(dossiers, view, unit, columns)
    return [found[" ".join(period)] for period in (FIRST_HALF, SECOND_HALF, WHOLE)]


@pytest.fixture
def merged(dossiers: DossierSources) -> DossierSources:
    """A district, its ward, a department and a province that end, and who follows them."""
    dossiers.given_agencies(DIRECTORY)
    settled(dossiers, "H19.22", 5, 8, 2)
    settled(dossiers, "H19.22.20", 5, 1, 0)
    settled(dossiers, "H19.22", 8, 2, 1)
    settled(dossiers, "H10.21.21", 5, 4, 1)
    settled(dossiers, "H19.137", 8, 10, 0)
    settled(dossiers, "H19.40", 1, 3, 1)
    settled(dossiers, "H19.02", 1, 5, 0)
    settled(dossiers, "H19.40", 4, 0, 1)
    return dossiers.build(date(2025, 9, 30))


NOTHING = (None, None)


def test_a_succession_in_each_view(merged: DossierSources) -> None:
    expected = {
        # The district held its work to 30/06; what it settled later was the province's.
        ("as_was", "H19.22"): [(9, 11), NOTHING, (9, 11)],
        ("as_was", "H19.22.20"): [(1, 1), NOTHING, (1, 1)],
        ("as_was", "H19.137"): [NOTHING, (10, 10), (10, 10)],
        ("as_was", "H10"): [(4, 5), NOTHING, (4, 5)],
        # The province: district, ward and former department's leftovers; from July also who came over.
        ("as_was", "H19"): [(9, 12), (12, 13), (29, 34)],
        ("as_now", "H19"): [(13, 17), (12, 13), (33, 39)],
        ("as_now", "H19.22"): [NOTHING, NOTHING, NOTHING],
        ("as_now", "H10"): [NOTHING, NOTHING, NOTHING],
        ("as_now", "H19.137"): [NOTHING, (10, 10), (10, 10)],
        ("comparable", "H19"): [(13, 17), (12, 13), (33, 39)],
    }
    assert {(view, unit): chosen(merged, view, unit) for view, unit in expected} == expected


def test_a_unit_that_did_not_exist_has_no_figure_and_one_without_work_has_none_either(merged: DossierSources) -> None:
    columns = "existed, numerator, denominator, actual"
    assert figures(merged, "as_was", "H19.137", columns)["month 2025-06-01"] == (False, None, None, None)
    assert figures(merged, "as_was", "H19.137", columns)["month 2025-07-01"] == (True, 0, 0, None)
    assert figures(merged, "as_was", "H19.137", columns)["month 2025-08-01"] == (True, 10, 10, 1.0)


def test_the_year_to_date_is_the_sum_over_predecessor_and_successor_and_no_average(merged: DossierSources) -> None:
    # The Office took the foreign affairs department over on 01/03/2025: 5/5 of its own, 3/4 and 0/1 of the other.
    assert figures(merged, "as_now", "H19.02")["year_to_date 2025-01-01"] == (8, 10)
    assert figures(merged, "as_was", "H19.02")["year_to_date 2025-01-01"] == (5, 6)
    assert figures(merged, "as_was", "H19.40")["year_to_date 2025-01-01"] == (3, 4)
    assert merged.rates(unit_code="VP")["R1"] == (8, 10)


def test_a_closed_unit_keeps_its_row_with_the_day_it_closed_except_among_the_comparable(merged: DossierSources) -> None:
    rows = merged.query(
        f"select distinct view, unit_code, valid_to from {TABLE}"
        " where unit_code in ('H19.22', 'H19.22.20', 'H10.21.21')"
    )
    closed = date(2025, 6, 30)
    assert sorted(rows) == [
        (view, unit, closed) for view in ("as_now", "as_was") for unit in ("H10.21.21", "H19.22", "H19.22.20")
    ]


def test_a_commune_of_the_same_name_as_one_that_closed_is_another_unit(merged: DossierSources) -> None:
    found = dict(merged.query("select unit_code, official_code from core.unit_identities"))
    assert (found["H10.21.21"], found["H19.105"]) == (None, "GSO.25222")
    assert (found["H10.21"], found["H19.22"], found["H19.40"]) == (
        "BP.HUYEN.BU-GIA-MAP",
        "DN.HUYEN.BIEN-HOA",
        "DN.SNGV",
    )


def test_open_dossiers_of_a_closed_unit_move_to_the_successor_with_their_due_dates(dossiers: DossierSources) -> None:
    dossiers.given_agencies(DIRECTORY)
    dossiers.given(
        "code | appointment\nA | 2025-07-04 16:30\nB | 2025-12-04 16:30",
        accepted="2025-06-20 08:00",
        limit="167 c",
        unit="b",
        status="Đang xử lý",
    )
    dossiers.build(date(2025, 9, 30))
    columns = "open_dossiers, overdue_dossiers"
    assert chosen(dossiers, "as_was", "H10.21", columns) == [(2, 0), (None, None), (0, 0)]
    assert chosen(dossiers, "as_was", "H19", columns) == [(0, 0), (2, 1), (2, 1)]
    assert chosen(dossiers, "as_now", "H19", columns) == [(2, 0), (2, 1), (2, 1)]
    assert dossiers.classifications() == {"A": "dang_giai_quyet_qua_han", "B": "dang_giai_quyet_trong_han"}


def test_nothing_moves_before_its_day(dossiers: DossierSources) -> None:
    dossiers.given_agencies(DIRECTORY)
    settled(dossiers, "H10.21.21", 5, 4, 1)
    dossiers.build(date(2025, 6, 30))
    assert figures(dossiers, "as_now", "H10")["year_to_date 2025-01-01"] == (4, 5)
    assert figures(dossiers, "as_now", "H19")["year_to_date 2025-01-01"] == (0, 0)


def test_a_split_is_not_shared_out_by_guess(dossiers: DossierSources) -> None:
    dossiers.given_agencies(
        """
        id | code   | name                                | parent_id
        ---+--------+-------------------------------------+----------
        p  | H19    | UBND tỉnh Đồng Nai                  |
        l  | H19.41 | Sở Lao động - Thương binh và Xã hội | p
        y  | H19.09 | Sở Y tế                             | p
        """
    )
    settled(dossiers, "H19.41", 1, 3, 1)
    dossiers.build(date(2025, 9, 30))
    for view in ("as_was", "as_now"):
        assert figures(dossiers, view, "H19.41")["quarter 2025-01-01"] == (3, 4)
        assert figures(dossiers, view, "H19.09")["quarter 2025-01-01"] == (0, 0)
        assert figures(dossiers, view, "H19.41")["quarter 2025-07-01"] == NOTHING


def test_the_three_turning_points_are_data(dossiers: DossierSources) -> None:
    days = "select distinct on_date from reference.unit_successions order by on_date"
    assert dossiers.query(days) == [(date(2025, 3, 1),), (date(2025, 7, 1),)]
    # A new name for the same unit is a new version of it and no succession: its code stays (domain §8.1).
    renamed = "select count(distinct unit_code) from reference.units where valid_from = '2026-04-30'"
    assert dossiers.query(renamed)[0][0] >= 13


def test_a_view_that_disagrees_with_the_published_figures_is_not_published(merged: DossierSources) -> None:
    def broken() -> set[str]:
        outcomes = validate(merged.warehouse, TABLE, expectations.load()[TABLE])
        return {outcome.rule.name for outcome in outcomes if not outcome.success}

    assert broken() == set()
    merged.query(f"update {TABLE} set numerator = numerator - 1 where view = 'as_now' and unit_code = 'H19'")
    assert broken() == {"as_now_equals_the_published_figure"}
