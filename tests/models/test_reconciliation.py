"""Two systems that tell of the same thing: counted month by month, tolerated as data says, and what follows beyond."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from assets.checks import verdict
from connectors.errors import SourceUnavailable
from connectors.records import Page, Record, record
from tests.models.dossier_sources import DossierSources
from warehouse import expectations, reference
from warehouse.landing import Extraction
from warehouse.validation import validate


CLOSING = date(2025, 12, 31)
AGENCIES = "id | code | name | parent_id\nt | H19 | UBND tỉnh |\nu1 | H19.01 | Sở Nội vụ | t\nu2 | H19.02 | Sở Y tế | t"
COMPARED = (
    "select left_count, right_count, matched, only_left, only_right, conflicting, explained, consequence"
    " from marts.reconciliation where subject = '{}' order by period_start"
)


@pytest.fixture
def dossiers(tmp_path: Path) -> Iterator[DossierSources]:
    dossiers = DossierSources(tmp_path, None)
    dossiers.given_agencies(AGENCIES)
    yield dossiers
    dossiers.close()


def statistics(dossiers: DossierSources, **received: int) -> None:
    """What the source says it received in March 2025: agency id → dossiers; all of them settled in time."""
    dossiers.land(
        "statistics",
        [
            record(
                f"{agency}|2025-03-01|2025-03-31",
                {"agency": {"id": agency}, "received": count, "resolved": count, "resolvedOverdue": 0},
            )
            for agency, count in received.items()
        ],
    )


def land_copies(dossiers: DossierSources, **known: bool) -> None:
    records = [record(code, {"is_known": is_known}) for code, is_known in known.items()]
    with Extraction(dossiers.warehouse, "tthc", "dossier_copies", run_id="test") as extraction:
        extraction.add(Page(records, 1, 1, len(records), 0))


def given_dossiers(dossiers: DossierSources, count: int, unit: str = "H19.01") -> None:
    rows = "\n".join(f"{unit}-{number}" for number in range(count))
    dossiers.given(f"code\n{rows}", unit=unit, completed="2025-03-07 09:00")


def headline(dossiers: DossierSources, indicator: str = "MT1") -> str:
    ((verdict,),) = dossiers.query(f"select verdict from marts.scoreboard where indicator = '{indicator}'")
    return str(verdict)


def test_equal_counts_match_and_leave_the_verdict_alone(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    statistics(dossiers, t=0, u1=30, u2=0)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(30, 30, 30, 0, 0, 0, 0, "none")]
    assert dossiers.query(
        "select distinct verdict from marts.reconciliation where subject = 'ho_so_da_giai_quyet'"
    ) == [("Khớp",)]
    assert headline(dossiers) == "Đạt"


def test_a_unit_that_has_too_many_does_not_hide_one_that_has_too_few(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30, "H19.01")
    statistics(dossiers, u1=5, u2=25)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(30, 30, 5, 25, 25, 0, 0, "lower_verdict")]


def test_dossiers_that_only_the_source_counts_leave_no_ground_for_a_verdict_on_mt1(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    statistics(dossiers, u1=51)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(30, 51, 30, 0, 21, 0, 0, "lower_verdict")]
    assert headline(dossiers) == headline(dossiers, "MT1b") == "Chưa đủ căn cứ"
    of_unit = dict(
        dossiers.query(
            "select unit_code, verdict from marts.indicator_result where indicator = 'MT1' and definition = 'R1'"
            " and applicant_group = 'all' and period_kind = 'month' and period_calendar = 'iso'"
            " and period_start = '2025-03-01' and unit_code in ('H19.01', 'VP', 'H19')"
        )
    )
    assert of_unit == {"VP": "Chưa đủ căn cứ", "H19.01": "Không áp dụng", "H19": "Không áp dụng"}
    april = "select verdict from marts.indicator_result where unit_code = 'VP' and period_start = '2025-04-01'"
    assert dossiers.query(f"{april} and indicator = 'MT1' and definition = 'R1' and period_kind = 'month'") == [
        ("Không phát sinh",)
    ]
    assert dossiers.query("select verdict from marts.scoreboard where indicator = 'MT3.1'") == [("Chưa có số liệu",)]


def test_a_difference_within_the_tolerance_changes_nothing(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    statistics(dossiers, u1=50)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(30, 50, 30, 0, 20, 0, 0, "none")]
    assert headline(dossiers) == "Đạt"


def test_what_was_set_aside_explains_a_difference(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    rows = "\n".join(f"S-{number} | ngày mai" for number in range(21))
    dossiers.given(f"code | accepted\n{rows}", unit="H19.01", completed="2025-03-07 09:00")
    statistics(dossiers, u1=51)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(30, 51, 30, 0, 21, 0, 21, "none")]


def test_a_parent_that_counts_those_below_it_is_not_counted_twice(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    given_dossiers(dossiers, 12, "H19.02")
    statistics(dossiers, t=42, u1=30, u2=12)
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ho_so_tiep_nhan")) == [(42, 42, 42, 0, 0, 0, 0, "none")]


def test_the_consequence_is_data(dossiers: DossierSources, tmp_path: Path) -> None:
    own = tmp_path / "reference"
    own.mkdir()
    text = (Path(reference.__file__).parent / "reconciliation_tolerances.csv").read_text(encoding="utf-8")
    mended = text.replace("20,0.02,lower_verdict,MT1", "3,0,block,")
    assert mended != text
    (own / "reconciliation_tolerances.csv").write_text(mended, encoding="utf-8")
    reference.load(dossiers.warehouse, own)
    given_dossiers(dossiers, 30)
    statistics(dossiers, u1=34)
    dossiers.build(CLOSING)
    assert headline(dossiers) == "Đạt"
    rules = expectations.load()["marts.reconciliation"]
    failed = {outcome.rule.name: outcome for outcome in validate(dossiers.warehouse, "marts.reconciliation", rules)}
    stopping = failed["no_difference_stops_publication"]
    assert (stopping.success, stopping.rule.severity) == (False, "critical")
    # Pair, month and size, in the words that the run ends in.
    assert len(stopping.failing_keys) == 2
    assert all(", tháng 03/2025: " in told for told in stopping.failing_keys)
    assert all(
        " có 30, " in told and " có 34; " in told and told in verdict(stopping) for told in stopping.failing_keys
    )


def test_a_tolerance_that_names_no_indicator_to_lower_is_refused(tmp_path: Path) -> None:
    line = "x,X,a,b,A,B,1,0.1,lower_verdict,,căn cứ"
    header = "subject,label,left_system,right_system,left_name,right_name,tolerance_count,tolerance_share"
    (tmp_path / "reconciliation_tolerances.x.csv").write_text(
        f"{header},consequence,indicators,citation\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(reference.ReferenceDataError, match=r"reconciliation_tolerances.x.csv, dòng 2.*indicators"):
        reference.read("reconciliation_tolerances.csv", tmp_path)


def test_dossiers_that_the_national_portal_does_not_know_are_only_ours(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 8)
    land_copies(dossiers, **{f"H19.01-{number}": number > 6 for number in range(8)})
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ban_sao_quoc_gia")) == [(8, 1, 1, 7, 0, 0, 0, "note")]
    assert headline(dossiers) == "Đạt"


def test_a_national_copy_in_another_state_is_a_conflict(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 2)
    with Extraction(dossiers.warehouse, "tthc", "dossier_copies", run_id="test") as extraction:
        told = [
            Record(code, json.dumps({"is_known": True, "TrangThaiHoSo": status}).encode(), None)
            for code, status in (("H19.01-0", "10"), ("H19.01-1", "4"))
        ]
        extraction.add(Page(told, 1, 1, 2, 0))
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("ban_sao_quoc_gia")) == [(2, 2, 1, 0, 0, 1, 0, "none")]


def test_a_month_of_which_the_source_counts_more_lowers_and_far_more_blocks(dossiers: DossierSources) -> None:
    given_dossiers(dossiers, 30)
    for counted, consequence in ((40, "none"), (41, "lower_verdict"), (81, "block")):
        dossiers.land(
            "dossier_counts", [record("2025-03-01|2025-03-31", {"counted_on": "2026-01-31", "dossiers": counted})]
        )
        dossiers.build(CLOSING)
        assert dossiers.query(COMPARED.format("tap_khoa_ho_so")) == [
            (30, counted, 30, 0, counted - 30, 0, 0, consequence)
        ]


@pytest.mark.parametrize(("read_at", "consequence"), [("2025-03-10", "lower_verdict"), ("2025-04-10", "block")])
def test_a_count_of_days_after_the_last_reading_lowers_and_never_blocks(
    dossiers: DossierSources, read_at: str, consequence: str
) -> None:
    given_dossiers(dossiers, 30)
    dossiers.land("dossier_counts", [record("2025-03-01|2025-03-31", {"counted_on": "2026-01-31", "dossiers": 81})])
    dossiers.query(f"update ledger.extractions set ended_at = timestamptz '{read_at}' where resource = 'dossiers'")
    with suppress(SourceUnavailable), Extraction(dossiers.warehouse, "portal", "dossiers", run_id="away"):
        raise SourceUnavailable("portal", "mã HTTP 503")
    dossiers.build(CLOSING)
    assert dossiers.query(COMPARED.format("tap_khoa_ho_so")) == [(30, 81, 30, 0, 51, 0, 0, consequence)]
