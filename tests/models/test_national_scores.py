"""The national portal's figures beside ours: on time by definition R2, received, settled; what a difference tells."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.border import Border
from connectors.national_scores import Period, score_records
from connectors.records import Page, Record, record
from tests.models.dossier_sources import DossierSources
from warehouse import building, expectations, models, quarantine
from warehouse.landing import Extraction
from warehouse.validation import validate


CLOSING = date(2025, 12, 31)
AGENCIES = "id | code | name | parent_id\nt | H19 | UBND tỉnh |\nu1 | H19.01 | Sở Nội vụ | t\nu2 | H19.02 | Sở Y tế | t"
MARCH = Period(2025, 3)
PARTS = {"CKMB": "16", "CLGQ": "8", "TTTT": "10", "MDHL": "17", "MDSH": "20", "LOAI_COQUAN": "1", "ROW_STT": "2"}
COMPARED = (
    "select left_count, right_count, only_left, only_right, consequence from marts.reconciliation"
    " where subject = '{}' and period_start = '2025-03-01'"
)


@pytest.fixture(params=[("marts.national_score",)])
def dossiers(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[DossierSources]:
    """Builds what the scores stand on; a test that needs more says so."""
    dossiers = DossierSources(tmp_path, request.param)
    dossiers.given_agencies(AGENCIES)
    yield dossiers
    dossiers.close()


def scored(progress: str, code: str = "H19", total: str | None = None, **parts: str) -> dict[str, str]:
    """A row of the portal: 71 points from the other groups."""
    return PARTS | {"MA_COQUAN": code, "TDGQ": progress, "TONG_SCORE": total or str(71 + float(progress))} | parts


def land(dossiers: DossierSources, resource: str, records: list[Record]) -> None:
    with Extraction(dossiers.warehouse, "scores", resource, run_id="test") as extraction:
        extraction.add(Page(records, 1, 1, len(records), 0))


def told(dossiers: DossierSources, *rows: dict[str, str], period: Period = MARCH, by: str = "unit_scores") -> None:
    land(dossiers, by, score_records(rows, "H19", period, Border()))


def counted(dossiers: DossierSources, received: int, in_time: int, late: int, code: str = "H19") -> None:
    counts = {"HS_TOTAL": str(received), "HTDH_TOTAL": str(in_time), "HTQH_TOTAL": str(late)}
    land(dossiers, "totals", [record(f"2025-03|{code}", counts)])


def given_dossiers(dossiers: DossierSources, in_time: int, late: int, unit: str = "H19.01") -> None:
    for name, number, completed in (("T", in_time, "2025-03-07 09:00"), ("Q", late, "2025-03-20 09:00")):
        rows = "\n".join(f"{name}-{unit}-{count}" for count in range(number))
        if rows:
            dossiers.given(f"code\n{rows}", unit=unit, completed=completed)


everything = pytest.mark.parametrize("dossiers", [None], indirect=True)


@everything
def test_an_honest_month_is_the_same_on_both_sides(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, in_time=95, late=5)
    told(dossiers, scored("19"), scored("19", "H19.01"))
    counted(dossiers, received=100, in_time=95, late=5)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("diem_tien_do_quoc_gia")) == [(95, 95, 0, 0, "none")]
    assert dossiers.query(COMPARED.format("tiep_nhan_quoc_gia")) == [(100, 100, 0, 0, "none")]
    assert dossiers.query(COMPARED.format("giai_quyet_quoc_gia")) == [(100, 100, 0, 0, "none")]


@everything
def test_a_score_that_says_otherwise_is_told_and_lowers_no_verdict(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, in_time=100, late=0)
    told(dossiers, scored("12"))
    counted(dossiers, received=60, in_time=36, late=24)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("diem_tien_do_quoc_gia")) == [(100, 60, 40, 0, "note")]
    assert dossiers.query(COMPARED.format("tiep_nhan_quoc_gia")) == [(100, 60, 40, 0, "note")]
    assert dossiers.query("select verdict from marts.scoreboard where indicator = 'MT1'") == [("Đạt",)]


def test_both_figures_stand_side_by_side_for_the_province_and_each_unit(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, in_time=9, late=1)
    given_dossiers(dossiers, in_time=10, late=0, unit="H19.02")
    told(dossiers, scored("19"), scored("18", "H19.01"), scored("20", "000.00.02.H19"))
    told(dossiers, scored("19.5"), period=Period(2025))
    counted(dossiers, received=20, in_time=19, late=1)
    counted(dossiers, received=8, in_time=7, late=1, code="H19.01")
    dossiers.build(CLOSING)
    assert dossiers.query(
        "select unit_code, unit_name, period_kind, told_by, score_total::double, on_time_share, numerator, denominator,"
        " actual, received, received_here, settled, settled_here"
        " from marts.national_score order by period_kind, unit_code"
    ) == [
        ("H19", "UBND tỉnh", "month", "cong", 90.0, 0.95, 19, 20, 0.95, 20, 20, 20, 20),
        ("H19.01", "Sở Nội vụ", "month", "cong", 89.0, 0.9, 9, 10, 0.9, 8, 10, 8, 10),
        ("H19.02", "Sở Y tế", "month", "cong", 91.0, 1.0, 10, 10, 1.0, None, None, None, None),
        ("H19", "UBND tỉnh", "year", "cong", 90.5, 0.975, 19, 20, 0.95, None, None, None, None),
    ]


def test_a_saved_table_speaks_where_the_portal_does_not(dossiers: DossierSources) -> None:
    told(dossiers, scored("19"))
    told(dossiers, scored("12"), by="workbook_scores")
    told(dossiers, scored("18"), period=Period(2025, 2), by="workbook_scores")
    dossiers.build(CLOSING)
    assert dossiers.query(
        "select period_start::varchar, told_by, score_tdgq::double from marts.national_score order by period_start"
    ) == [("2025-02-01", "tep", 18.0), ("2025-03-01", "cong", 19.0)]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (scored("19", MDSH="hai mươi"), {"scores_are_numbers", "record_is_readable"}),
        (scored("21"), {"scores_are_within_their_maxima"}),
        (scored("19", total="95"), {"scores_add_up"}),
    ],
)
def test_an_odd_row_is_set_aside_alone(dossiers: DossierSources, row: dict[str, str], rules: set[str]) -> None:
    told(dossiers, row, scored("18", "H19.01"))
    dossiers.build(CLOSING)
    table = "staging.scores__unit_scores"
    quarantine.set_aside(dossiers.warehouse, table, validate(dossiers.warehouse, table, expectations.load()[table]))
    assert dossiers.set_aside() == {"2025-03|H19": rules}
    assert "hai mươi" not in str(dossiers.query("select * from raw.scores__unit_scores"))
    model = next(one for one in models.load() if one.table == "core.national_scores")
    building.build(dossiers.warehouse, model)
    assert dossiers.query("select unit_code from core.national_scores") == [("H19.01",)]


def test_totals_that_are_no_counts_are_set_aside(dossiers: DossierSources) -> None:
    counts = {"HS_TOTAL": "1.2e9", "HTDH_TOTAL": "95", "HTQH_TOTAL": "-5"}
    land(dossiers, "totals", [record("2025-03|H19", counts), record("2025-04|H19", counts | {"HS_TOTAL": "1"})])
    dossiers.build(CLOSING)
    table = "staging.scores__totals"
    quarantine.set_aside(dossiers.warehouse, table, validate(dossiers.warehouse, table, expectations.load()[table]))
    assert dossiers.set_aside() == {f"2025-0{month}|H19": {"totals_are_counts"} for month in (3, 4)}
