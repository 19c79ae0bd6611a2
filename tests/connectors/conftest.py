"""Real sockets that answer what a test says, and the real packets where they are at hand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from connectors.http import HttpClient
from connectors.patience import RetryBudget


@pytest.fixture
def pauses() -> list[float]:
    """Every pause a client took, in seconds; no time passes."""
    return []


@pytest.fixture
def client_of(httpserver: HTTPServer, pauses: list[float]) -> Callable[..., HttpClient]:
    """A client of the test's server that waits on paper only."""

    def make(source: str = "portal", budget: RetryBudget | None = None, path: str = "") -> HttpClient:
        return HttpClient(httpserver.url_for(path), source=source, budget=budget, sleep=pauses.append, timeout=(2, 2))

    return make


@pytest.fixture
def samples() -> Path:
    """The folder of real packets and catalogues."""
    folder = os.environ.get("REAL_SAMPLES_DIR")
    if not folder:
        pytest.skip("REAL_SAMPLES_DIR is not set: real packets and catalogues are not at hand")
    return Path(folder)
