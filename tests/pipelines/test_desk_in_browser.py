"""The officer at the desk: eight tasks by at most three clicks each, and a walk by the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assets.partitions import PARTITION_TAG
from pipelines.desk import marks
from pipelines.instance import opened
from tests.support.browsing import needs_browser
from tests.support.desk import WHY, Dagster, desk, nights
from warehouse.reading import Published


pytestmark = needs_browser
MOST_CLICKS, MOST_STOPS = 3, 150
# Whether it is what is looked for, and how it shows that it has the focus.
FOCUSED = """wanted => { const s = getComputedStyle(document.activeElement);
    return [document.activeElement === wanted, s.outlineStyle, parseFloat(s.outlineWidth)]; }"""


@dataclass(frozen=True)
class Place:
    address: str
    home: Path
    dagster: Dagster


@pytest.fixture(scope="module")
def place(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A home of its own, for its marks."""
    home, dagster = tmp_path_factory.mktemp("desk"), Dagster()
    (home / "published").symlink_to(published.path.parent)
    with opened(home / "dagster") as instance:
        nights(instance)
        with desk(home, instance, dagster) as address:
            yield Place(address, home, dagster)


@pytest.fixture
def page(browser: Browser, place: Place) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{place.address}/desk/")
    place.dagster.launched.clear()
    yield page
    page.close()


