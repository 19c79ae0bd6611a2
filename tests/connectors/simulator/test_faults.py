"""Fault plans: what each does to a client, that it ends, and that the plan remembers it."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
import requests

from assets.run_settings import LOCAL
from connectors.simulator.faults import FAULTS, FaultPlan
from connectors.simulator.gateway_binds import BINDS
from connectors.simulator.server import Simulator
from connectors.simulator.tthc import PASSWORD, UNIT_CODE, USERNAME
from connectors.simulator.world import World


WORLD = World(dossiers=400, documents=90, procedures=60, is_drained=False)
SIZE = 20


@pytest.fixture(scope="module")
def simulator():
    with Simulator(WORLD) as running:
        yield running


class Client:
    """Asks without ever trying again by itself, so that each fault shows."""

    def __init__(self, simulator: Simulator) -> None:
        self.settings = simulator.environment
        self.renew()

    def renew(self) -> None:
        answer = requests.post(
            f"{self.settings['PORTAL_SSO_URL']}/realms/digo/protocol/openid-connect/token",
            data={"grant_type": "client_credentials"},
            auth=(self.settings["PORTAL_CLIENT_ID"], self.settings["PORTAL_CLIENT_SECRET"]),
            timeout=5,
        )
        self.granted = answer.json()
        self.token = {"Authorization": f"Bearer {self.granted.get('access_token')}"}

    def search(self, page: int = 0, size: int = SIZE, timeout: float = 5) -> requests.Response:
        url = f"{self.settings['PORTAL_URL']}/pa/dossier/search"
        asked = {"page": page, "size": size, "spec": "page", "sort": "updatedDate,desc", "remove-status": "0"}
        return requests.get(url, params=asked, headers=self.token, timeout=timeout)

    def descent(self) -> list[dict[str, Any]]:
        return [self.search(page).json() for page in range(20)]

    def national(self, path: str, **body: str) -> dict[str, Any]:
        answer = requests.post(
            f"{self.settings['TTHC_URL']}/mapi/{path}",
            json=body,
            headers={"dstcode": self.settings["TTHC_DSTCODE"]},
            timeout=5,
        )
        result: dict[str, Any] = answer.json()
        return result

    def gateway(self, service: str, **more: str) -> Any:
        asked = json.dumps({"service": service, **more})
        return requests.post(self.settings["TTHC_PUBLIC_URL"], data={"params": asked}, timeout=5).json()


@pytest.fixture
def troubled(simulator: Simulator):
    """Install a plan and get a client that logged in before the trouble began."""

    def install(plan: str, **options: Any) -> Client:
        simulator.faults = "none"
        client = Client(simulator)
        simulator.faults = FaultPlan(plan, **options)
        return client

    yield install
    simulator.faults = "none"


Install = Callable[..., Client]


def outcome(ask: Callable[[], requests.Response]) -> str:
    """What a client would make of one answer."""
    try:
        answer = ask()
        answer.raise_for_status()
        answer.json()
    except requests.HTTPError as error:
        return str(error.response.status_code)
    except requests.JSONDecodeError:
        return "not JSON"
    except requests.RequestException as error:
        return type(error).__name__
    return "fine"


@pytest.mark.parametrize(
    ("plan", "seen"),
    [
        ("rate_limit", {"429"}),
        ("truncated_json", {"not JSON"}),
        ("html_page", {"not JSON"}),
        ("connection_reset", {"ConnectionError"}),
        ("stall", {"ReadTimeout"}),
    ],
)
def test_trouble_strikes_now_and_then_and_comes_to_an_end(
    troubled: Install, simulator: Simulator, plan: str, seen: set[str]
) -> None:
    client = troubled(plan, longest_wait=0.6)
    outcomes = [outcome(lambda: client.search(timeout=0.3)) for _ in range(40)]
    struck = [one for one in outcomes if one != "fine"]
    assert set(struck) == seen
    assert len(struck) == FAULTS[plan].times == len(simulator.faults.history)
    # The same question asked again at once is answered.
    assert all("fine" in pair for pair in pairwise(outcomes) if pair[0] != "fine")
    assert {one.system for one in simulator.faults.history} == {"portal"}


def test_server_errors_come_in_bursts_of_two(troubled: Install) -> None:
    client = troubled("server_errors")
    outcomes = [outcome(client.search) for _ in range(40)]
    runs = "".join("x" if one.startswith("5") else "." for one in outcomes)
    assert runs.count("x") == 6
    assert "xxx" not in runs


def test_slow_answers_are_whole(troubled: Install, simulator: Simulator) -> None:
    client = troubled("slow", longest_wait=0.01)
    assert {outcome(client.search) for _ in range(10)} == {"fine"}
    assert simulator.faults.history


def test_retry_after_is_told_in_both_ways(troubled: Install) -> None:
    client = troubled("rate_limit")
    answers = [client.search() for _ in range(20)]
    told = [answer.headers["Retry-After"] for answer in answers if answer.status_code == 429]
    assert {text.isdigit() for text in told} == {True, False}


def test_a_plan_gives_the_same_trouble_each_time(troubled: Install) -> None:
    runs = []
    for seed in (1, 1, 2):
        client = troubled("rate_limit+html_page", seed=seed)
        runs.append([outcome(client.search) for _ in range(25)])
    assert runs[0] == runs[1] != runs[2]


def test_an_outage_lasts_and_stays_with_its_system(troubled: Install) -> None:
    client = troubled("outage")
    assert {outcome(client.search) for _ in range(30)} == {"503"}
    assert client.gateway("procedure_get_list_field_service_v2")
    client = troubled("outage@gateway")
    assert outcome(client.search) == "fine"
    with pytest.raises(requests.JSONDecodeError):
        client.gateway("procedure_get_list_field_service_v2")


def test_tokens_die_until_they_are_renewed(troubled: Install) -> None:
    client = troubled("token_expiry")
    refused = 0
    for _ in range(40):
        if outcome(client.search) == "401":
            assert outcome(client.search) == "401"
            client.renew()
            assert client.granted["expires_in"] < 60
            refused += 1
    assert 0 < refused <= 3


def test_sessions_end_until_the_next_login(troubled: Install) -> None:
    client = troubled("session_expiry")
    login = {
        "username": client.settings["TTHC_USERNAME"],
        "password": client.settings["TTHC_PASSWORD"],
    }
    fixed = {"madonvi": client.settings["TTHC_UNIT_CODE"], "service": "LayDanhMucLinhVuc"}
    session, renewed = client.national("login", **login)["session"], 0
    for _ in range(40):
        if client.national("g", session=session, **fixed)["error_code"] != 0:
            session, renewed = client.national("login", **login)["session"], renewed + 1
    assert renewed == 3


def test_a_refused_login_stays_refused_in_each_systems_words(troubled: Install, simulator: Simulator) -> None:
    client = troubled("refused_login")
    client.renew()
    assert client.granted == {"error": "unauthorized_client"}
    assert client.national("login")["error_code"] == 1
    url = f"{client.settings['AXIS_URL']}/getEdoc"
    answer = requests.post(url, headers={"XroadVnpt-systemid": "x"}, timeout=5).json()
    assert answer["status"] == "FAIL"
    assert len(simulator.faults.history) == 3


def test_shifting_pages_lose_and_repeat_rows_but_show_all_to_who_reads_again(
    troubled: Install, simulator: Simulator
) -> None:
    everything = {row["id"] for row in troubled("none").search(size=1000).json()["content"]}
    client = troubled("shifting_pages")
    first = client.descent()
    read = [row["id"] for page in first for row in page["content"]]
    assert len(read) != len(set(read)) or set(read) != everything
    assert len({page["totalElements"] for page in first}) > 1
    assert first[-1]["last"]
    assert any("updated" in one.what for one in simulator.faults.history)
    for _ in range(2):
        read += [row["id"] for page in client.descent() for row in page["content"]]
    assert set(read) == everything


@pytest.mark.parametrize("plan", ["duplicate_page", "unstable_ties"])
def test_rows_hidden_by_a_page_are_there_the_next_time(troubled: Install, plan: str) -> None:
    everything = {row["id"] for row in troubled("none").search(size=1000).json()["content"]}
    client = troubled(plan)
    first = {row["id"] for page in client.descent() for row in page["content"]}
    assert first < everything
    assert first | {row["id"] for page in client.descent() for row in page["content"]} == everything


def test_pages_may_not_say_that_they_are_last(troubled: Install) -> None:
    assert {"last" in page for page in troubled("last_missing").descent()} == {False}


def test_the_gateway_changes_its_mind_about_the_amount(troubled: Install) -> None:
    client = troubled("amount_drift")
    service = "procedure_advanced_search_service_v2"
    bound = dict.fromkeys(BINDS[service], "-1") | {"keyword": "", "recordPerPage": "5"}
    pages = [client.gateway(service, **bound | {"pageIndex": str(n)}) for n in range(1, 13)]
    assert len({row["AMOUNT"] for page in pages for row in page}) == 2


def test_a_system_may_write_each_supplement_into_its_appointment(troubled: Install) -> None:
    def shown(client: Client) -> dict[str, str | None]:
        return {row["code"]: row["appointmentDate"] for page in client.descent() for row in page["content"]}

    paused = {
        row["code"]
        for page in troubled("none").descent()
        for row in page["content"]
        for task in row["task"]
        if " ".join(task["bpmProcessDefinitionTask"]["name"].split()).lower() == "yêu cầu bổ sung giấy tờ"
    }
    before, after = shown(troubled("none")), shown(troubled("extended_appointments"))
    moved = {code for code in before if before[code] != after[code]}
    assert len(moved) > 10
    assert moved <= paused
    assert all((after[code] or "") > (before[code] or "") for code in moved)
    # The national exchange keeps what each supplement found and left (protocols B.3).
    told = copied(troubled("extended_appointments"), sorted(moved))
    # An appointment may have been moved since, whatever supplements did to it.
    exact = [
        code
        for code, trace in told.items()
        if (trace[0]["NgayHenTraTruoc"], trace[-1]["NgayHenTraMoi"])
        == (exchanged(before[code]), exchanged(after[code]))
    ]
    assert len(exact) > 10
    for code, trace in told.items():
        assert trace[0]["NgayHenTraTruoc"] <= exchanged(before[code])
        assert all(one["NgayHenTraTruoc"] <= one["NgayHenTraMoi"] for one in trace)
        assert [one["NgayHenTraMoi"] for one in trace[:-1]] == [one["NgayHenTraTruoc"] for one in trace[1:]]
    assert shown(troubled("none")) == before
    assert copied(troubled("none"), sorted(moved)) == {}


def exchanged(moment: str | None) -> str:
    """2025-03-10T09:30:00.000+0000 as the national exchange writes it: local, without an offset."""
    return f"{datetime.fromisoformat(moment or '').astimezone(LOCAL):%Y%m%d%H%M%S}"


def copied(client: Client, codes: list[str]) -> dict[str, list[dict[str, str]]]:
    """Dossier code → its supplements in the national copy, where one is told."""
    session = client.national("login", username=USERNAME, password=PASSWORD)["session"]
    asked = {"session": session, "madonvi": UNIT_CODE, "service": "TraCuuHoSo"}
    answers = {code: client.national("g", mahoso=code, **asked)["result"] for code in codes}
    return {
        code: result[0]["DanhSachHoSoBoSung"]
        for code, result in answers.items()
        if result and "DanhSachHoSoBoSung" in result[0]
    }


def test_schemas_drift_by_name(troubled: Install) -> None:
    added = troubled("added_field").search().json()["content"][0]
    assert added["contactPhone"] == "0912345678"
    removed = troubled("removed_field").search().json()["content"]
    assert not any("dossierTaskStatus" in row for row in removed)
    client = troubled("retyped_field")
    retyped = [row for _ in range(20) for row in client.search().json()["content"]]
    assert any(isinstance(row["applyMethod"]["id"], str) for row in retyped)
    envelope = troubled("changed_envelope").search().json()
    assert "content" not in envelope
    assert envelope["items"]


def test_the_adapters_wrappings_drift_by_name(troubled: Install) -> None:
    assert troubled("string_error_code").national("login")["error_code"] == "1"
    proxy = troubled("json_in_string").national("g", session="none")
    assert list(proxy) == ["message"]
    assert json.loads(proxy["message"])["error_code"] == 5


def test_json_may_come_under_another_name(troubled: Install) -> None:
    answer = troubled("wrong_content_type").search()
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.json()["content"]


def test_plans_are_joined_and_an_unknown_one_is_refused() -> None:
    with pytest.raises(ValueError, match="rate_limit"):
        FaultPlan("rate_limit+bad_weather")
    with pytest.raises(ValueError, match="outage@moon"):
        FaultPlan("outage@moon")
    assert FaultPlan("none").history == []
