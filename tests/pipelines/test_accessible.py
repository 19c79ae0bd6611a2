"""No view has a fault that axe-core finds by any of its rules: wide, on a phone, on paper."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipelines.door import VIEWER
from pipelines.instance import opened
from tests.support.browsing import needs_browser
from tests.support.desk import Dagster, desk, nights
from warehouse.reading import Published


# Of an operator, of who may not see it, and before anything is published.
VIEWS = {
    "operator": (
        *("/published/exports/", "/published/khong-co", "/desk/", "/desk/units", "/desk/dossiers?list=tra_qua_han"),
        *("/desk/dossier", "/desk/dossier?code=khong-co", "/desk/khong-co"),
    ),
    "viewer": ("/desk/",),
    "nobody": ("/desk/", "/desk/units"),
}
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def addresses(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    home, folder = published.path.parents[1], tmp_path_factory.mktemp("desk")
    with opened(folder / "dagster") as instance:
        nights(instance)
        with (
            desk(home, instance, Dagster()) as operator,
            desk(home, instance, Dagster(), VIEWER) as viewer,
            desk(folder, instance, Dagster()) as nobody,
        ):
            yield {"operator": operator, "viewer": viewer, "nobody": nobody}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]  # a size
    yield page
    page.close()


def faults(page: Page, contrast: bool = True) -> list[tuple[str, str]]:
    """(rule, first element that breaks it) of what is open; contrast is the dearest rule by far."""
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found = Axe().run(page, options=options).response
    assert len(found["passes"]) > 5
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@needs_browser
def test_the_page_for_leaders_with_everything_open(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['operator']}/published/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.locator("#waiting-table button.link").first.click()
    page.locator("#dossiers-table tbody tr").first.wait_for()
    assert faults(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
    assert (faults(page, contrast=False), too_wide(page)) == ([], False)
    page.emulate_media(media="print")
    assert faults(page, contrast=False) == []


@needs_browser
def test_every_view_of_the_desk_and_every_refusal(page: Page, addresses: dict[str, str]) -> None:
    for who, paths in VIEWS.items():
        for path in paths:
            page.goto(f"{addresses[who]}{path}")
            assert faults(page) == [], (who, path)


@needs_browser
def test_a_dossier_and_the_form_for_a_mark_also_on_a_phone(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['operator']}/desk/dossiers?list=thieu_du_lieu")
    code = page.locator("#dossiers tbody a").first.inner_text()
    for path in (f"/desk/dossier?code={quote(code)}", "/desk/records"):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a size
        page.goto(f"{addresses['operator']}{path}")
        if path.endswith("records"):
            page.locator("button.mark").first.click()
        assert faults(page) == [], path
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
        assert (faults(page, contrast=False), too_wide(page)) == ([], False), path
