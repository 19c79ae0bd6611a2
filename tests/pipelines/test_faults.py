"""Sources that misbehave: whatever they do while they are read, nothing is lost and nothing is doubled."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.office import Office
from warehouse.landing import Extraction


LAST_DAY = date(2025, 12, 31)
WORLD = World(dossiers=200, documents=40, procedures=15, today=LAST_DAY, is_drained=False)
Contents = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(WORLD) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    office = Office(tmp_path_factory.mktemp("undisturbed"), simulator.environment, LAST_DAY)
    assert office.read().success
    return contents(office)


def contents(office: Office) -> Contents:
    """Raw table → key → newest content of what the source still has; every key once."""
    with office.open() as warehouse:
        tables = warehouse.query("select table_name from duckdb_tables() where schema_name = 'raw'")
        return {
            table: dict(
                warehouse.query(
                    f"select record_key, max_by(content_hash, version) from raw.{table}"
                    " group by record_key having max_by(withdrawn_at is null, version)"
                )
            )
            for (table,) in tables
        }


@pytest.mark.parametrize(
    "plan",
    [
        "rate_limit+connection_reset",
        "server_errors+html_page",
        "truncated_json+slow",
        "token_expiry+session_expiry",
        "duplicate_page",
        "last_missing+amount_drift",
        "string_error_code+added_field",
        "json_in_string+duplicate_delivery",
        "wrong_content_type+truncated_base64",
    ],
)
def test_what_a_source_does_while_it_is_read_changes_nothing(
    tmp_path: Path, simulator: Simulator, undisturbed: Contents, plan: str
) -> None:
    office = Office(tmp_path, simulator.environment, LAST_DAY, page_size=20, attempts=200)
    simulator.faults = plan
    office.read()
    happened = simulator.faults.history
    simulator.faults = "none"
    assert happened, "the plan did nothing"
    assert office.read().success
    assert contents(office) == undisturbed


# These change the records themselves: a moved item has a new time, a lost field leaves a shorter record.
@pytest.mark.parametrize(
    "plan",
    [
        "shifting_pages",
        "unstable_ties",
        "removed_field",
        "retyped_field",
        "changed_envelope",
        "refused_login",
        "outage",
    ],
)
def test_no_record_is_lost_or_doubled_when_a_source_moves_changes_or_goes_away(
    tmp_path: Path, simulator: Simulator, undisturbed: Contents, plan: str
) -> None:
    office = Office(tmp_path, simulator.environment, LAST_DAY, attempts=2)
    simulator.faults = plan
    office.read()
    simulator.faults = "none"
    assert office.read().success
    found = contents(office)
    assert {table: set(keys) for table, keys in found.items()} == {
        table: set(keys) for table, keys in undisturbed.items()
    }


@pytest.mark.parametrize("page_size", [7, 200])
def test_the_size_of_pages_does_not_matter(
    tmp_path: Path, simulator: Simulator, undisturbed: Contents, page_size: int
) -> None:
    office = Office(tmp_path, simulator.environment, LAST_DAY, page_size=page_size)
    assert office.read().success
    assert contents(office) == undisturbed


def test_neither_do_the_windows_in_which_a_period_is_read(
    tmp_path: Path, simulator: Simulator, undisturbed: Contents
) -> None:
    office = Office(tmp_path, simulator.environment, LAST_DAY)
    windows = [
        (date(2025, 6, 1), date(2026, 1, 1)),
        (date(2024, 1, 1), date(2025, 6, 5)),
        (date(2025, 2, 1), date(2025, 8, 1)),
    ]
    with office.open() as warehouse:
        portal = office.connections().connector("portal")
        for window in windows:
            with Extraction(warehouse, "portal", "dossiers", run_id="test") as extraction:
                for page in portal.dossiers_accepted(*window):
                    extraction.add(page)
        versions = warehouse.query("select record_key, version, content_hash from raw.portal__dossiers")
    whole = undisturbed["portal__dossiers"]
    assert {key: digest for key, _, digest in versions}.items() <= whole.items()
    assert len(versions) == len({key for key, *_ in versions})
    # What has no acceptance day is in no window.
    assert len(versions) > len(whole) * 0.9
