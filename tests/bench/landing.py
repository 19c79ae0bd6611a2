"""Extraction and landing of 200,000 dossiers against a bare download of the pages and `read_json` of the same bytes."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import duckdb
import requests

from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.patience import RetryBudget
from connectors.portal import Portal
from connectors.records import Pseudonymiser
from tests.bench.pages import rendered, served
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse


def floor(url: str, pages: int, folder: Path) -> float:
    """Download every page and let DuckDB read the same bytes into a table."""
    started = perf_counter()
    path = folder / "pages.ndjson"
    with requests.Session() as session, path.open("wb") as file:
        for number in range(pages):
            file.write(session.get(f"{url}/pa/dossier/search", params={"page": number}, timeout=60).content)
            file.write(b"\n")
    with duckdb.connect() as connection:
        connection.execute(
            "create table dossiers as select unnest(content, recursive := false) from"
            f" read_json('{path}', format = 'newline_delimited', maximum_object_size = 200000000)"
        )
    path.unlink()
    return perf_counter() - started


def landing(url: str, size: int, folder: Path) -> float:
    """What the daily job does: pages, allow-list, pseudonyms, hashes, versions, ledger."""
    started = perf_counter()
    budget = RetryBudget()
    keycloak = Keycloak(HttpClient(url, source="portal", budget=budget), "client", "secret")
    portal = Portal(HttpClient(url, source="portal", budget=budget), keycloak, Pseudonymiser(b"k" * 32), page_size=size)
    path = folder / "landing.duckdb"
    with (
        open_warehouse(path, clock=lambda: datetime.now(UTC)) as warehouse,
        Extraction(warehouse, "portal", "dossiers", run_id="bench") as extraction,
    ):
        for page in portal.dossiers(None):
            extraction.add(page)
        extraction.finish()
    seconds = perf_counter() - started
    for file in folder.glob("landing.duckdb*"):
        file.unlink()
    return seconds


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    count, size = (4_000, 500) if quick else (200_000, 1_000)
    pages = rendered(count, size)
    with served(pages) as url:
        return [{"floor": floor(url, len(pages), folder), "landing": landing(url, size, folder)} for _ in range(turns)]
