"""What the officer sees: Dagster's page in a real browser, over the `mtcl ui` that make starts."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import pytest
import requests
from click.testing import CliRunner
from playwright.sync_api import Page, expect, sync_playwright
from pytest_httpserver import HTTPServer

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.cli import main
from pipelines.settings import NAMES
from tests.support.browsing import BROWSER, needs_browser
from tests.support.command_line import COMMAND
from tests.support.documented import OURS, PROJECT, planned
from tests.support.sockets import free_port, wait_until


DAY = date(2025, 12, 31)
LOCATION = "/locations/muc_tieu_chat_luong"
MINUTE = 60_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ui")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Over a small simulated province, its log beside its home."""
    port = free_port()
    world = World(dossiers=300, documents=20, procedures=20, today=DAY)
    with Simulator(world) as simulator, (home / "ui.log").open("w") as log:
        machine = {name: value for name, value in os.environ.items() if name not in NAMES}
        environment = {**machine, **simulator.environment, "MTCL_HOME": str(home), "MTCL_TODAY": str(DAY)}
        (line,) = [line for line in planned("ui", f"PORT={port}").splitlines() if OURS in line]
        command = [*COMMAND, *shlex.split(line)[1:]]
        with answering(command, environment, f"http://127.0.0.1:{port}", log) as served:
            yield served


@contextmanager
def answering(command: list[str], environment: dict[str, str], served: str, log: IO[str]) -> Iterator[str]:
    """Until it is told to stop; it answers some twenty seconds after the command."""
    server = subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=log, stderr=log, start_new_session=True)
    try:
        # Behind the door a stranger is refused, which is an answer.
        wait_until(lambda: requests.get(f"{served}/server_info", timeout=2).status_code in (200, 403), server, 120)
        yield served
        server.terminate()
        assert server.wait(timeout=60) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    finally:
        # Whatever happened, nothing of the session stays behind.
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


@pytest.fixture
def page(address: str, tmp_path: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        rebound = "--host-resolver-rules=MAP la.example 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", rebound])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(MINUTE)
        yield page
        page.screenshot(path=os.environ.get("UI_SCREENSHOT", tmp_path / "last.png"))
        browser.close()


def test_the_ui_that_make_starts_answers_on_the_port_it_is_given(address: str) -> None:
    assert requests.get(address, timeout=60).ok
    assert "--port 3000" in planned("ui")
    port = address.rpartition(":")[2]
    refused = CliRunner().invoke(main, ["ui", "--port", port])
    assert refused.exit_code == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in refused.output


COMMAND_QUERY = "mutation { setNuxSeen }"
REFUSED = [
    ("GET", {}, {"params": {"query": COMMAND_QUERY}}),
    ("POST", {}, {"data": {"query": COMMAND_QUERY}}),
    ("POST", {"Content-Type": "text/plain"}, {"data": '{"query": "' + COMMAND_QUERY + '"}'}),
    ("POST", {"Origin": "https://la.example"}, {"json": {"query": COMMAND_QUERY}}),
    ("POST", {"Origin": "null"}, {"json": {"query": COMMAND_QUERY}}),
    ("POST", {"Host": "la.example"}, {"json": {"query": COMMAND_QUERY}}),
    ("POST", {"Sec-Fetch-Site": "same-site"}, {"json": {"query": COMMAND_QUERY}}),
]


@pytest.mark.parametrize(("method", "headers", "sent"), REFUSED)
def test_a_command_that_our_own_page_did_not_send_is_refused(
    address: str, method: str, headers: dict[str, str], sent: dict[str, Any]
) -> None:
    answer = requests.request(method, f"{address}/graphql", headers=headers, timeout=60, **sent)
    assert (answer.status_code, answer.text[:10]) == (403, "Bị từ chối")


