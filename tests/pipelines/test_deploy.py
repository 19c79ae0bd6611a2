"""What deploy/ holds is true: units that systemd takes, secrets the settings know, proxies that the door hears."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from dagster._core.storage.event_log import SqliteEventLogStorage

from connectors.pseudonym_settings import NAMES as KEYS
from pipelines.cli import main
from pipelines.door import GROUP, GROUPS, ROLES, SECRET
from pipelines.event_log import EventLog
from pipelines.instance import MANY_ORGANISATIONS, opened
from pipelines.metrics import HELP
from pipelines.organisation_nights import ORGANISATION
from pipelines.settings import NAMES, Settings
from pipelines.settings_files import SECRET as HOLDS_A_SECRET
from pipelines.settings_files import gathered
from tests.support.documented import PROJECT


DEPLOY = PROJECT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
PROGRAM = "/opt/mtcl/bin/mtcl"
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")


def systemd(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """As they are installed, except for the program, which is not here."""
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return [str(unit) for unit in sorted(tmp_path.iterdir())]


@needs_systemd
def test_systemd_takes_the_units_without_a_word_and_finds_them_little_exposed(units: list[str]) -> None:
    done = systemd("verify", "--man=no", *units)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    for unit in units:
        if unit.endswith(".service"):
            judged = systemd("security", "--offline=true", "--threshold=20", unit)
            assert judged.returncode == 0, judged.stdout[-300:]


def test_units_start_commands_that_there_are_and_give_them_every_secret() -> None:
    secrets = {name for name in NAMES if HOLDS_A_SECRET.fullmatch(name) and not name.startswith("S_")}
    # A proxy, headers or a query may hold one; whoever needs that adds a line.
    secrets -= {name for name in secrets if name.endswith(("_PROXY", "_HEADERS", "_QUERY"))}
    for service in SERVICES:
        text = service.read_text(encoding="utf-8")
        (command,) = re.findall(rf"^ExecStart={PROGRAM} (\S+)", text, re.MULTILINE)
        assert command in main.commands, service.name
        assert set(re.findall(r"^LoadCredential=(\w+)$", text, re.MULTILINE)) == secrets, service.name


def test_the_proxies_hide_what_a_browser_claims_and_say_what_the_door_hears() -> None:
    caddy = (DEPLOY / "proxy" / "Caddyfile").read_text(encoding="utf-8").lower()
    nginx = (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8").lower()
    groups = (DEPLOY / "proxy" / "oauth2-proxy.cfg").read_text(encoding="utf-8")
    for header in (GROUPS, SECRET):
        assert f"request_header -{header}" in caddy
    assert f"header_up {SECRET} " in caddy
    assert f"copy_headers x-auth-request-groups>{GROUPS}" in caddy
    assert caddy.index("request_header") < caddy.index("forward_auth 1") < caddy.index("reverse_proxy 127.0.0.1:3000")
    assert f"proxy_set_header {GROUPS} $groups;" in nginx
    assert f"proxy_set_header {SECRET} " in nginx
    assert {f"{GROUP}{role}" for role in ROLES} == set(
        re.findall(rf"{GROUP}\w+", groups.partition("allowed_groups")[2])
    )
    assert caddy.count("{") == caddy.count("}")
    assert nginx.count("{") == nginx.count("}")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_containers_run_as_nobody_in_particular_on_a_root_that_is_read_only() -> None:
    found = compose()
    for name, service in found["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert set(service.get("secrets", [])) <= set(found["secrets"]), name
        if name != "postgres":
            assert service["user"] == "10001:10001"
            assert service["command"][0] in main.commands
    # Who judges runs by their processes has to see them (decision 127).
    assert found["services"]["look"]["pid"] == "service:daemon"
    assert set(found["secrets"]) - {"postgres_password"} <= set(NAMES)
    image = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (.*)$", image, re.MULTILINE) == ["10001:10001"]
    assert "--no-index" in image


def test_containers_get_the_keys_of_before_and_a_file_without_one_is_as_none(tmp_path: Path) -> None:
    found = compose()
    for name in ("daemon", "page", "look"):
        assert set(found["services"][name]["secrets"]) >= set(KEYS), name
    given = {"CREDENTIALS_DIRECTORY": str(tmp_path), "MTCL_HOME": str(tmp_path / "home")}
    for name, key in zip(KEYS, ("khoa-thu-hai-rat-dai", ""), strict=True):
        (tmp_path / name).write_text(key, encoding="utf-8")
    assert len(Settings.from_environment(gathered(given)).keys) == 1
    (tmp_path / KEYS[1]).write_text("khoa-thu-nhat-rat-dai\n", encoding="utf-8")
    assert Settings.from_environment(gathered(given)).keys == ("khoa-thu-hai-rat-dai", "khoa-thu-nhat-rat-dai")


def test_a_storage_of_the_administrators_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    home = tmp_path / "dagster"
    home.mkdir()
    place = tmp_path / "elsewhere"
    (home / "storage.yaml").write_text(f"storage:\n  sqlite:\n    base_dir: {place}\n", encoding="utf-8")
    with opened(home) as instance:
        assert isinstance(instance.event_log_storage, SqliteEventLogStorage)
        assert not isinstance(instance.event_log_storage, EventLog)
    assert list(place.rglob("index.db"))
    postgres = yaml.safe_load((DEPLOY / "dagster-storage.yaml").read_text(encoding="utf-8"))
    assert postgres["storage"]["postgres"]["postgres_db"]["password"] == {"env": "DAGSTER_PG_PASSWORD"}


@pytest.mark.parametrize("module", ["gone.nowhere", "json"])
def test_a_storage_that_cannot_be_opened_is_told_in_words_and_is_no_wrong_setting(tmp_path: Path, module: str) -> None:
    """After code 2 systemd would not start the services again, when the server is back."""
    (tmp_path / "dagster").mkdir()
    own = f"run_storage:\n  module: {module}\n  class: Storage\n  config: {{}}\n"
    (tmp_path / "dagster" / "storage.yaml").write_text(own, encoding="utf-8")
    done = CliRunner(env=dict.fromkeys(NAMES) | {"MTCL_HOME": str(tmp_path)}).invoke(main, ["status"])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Không mở được nhật ký của Dagster" in done.output


LAUNCHERS = sorted((DEPLOY / "launchers").iterdir())


@pytest.mark.parametrize("file", LAUNCHERS, ids=lambda file: file.stem)
def test_nights_are_launched_one_at_a_time_for_a_home_and_again_only_where_a_worker_died(file: Path) -> None:
    """As the file of our own says; an administrator's stands in its place whole."""
    found, ours = yaml.safe_load(file.read_text(encoding="utf-8")), yaml.safe_load(MANY_ORGANISATIONS)
    assert found["run_retries"] == ours["run_retries"]
    limits = [one["run_coordinator"]["config"]["tag_concurrency_limits"] for one in (found, ours)]
    assert limits[0] == limits[1]
    assert limits[0][0]["key"] == f"dagster/partition/{ORGANISATION}"
    assert found["run_launcher"]["module"] == f"dagster_{file.stem}"
    assert "PASSWORD=" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", [file for file in LAUNCHERS if file.stem != "celery"], ids=lambda file: file.stem)
