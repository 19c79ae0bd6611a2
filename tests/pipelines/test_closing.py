"""`mtcl close` over a published home: minutes, refusals, a closed figure that comes out otherwise told everywhere."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assets.reports.asking import Publication
from assets.reports.closed_periods import LISTS, state_told
from assets.reports.page.leaders import page
from assets.reports.statements.quality_report import quality_report
from assets.reports.statements.statement import html
from pipelines.cli import main
from pipelines.incidents import changed_closed_figures
from pipelines.settings import Settings
from tests.support.office import LAST_DAY, Office
from warehouse import building, models
from warehouse.database import Database
from warehouse.publishing import publish
from warehouse.reading import Published, newest


FIGURE = (
    "indicator = 'MT1' and definition = 'R1' and unit_code = 'VP' and applicant_group = 'all'"
    " and period_calendar = 'iso' and period_kind = 'quarter' and period_start = date '2025-07-01'"
)
TABLES = (
    "core.closings",
    "indicators.closed_figures",
    "marts.closed_figure_change",
    "marts.closed_period",
    "marts.indicator_result",
    "marts.headline_result",
)


def asks(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def publish_again(database: Database, folder: Path) -> None:
    """What a night makes of a figure that comes out one less."""
    database.query(f"update indicators.measured_results set numerator = numerator - 1 where {FIGURE}")
    every = {model.table: model for model in models.load()}
    for table in TABLES:
        building.build(database, every[table])
    publish(database, folder, run_id="again", closing_date=LAST_DAY)


def test_a_period_is_closed_once_and_changed_with_a_reason(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCL_HOME", str(office.home))
    assert asks("close", "--period", "quý ba").exit_code == 2
    early = asks("close", "--period", "2025")
    assert (early.exit_code, "chưa hết" in early.output) == (1, True)

    done = asks("close", "--period", "2025-Q3")
    assert done.exit_code == 0, done.output
    minutes = office.home / "closings"
    assert sorted(path.name for path in minutes.iterdir()) == [
        f"bien-ban-chot-so-lieu-2025-Q3-lan-1.{ending}" for ending in ("docx", "html", "pdf")
    ]
    closed = newest(office.home / "published")
    text = (minutes / "bien-ban-chot-so-lieu-2025-Q3-lan-1.html").read_text(encoding="utf-8")
    for said in (closed.version, closed.manifest["tables"]["marts.indicator_result"]["content_hash"], "LÃNH ĐẠO"):
        assert said in text
    assert "lập lại danh sách theo dữ liệu mới" in text
    for path in minutes.iterdir():
        path.unlink()
    # Closed already; what a kill has kept from being written is made up for.
    assert asks("close", "--period", "2025-Q3").exit_code == 1
    assert len(list(minutes.iterdir())) == 3

    with office.open() as database:
        ((before,),) = database.query(f"select numerator from indicators.measured_results where {FIGURE}")
        publish_again(database, office.home / "published")
    settings = Settings.from_environment({"MTCL_HOME": str(office.home)})
    (told,) = changed_closed_figures(settings)
    assert told.cause == "closed:2025-Q3"
    assert f"đã chốt {before}/" in told.text
    notice = "Kỳ 2025-Q3 đã chốt, nay có 1 số tính ra khác"
    assert notice in asks("status").output
    published = newest(office.home / "published")
    assert notice in page(published)
    # The figure is that of the closing, the lists behind it are not, and each of them says where those are.
    assert LISTS in page(published)
    last_quarter = (date(2025, 7, 1), date(2025, 9, 30))
    assert f"theo bản {closed.version}. {LISTS}" in state_told(Publication(published.path), *last_quarter)
    assert closed.path.exists()
    assert notice in html(quality_report(published))

    named = asks("close", "--period", "2025-Q3", "--reason", "Theo ý kiến của ông Nguyễn Văn Minh, 0903 123 456")
    assert (named.exit_code, "lý do thì được công bố" in named.output) == (1, True)
    changed = asks("close", "--period", "2025-Q3", "--reason", "Sửa theo biên bản 12/BB-VP")
    assert changed.exit_code == 0, changed.output
    text = (minutes / "bien-ban-chot-so-lieu-2025-Q3-lan-2.html").read_text(encoding="utf-8")
    assert "Lý do điều chỉnh: Sửa theo biên bản 12/BB-VP." in text
    assert f"đã chốt {before}/" in text
    assert f"nay tính ra {before - 1}/" in text


def test_an_empty_home_stays_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCL_HOME", str(tmp_path / "home"))
    refused = asks("close", "--period", "2025")
    assert (refused.exit_code, "Chưa có bản công bố nào" in refused.output) == (1, True)
    assert not (tmp_path / "home").exists()


def test_the_quality_report_has_a_part_for_each_indicator_and_the_registers(published: Published) -> None:
    text = html(quality_report(published))
    for said in ("MT1 – ", "D3 – ", "Thích hợp", "Kịp thời", "Nhất quán", "Gián đoạn theo thời gian", "Điều chỉnh"):
        assert said in text
    assert "Chưa kỳ nào được chốt." in text
    assert "Văn bản đi" in text
