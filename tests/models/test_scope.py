"""Where a target binds there is a verdict, elsewhere none; and what a verdict may say once a period is over."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.models.dossier_sources import WITHOUT_RECORDS, DossierSources
from tests.models.test_indicators import numbered
from warehouse import reference


BUILT = ("marts.scoreboard", "marts.headline_result", "marts.failing_record")
AGENCIES = """
id     | code      | name                                   | parent_id
-------+-----------+----------------------------------------+----------
H19    | H19       | UBND tỉnh Đồng Nai                     |
office | H19.02    | Văn phòng UBND tỉnh                    | H19
centre | H19.02.20 | Trung tâm Phục vụ hành chính công tỉnh | office
other  | H19.05    | Sở Tài chính                           | H19
"""
YEAR = """
select unit_code, applicant_group, target, verdict, is_rollup, citation like '%QĐ công bố%' from marts.indicator_result
where indicator = 'MT1' and definition = 'R1' and period_calendar = 'iso' and period_kind = 'year' order by all
"""


def settled(dossiers: DossierSources, early: int, late: int, unit: str = "H19.02.20", group: str = "1") -> None:
    dossiers.given(numbered(f"{unit}-{group}-early-", early, completed="2025-03-07 09:00"), unit=unit, group=group)
    if late:
        dossiers.given(numbered(f"{unit}-{group}-late-", late, completed="2025-03-11 09:00"), unit=unit, group=group)


def board(dossiers: DossierSources, columns: str) -> list[tuple[Any, ...]]:
    return dossiers.query(f"select {columns} from marts.scoreboard where indicator = 'MT1'")


def test_the_decision_binds_the_office_and_nobody_else(dossiers: DossierSources) -> None:
    dossiers.given_agencies(AGENCIES)
    settled(dossiers, 100, 0)
    settled(dossiers, 1, 1, group="9")
    settled(dossiers, 1, 9, "H19.05")
    dossiers.build(date(2025, 12, 31))
    assert [row for row in dossiers.query(YEAR) if row[1] != "ca_nhan"] == [
        ("H19", "all", None, "Không áp dụng", True, False),
        ("H19", "chua_xac_dinh", None, "Không áp dụng", True, False),
        ("H19.02", "all", None, "Không áp dụng", True, False),
        ("H19.02", "chua_xac_dinh", None, "Không áp dụng", True, False),
        ("H19.02.20", "all", None, "Không áp dụng", False, False),
        ("H19.02.20", "chua_xac_dinh", None, "Không áp dụng", False, False),
        ("H19.05", "all", None, "Không áp dụng", False, False),
        ("VP", "all", 0.97, "Đạt", True, True),
        # Whoever these applicants are, the decision does not name them.
        ("VP", "chua_xac_dinh", None, "Không áp dụng", True, False),
    ]
    assert board(dossiers, "verdict, binding_from") == [("Đạt", date(2025, 5, 8))]
    # The record's own unit, and the figure that it lowers.
    assert dossiers.query("select unit_code, scope_code from marts.failing_record") == [("H19.02.20", "VP")]


def test_a_unit_with_a_target_of_its_own_has_a_verdict_of_its_own(dossiers: DossierSources) -> None:
    dossiers.given_agencies(AGENCIES)
    settled(dossiers, 96, 4)
    columns = WITHOUT_RECORDS["core.unit_targets"]
    dossiers.query(f"create table core.unit_targets ({columns})")
    dossiers.query(
        "insert into core.unit_targets"
        " values ('MT1', 'H19.02.20', '2025-05-20', '>=', 0.95, 'Mục tiêu của Trung tâm', 2025)"
    )
    dossiers.build(date(2025, 12, 31))
    found = {row[0]: row[2:4] for row in dossiers.query(YEAR) if row[1] == "all"}
    assert found["H19.02.20"] == (0.95, "Đạt")
    assert found["VP"] == (0.97, "Chưa đạt")
    assert found["H19.02"] == (None, "Không áp dụng")


def test_the_list_of_units_is_that_of_each_period_end(dossiers: DossierSources, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "headline_scope.2025.csv").write_text(
        "unit_code,folded_name,citation,valid_from,valid_to\n"
        "H19.05,,QĐ của Văn phòng,2025-07-01,2025-11-30\nH19.05,,QĐ của Văn phòng,2025-12-31,\n"
    )
    reference.load(dossiers.warehouse, own)
    dossiers.given_agencies(AGENCIES)
    for month in ("02", "05", "08"):
        due = {"accepted": f"2025-{month}-03 08:00", "appointment": f"2025-{month}-10 16:30"}
        for unit in ("H19.02", "H19.05"):
            row = numbered(f"{month}-{unit}-", 2, completed=f"2025-{month}-07 09:00")
            dossiers.given(row, unit=unit, **due)
    dossiers.given(numbered("late-", 1, completed="2025-08-12 09:00"), unit="H19.05", **due)
    dossiers.build(date(2025, 12, 31))
    asked = (
        "select period_kind, month(period_end), denominator from marts.headline_result where indicator = 'MT1'"
        " and unit_code = 'VP' and period_kind in ('quarter', 'half_year', 'nine_months', 'year') order by all"
    )
    assert dossiers.query(asked) == [
        ("half_year", 6, 4),
        ("nine_months", 9, 13),
        ("quarter", 3, 2),
        ("quarter", 6, 2),
        ("quarter", 9, 5),
        ("quarter", 12, 0),
        ("year", 12, 13),
    ]
    assert dossiers.query("select distinct unit_code from marts.failing_record") == [("H19.05",)]
    # Each unit by itself, and the province, are what they were.
    assert dossiers.query(
        "select unit_code, denominator from marts.headline_result where indicator = 'MT1' and period_kind = 'year'"
        " and unit_code in ('H19', 'H19.05') order by all"
    ) == [("H19", 13), ("H19.05", 7)]


def test_a_warning_belongs_to_a_period_that_still_runs(dossiers: DossierSources) -> None:
    settled(dossiers, 194, 6)
    words = "Đạt, nhưng sát mức giao"
    march = (
        "select verdict, verdict_reason, is_retrospective from marts.headline_result where indicator = 'MT1'"
        " and unit_code = 'VP' and period_kind = 'month' and period_start = '2025-03-01'"
    )
    dossiers.build(date(2025, 3, 30))
    assert board(dossiers, "verdict, verdict_reason") == [("Cảnh báo", words)]
    assert dossiers.query(march) == [("Cảnh báo", words, True)]
    dossiers.build(date(2025, 3, 31))
    assert board(dossiers, "verdict, verdict_reason") == [("Cảnh báo", words)]
    assert dossiers.query(march) == [("Đạt", words, True)]
    dossiers.build(date(2025, 12, 31))
    assert board(dossiers, "verdict, verdict_reason") == [("Đạt", words)]
    # Measured in retrospect: the decision is of 8 May, and a year that it ends in is no retrospect.
    assert dossiers.query(
        "select period_kind, is_retrospective from marts.headline_result where indicator = 'MT1' and unit_code = 'VP'"
        " and period_kind in ('quarter', 'year') order by period_start, period_kind"
    ) == [("quarter", True), ("year", False), ("quarter", False), ("quarter", False), ("quarter", False)]


def test_without_a_chart_the_trend_compares_the_last_two_whole_quarters(dossiers: DossierSources) -> None:
    for month, late in ((2, 1), (5, 0)):
        dossiers.given(
            numbered(f"{month}-", 10 - late, completed=f"2025-{month:02}-07 09:00"),
            accepted=f"2025-{month:02}-03 08:00",
            appointment=f"2025-{month:02}-10 16:30",
        )
        if late:
            dossiers.given(
                numbered(f"{month}-late-", late, completed=f"2025-{month:02}-12 09:00"),
                accepted=f"2025-{month:02}-03 08:00",
                appointment=f"2025-{month:02}-10 16:30",
            )
    dossiers.build(date(2025, 6, 29))
    assert board(dossiers, "trend, trend_reason") == [(None, None)]
    dossiers.build(date(2025, 6, 30))
    assert board(dossiers, "trend, trend_reason") == [("Tăng", "Quý II/2025 so với quý liền trước")]
