"""The page for leaders, in a real browser from the disk: figures, hostile text, keyboard, contrast, phone, paper."""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from assets.reports.formats import count
from assets.reports.page import changes, leaders
from tests.support.browsing import needs_browser
from tests.support.office import Office
from warehouse import published_folder
from warehouse.reading import Published, latest


HOSTILE = (
    "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\"> {{ 7 * 7 }} Đồng"
)

# Text that is shown, its colour, and the nearest opaque ground behind it: WCAG 2.2 success criterion 1.4.3.
CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const part = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const own = numbers(getComputedStyle(up).backgroundColor);
      if (own.length === 3 || own[3] === 1) return own;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.getClientRects().length || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const colours = [numbers(isDrawn ? style.fill : style.color), ground(element)];
    const [bright, dark] = colours.map(light).sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push([(bright + 0.05) / (dark + 0.05), isLarge ? 3 : 4.5, element.textContent.trim().slice(0, 40)]);
  }
  return found;
}"""


@dataclass(frozen=True)
class Made:
    file: Path
    version: Path

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.version), read_only=True) as reader:
            return reader.execute(sql).fetchall()


@pytest.fixture(scope="module")
def made(first_night: Path) -> Made:
    published = first_night / "published"
    return Made((published / "index.html").resolve(), (published / "mtcl.duckdb").resolve())


@pytest.fixture
def page(browser: Browser, made: Made) -> Iterator[Page]:
    yield from opened(browser, made.file, 1400, [])


def opened(browser: Browser, file: Path, width: int, asked: list[str]) -> Iterator[Page]:
    """The page from the disk and the file beside it; whatever else it asks for is refused and written down."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    def judge(route: Any) -> None:
        if route.request.url in (file.as_uri(), published_folder.side_of(file).as_uri()):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", judge)
    page.goto(file.as_uri())
    yield page
    context.close()
    assert errors == []


def rows_shown(page: Page, name: str) -> list[list[str]]:
    cells = "body => [...body.rows].map(row => [...row.querySelectorAll('td')].map(cell => cell.innerText))"
    found: list[list[str]] = page.locator(f"#{name}-table tbody").evaluate(cells)
    return found


def test_the_page_stands_beside_its_version_read_only_and_names_it(made: Made) -> None:
    assert made.file == made.version.with_suffix(".html")
    assert stat.S_IMODE(made.file.stat().st_mode) & 0o222 == 0
    text = made.file.read_text(encoding="utf-8")
    assert set(re.findall(r"mtcl-\d{4}-\d\d-\d\d-\d+", text)) == {made.version.stem}


def test_words_without_a_figure_sectors_and_the_time_to_intake_stand_on_the_page(made: Made) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.file.read_text(encoding="utf-8")))
    told = made.ask("select clause, words, reason, what_is_needed from marts.not_measured where objective_year = 2025")
    assert told
    for row in told:
        assert all(words in text for words in row), row
    of_year = " where unit_code = 'VP' and period_calendar = 'iso' and period_kind = 'year_to_date'"
    for sector, numerator, denominator in made.ask(
        f"select sector_name, numerator, denominator from marts.sector_result {of_year}"
    ):
        assert sector in text
        assert f"{count(numerator)} / {count(denominator)}" in text
    ((numerator, denominator),) = made.ask(f"select numerator, denominator from marts.intake_time {of_year}")
    assert f"{count(numerator)}/{count(denominator)}" in text
    ((early, on_time),) = made.ask(
        "select settled_early, settled_on_time from marts.scoreboard where indicator = 'MT1'"
    )
    assert f"trước hạn {count(early)}, đúng hạn {count(on_time)}" in text


def test_a_page_that_could_not_be_made_leaves_the_last_one_under_its_own_name(office: Office) -> None:
    folder = office.home / "published"
    before = (folder / "index.html").resolve()
    office.night("publish", outputs=True)
    after = (folder / "index.html").resolve()
    assert (before.exists(), after.stem) == (True, (folder / "mtcl.duckdb").resolve().stem)
    newest = latest(folder)
    assert newest is not None
    published_folder.point_to(before, published_folder.PAGE_POINTER)  # as if the newest page had never been written
    published_folder.page_of(newest.path).unlink()
    published_folder.prune(folder, 1, {newest.path}, closed=set())
    assert [path.name for path in sorted(folder.glob("mtcl-*.duckdb"))] == sorted(
        [before.with_suffix(".duckdb").name, newest.path.name]
    )
    assert before.stem in (folder / "index.html").read_text(encoding="utf-8")


