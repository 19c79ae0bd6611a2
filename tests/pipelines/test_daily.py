"""The daily job over sockets: figures equal to the truth, runs that repeat, days that pass, sources that fail."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.simulator import ground_truth, truth_form, truth_intake, truth_observations, truth_sectors
from connectors.simulator.periods import year_to_date
from connectors.simulator.server import Simulator
from connectors.simulator.truth_dossiers import DossierTruth
from tests.support.copies import ROOT
from tests.support.office import LAST_DAY, Office, failures, small


def published(office: Office, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(office.home / "published" / "mtcl.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


FIGURES = """
select indicator, definition, unit_code, period_calendar, period_kind, strftime(period_start, '%Y-%m-%d'),
    numerator, denominator, excluded, quarantined, coalesce(settled_early, 0), coalesce(settled_on_time, 0)
from marts.indicator_result
where unit_code in ('VP', 'H19') and applicant_group <> 'chua_xac_dinh'
"""


def truth(simulator: Simulator, closing: date, observed: list[date] | None = None) -> set[tuple[object, ...]]:
    rows = ground_truth.rows(simulator.world, closing, observed)
    columns = ("indicator", "definition", "unit_code", "calendar", "kind", "start")
    counts = ("numerator", "denominator", "excluded", "quarantined")
    return {(*(row[name] for name in (*columns, *counts)), row.get("early", 0), row.get("on_time", 0)) for row in rows}


def test_every_figure_of_every_period_equals_the_ground_truth(office: Office, simulator: Simulator) -> None:
    assert set(published(office, FIGURES)) == truth(simulator, LAST_DAY)
    ((received, aside, difference),) = published(
        office, "select received, quarantined, difference from core.admissions"
    )
    assert (received, difference) == (900, 0)
    assert aside == 27


def test_every_row_of_the_statutory_form_equals_the_ground_truth(office: Office, simulator: Simulator) -> None:
    columns = ("unit_code", "kind", "start", "linh_vuc", *(f"c{number}" for number in range(3, 14)))
    rows = truth_form.rows(simulator.world, LAST_DAY)
    assert len({row["linh_vuc"] for row in rows}) > 5
    assert set(
        published(
            office,
            "select unit_code, period_kind, strftime(period_start, '%Y-%m-%d'), linh_vuc,"
            " c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13"
            " from marts.form_ii_06a where unit_code in ('VP', 'H19')",
        )
    ) == {tuple(row[column] for column in columns) for row in rows}


SECTORS = """
select unit_code, period_calendar, period_kind, strftime(period_start, '%Y-%m-%d'), sector_name,
    numerator, denominator, quarantined, settled_early, settled_on_time