def test_no_page_is_read_under_a_rebound_name_and_no_live_connection_opened_from_a_foreign_one(address: str) -> None:
    rebound = {"Host": f"la.example:{address.rpartition(':')[2]}"}
    assert requests.get(address, headers=rebound, timeout=60).status_code == 403
    opening = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "graphql-ws",
    }
    assert requests.get(f"{address}/graphql", headers=opening | {"Origin": "http://la"}, timeout=60).status_code == 403
    own = requests.get(f"{address}/graphql", headers=opening | {"Origin": address}, timeout=60, stream=True)
    assert own.status_code == 101
    own.close()


def test_what_a_program_of_this_machine_asks_as_json_passes_and_is_framed_nowhere(address: str) -> None:
    answer = requests.post(f"{address}/graphql", json={"query": "{ version }"}, timeout=60)
    assert answer.json()["data"]["version"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@needs_browser
def test_a_foreign_page_commands_nothing_and_a_link_in_it_leads_to_ours(
    page: Page, address: str, httpserver: HTTPServer
) -> None:
    started = f"{address}/graphql?query={quote(COMMAND_QUERY)}"
    foreign = f"""<a href="{address}">Mở</a><img src="{started}"><iframe src="{address}"></iframe><script>
        fetch("{address}/graphql", {{method: "POST", mode: "no-cors", body: '{{"query": "{COMMAND_QUERY}"}}'}})
        </script>"""
    httpserver.expect_request("/").respond_with_data(foreign, content_type="text/html; charset=utf-8")
    answers: dict[str, int] = {}
    page.on("response", lambda answer: answers.update({answer.request.resource_type: answer.status}))
    page.goto(httpserver.url_for("/").replace("127.0.0.1", "localhost"), wait_until="networkidle")
    assert {kind: answers[kind] for kind in ("image", "fetch")} == {"image": 403, "fetch": 403}
    page.get_by_role("link", name="Mở").click()
    page.wait_for_url(re.compile(re.escape(address)))
    expect(page.get_by_text("Runs", exact=True).first).to_be_visible()


@needs_browser
def test_no_page_is_read_by_a_browser_under_a_rebound_name(page: Page, address: str) -> None:
    answer = page.goto(address.replace("127.0.0.1", "la.example"))
    assert answer
    assert answer.status == 403


KEY = "khoa-chung-voi-may-chu-dang-nhap"


@pytest.fixture(scope="module")
def behind_proxy(address: str, home: Path) -> Iterator[str]:
    """The page of `mtcl serve` over the same home; here the tests are the proxy that signs people on."""
    port = free_port()
    machine = {name: value for name, value in os.environ.items() if name not in NAMES}
    ours = {"MTCL_HOME": str(home), "MTCL_TODAY": str(DAY), "MTCL_SERVE_HOSTS": "127.0.0.1", "MTCL_SERVE_SECRET": KEY}
    with (home / "serve.log").open("w") as log:
        command = [*COMMAND, "serve", "--port", str(port)]
        with answering(command, machine | ours, f"http://127.0.0.1:{port}", log) as served:
            yield served


def person(role: str) -> dict[str, str]:
    return {"X-Mtcl-Secret": KEY, "X-Forwarded-Groups": f"mtcl-{role}"}


LAUNCH = """mutation ($job: JobOrPipelineSelector!) {
    launchRun(executionParams: {selector: $job, runConfigData: "{}"}) {
        __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
    }
}"""


def launched(address: str, job: str, headers: dict[str, str]) -> dict[str, Any]:
    place = {"repositoryLocationName": "muc_tieu_chat_luong", "repositoryName": "__repository__"}
    body = {"query": LAUNCH, "variables": {"job": place | {"jobName": job}}}
    answer = requests.post(f"{address}/graphql", json=body, headers=headers, timeout=60)
    found: dict[str, Any] = answer.json()["data"]["launchRun"]
    return found


def test_behind_a_proxy_an_operator_starts_a_run_and_nobody_else(behind_proxy: str) -> None:
    asked = {
        role: launched(behind_proxy, "axis_watch", person(role))["__typename"]
        for role in ("viewer", "auditor", "operator")
    }
    assert asked == {"viewer": "UnauthorizedError", "auditor": "UnauthorizedError", "operator": "LaunchRunSuccess"}
    report = f"{behind_proxy}/report_asset_materialization/marts/scoreboard"
    assert requests.post(report, json={}, headers=person("viewer"), timeout=60).status_code == 401
    assert requests.get(behind_proxy, timeout=60).status_code == 403
    rebound = person("operator") | {"Host": "la.example"}
    assert requests.get(behind_proxy, headers=rebound, timeout=60).status_code == 403


@needs_browser
def test_who_only_looks_is_led_away_from_the_form_that_starts_a_run(page: Page, behind_proxy: str) -> None:
    job = f"{behind_proxy}{LOCATION}/jobs/axis_watch"
    start = page.get_by_role("button", name=re.compile("Launch Run", re.IGNORECASE))
    page.set_extra_http_headers(person("operator"))
    page.goto(f"{job}/playground")
    expect(start).to_be_visible(timeout=MINUTE)
    page.set_extra_http_headers(person("viewer"))
    page.goto(f"{job}/playground")
    page.wait_for_url(job)
    expect(start).to_have_count(0)


@needs_browser
def test_a_publication_that_is_refused_ends_in_its_sentence_on_the_page_of_its_run(page: Page, address: str) -> None:
    # Nothing has been computed in this home yet.
    run = launched(address, "publish", {})["run"]["runId"]
    page.goto(f"{address}/runs/{run}")
    told = page.get_by_text("Chưa có kết quả nào để công bố; hãy chạy công việc daily trước.")
    expect(told.first).to_be_visible(timeout=3 * MINUTE)
    expect(page.get_by_text("Failure", exact=True).first).to_be_visible()


@needs_browser
def test_the_officer_starts_daily_and_sees_it_pass_with_scoreboard_and_checks(page: Page, address: str) -> None:
    # From the first page, click by click as README.vi tells it.
    page.goto(address)
    page.get_by_text("Jobs", exact=True).first.click()
    page.get_by_text("daily", exact=True).first.click()
    page.get_by_role("button", name="Materialize all").locator("xpath=following::button[1]").click()
    page.get_by_role("menuitem", name="Open launchpad").click()
    page.locator("button:enabled").filter(has_text=re.compile("^Materialize$")).click()
    # Without a partition, Dagster asks once more; the run then closes today.
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(re.compile(r"/runs/[0-9a-f-]{36}"))
    expect(page.get_by_text("Success", exact=True).first).to_be_visible(timeout=4 * MINUTE)

    page.goto(f"{address}/assets/marts/scoreboard?view=overview")
    # In the scoreboard, and again in the course of the year.
    expect(page.get_by_role("cell", name="MT1b", exact=True).first).to_be_visible(timeout=MINUTE)

    page.goto(f"{address}/assets/core/dossier_intake?view=checks")
    expect(page.get_by_text("status_is_known").first).to_be_visible(timeout=MINUTE)

    page.goto(f"{address}/assets/published/dashboard?view=overview")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="/published/index.html").first.click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    # A page of nowhere, to which Dagster does not listen.
    assert opened.value.evaluate("origin") == "null"


@needs_browser
def test_the_officer_starts_a_job_at_the_desk_and_reads_there_why_it_failed(page: Page, address: str) -> None:
    page.goto(f"{address}/desk/")
    # By the keyboard alone: from the first field of the form to the button.
    page.get_by_label("Mã đơn vị").focus()
    page.keyboard.type("KHONG-CO")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đưa “Báo cáo của đơn vị” vào hàng chờ")).to_be_visible()
    failed = page.get_by_text("Bản công bố không có số liệu của đơn vị 'KHONG-CO'")
    expect(failed.first).to_be_visible(timeout=3 * MINUTE)
    page.get_by_role("link", name="Hồ sơ theo đơn vị").click()
    page.get_by_label("Tìm đơn vị").fill("không đâu có")
    expect(page.locator("#units tbody tr:visible")).to_have_count(0)