@needs_browser
def test_every_figure_is_that_of_the_published_table(page: Page, made: Made) -> None:
    shown = {row.get_attribute("id"): row.inner_text() for row in page.locator(".board tbody tr").all()}
    told = made.ask("select indicator, verdict, numerator, denominator, actual, target from marts.scoreboard")
    assert set(shown) == {indicator for indicator, *_ in told}
    for indicator, verdict, numerator, denominator, actual, target in told:
        text = shown[indicator].replace("\N{NO-BREAK SPACE}", " ")
        assert verdict in text
        assert f"{count(numerator)} / {count(denominator)}" in text
        if actual is not None:
            (figure,) = re.findall(r"(\d+,\d+) %\s+" + re.escape(f"{count(numerator)} / "), text)
            assert float(figure.replace(",", ".")) == pytest.approx(actual * 100, abs=0.005)
            assert (float(figure.replace(",", ".")) >= target * 100) == (actual >= target)


@needs_browser
def test_every_headline_says_in_how_many_readings_its_conclusion_stays(page: Page, made: Made) -> None:
    told = made.ask(
        "select indicator, count(*), count(is_kept), count(*) filter (is_kept) from marts.reading"
        " where indicator in (select indicator from marts.reading where not is_headline) group by indicator"
    )
    shown = {row.locator("b").first.inner_text(): row for row in page.locator("details.readings").all()}
    assert set(shown) == {indicator for indicator, *_ in told} > {"MT1", "MT2b", "MT4b", "MT5"}
    for indicator, readings, compared, kept in told:
        assert shown[indicator].locator("tbody tr").count() == readings
        if compared:
            assert f"kết luận giữ nguyên trong {kept}/{compared} cách đọc" in shown[indicator].inner_text()
    whole = f"{sum(row[3] for row in told)}/{sum(row[2] for row in told)}"
    expect(page.locator("#giu-ket-luan")).to_contain_text(f"Kết luận giữ nguyên trong {whole} cách đọc")


@needs_browser
def test_a_click_leads_from_a_figure_to_its_records(page: Page, made: Made) -> None:
    for indicator, failed in made.ask("select indicator, count(*) from marts.failing_record group by all order by all"):
        page.locator(f".to-records[data-indicator='{indicator}']").click()
        expect(page.locator("#records-status")).to_contain_text(f"{count(failed)} bản ghi")
        assert all(indicator in row[0].split(", ") for row in rows_shown(page, "records"))


@needs_browser
def test_records_are_found_without_diacritics_sorted_and_paged_by_keyboard(page: Page, made: Made) -> None:
    ((total,),) = made.ask(
        "select count(distinct (record_kind, record_key, unit_code, occurred_on, days_late)) from marts.failing_record"
    )
    status = page.locator("#records-status")
    expect(status).to_contain_text(f"{count(total)} bản ghi, đang xem 1–25")
    late = page.locator("#records-table thead button").nth(5)
    late.focus()
    page.keyboard.press("Enter")
    head = page.locator("#records-table thead th").nth(5)
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head.locator("use")).to_have_attribute("href", "#i-down")
    ((most,),) = made.ask("select max(days_late) from marts.failing_record")
    assert rows_shown(page, "records")[0][5] == count(most)
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    days = [int(row[5]) for row in rows_shown(page, "records") if row[5] != "—"]
    assert days == sorted(days)
    page.locator("#records-after").focus()
    page.keyboard.press("Enter")
    expect(status).to_contain_text("đang xem 26–")
    page.locator("#records-search").focus()
    page.keyboard.type("thu tuc hanh chinh")
    ((procedures,),) = made.ask(
        "select count(distinct record_key) from marts.failing_record where record_kind = 'procedure'"
    )
    found = int(status.inner_text().split()[0])
    assert found >= procedures > 0
    page.keyboard.type(" khong-co-gi-nhu-the")
    expect(status).to_have_text("Không tìm thấy bản ghi nào")


@needs_browser
def test_units_as_now_and_as_then(page: Page, made: Made) -> None:
    for label, view in (("Như thời đó", "as_was"), ("Như hiện nay", "as_now")):
        page.get_by_label(label).check()
        ((units,),) = made.ask(
            "select count(*) from marts.unit_history where existed and period_calendar = 'iso'"
            f" and period_kind = 'year_to_date' and view = '{view}' and (denominator > 0 or open_dossiers > 0)"
        )
        expect(page.locator("#units-status")).to_contain_text(f"{count(units)} đơn vị")


