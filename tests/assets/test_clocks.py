"""Beside the sources' own clock: nothing of a day that they have not reached, and a drift is told (rule 23)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from assets.raw.clocks import drift
from connectors.http import HttpClient
from connectors.simulator.server import Simulator
from tests.support.office import Office, failures, small


TABLE = "tthc__procedure_list"


def test_a_clock_that_is_ahead_of_the_sources_lands_nothing(tmp_path: Path) -> None:
    with Simulator(small()) as simulator:
        office = Office(tmp_path / "home", simulator.environment, datetime.now(UTC).date() + timedelta(days=400))
        night = office.read(TABLE)
        assert not night.success
        assert ["vượt quá ngày của nguồn" in told for told in failures(night).values()] == [True]
        with office.open() as warehouse:
            assert warehouse.query(f"select count(*) from raw.{TABLE}") == [(0,)]


@pytest.mark.parametrize(("minutes", "said"), [(0, ""), (144, "nhanh hơn"), (-144, "chậm hơn")])
def test_a_drift_is_told_in_words(httpserver: HTTPServer, minutes: int, said: str) -> None:
    httpserver.expect_request("/").respond_with_data("{}")
    ours = timedelta(minutes=minutes)
    client = HttpClient(httpserver.url_for("/"), source="tthc", now=lambda: datetime.now(UTC) + ours)
    client.get("")
    found = drift(client)
    assert (found is not None, said in (found or "")) == (bool(said), True)
