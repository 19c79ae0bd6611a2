"""`mtcl` as another program meets it: exit statuses, and JSON alone on standard output (contract §1)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.settings import NAMES
from warehouse.reference import read


INDICATORS = [objective.indicator for objective in sorted(read("objectives.yaml"), key=lambda row: row.position)]
DAY = date(2025, 7, 4)
PUBLISHED, STOPPED, WRONG, STALE, FAILED, NEVER = 0, 1, 2, 3, 4, 5
COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main(prog_name='mtcl')"]
PROJECT = Path(__file__).parents[2]


class Office:
    """A shell in the project's folder, with the settings given and none of the machine's own."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        machine = {name: value for name, value in os.environ.items() if name not in NAMES}
        self.environment = {**machine, **settings, "MTCL_HOME": str(home)}

    def asks(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=PROJECT,
            env=self.environment | settings,
            capture_output=True,
            text=True,
            check=False,
        )


def last_object(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(World(dossiers=300, documents=40, procedures=40, today=DAY)) as serving:
        yield serving


@pytest.fixture(scope="module")
def office(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The first run is made here; the tests ask what came of it."""
    return Office(tmp_path_factory.mktemp("home"), simulator.environment | {"MTCL_TODAY": str(DAY)})


@pytest.fixture(scope="module")
def first_run(office: Office) -> subprocess.CompletedProcess[str]:
    return office.asks("run", "--json")


def test_a_run_that_publishes_ends_with_0_and_one_json_object(first_run: subprocess.CompletedProcess[str]) -> None:
    assert first_run.returncode == PUBLISHED, first_run.stderr
    found = last_object(first_run)
    assert (found["published"], found["closing_date"]) == (True, "2025-07-04")
    assert {name: source["outcome"] for name, source in found["sources"].items()} == {
        "portal": "succeeded",
        "axis": "succeeded",
        "tthc": "succeeded",
        "registers": "skipped",
    }
    assert set(found["verdicts"]) == set(INDICATORS)
    assert set(found) >= {"run_id", "version", "duration_s"}


@pytest.mark.usefixtures("first_run")
def test_the_scoreboard_has_a_row_per_indicator(office: Office) -> None:
    rows = json.loads(office.asks("scoreboard", "--json").stdout)
    assert [row["indicator"] for row in rows] == INDICATORS
    assert "MT1b" in office.asks("scoreboard").stdout


@pytest.mark.usefixtures("first_run")
def test_a_dossier_is_explained_and_an_unknown_one_is_said_to_be(office: Office) -> None:
    with duckdb.connect(office.environment["MTCL_HOME"] + "/published/mtcl.duckdb", read_only=True) as connection:
        found = "select dossier_code, classification_label from marts.dossier_clock order by all limit 1"
        code, label = connection.execute(found).fetchall()[0]
    told = office.asks("explain", code)
    assert (told.returncode, f"Phân loại: {label}" in told.stdout) == (0, True), told.stdout
    unknown = office.asks("explain", "H19-khong-co")
    assert unknown.returncode == STOPPED
    assert "Không có hồ sơ H19-khong-co" in unknown.stderr


def test_status_after_a_good_run_after_a_failed_one_and_before_any(
    office: Office, first_run: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    assert office.asks("status", "--json").returncode == PUBLISHED
    manifest = (Path(office.environment["MTCL_HOME"]) / "published" / "mtcl.duckdb").resolve().with_suffix(".json")
    made = manifest.stat()
    os.utime(manifest, (made.st_atime, made.st_mtime - 37 * 3600))
    assert office.asks("status").returncode == STALE
    os.utime(manifest, (made.st_atime, made.st_mtime))
    before = office.asks("scoreboard", "--json").stdout
    stopped = office.asks("run", "--json", PORTAL_CLIENT_SECRET="sai-mat-khau-nay")
    assert stopped.returncode == STOPPED
    found = last_object(stopped)
    assert (found["published"], found["version"], found["sources"]["portal"]["outcome"]) == (False, None, "failed")
    assert "đăng nhập" in found["sources"]["portal"]["error"]
    assert "sai-mat-khau-nay" not in stopped.stdout + stopped.stderr
    assert office.asks("scoreboard", "--json").stdout == before
    told = office.asks("status")
    assert (told.returncode, "Lần chạy daily không công bố" in told.stdout) == (FAILED, True)
    assert office.asks("status", MTCL_HOME=str(tmp_path)).returncode == NEVER


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        (["run"], {"AXIS_URL": "http://127.0.0.1:9"}, "AXIS_SYSTEM_ID"),
        (["run"], {"MTCL_TODAY": "hôm nay"}, "MTCL_TODAY"),
        (["run", "--closing-date", "31/12/2025"], {}, "--closing-date"),
        (["run", "--closing-date", "2024-12-31"], {"TTHC_PUBLIC_URL": "http://127.0.0.1:9"}, "31/12/2024"),
        (["sweep"], {}, "sweep"),
    ],
)
def test_bad_usage_and_wrong_settings_end_with_2_before_anything_is_asked(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], named: str
) -> None:
    done = Office(tmp_path / "home", settings).asks(*arguments)
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert named in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_question_before_any_publication_is_answered_in_words(tmp_path: Path) -> None:
    done = Office(tmp_path, {}).asks("scoreboard")
    assert done.returncode == STOPPED
    assert "Chưa có bản công bố nào" in done.stderr


@pytest.mark.usefixtures("first_run")
def test_a_closing_date_comes_again_as_it_was_published_and_no_source_is_asked(
    office: Office, simulator: Simulator
) -> None:
    asked = sum(simulator.requests.values())
    done = office.asks("run", "--closing-date", "2025-07-04", "--as-published", "--json")
    assert done.returncode == PUBLISHED, done.stdout + done.stderr
    assert sum(simulator.requests.values()) == asked
    assert {source["outcome"] for source in last_object(done)["sources"].values()} == {"not_asked", "skipped"}
    never = office.asks("run", "--closing-date", "2025-07-03", "--as-published", "--json")
    assert never.returncode == STOPPED
    assert "03/07/2025 chưa từng được công bố" in last_object(never)["problems"][0]