@needs_browser
def test_the_first_tab_leads_past_the_menu_and_every_stop_is_seen(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is shown
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName, s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        if style[0] == "BODY":
            break
        assert style[1] == "solid", style
        assert style[2] >= 2
        stops += 1
    assert stops == 60
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("#records-status").get_attribute("aria-live") == "polite"


@needs_browser
@pytest.mark.parametrize("width", [1400, 360])
def test_contrast_phone_and_no_question_to_any_network(browser: Browser, made: Made, width: int) -> None:
    asked: list[str] = []
    for page in opened(browser, made.file, width, asked):
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        measured = page.evaluate(CONTRAST)
        assert len(measured) > 300
        assert [one for one in measured if one[0] < one[1]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture = os.environ.get("DASHBOARD_SCREENSHOTS")
        if picture:
            page.screenshot(path=Path(picture) / f"{width}.png", full_page=True)
    assert asked == []


@needs_browser
def test_a_unit_leads_to_its_dossiers_and_a_whole_name_finds_it_alone(page: Page, made: Made) -> None:
    late = (
        "select unit_code, unit_name, list(dossier_code order by dossier_code) from marts.dossier_clock"
        " join core.units using (unit_code) where classification = 'qua_han' and finished_at >= timestamp '2025-01-01'"
        " group by all order by len(list(dossier_code)) desc, unit_code"
    )
    units = made.ask(late)
    assert len(units) > 1
    for code, name, dossiers in units[:2]:
        page.locator("#waiting-search").fill(code)
        expect(page.locator("#waiting-status")).to_contain_text("1 đơn vị")
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator("#dossiers-title")).to_have_text(f"Hồ sơ của {name} ({code})")
        page.locator("#dossiers-list").select_option("Đã xong quá hạn trong năm")
        assert sorted(row[0] for row in rows_shown(page, "dossiers")) == dossiers


@needs_browser
def test_what_is_chosen_stands_in_the_address(browser: Browser, page: Page, made: Made) -> None:
    ((missed,),) = made.ask("select count(*) filter (verdict = 'Chưa đạt') from marts.scoreboard")
    page.get_by_label("Chỉ xem chưa đạt").check()
    expect(page.locator(".board tbody tr:visible")).to_have_count(missed)
    page.locator("#results-period").select_option("Quý III năm 2025 (từ 01/07/2025 đến 30/09/2025)")
    of_quarter = made.ask(
        "select indicator from marts.headline_result where is_headline_unit and period_kind = 'quarter'"
        " and period_start = date '2025-07-01' and verdict = 'Chưa đạt' order by position"
    )
    assert [row[0] for row in rows_shown(page, "results")] == [indicator for (indicator,) in of_quarter]
    page.locator("#records-search").fill("thủ tục")
    sent = browser.new_page()
    sent.goto(page.url)
    expect(sent.locator(".board tbody tr:visible")).to_have_count(missed)
    assert rows_shown(sent, "results") == rows_shown(page, "results")
    expect(sent.locator("#records-status")).to_have_text(page.locator("#records-status").inner_text())
    sent.close()


@needs_browser
def test_a_turned_verdict_since_the_day_before_comes_first(browser: Browser, made: Made, tmp_path: Path) -> None:
    published = copied(made, tmp_path)
    today = date.fromisoformat(published.manifest["closing_date"])
    earlier = tmp_path / f"mtcl-{today - timedelta(days=1)}-1.duckdb"
    shutil.copy(published.path, earlier)
    told = published.manifest | {"closing_date": str(today - timedelta(days=1)), "version": earlier.stem}
    earlier.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    with duckdb.connect(str(earlier)) as writer:
        writer.execute("update marts.scoreboard set numerator = numerator - 1 where indicator = 'MT1'")
        writer.execute("update marts.scoreboard set verdict = 'Đạt' where indicator = 'D3'")
    (since,) = changes.compared(published)
    assert [(one.after.indicator, one.is_turned) for one in since.changes] == [("D3", True), ("MT1", False)]
    written = published_folder.set_page(published, leaders.page(published))
    for page in opened(browser, written.resolve(), 1400, []):
        section = page.locator("section", has=page.locator("#thay-doi"))
        expect(section).to_contain_text(f"So với hôm trước (chốt {today - timedelta(days=1):%d/%m/%Y})")
        expect(section.locator("tbody tr").first).to_contain_text("Đổi kết luận")
        expect(section.locator("tbody tr")).to_have_count(2)


@needs_browser
def test_it_prints_on_a4(page: Page, made: Made) -> None:
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 2 <= len(printed.pages) <= 26
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]
    words = [re.sub(r"\s", "", one.extract_text()) for one in printed.pages]
    assert "Bảngđiểm" in words[0]
    assert [f"Trang{place}/{len(words)}" in text for place, text in enumerate(words, 1)] == [True] * len(words)
    # Every row of what is shown, and the citation under each indicator; the screen is then as it was.
    whole = "".join(words)
    for (code,) in made.ask("select distinct record_key from marts.failing_record where record_kind = 'dossier'"):
        assert str(code) in whole
    for (citation,) in made.ask("select distinct citation from marts.scoreboard where citation is not null"):
        assert re.sub(r"\s", "", citation) in whole
    expect(page.locator("#records-status")).to_contain_text("đang xem 1–25")
    expect(page.locator(".board details[open]")).to_have_count(0)


