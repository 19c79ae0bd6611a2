"""The simulator as a process sees it: one port, keep-alive, counters, the truth, the command line."""

import json
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
import requests

from connectors.simulator.server import Simulator
from connectors.simulator.world import World


WORLD = World(dossiers=600, documents=300, procedures=60)


@pytest.fixture(scope="module")
def simulator():
    with Simulator(WORLD) as running:
        yield running


def token(simulator: Simulator) -> dict[str, str]:
    settings = simulator.environment
    answer = requests.post(
        f"{settings['PORTAL_SSO_URL']}/realms/digo/protocol/openid-connect/token",
        data={"grant_type": "client_credentials"},
        auth=(settings["PORTAL_CLIENT_ID"], settings["PORTAL_CLIENT_SECRET"]),
        timeout=5,
    )
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def total(simulator: Simulator) -> int:
    answer = requests.get(
        f"{simulator.environment['PORTAL_URL']}/pa/dossier/search?page=0&size=1&spec=page",
        headers=token(simulator),
        timeout=5,
    )
    return int(answer.json()["totalElements"])


def test_the_settings_name_everything_the_contract_asks_for(simulator: Simulator) -> None:
    assert {name.split("_")[0] for name in simulator.environment} == {
        "MTCL",
        "AXIS",
        "PORTAL",
        "TTHC",
        "SCORES",
        "PSEUDONYM",
    }
    assert all(simulator.environment.values())


def test_every_system_answers_on_the_one_port(simulator: Simulator) -> None:
    settings = simulator.environment
    assert total(simulator) > 500
    with requests.Session() as session:
        refused = session.post(f"{settings['AXIS_URL']}/getAgenciesList", timeout=5)
        assert refused.json()["status"] == "FAIL"
        adapter = session.post(f"{settings['TTHC_URL']}/mapi/login", timeout=5)
        assert adapter.status_code == 400
        asked = {"params": json.dumps({"service": "procedure_get_list_field_service_v2"})}
        assert len(session.post(settings["TTHC_PUBLIC_URL"], data=asked, timeout=5).json()) > 20


def test_a_connection_serves_many_requests_and_says_when_it_ends(simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    asked = b"GET /_simulator/none HTTP/1.1\r\nHost: here\r\n\r\n"
    last = b"GET /_simulator/none HTTP/1.1\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        # Three questions in one breath: answers come in order, and then the line is closed.
        line.sendall(asked + asked + last)
        received = b"".join(iter(lambda: line.recv(65_536), b""))
    assert received.count(b"HTTP/1.1 404") == 3
    assert received.count(b"Connection: close") == 1


def test_a_body_in_chunks_and_one_announced_with_expect_are_read(simulator: Simulator) -> None:
    url = simulator.environment["TTHC_PUBLIC_URL"]
    form = b"params=%7B%22service%22%3A%22procedure_get_list_object_service_v2%22%7D"
    chunked = requests.post(url, data=iter([form[:10], form[10:]]), timeout=5)
    assert len(chunked.json()) == 5
    port = int(simulator.url.rpartition(":")[2])
    head = f"POST /jsp/rest.jsp HTTP/1.1\r\nContent-Length: {len(form)}\r\nExpect: 100-continue\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(head.encode() + b"Connection: close\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 100")
        line.sendall(form)
        assert b"".join(iter(lambda: line.recv(65_536), b"")).startswith(b"HTTP/1.1 200")


def test_what_is_not_http_is_refused(simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"hello\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 400")


def test_requests_are_counted_by_path(simulator: Simulator) -> None:
    before = simulator.requests["/portal/pa/dossier/search"]
    total(simulator)
    assert simulator.requests["/portal/pa/dossier/search"] == before + 1


def test_a_day_passes_when_the_world_is_replaced() -> None:
    with Simulator(replace(WORLD, today=date(2025, 3, 31))) as simulator:
        early = total(simulator)
        simulator.world = replace(WORLD, today=date(2025, 12, 31))
        assert total(simulator) > early
        info = requests.get(f"{simulator.url}/_simulator/info", timeout=5).json()
        assert info["today"] == "2025-12-31"


def test_the_truth_is_told_for_any_closing_date(simulator: Simulator) -> None:
    address = f"{simulator.url}/_simulator/truth"
    june = requests.get(address, params={"closing_date": "2025-06-30"}, timeout=30).json()
    december = requests.get(address, timeout=30).json()
    assert 0 < june["MT1"]["R1"][1] < december["MT1"]["R1"][1]


def test_a_stopped_simulator_hangs_up() -> None:
    simulator = Simulator(WORLD).start()
    with requests.Session() as session:
        session.get(f"{simulator.url}/_simulator/info", timeout=5)
        address = simulator.url
        simulator.stop()
        with pytest.raises(requests.ConnectionError):
            session.get(f"{address}/_simulator/info", timeout=5)


COMMAND = [sys.executable, "-m", "connectors.simulator", "--dossiers", "50", "--documents", "30"]


def test_the_command_prints_its_settings_and_ends_with_its_input() -> None:
    command = [*COMMAND, "--today", "2025-10-01", "--undrained", "--faults", "rate_limit+outage@axis"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdin
        line = json.loads(process.stdout.readline())
        assert line["today"] == "2025-10-01"
        assert line["environment"]["AXIS_URL"] == f"http://127.0.0.1:{line['port']}/axis"
        info = requests.get(f"http://127.0.0.1:{line['port']}/_simulator/info", timeout=5).json()
        assert info["faults"]["plan"] == "rate_limit+outage@axis"
        assert (info["is_drained"], World.is_drained) == (False, True)
        process.stdin.close()
        assert process.wait(10) == 0


def test_the_command_refuses_a_plan_it_does_not_know() -> None:
    run = subprocess.run([*COMMAND, "--faults", "gremlins"], check=False, capture_output=True, text=True)
    assert run.returncode == 2
    assert "rate_limit" in run.stderr