def test_launched_workers_are_nobody_in_particular_on_a_root_that_is_read_only(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.search(r"read_only(_root_filesystem)?: true", text)
    assert "10001" in text
    assert "drop: [ALL]" in text
    # The image's own program is not the one that Dagster starts.
    assert '["/usr/bin/env"]' in text


METRIC = re.compile(r"\bmtcl_\w+")
MONITORING = DEPLOY / "monitoring"


@pytest.mark.parametrize("name", ["alerts.yaml", "grafana.json"])
def test_rules_and_board_ask_for_figures_that_there_are(name: str) -> None:
    asked = set(METRIC.findall((MONITORING / name).read_text(encoding="utf-8")))
    assert asked <= set(HELP)
    # What nobody looks at need not be written.
    assert name != "grafana.json" or asked == set(HELP)


def test_every_rule_says_what_is_wrong_and_where_to_read_on() -> None:
    (group,) = yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    headings = re.findall(r"^## (\d+)\. ", (PROJECT / "docs/operations.md").read_text(encoding="utf-8"), re.MULTILINE)
    for rule in group["rules"]:
        assert set(rule["annotations"]) == {"summary", "runbook"}, rule["alert"]
        assert rule["annotations"]["runbook"].removeprefix("docs/operations.md §") in headings, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning")


def test_panels_of_the_board_lie_beside_each_other_and_ask_the_source_that_is_chosen() -> None:
    board = json.loads((MONITORING / "grafana.json").read_text(encoding="utf-8"))
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)
    assert {panel["datasource"]["uid"] for panel in board["panels"]} == {"${prometheus}"}
