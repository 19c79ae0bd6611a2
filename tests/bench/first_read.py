"""The first read of the sources against the same requests one after the other over one connection, thrown away."""

from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import requests

from connectors.simulator.world import World
from pipelines.simulation import simulation
from tests.support.office import Office


QUICK = ("--dossiers", "300", "--documents", "60", "--procedures", "30")


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    with simulation(World.today, *(QUICK if quick else ())) as sources:
        return [turn(folder / str(number), sources.environment) for number in range(turns)]


def turn(folder: Path, environment: dict[str, str]) -> dict[str, float]:
    asked: list[requests.PreparedRequest] = []
    send = requests.Session.send

    def noted(session: requests.Session, request: requests.PreparedRequest, **how: object) -> requests.Response:
        asked.append(request)
        return send(session, request, **how)  # type: ignore[arg-type]

    settings = {name: value for name, value in environment.items() if name != "MTCL_TODAY"}
    office = Office(folder, settings, World.today, page_size=200)
    started = perf_counter()
    with patch.object(requests.Session, "send", noted):
        assert office.read().success
    read = perf_counter() - started
    started = perf_counter()
    with requests.Session() as bare:
        for request in asked:
            bare.send(request, timeout=60).content  # noqa: B018
    return {"first_read": read, "bare_wire": perf_counter() - started, "requests": len(asked)}