@dataclass
class Officer:
    """Begins at the first page; to write into a field costs a click, too, unless it has the focus already."""

    page: Page
    clicks: int = 0

    def click(self, wanted: Locator) -> None:
        self.clicks += 1
        wanted.click()

    def fill(self, label: str, text: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def done(self) -> None:
        assert self.clicks <= MOST_CLICKS


@pytest.fixture
def officer(page: Page) -> Iterator[Officer]:
    officer = Officer(page)
    yield officer
    officer.done()


def one(published: Published, sql: str) -> tuple[str, ...]:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        found = reader.execute(sql).fetchone()
    assert found
    return found


def test_whether_last_night_passed_and_why_not(officer: Officer) -> None:
    expect(officer.page.locator(".night")).to_contain_text("Lần chạy cuối không công bố. Số liệu đang dùng vẫn là")
    expect(officer.page.locator(".incident").first).to_contain_text(WHY)
    expect(officer.page.locator(".incident").first).to_contain_text("Việc cần làm:")
    assert officer.clicks == 0


def test_start(officer: Officer, place: Place) -> None:
    officer.click(officer.page.get_by_role("button", name="Chạy ngay"))
    expect(officer.page.get_by_role("status")).to_contain_text("Đã đưa “Chạy hằng ngày” vào hàng chờ")
    assert place.dagster.launched == [("daily", {}, {})]


def test_recompute(officer: Officer, place: Place) -> None:
    officer.fill("Ngày chốt", "2025-11-30")
    officer.click(officer.page.get_by_role("button", name="Tính lại"))
    expect(officer.page.get_by_role("status")).to_contain_text("Đã đưa “Tính lại một ngày chốt” vào hàng chờ")
    assert place.dagster.launched == [("recompute", {}, {PARTITION_TAG: "2025-11-30"})]


def test_reread(officer: Officer, place: Place) -> None:
    officer.fill("Tiếp nhận từ ngày", "2025-12-01")
    officer.fill("đến ngày", "2025-12-15")
    officer.click(officer.page.get_by_role("button", name="Đọc lại hồ sơ"))
    expect(officer.page.get_by_role("status")).to_contain_text("Đã đưa “Đọc lại hồ sơ” vào hàng chờ")
    config = {"accepted_from": "2025-12-01", "accepted_to": "2025-12-15"}
    assert place.dagster.launched == [("reread", {"ops": {"raw__portal__dossiers": {"config": config}}}, {})]


LATE = """
select unit_name, unit_code, count(*)::varchar from marts.dossier_clock join core.units using (unit_code)
where classification = 'qua_han' and finished_at >= timestamp '2025-01-01' group by all order by count(*) desc, 2
"""


def test_the_late_dossiers_of_a_unit(officer: Officer, published: Published) -> None:
    name, code, number = one(published, LATE)
    officer.click(officer.page.get_by_role("link", name="Hồ sơ theo đơn vị"))
    row = officer.page.locator("#units tbody tr").filter(has_text=code)
    officer.click(row.locator("td[data-label='Đã xong quá hạn trong năm'] a"))
    expect(officer.page.get_by_text(f"{number} hồ sơ của {name}")).to_be_visible()
    expect(officer.page.locator("#dossiers tbody tr")).to_have_count(int(number))


def test_why_this_dossier(officer: Officer, published: Published) -> None:
    (code,) = one(published, "select dossier_code from marts.dossier_clock where days_late > 0 order by all limit 1")
    officer.click(officer.page.get_by_role("link", name="Tìm hồ sơ"))
    officer.page.keyboard.type(code)
    officer.page.keyboard.press("Enter")
    expect(officer.page.get_by_role("heading", name=f"Hồ sơ {code}")).to_be_visible()
    expect(officer.page.get_by_text("Quy tắc đã áp dụng")).to_be_visible()


def test_why_this_verdict(officer: Officer, published: Published) -> None:
    indicator, failed = one(
        published,
        "select indicator, count(*)::varchar from marts.failing_record group by all order by count(*), 1 limit 1",
    )
    officer.click(officer.page.get_by_role("link", name="Trang lãnh đạo"))
    row = officer.page.locator(f".board tr[id='{indicator}']")
    officer.click(row.get_by_text("Cách tính, căn cứ"))
    expect(row.get_by_text("Công thức")).to_be_visible()
    officer.click(row.get_by_text(f"{failed} chưa đạt"))
    expect(officer.page.locator("#records-status")).to_contain_text(f"{failed} bản ghi")


def tab_to(page: Page, wanted: Locator) -> None:
    """Wherever the way there stops, it is seen."""
    element = wanted.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        is_there, style, width = page.evaluate(FOCUSED, element)
        assert (style, width >= 2) == ("solid", True), page.evaluate("document.activeElement.outerHTML")
        if is_there:
            return
    raise AssertionError(f"{wanted} is not reached")


def test_a_job_is_started_and_a_list_found_and_saved_by_the_keyboard(page: Page, place: Place) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Mã đơn vị"))
    page.keyboard.type("H19.02 H19.05")
    tab_to(page, page.get_by_role("button", name="Lập báo cáo"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã đưa “Báo cáo của đơn vị” vào hàng chờ")
    config = {"units": ["H19.02", "H19.05"]}
    assert place.dagster.launched == [("reports", {"ops": {"reports__units": {"config": config}}}, {})]

    page.goto(f"{place.address}/desk/")
    tab_to(page, page.get_by_role("link", name="Hồ sơ theo đơn vị"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Tìm đơn vị"))
    name = page.locator("#units tbody tr").nth(1).get_by_role("rowheader").inner_text().split("\n")[0]
    page.keyboard.type(name.upper())
    expect(page.locator("#units tbody tr:visible")).to_have_count(1)
    tab_to(page, page.locator("#units tbody tr:visible a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"hồ sơ của {name}")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Tải về Excel"))
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".xlsx")


def test_a_mark_is_written_by_the_keyboard_and_starts_nothing(page: Page, place: Place) -> None:
    for who in ("Trần Thị Cúc", "Lê Văn Nam"):
        tab_to(page, page.get_by_role("link", name="Cần xem lại"))
        page.keyboard.press("Enter")
        button = page.locator("button.mark").first
        key = button.get_attribute("data-key")
        tab_to(page, button)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Tình trạng")).to_be_focused()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type(who)
        # By Enter in a field as well as on the button.
        if who == "Trần Thị Cúc":
            tab_to(page, page.get_by_role("button", name="Lưu"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("row").filter(has=page.locator("button.mark")).first).to_contain_text(f"Đã sửa, {who}")
    assert [(one.key, one.state, one.who) for one in marks.marks(place.home)] == [
        (key, "mended", "Trần Thị Cúc"),
        (key, "mended", "Lê Văn Nam"),
    ]
    assert place.dagster.launched == []
