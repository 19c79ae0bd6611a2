"""Which months of the national scores a night asks for: few of them, and once a week all."""

import json
from datetime import datetime
from pathlib import Path

import dagster as dg
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from assets.raw import scores
from assets.raw.asking import Asking
from assets.run_settings import LOCAL, RunSettings
from assets.sources import SCORES
from connectors.http import HttpClient
from connectors.national_scores import NationalScores
from tests.support.landed import landed
from warehouse.opening import open_warehouse


@pytest.fixture
def asked(httpserver: HTTPServer) -> list[str]:
    found: list[str] = []

    def answer(request: Request) -> Response:
        params = json.loads(request.form["params"])
        if params["p_tinh_id"] == "0":
            found.append(f"{params['p_nam']}-{params['p_thang']}")
        return Response('[{"ID": "1", "MA_COQUAN": "H19"}]')

    httpserver.expect_request("/jsp/rest.jsp").respond_with_handler(answer)
    return found


def night(home: Path, url: str, day: datetime) -> None:
    settings = RunSettings(home=home, clock=lambda: day)
    with open_warehouse(home / "warehouse.duckdb", clock=settings.clock) as warehouse:
        portal = NationalScores(HttpClient(url, source="scores"))

        def asking(context: dg.AssetExecutionContext) -> Asking[NationalScores]:
            return Asking(portal, warehouse, settings, context.run.run_id, "daily", context.log)

        assert landed(asking, SCORES, SCORES.collections[0], scores.unit_scores).success


def test_all_months_once_a_week_and_else_this_one_the_last_one_and_the_year(
    tmp_path: Path, httpserver: HTTPServer, asked: list[str]
) -> None:
    url = httpserver.url_for("/jsp/rest.jsp")
    for day, wanted in (
        (1, ["2025-0", *(f"2025-{month}" for month in range(1, 5))]),
        (2, ["2025-0", "2025-3", "2025-4"]),
        (7, ["2025-0", "2025-3", "2025-4"]),
        (8, ["2025-0", *(f"2025-{month}" for month in range(1, 5))]),
    ):
        asked.clear()
        night(tmp_path, url, datetime(2025, 4, day, 20, tzinfo=LOCAL))
        assert asked == wanted


def test_in_january_december_and_the_year_before_are_asked_for_again(
    tmp_path: Path, httpserver: HTTPServer, asked: list[str]
) -> None:
    night(tmp_path, httpserver.url_for("/jsp/rest.jsp"), datetime(2026, 1, 5, 20, tzinfo=LOCAL))
    assert asked == ["2025-0", "2026-0", "2025-12", "2026-1"]
