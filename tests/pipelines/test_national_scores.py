"""The national scores in a night: a difference that was planted is told, and a dead portal stops nothing."""

import re
from pathlib import Path

from connectors.simulator.server import Simulator
from pipelines.settings import Settings
from tests.support.office import Office


OWN = "reconciliation_tolerances.csv"
BEYOND = (
    "select subject from marts.reconciliation where consequence = 'note' and right_system = 'scores'"
    " and period_start = '2025-12-01' order by subject"
)


def strict(home: Path) -> None:
    """Of a small province only a few dossiers may differ."""
    ours = (Path(__file__).parents[2] / "warehouse" / "reference" / OWN).read_text(encoding="utf-8")
    mended = re.sub(r"(?m)^(\w+_quoc_gia,.*,portal,scores,.*),20,", r"\1,2,", ours)
    assert mended.count(",portal,scores,") == 3
    assert mended != ours
    (home / "reference").mkdir()
    (home / "reference" / OWN).write_text(mended, encoding="utf-8")


def test_what_the_portal_tells_otherwise_is_in_the_reconciliation(office: Office, simulator: Simulator) -> None:
    strict(office.home)
    assert office.night("recompute", only="marts.reconciliation").success
    with office.open() as warehouse:
        assert warehouse.query(BEYOND) == []
    simulator.faults = "national_gap"
    asked = simulator.requests["/jsp/rest.jsp"]
    assert office.night(only="marts.reconciliation").success
    assert simulator.requests["/jsp/rest.jsp"] > asked
    with office.open() as warehouse:
        assert [subject for (subject,) in warehouse.query(BEYOND)] == [
            "diem_tien_do_quoc_gia",
            "giai_quyet_quoc_gia",
            "tiep_nhan_quoc_gia",
        ]


def test_a_dead_portal_stops_no_night_and_keeps_what_was_told(office: Office, simulator: Simulator) -> None:
    office.environment = {name: text for name, text in office.environment.items() if name != "TTHC_PUBLIC_URL"}
    assert "scores" in Settings.from_environment(office.environment).sources
    simulator.faults = "outage@gateway"
    assert office.night(only="marts.national_score").success
    with office.open() as warehouse:
        assert warehouse.query(
            "select distinct resource from ledger.extractions where system = 'scores' and outcome = 'failed' order by 1"
        ) == [("totals",), ("unit_scores",)]
        ((told,),) = warehouse.query("select count(*) from marts.national_score where unit_code = 'H19'")
    assert told == 13
