"""The whole pipeline over several evenings: what was published comes again from raw, whatever happened since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import Office, failures


FIRST = date(2025, 12, 16)
AS_PUBLISHED = {"ops": {"reference": {"config": {"as_published": True}}}}
UNKNOWN = "select distinct status_name from core.dossier_intake where status_code is null"


@pytest.fixture
def evenings(tmp_path: Path) -> Iterator[tuple[Office, Simulator]]:
    world = World(dossiers=300, documents=30, procedures=12, today=FIRST, defect_share=0.03, is_drained=False)
    with Simulator(world, registers=tmp_path / "registers") as simulator:
        yield Office(tmp_path / "home", simulator.environment, FIRST), simulator


def night(office: Office, simulator: Simulator, day: date) -> None:
    simulator.world, office.day = replace(simulator.world, today=day), day
    result = office.night()
    assert result.success, failures(result)


@pytest.mark.soak
def test_every_evening_of_a_week_comes_again_after_a_mended_map(evenings: tuple[Office, Simulator]) -> None:
    office, simulator = evenings
    days = [FIRST + timedelta(days=number) for number in range(5)]
    for day in days:
        night(office, simulator, day)
    with office.open() as warehouse:
        names = [name for (name,) in warehouse.query(UNKNOWN)]
    own = office.home / "reference"
    own.mkdir()
    rows = "".join(f"{name},10,,Công văn của Sở\n" for name in names)
    (own / "dossier_status_aliases.tinh.csv").write_text(f"name,status_code,outcome,source\n{rows}", encoding="utf-8")
    night(office, simulator, days[-1] + timedelta(days=1))
    for day in days:
        result = office.night("recompute", day, AS_PUBLISHED)
        assert result.success, failures(result)
    assert office.night("recompute", days[0]).success
    with office.open() as warehouse:
        causes = warehouse.query(
            "select distinct cause from marts.restatement where closing_date_after = $1 and indicator = 'MT1'",
            [days[0]],
        )
    assert causes == [("released",)]


def test_a_closing_date_that_comes_out_otherwise_is_not_published(office: Office) -> None:
    """Raw is never rewritten; if it were, it would be seen."""
    before = office.manifest()["version"]
    with office.open() as warehouse:
        warehouse.query(
            "update raw.portal__dossiers set payload = replace(payload, '\"d\"', '\"h\"')"
            " where record_key = (select min(record_key) from core.dossiers where limit_unit = 'd')"
        )
    result = office.night("recompute", config=AS_PUBLISHED)
    told = failures(result)["published__mtcl"]
    assert "ra kết quả khác ở core." in told
    assert "core.dossier_clock" in told
    assert office.manifest()["version"] == before
