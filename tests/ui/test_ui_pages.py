"""The bases and components as pages: complete, strict, described, light, and each component explained."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError
from selectolax.lexbor import LexborHTMLParser

from mingchuang.ui import bundle
from mingchuang.ui.context import NavItem, desk_page, public_page
from mingchuang.ui.documents import Attachment
from mingchuang.ui.identity import current_site
from mingchuang.ui.problems import NOT_FOUND, bad_request, broken, forbidden, not_found, page_of, stale_form
from tests.ui import pattern_pages

ROOT = Path(__file__).parents[2]
UI = Path(bundle.__file__).parent
PAGES = list(pattern_pages.pages())
COMPONENTS = re.findall(r"{% set (\w+) = _", (UI / "jinja2/ui/components.html").read_text())
SITE = {"name": "甲县政务公开", "county": "甲县", "owner": "甲县人民政府办公室", "contact": "0000-0000000"}


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_landmarks_once(name: str) -> None:
    page = tree(pattern_pages.render(name))
    assert page.html is not None
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == "zh-CN"
    assert [len(page.css(part)) for part in ("main", "h1", "title", "a.skip")] == [1, 1, 1, 1]
    assert page.css_first("a.skip").attributes["href"] == "#main"  # type: ignore[union-attr]
    navs = [nav.attributes.get("aria-label") for nav in page.css("nav")]
    assert all(navs)
    assert len(set(navs)) == len(navs)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_obeys_the_content_security_policy(name: str) -> None:
    html = pattern_pages.render(name)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|data:", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', html)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_all_it_loads_stays_light(name: str) -> None:
    html = pattern_pages.render(name)
    loaded = re.findall(r'(?:src|href)="/static/(ui/[^"]+)"', html)
    assert loaded
    weight = len(html.encode()) + sum((UI / "static" / path).stat().st_size for path in set(loaded))
    assert weight <= 100 * 1024, "300 KB is the promise; pictures of a page's own must still fit"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_that_it_is_a_demonstration(name: str, settings: Any) -> None:
    settings.MINGCHUANG_SITE = {**SITE, "demo": True}
    html = pattern_pages.render(name)
    assert "演示数据" in html
    assert 'class="is-demo"' in html
    assert "noindex" in html


def test_without_a_demonstration_nothing_says_so(settings: Any) -> None:
    settings.MINGCHUANG_SITE = {**SITE, "demo": False, "site_code": "0000000001", "icp": "备案号甲"}
    html = pattern_pages.render("home")
    assert "演示数据" not in html
    assert "noindex" not in html
    assert "网站标识码：0000000001" in html
    assert "备案号甲" in html


def test_a_demonstration_carries_no_real_numbers(settings: Any) -> None:
    settings.MINGCHUANG_SITE = {
        **SITE,
        "demo": True,
        "site_code": "0000000001",
        "icp": "备案号甲",
        "police": "公安备案乙",
    }
    html = pattern_pages.render("home")
    assert not re.search("0000000001|备案", html)


@pytest.mark.parametrize("name", ["desk", "form", "ledger"])
def test_the_desk_says_what_it_is_not_for(name: str) -> None:
    assert "非涉密系统，严禁存储、处理国家秘密和工作秘密" in pattern_pages.render(name)


def test_the_meta_tags_of_an_article(settings: Any) -> None:
    settings.MINGCHUANG_SITE = {**SITE, "site_code": "0000000001"}
    settings.MINGCHUANG_ADDRESS = "https://www.example.invalid"
    page = tree(pattern_pages.render("record"))
    found = {m.attributes["name"]: m.attributes["content"] for m in page.css("meta[name]")}
    expected = {
        "SiteName": "甲县政务公开",
        "SiteDomain": "www.example.invalid",
        "SiteIDCode": "0000000001",
        "ColumnName": "政策文件",
        "ColumnDescription": "本级政府和部门的政策文件",
        "ColumnKeywords": "政策,文件",
        "ColumnType": "政策文件",
        "ArticleTitle": pattern_pages.TITLE,
        "PubDate": "2019-08-22 09:00",
        "ContentSource": "甲县人民政府办公室",
    }
    assert {name: found.get(name) for name in expected} == expected
    assert page.css_first("h1").text().strip() == pattern_pages.TITLE  # type: ignore[union-attr]
    assert page.css_first("title").text().startswith(pattern_pages.TITLE)  # type: ignore[union-attr]
    assert page.css_first("link[rel=canonical]").attributes["href"] == "https://www.example.invalid/records/7/"  # type: ignore[union-attr]


def test_the_printed_head_carries_address_and_code() -> None:
    head = tree(pattern_pages.render("record")).css_first(".printhead")
    assert head is not None
    assert "/records/7/" in head.text()
    assert head.css_first("svg.qr__code") is not None


def test_a_name_that_does_not_exist_is_an_error() -> None:
    template = pattern_pages.engine().env.from_string("{{ page.titel }}")
    with pytest.raises(UndefinedError):
        template.render(page=pattern_pages.pages()["home"])


def test_text_is_escaped() -> None:
    template = pattern_pages.engine().env.from_string("{{ text }}")
    assert template.render(text="<script>") == "&lt;script&gt;"


def test_the_desk_has_at_most_eight_entries(rf: RequestFactory) -> None:
    nav = [NavItem(str(i), f"/{i}/") for i in range(9)]
    with pytest.raises(ValueError, match="at most 8"):
        desk_page(rf.get("/desk/"), title="x", nav=nav)


def test_a_public_page_needs_no_request() -> None:
    page = public_page("/units/", title="公开单位")
    html = pattern_pages.engine().env.get_template("ui/base_public.html").render(page=page)
    assert "公开单位" in html
    assert page.url == current_site().absolute("/units/")


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_explained_and_shown(name: str) -> None:
    assert re.search(rf"`(?:ui\.)?{name}[`(]|ui\.{name}\(|`{name}\(|\(`{name}`\)", (ROOT / "docs/look.md").read_text())
    sources = [*(UI / "jinja2/ui").glob("*.html"), *(Path(__file__).parent / "patterns").glob("*.html")]
    assert any(re.search(rf"(?:ui|navigation|notices|frame)\.{name}\(", source.read_text()) for source in sources)


def test_the_sheets_know_every_class_that_components_use() -> None:
    css = "".join(path.read_text() for path in (UI / "styles").glob("*.css"))
    unknown = set()
    for name in PAGES:
        for node in tree(pattern_pages.render(name)).css("[class]"):
            unknown |= {each for each in (node.attributes["class"] or "").split() if f".{each}" not in css}
    # Variants that are the plain form of their component, and names for scripts and readers of the page.
    assert unknown <= {
        "masthead",
        "is-remark",
        "summary--error",
        "flash--success",
        "flash--info",
        "tag--quiet",
        "input--text",
    }


@pytest.mark.parametrize(
    ("view", "status"), [(not_found, 404), (forbidden, 403), (bad_request, 400), (stale_form, 403), (broken, 500)]
)
def test_problems_say_what_to_do(rf: RequestFactory, view: Any, status: int) -> None:
    answer = view(rf.get("/gone/"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert "noindex" in html
    assert tree(html).css("main li a")
    assert not re.search("[A-Za-z]{4,}", tree(html).css_first("main div.front").text())  # type: ignore[union-attr]


def test_a_problem_shows_the_reference_it_is_given(rf: RequestFactory) -> None:
    problem = NOT_FOUND.__class__("系统暂时出了问题", ("请稍后再试。",), reference="A1B2")
    assert "A1B2" in page_of(problem, 500, "/").content.decode()


def test_a_printed_attachment_shows_an_address_that_people_can_read() -> None:
    template = engines["jinja2"].env.from_string('{% import "ui/components.html" as ui %}{{ ui.attachments(files) }}')  # type: ignore[attr-defined]
    file = Attachment("分工表.xlsx", "/records/7/files/0f3a/%E5%88%86%E5%B7%A5%E8%A1%A8.xlsx", 3)
    link = tree(template.render(files=[file])).css_first(".files a")
    assert link is not None
    assert link.attributes["href"] == file.address
    assert link.attributes["data-address"] == "/records/7/files/0f3a/分工表.xlsx"
    assert "attr(data-address)" in (UI / "styles/print.css").read_text()