from marts.sector_result where indicator = 'MT1'
"""


def test_each_sector_of_every_period_equals_the_ground_truth(office: Office, simulator: Simulator) -> None:
    told = set(published(office, SECTORS))
    assert told == truth_sectors.rows(simulator.world, LAST_DAY)
    assert len({row[4] for row in told}) > 5


def test_the_time_to_intake_is_that_of_the_plan(office: Office, simulator: Simulator) -> None:
    told = published(
        office,
        "select unit_code, period_calendar, period_kind, strftime(period_start, '%Y-%m-%d'),"
        " numerator, denominator, quarantined, median_days from marts.intake_time",
    )
    assert set(told) == truth_intake.rows(simulator.world, LAST_DAY)


def test_a_second_run_asks_for_the_overlap_only_publishes_the_same_and_keeps_no_personal_datum(
    office: Office, simulator: Simulator, capfd: pytest.CaptureFixture[str]
) -> None:
    first, asked_first = office.hashes(), simulator.requests.copy()
    assert office.night().success
    asked = simulator.requests - asked_first
    assert office.hashes() == first
    assert asked["/portal/pa/dossier/search"] <= 3
    assert asked["/axis/getEdoc"] <= 5  # only packets that could not be read are asked for again
    with office.open() as warehouse:
        landed = warehouse.query("select system, resource, landed from ledger.extractions where landed > 0")
        runs = warehouse.query("select count(distinct run_id) from ledger.extractions where landed > 0")
    assert runs == [(1,)], landed
    kept, written = everything(office), "".join(capfd.readouterr())
    secrets = [value for name, value in simulator.environment.items() if name.endswith(("SECRET", "PASSWORD", "KEY"))]
    for word in (*secrets, "@congdan.example", "fullname", "identityNumber", "phoneNumber"):
        assert word not in kept, word
        assert word not in written, word


def everything(office: Office) -> str:
    """Every row of what is read, kept and decided, as JSON."""
    with office.open() as warehouse:
        tables = warehouse.query(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where schema_name in ('raw', 'staging', 'core', 'ledger')"
        )
        return "".join(
            str(row) for (table,) in tables for row in warehouse.query(f"select to_json(t) from {table} as t")
        )


def test_a_day_that_passes_lands_its_changes_only_and_stays_true(tmp_path: Path, simulator: Simulator) -> None:
    before = date(2025, 12, 17)
    simulator.world = small(before)
    office = Office(tmp_path, simulator.environment, before)
    assert office.night().success
    assert set(published(office, FIGURES)) == truth(simulator, before, [before])
    simulator.world = replace(simulator.world, today=LAST_DAY)
    office.day = LAST_DAY
    assert office.night().success
    newest = f"{FIGURES} and closing_date = '{LAST_DAY}'"
    assert set(published(office, newest)) == truth(simulator, LAST_DAY, [before, LAST_DAY])
    with office.open() as warehouse:
        ((landed, known),) = warehouse.query(
            "select arg_max(landed, extraction_id), (select count(*) from raw.portal__dossiers)"
            " from ledger.extractions where resource = 'dossiers'"
        )
    assert 0 < landed < known / 5


def test_a_past_closing_date_is_computed_again_without_asking_and_without_moving_the_scoreboard(
    office: Office, simulator: Simulator
) -> None:
    scoreboard, asked = published(office, "from marts.scoreboard"), sum(simulator.requests.values())
    assert office.night("recompute", date(2025, 6, 30)).success
    assert sum(simulator.requests.values()) == asked
    past = f"{FIGURES} and closing_date = '2025-06-30'"
    assert set(published(office, past)) == truth(simulator, date(2025, 6, 30))
    assert published(office, "from marts.scoreboard") == scoreboard


RANGE = """
select numerator, denominator, lower_bound, upper_bound from marts.headline_result
where indicator = 'MT1' and unit_code = 'VP' and period_kind = 'year_to_date'
"""


FOREIGN = ROOT / "tests" / "models" / "ten_objectives"
# Objectives as other offices write them (FOREIGN) → what the simulator's truth calls them.
OBSERVED = {
    "H5": "complaints found right",
    "H6": "initiatives recognised",
    "H7": "paper copies",
    "H8": "reports in time",
    "H11": "days of a report",
    "H12": "people trained",
}
OBSERVED_FIGURES = """
select indicator, period_calendar, period_kind, strftime(period_start, '%Y-%m-%d'), numerator, denominator, actual
from marts.indicator_result
where indicator in ('H5', 'H6', 'H7', 'H8', 'H11', 'H12') and unit_code = 'VP' and denominator > 0 and quarantined = 0
"""


def observed_figures_equal_the_ground_truth(office: Office, simulator: Simulator) -> None:
    """Six objectives that were loaded by data alone, of every period."""
    told = {
        (OBSERVED[name], calendar, kind, start): (good, of, figure)
        for name, calendar, kind, start, good, of, figure in published(office, OBSERVED_FIGURES)
    }
    wanted = truth_observations.answers(simulator.world, LAST_DAY)
    assert told == {
        key: (one.good, one.of, None if one.figure is None else pytest.approx(one.figure))
        for key, one in wanted.items()
    }
    assert {question for question, *_ in told} == set(OBSERVED.values())


@pytest.mark.parametrize("extends", [False, True])
def test_what_the_slips_promised_lies_in_the_published_range_whether_appointments_are_extended_or_not(
    tmp_path: Path, office: Office, simulator: Simulator, extends: bool
) -> None:
    """What no source tells: the appointment that stood on the slip when the dossier was accepted."""
    if extends:
        # Nobody else's figures move because objectives of other offices stand beside them.
        simulator.world = replace(small(), extends_appointments=True, keeps_observations=True)
        office = Office(tmp_path / "extended", simulator.environment, LAST_DAY)
        shutil.copytree(FOREIGN, office.run_settings.own_reference)
        assert office.night().success
        told = set(published(office, FIGURES))
        assert {row for row in told if not row[0].startswith("H")} == truth(simulator, LAST_DAY)
        observed_figures_equal_the_ground_truth(office, simulator)
    period = year_to_date(LAST_DAY)
    seen = DossierTruth(simulator.world, LAST_DAY).count(period)
    good, of = DossierTruth(simulator.world, LAST_DAY, knows_promises=True).count(period).rates["R1"]
    ((numerator, denominator, lower, upper),) = published(office, RANGE)
    assert (numerator, denominator + seen.unclear) == (seen.rates["R1"][0], of)
    assert lower <= good / of <= upper
    # Five in a hundred records of this province are bad and set aside.
    assert upper - lower < 0.06


@pytest.mark.parametrize(
    ("plan", "step", "says"),
    [
        ("refused_login@sso", "raw__portal__dossiers", "đăng nhập không được"),
        ("refused_login@tthc", "raw__tthc__procedure_list", "đăng nhập không được"),
        ("outage", "raw__portal__dossiers", "Nguồn tạm thời không trả lời"),
        ("changed_envelope@portal", "raw__portal__dossiers", "khác khuôn dạng đã biết"),
        ("refused_login@axis", "raw__axis__received_documents", "Kiểm tra AXIS_SYSTEM_ID"),
    ],
)
def test_where_all_is_to_be_published_a_source_that_fails_leaves_yesterdays_publication_untouched(
    office: Office, simulator: Simulator, plan: str, step: str, says: str
) -> None:
    before = office.manifest()
    simulator.faults = plan
    office.attempts, office.publish_when = 2, "all"
    result = office.night()
    assert not result.success
    assert says in failures(result)[step]
    assert office.manifest() == before
