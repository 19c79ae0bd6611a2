"""Invented data start on purpose, live in a home of their own, and every output of them says so (rule 16)."""

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from assets.reports import terminal
from assets.reports.asking import Publication
from assets.reports.office import office
from assets.reports.page.leaders import page
from assets.reports.paper import content, files
from assets.reports.statements.quality_report import NAME, quality_report
from assets.reports.statements.statement import made
from pipelines.alert_words import OPENED, OpenIncident, message
from pipelines.settings import NAMES, Settings
from tests.support import prepared
from tests.support.command_line import NEVER, PROJECT, STOPPED, WRONG, CommandLine, Done
from warehouse.identity import CARD, REHEARSAL, Identity, write_card
from warehouse.reading import Published


MARK = "THỬ NGHIỆM"
SOURCE = {"AXIS_URL": "http://127.0.0.1:9/axis", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "bi-mat"}


@pytest.fixture(scope="module")
def rehearsed(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The first night's publication, had it been one of invented data."""
    file = tmp_path_factory.mktemp("rehearsed") / published.path.name
    shutil.copyfile(published.path, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("delete from reference.home")
        connection.execute("insert into reference.home values (true, $1)", [REHEARSAL])
    return Published(published.version, file, published.manifest)


def test_page_papers_exports_and_scoreboard_say_it(rehearsed: Published) -> None:
    publication = Publication(rehearsed.path)
    assert f'<p id="rehearsal" class="stale" role="alert"><b>{REHEARSAL}.</b></p>' in page(rehearsed)
    report = content.report(rehearsed)
    assert (report.texts["office"][:10], report.texts["verdicts"][:10]) == (MARK, MARK)
    assert MARK in report.texts["version"]
    written, _ = files.made(report, None)
    assert MARK in written[f"{files.NAME}.html"].decode()
    assert MARK in made(quality_report(rehearsed), NAME)[f"{NAME}.html"].decode()
    assert (terminal.notice(publication) or "").startswith(REHEARSAL)
    # The title of the exports.
    assert office(publication).name.startswith(MARK)


def test_real_data_are_not_called_invented(published: Published) -> None:
    assert MARK not in page(published)
    assert MARK not in content.report(published).texts["office"]
    assert MARK not in (terminal.notice(Publication(published.path)) or "")


def test_alerts_say_it(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MTCL_HOME": str(tmp_path)})
    entry = OpenIncident("run:x", "Lần chạy daily không công bố", "", "", "2025-12-31T01:00:00+07:00")
    told = message(entry, OPENED, settings, is_rehearsal=True)
    assert (told.title[:10], told.text[:10]) == (MARK, MARK)


def mtcl(folder: Path, *arguments: str, **settings: str) -> Done:
    """In a folder of its own, where nothing says which home is meant."""
    machine = {name: value for name, value in os.environ.items() if name not in NAMES}
    return prepared.mtcl(folder, machine | {"PYTHONPATH": str(PROJECT)} | settings, arguments)


def test_a_run_without_sources_is_a_configuration_error_and_makes_nothing(tmp_path: Path) -> None:
    done = mtcl(tmp_path, "run")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "Chưa khai báo hệ thống nguồn nào" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_demo_is_refused_where_real_systems_are_configured(tmp_path: Path) -> None:
    done = mtcl(tmp_path, "demo", **SOURCE)
    assert (done.returncode, "mtcl run" in done.stderr, list(tmp_path.iterdir())) == (WRONG, True, [])


@pytest.mark.parametrize("has_card", [True, False])
def test_the_simulator_lands_nothing_in_a_home_of_real_data(tmp_path: Path, has_card: bool) -> None:
    (tmp_path / "published").mkdir()
    if has_card:
        write_card(tmp_path, Identity("H19"))
    done = CommandLine(tmp_path, {}).asks("run", "--or-demo")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "số liệu thật" in done.stderr or "không phải thư mục thử nghiệm" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"published", CARD}


def test_real_sources_land_nothing_in_a_rehearsal(tmp_path: Path) -> None:
    write_card(tmp_path, Identity("H19", is_rehearsal=True))
    done = CommandLine(tmp_path, SOURCE).asks("run")
    assert (done.returncode, "số liệu thử nghiệm" in done.stderr) == (WRONG, True)


def test_who_reads_gets_the_rehearsal_only_where_there_is_nothing_else_and_is_told(tmp_path: Path) -> None:
    rehearsal = tmp_path / "var" / "thu-nghiem"
    (rehearsal / "published").mkdir(parents=True)
    write_card(rehearsal, Identity("H19", is_rehearsal=True))
    told = mtcl(tmp_path, "status", "--json")
    assert (told.returncode, json.loads(told.stdout)["rehearsal"]) == (NEVER, True)
    assert "đọc thư mục thử nghiệm" in told.stderr
    assert REHEARSAL in told.stderr
    asked = mtcl(tmp_path, "scoreboard")
    assert (asked.returncode, "đọc thư mục thử nghiệm" in asked.stderr) == (STOPPED, True)
    (tmp_path / "var" / "published").mkdir()
    other = mtcl(tmp_path, "status", "--json")
    assert (json.loads(other.stdout)["rehearsal"], other.stderr) == (False, "")
