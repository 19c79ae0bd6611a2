"""`mtcl` as another program meets it: exit statuses, and JSON alone on standard output (contract §1)."""

import json
import os
import re
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from connectors.simulator.server import Simulator
from pipelines.instance import opened
from tests.support.command_line import (
    DAY,
    FAILED,
    NEVER,
    PUBLISHED,
    STALE,
    STOPPED,
    WRONG,
    CommandLine,
    Done,
    FirstRun,
)
from warehouse.reference import read


INDICATORS = [
    objective.indicator
    for objective in sorted(read("objectives.yaml"), key=lambda row: row.position)
    if objective.objective_year == DAY.year
]


def last_object(done: Done) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_run_that_publishes_ends_with_0_and_one_json_object(first_run: FirstRun) -> None:
    assert first_run.done.returncode == PUBLISHED, first_run.done.stderr
    found = last_object(first_run.done)
    assert (found["published"], found["closing_date"]) == (True, "2025-12-31")
    assert {name: source["outcome"] for name, source in found["sources"].items()} == {
        "portal": "succeeded",
        "axis": "succeeded",
        "tthc": "succeeded",
        "registers": "succeeded",
        "scores": "succeeded",
    }
    assert set(found["verdicts"]) == set(INDICATORS)
    assert set(found) >= {"run_id", "version", "duration_s"}


def test_a_run_tells_how_far_it_is_to_its_last_step(first_run: FirstRun) -> None:
    told = re.findall(r"Tiến độ: (\d+)/(\d+) bước", first_run.done.stderr)
    assert len(told) == 10
    assert told[-1][0] == told[-1][1]


def test_each_objective_is_observed_on_the_asset_that_counts_it_as_the_scoreboard_says(shell: CommandLine) -> None:
    home = Path(shell.environment["MTCL_HOME"])
    board = {row["indicator"]: row["numerator"] for row in json.loads(shell.asks("scoreboard", "--json").stdout)}
    with opened(home / "dagster") as instance:
        for indicator, asset in (("MT1", "mt1"), ("MT3.5b", "mt3_5"), ("D2", "d2")):
            found = instance.fetch_observations(dg.AssetKey(["indicators", asset]), limit=1).records[0]
            assert found.partition_key == str(DAY)
            assert found.asset_observation
            assert found.asset_observation.metadata[f"{indicator}: tử số"].value == board[indicator]


def test_the_scoreboard_has_a_row_per_indicator(shell: CommandLine) -> None:
    rows = json.loads(shell.asks("scoreboard", "--json").stdout)
    assert [row["indicator"] for row in rows] == INDICATORS
    assert "MT1b" in shell.asks("scoreboard").stdout


def test_a_dossier_is_explained_and_an_unknown_one_is_said_to_be(shell: CommandLine) -> None:
    with duckdb.connect(shell.environment["MTCL_HOME"] + "/published/mtcl.duckdb", read_only=True) as connection:
        found = "select dossier_code, classification_label from marts.dossier_clock order by all limit 1"
        code, label = connection.execute(found).fetchall()[0]
    told = shell.asks("explain", code)
    assert (told.returncode, f"Phân loại: {label}" in told.stdout) == (0, True), told.stdout
    unknown = shell.asks("explain", "H19-khong-co")
    assert unknown.returncode == STOPPED
    assert "Không có hồ sơ H19-khong-co" in unknown.stderr


def test_status_after_a_good_run_after_a_failed_one_and_before_any(shell: CommandLine, tmp_path: Path) -> None:
    assert shell.asks("status", "--json").returncode == PUBLISHED
    manifest = (Path(shell.environment["MTCL_HOME"]) / "published" / "mtcl.duckdb").resolve().with_suffix(".json")
    made = manifest.stat()
    os.utime(manifest, (made.st_atime, made.st_mtime - 37 * 3600))
    assert shell.asks("status").returncode == STALE
    os.utime(manifest, (made.st_atime, made.st_mtime))
    before = shell.asks("scoreboard", "--json").stdout
    stopped = shell.asks("run", "--json", PORTAL_CLIENT_SECRET="sai-mat-khau-nay", PUBLISH_WHEN="all")
    assert stopped.returncode == STOPPED
    found = last_object(stopped)
    assert (found["published"], found["version"], found["sources"]["portal"]["outcome"]) == (False, None, "failed")
    assert "đăng nhập" in found["sources"]["portal"]["error"]
    assert "sai-mat-khau-nay" not in stopped.stdout + stopped.stderr
    assert shell.asks("scoreboard", "--json").stdout == before
    told = shell.asks("status")
    assert (told.returncode, "Lần chạy daily không công bố" in told.stdout) == (FAILED, True)
    assert shell.asks("status", MTCL_HOME=str(tmp_path)).returncode == NEVER


def test_a_run_without_one_source_publishes_and_every_output_says_what_stands_on_old_evidence(
    shell: CommandLine,
) -> None:
    done = shell.asks("run", PORTAL_CLIENT_SECRET="sai-mat-khau-nay")
    assert done.returncode == PUBLISHED, done.stderr
    assert "Hệ thống một cửa: lỗi" in done.stdout
    assert "đăng nhập không được" in done.stdout
    assert "Có nguồn không đọc được. Chỉ tiêu đứng trên nguồn này giữ căn cứ" in done.stdout
    told = "Hệ thống một cửa không đọc được, dùng căn cứ đã đọc lúc"
    reasons = {row["indicator"]: row["verdict_reason"] for row in json.loads(shell.asks("scoreboard", "--json").stdout)}
    assert told in reasons["MT1"]
    assert told not in (reasons["MT2b"] or "")
    published = Path(shell.environment["MTCL_HOME"]) / "published"
    assert told in (published / "index.html").read_text(encoding="utf-8")
    (report,) = (published.parent / "reports" / "latest").glob("*.html")
    assert told in report.read_text(encoding="utf-8")
    status = shell.asks("status")
    assert (status.returncode, "Không đọc được nguồn Hệ thống một cửa" in status.stdout) == (0, True), status.stdout


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
    done = CommandLine(tmp_path / "home", settings).asks(*arguments)
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert named in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_question_before_any_publication_is_answered_in_words(tmp_path: Path) -> None:
    done = CommandLine(tmp_path, {}).asks("scoreboard")
    assert done.returncode == STOPPED
    assert "Chưa có bản công bố nào" in done.stderr


def test_a_closing_date_that_was_never_published_does_not_come_again_and_no_source_is_asked(
    shell: CommandLine, province: Simulator
) -> None:
    """One that was published does: test_readme runs it as the documents tell."""
    asked = sum(province.requests.values())
    never = shell.asks("run", "--closing-date", "2025-12-30", "--as-published", "--json")
    assert never.returncode == STOPPED
    assert "30/12/2025 chưa từng được công bố" in last_object(never)["problems"][0]
    assert {source["outcome"] for source in last_object(never)["sources"].values()} == {"not_asked"}
    assert sum(province.requests.values()) == asked
