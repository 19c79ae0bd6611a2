"""An indicator added by exactly the files that DEVELOPERS.md names: on scoreboard, page and report, described."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.copies import ROOT, Copy
from tests.support.workbooks import GOOD, write
from warehouse import reading


# File → what is added to its end.
ADDED = {
    "warehouse/reference/objectives.yaml": (
        '  - {<<: *decision, indicator: MT9, position: 70, clause: "Điều 9", label: "Buổi phổ biến có biên bản họp",'
        ' commitment_verb: "đạt", unit_scope: VP, is_province_wide: false}\n'
    ),
    "warehouse/reference/targets.csv": "MT9,,2025-05-08,,>=,0.6,Quyết định thử\n",
    "warehouse/reference/definitions.csv": (
        "MT9,STD,true,true,flow,,false,Buổi phổ biến có biên bản,buổi có biên bản / mọi buổi,Quyết định thử\n"
    ),
    "warehouse/reference/indicators.csv": "MT9,MT9,,false,all,document,Sổ truyền đạt của các phòng\n",
    "warehouse/reference/indicator_sources.csv": "MT9,STD,registers,communications,true\n",
    "warehouse/models/indicators/mt9.sql": """-- MT9: buổi phổ biến có biên bản họp, mỗi buổi một dòng.
-- one row per judged record
select
    'MT9'                                               as indicator,
    'STD'                                               as definition,
    coalesce(name.unit_code, '?')                       as unit_code,
    'flow'                                              as basis,
    communicated_on                                     as on_date,
    'communication'                                     as record_kind,
    record_key,
    if(form = 'Biên bản họp', 'met', 'failed')          as outcome,
    if(form = 'Biên bản họp', null, 'KHONG_BIEN_BAN')   as reason_code,
    if(form = 'Biên bản họp', null, 'Không có biên bản họp') as reason,
    null::integer                                       as days_late
from staging.registers__communications as communication
left join core.office_unit_names as name on name.folded_name = fold_ascii(communication.unit)
""",
}
NIGHT = """
import json, os, sys
from datetime import date
from pipelines.running import run_daily
from pipelines.settings import Settings

report = run_daily(Settings.from_environment(os.environ), date(2025, 12, 31))
print(json.dumps(report.as_json(), ensure_ascii=False))
"""
FIGURE = "select numerator, denominator, quarantined, lower_bound, upper_bound, verdict from marts.scoreboard where "
MEETING = GOOD["communications"]
LETTER = MEETING | {"Hình thức": "Văn bản phổ biến", "Đơn vị": "Phòng Nội chính"}
NO_DATE = MEETING | {"Ngày truyền đạt": "ngày nào đó", "Đơn vị": "Phòng Hành chính - Tổ chức"}


def recipe() -> set[str]:
    """The files that the recipe of DEVELOPERS.md names."""
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*Add an indicator\.\*\*(.*?)\n\n", text, re.S)
    assert found
    names = [name for name in re.findall(r"`([^`\n]+)`", found[1]) if re.search(r"\.(sql|csv|yaml)$", name)]
    return {name if "/" in name else f"warehouse/reference/{name}" for name in names}


def test_the_recipe_names_exactly_what_is_added_here() -> None:
    assert {name.replace("mt9", "<code>") for name in ADDED} == recipe()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("product"))
    for path, text in ADDED.items():
        file = copy.folder / path
        copy.add(path, (file.read_text(encoding="utf-8") if file.exists() else "") + text)
    return copy


def night(copy: Copy, home: Path) -> dict[str, Any]:
    environment = {
        "MTCL_HOME": str(home / "home"),
        "REGISTERS_DIR": str(home / "so"),
        "PSEUDONYM_KEY": "a key of some length",
    }
    done = copy.python(NIGHT, environment | {"MTCL_TODAY": "2025-12-31"})
    assert done.stdout.strip(), done.stderr[-3000:]
    report: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    assert report["published"], report["problems"]
    return report


def test_it_is_judged_shown_and_described_and_its_range_widens_with_its_register(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "so").mkdir()
    write(tmp_path / "so", "communications", MEETING, LETTER, NO_DATE)
    night(copy, tmp_path)
    published = tmp_path / "home" / "published" / reading.POINTER
    assert reading.ask(published, FIGURE + "indicator = 'MT9'").rows == [(1, 2, 1, 1 / 3, 2 / 3, "Chưa đủ căn cứ")]
    described = "select label, formula from reference.definitions where indicator = 'MT9'"
    assert reading.ask(published, described).rows == [("Buổi phổ biến có biên bản", "buổi có biên bản / mọi buổi")]
    named = "select label from data_dictionary.values where column_name = 'indicator' and value = 'MT9'"
    assert reading.ask(published, named).rows == [("Buổi phổ biến có biên bản họp",)]
    # On the leaders' page and in every form of the report that is text.
    page = (published.parent / "index.html").read_text(encoding="utf-8")
    assert "Buổi phổ biến có biên bản họp" in page
    (report,) = (tmp_path / "home" / "reports" / "latest").glob("*.html")
    assert "Buổi phổ biến có biên bản họp" in report.read_text(encoding="utf-8")
    assert "Sổ truyền đạt của các phòng" in report.read_text(encoding="utf-8")
