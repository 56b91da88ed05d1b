"""The public site in a real Chromium, served by the real command: 1280 and 390 px, axe, paper, no script, no waste."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pypdfium2
import pytest

from tests.page_checks import photograph, violations, wider
from tests.site import installation
from tests.site.installation import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 390)
MOST_BYTES = 300 * 1024
PAGES = {
    "home": "/",
    "about": "/about/",
    "units": "/units/",
    "unit": "/units/office/",
    "unit-without": "/units/science/",
    "unit-year": "/units/office/{year}/",
    "years": "/years/",
    "year": "/years/{year}/",
    "record": "/records/1/",
    "record-table": "/records/2/",
    "record-lapsed": "/records/3/",
    "tombstone": "/records/8/",
    "catalogue": "/catalogue/",
    "ledgers": "/ledger/",
    "ledger": "/ledger/1/",
    "search": "/search/",
    "search-found": "/search/?q=" + quote("公开"),
    "search-narrowed": "/search/?q=" + quote("公开") + "&unit=finance",
    "search-nothing": "/search/?q=" + quote("饕餮"),
    "not-found": "/no/such/page/",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with installation.served(
        installation.copy(tmp_path_factory.mktemp("portal") / "site", "full"), MINGCHUANG_DEMO_SIZE="full"
    ) as running:
        yield running


def address(site: Served, name: str) -> str:
    year = next(path.name for path in (site.data / "public" / "years").iterdir() if path.is_dir())
    return site.address + PAGES[name].format(year=year)


class Watched:
    """A page whose requests and complaints are kept: console errors, reports of the policy, bytes, hosts."""

    def __init__(self, browser: Browser, width: int, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.bytes = 0
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfinished", self._count)

    def _count(self, request: Any) -> None:
        self.hosts.add(urlsplit(request.url).netloc)
        sizes = request.sizes()
        self.bytes += sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_wide_and_narrow(site: Served, browser: Browser, name: str, artifacts: Path) -> None:
    for width in WIDTHS:
        watched = Watched(browser, width)
        page = watched.page
        page.goto(address(site, name))
        photograph(page, artifacts / f"portal-{name}-{width}.png")
        assert violations(page, colours=width == WIDTHS[0]) == [], f"{width} px"
        assert wider(page) <= 0, f"{width} px"
        expected = 1 if name == "not-found" else 0  # Chromium reports the page's own 404
        assert len(watched.complaints) == expected, watched.complaints
        assert watched.hosts == {urlsplit(site.address).netloc}
        assert watched.bytes <= MOST_BYTES
        assert page.locator("h1").count() == 1
        assert page.title().endswith("青铜峡市政务公开")
        watched.context.close()


@pytest.mark.parametrize("name", ["home", "record", "ledger", "search-found", "unit"])
def test_a_page_without_a_script_has_the_same_words(site: Served, browser: Browser, name: str) -> None:
    said = []
    for script in (True, False):
        watched = Watched(browser, 1280, java_script_enabled=script)
        watched.page.goto(address(site, name))
        said.append("".join(watched.page.locator("main").text_content().split()))
        watched.context.close()
    assert said[0] == said[1]
    assert len(said[0]) > 50


def test_a_citizen_searches_narrows_and_opens_without_a_script(site: Served, browser: Browser) -> None:
    watched = Watched(browser, 390, java_script_enabled=False)
    page = watched.page
    page.goto(site.address + "/")
    page.fill("input[name=q]", "公开")
    page.press("input[name=q]", "Enter")
    found = page.locator(".item").count()
    page.click("section.facets >> text=青铜峡市财政局")
    assert 0 < page.locator(".item").count() < found
    page.locator(".item__title a").first.click()
    assert page.locator("nav a[href='/units/finance/']").is_visible()
    assert page.locator("main .facts").is_visible()
    watched.context.close()


def test_the_figures_of_the_ledger_open_their_lists(site: Served, browser: Browser) -> None:
    watched = Watched(browser, 1280)
    page = watched.page
    page.goto(site.address + "/")
    page.click(".figures a >> nth=0")
    assert page.url.endswith("/ledger/1/#done")
    for number, state in enumerate(("done", "in_progress", "planned")):
        shown = int(page.locator(".figures strong").nth(number).text_content())
        assert page.locator(f"section[aria-labelledby={state}] article.duty").count() == shown
    page.locator("details summary").first.click()
    assert page.locator("details p").first.is_visible()
    watched.context.close()


def test_everything_is_reached_with_the_keyboard(site: Served, browser: Browser) -> None:
    watched = Watched(browser, 1280)
    page = watched.page
    page.goto(site.address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到主要内容"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('href')") or "")
    newest = page.locator("main a[href^='/records/']").first.get_attribute("href")
    assert newest in seen
    watched.context.close()


def test_the_record_on_paper(site: Served, browser: Browser, artifacts: Path) -> None:
    watched = Watched(browser, 1280)
    page = watched.page
    page.goto(address(site, "record-table"))
    printed = artifacts / "portal-record.pdf"
    page.pdf(path=printed, format="A4")
    watched.context.close()
    paper = pypdfium2.PdfDocument(printed)
    words = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in paper)
    for shown in ("政府信息公开指南更新工作的通知", "青政办发〔2019〕901号", "索引号", "演示数据", site.address):
        assert "".join(shown.split()) in words, shown
    for left_out in ("长者版", "高对比", "按年度", "手机扫码"):
        assert left_out not in words, left_out
    assert len(paper) <= 3
    assert re.search(r"核验", words)
    first = paper[0].render(scale=1.4).to_numpy()
    assert first.std() > 5, "the sheet is not blank"
    paper.close()