@needs_browser
def test_it_says_by_the_readers_clock_that_it_is_old(browser: Browser, made: Made) -> None:
    ((as_of,),) = made.ask("select max(as_of) from marts.scoreboard")
    noon = datetime(as_of.year, as_of.month, as_of.day, 12)
    for days, said in (
        (0, None),
        (1, None),
        (2, "cách đây 2 ngày"),
        (400, "cách đây 400 ngày"),
        (-3, "đồng hồ của máy"),
    ):
        context = browser.new_context(timezone_id="Asia/Ho_Chi_Minh")
        page = context.new_page()
        page.clock.set_fixed_time(noon - timedelta(hours=7) + timedelta(days=days))
        page.goto(made.file.as_uri())
        stale = page.locator("#stale")
        if said is None:
            expect(stale).to_be_hidden()
        else:
            expect(stale).to_be_visible()
            expect(stale).to_contain_text(said)
        context.close()


def copied(made: Made, folder: Path, *changes: str) -> Published:
    """The version in a folder of its own, with every `$1` of the changes made hostile."""
    file = Path(shutil.copy(made.version, folder))
    file.chmod(0o644)
    shutil.copy(made.version.with_suffix(".json"), folder)
    with duckdb.connect(str(file)) as writer:
        for change in changes:
            writer.execute(change, [HOSTILE] if "$1" in change else None)
    published_folder.point_to(file)
    published = latest(folder)
    assert published is not None
    return published


@needs_browser
def test_a_version_without_figures_says_so(browser: Browser, made: Made, tmp_path: Path) -> None:
    tables = ("marts.scoreboard", "marts.failing_record", "marts.quarantine_summary", "marts.unit_history")
    published = copied(made, tmp_path, *(f"delete from {table}" for table in tables), "drop table marts.anomaly")
    written = published_folder.set_page(published, leaders.page(published))
    for page in opened(browser, written.resolve(), 1400, []):
        expect(page.get_by_text("Chưa có số liệu: phiên bản này")).to_be_visible()
        expect(page.locator("#records-status")).to_have_text("Không tìm thấy bản ghi nào")
        expect(page.get_by_text("Không có bản ghi nào bị tách riêng.")).to_be_visible()
        expect(page.get_by_text("Dấu hiệu bất thường")).to_have_count(0)


@needs_browser
def test_hostile_text_is_text_and_what_is_left_out_is_told(
    browser: Browser, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = copied(
        made,
        tmp_path,
        "update marts.failing_record set reason = $1, record_key = record_key || $1",
        "update marts.quarantine_summary set rule = rule || $1, advice = $1",
        "update marts.unit_history set unit_name = $1",
        "update marts.scoreboard set label = $1, citation = $1",
        "insert into core.register_gaps values ('MT2b', 'PAIR', 'documents', 7), ('MT2a', 'DOC', 'documents', 7)",
        "update marts.anomaly set sentence = $1, label = $1",
    )
    monkeypatch.setattr(leaders, "MOST_RECORDS", 30)
    text = leaders.page(published, contact=f"Trần Thị Cúc {HOSTILE}")
    written = published_folder.set_page(published, text)
    asked: list[str] = []
    for page in opened(browser, written.resolve(), 1400, asked):
        expect(page).to_have_title(re.compile("^Mục tiêu chất lượng"))
        assert page.locator("img").count() == 0
        expect(page.locator("#contact")).to_have_text(f"Trần Thị Cúc {HOSTILE}")
        expect(page.locator("#stale")).to_contain_text("hãy hỏi Trần Thị Cúc")
        assert rows_shown(page, "records")[0][6] == HOSTILE
        expect(page.locator("#records-status")).to_contain_text("30 bản ghi")
        expect(page.get_by_text(re.compile("Trang này chỉ chứa 30 trong"))).to_be_visible()
        expect(page.get_by_text("Văn bản đi: 7 dòng, có thể làm đổi MT2a, MT2b.")).to_be_visible()
        told = {row[0] for row in rows_shown(page, "records")}
        assert len(told) > 5  # a cut is fair to every indicator
    assert asked == []
