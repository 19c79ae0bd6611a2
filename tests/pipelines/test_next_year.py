"""The turn of the year: what the README tells the Office to do, done, and nothing else; `mtcl run` publishes by it."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.support.command_line import PROJECT, PUBLISHED, CommandLine, FirstRun


TODAY = date(2026, 1, 6)
DECISION = "QĐ công bố Mục tiêu chất lượng năm 2026 (giả định)"
FILES = {
    "objectives.2026.yaml": f"""
rows:
  - indicator: MT1
    objective_year: 2026
    valid_from: 2026-01-05
    position: 10
    clause: "Điều 1"
    label: "Hồ sơ đúng hạn năm 2026"
    commitment_verb: "đạt"
    unit_scope: VP
    is_province_wide: true
    citation: "{DECISION}"
""",
    "targets.2026.csv": f"indicator,valid_from,operator,target,citation\nMT1,2026-01-05,>=,0.985,{DECISION}\n",
}


def files_named() -> set[str]:
    """The files of the recipe in each README."""
    told = [(PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md")]
    recipes = [re.search(r"\*\*(?:Next year|Năm sau)[^*]*:?\*\*.*?(?=\n\n)", text, re.DOTALL) for text in told]
    ((one), (other)) = [set(re.findall(r"`(\w+\.2026\.\w+)`", found[0])) for found in recipes if found]
    assert one == other
    return one


def test_the_recipe_for_the_next_year_is_two_files(first_run: FirstRun, tmp_path: Path) -> None:
    assert files_named() == set(FILES)
    home = tmp_path / "var"
    shutil.copytree(first_run.home, home, symlinks=True)
    (home / "reference").mkdir()
    for name, text in FILES.items():
        (home / "reference" / name).write_text(text, encoding="utf-8")
    world = replace(World(dossiers=300, documents=60, procedures=40, defect_share=0.03), today=TODAY)
    with Simulator(world, registers=tmp_path / "registers") as sources:
        shell = CommandLine(home, sources.environment | {"MTCL_TODAY": str(TODAY)})
        done = shell.asks("run", "--json")
        assert done.returncode == PUBLISHED, done.stderr + done.stdout
        assert set(json.loads(done.stdout.splitlines()[-1])["verdicts"]) == {"MT1"}
        troubles = {entry["cause"] for entry in json.loads(shell.asks("status", "--json").stdout)["troubles"]}
    assert not {cause for cause in troubles if cause.startswith(("objectives", "calendar"))}
    with duckdb.connect(str((home / "published" / "mtcl.duckdb").resolve()), read_only=True) as published:
        ((label, target, citation, is_example),) = published.sql(
            "select label, target, citation, is_example from marts.scoreboard"
        ).fetchall()
        years = published.sql(
            "select year(period_end), count(distinct indicator), min(target) filter (where indicator = 'MT1'),"
            " max(denominator_last_year) > 0"
            " from marts.indicator_result where closing_date = date '2026-01-06' and is_headline"
            " group by all order by all"
        ).fetchall()
    assert (label, target, is_example) == ("Hồ sơ đúng hạn năm 2026", 0.985, False)
    assert DECISION in citation
    # Of so small a province something was settled in the first days of 2025, and in December 2024.
    assert years == [(2025, 18, 0.97, True), (2026, 1, 0.985, True)]
    page = (home / "published" / "index.html").read_text(encoding="utf-8")
    assert "Mục tiêu chất lượng năm 2026" in page
    assert 'id="notice"' not in page


def test_a_year_without_objectives_has_no_board_and_says_so_everywhere(first_run: FirstRun, tmp_path: Path) -> None:
    """The first days of 2027 before the Office has decided: figures are published, verdicts are not."""
    today = date(2027, 1, 5)
    home = tmp_path / "var"
    shutil.copytree(first_run.home, home, symlinks=True)
    world = replace(World(dossiers=300, documents=60, procedures=40, defect_share=0.03), today=today)
    with Simulator(world, registers=tmp_path / "registers") as sources:
        shell = CommandLine(home, sources.environment | {"MTCL_TODAY": str(today)})
        done = shell.asks("run", "--json")
        assert done.returncode == PUBLISHED, done.stderr + done.stdout
        assert json.loads(done.stdout.splitlines()[-1])["verdicts"] == {}
        troubles = {entry["cause"] for entry in json.loads(shell.asks("status", "--json").stdout)["troubles"]}
    assert {"objectives:2027"} <= troubles
    with duckdb.connect(str((home / "published" / "mtcl.duckdb").resolve()), read_only=True) as published:
        assert published.sql("from marts.scoreboard").fetchall() == []
        assert published.sql(
            "select count(*) > 0 from marts.indicator_result where closing_date = date '2027-01-05'"
        ).fetchall() == [(True,)]
    page = (home / "published" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'id="notice"[^>]*>[^<]*2027', page)
