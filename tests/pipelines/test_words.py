"""Nobody who reads Vietnamese meets a program's word: on the page, in a report, in a workbook, on the desk."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
import requests
from starlette.responses import PlainTextResponse

from assets.reports.desk.dossiers import LISTS
from pipelines.desk.pages import Desk
from pipelines.door import OPERATOR, Door
from pipelines.instance import opened
from pipelines.settings import Settings
from tests.support.people_words import of_file, of_html, strange
from tests.support.web import served


@pytest.fixture(scope="module")
def address(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings.from_environment({"MTCL_HOME": str(first_night)})
    with opened(tmp_path_factory.mktemp("words") / "dagster") as instance:
        instance.report_run_failed(instance.create_run_for_job(dg.JobDefinition(name="daily", graph_def=EMPTY)))
        desk = Desk(PlainTextResponse("Dagster"), settings, instance)
        with served(Door(desk, lambda scope: OPERATOR)) as browser:
            yield f"http://127.0.0.1:{browser.port}/desk"


EMPTY = dg.GraphDefinition(name="daily")


def test_what_counts_as_strange() -> None:
    for one in ("status_is_known", "Đổi ở MT1 (TOAN_TINH)", "R1_GOC", "thường là 10.0 c", "tỷ lệ 0.0", "Missing!"):
        assert len(strange(one)) == 1, one
    assert strange("Trang Runs của Dagster; tệp mtcl-2025-12-31-1.duckdb; 1.234 hồ sơ, điểm b khoản 2") == []


def test_the_page_for_leaders(first_night: Path) -> None:
    text = (first_night / "published" / "index.html").read_text(encoding="utf-8")
    assert strange(of_html(text)) == []
    ((data,),) = [re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)]
    lists = json.loads(data)
    cells = [
        str(cell)
        for name in ("units", "records", "waiting", "results")
        for row in lists[name]["rows"]
        for cell in row[1:]
        if cell
    ]
    assert [one for one in map(strange, cells) if one and not re.search(r"^\['\d", str(one))] == []


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "pdf"])
def test_a_report(first_night: Path, ending: str) -> None:
    files = sorted((first_night / "reports" / "latest").resolve().rglob(f"*.{ending}"))
    assert files
    assert {path.name: found for path in files if (found := strange(of_file(path)))} == {}


@pytest.mark.parametrize("view", ["", "units", "records", *(f"dossiers?list={code}" for code in LISTS)])
def test_a_view_of_the_desk(address: str, view: str) -> None:
    assert strange(of_html(requests.get(f"{address}/{view}", timeout=60).text)) == []


@pytest.mark.parametrize("code", LISTS)
def test_a_dossier_of_each_list(address: str, code: str) -> None:
    listed = requests.get(f"{address}/dossiers?list={code}", timeout=60).text
    dossiers = re.findall(r"/desk/dossier\?code=([^\"&]+)", listed)
    for dossier in dossiers[:3]:
        assert strange(of_html(requests.get(f"{address}/dossier?code={dossier}", timeout=60).text)) == []
