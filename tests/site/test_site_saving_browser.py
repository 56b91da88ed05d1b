"""Writing in a real Chromium: a session that dies, two who write at once, what was kept, previews, comparisons.

`MINGCHUANG_MANUAL_IMAGES=1` writes the pictures of docs/manual/images anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk import editor_pages as editor
from tests.page_checks import photograph, violations, wider
from tests.site.conftest import ARTIFACTS, sign_in
from tests.site.installation import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

IMAGES = Path(__file__).parents[2] / "docs" / "manual" / "images"
PICTURES = IMAGES if os.environ.get("MINGCHUANG_MANUAL_IMAGES") == "1" else ARTIFACTS
SAVE = ".actions button:has-text('保存草稿')"
Open = Callable[..., "Page"]
BODY = "各镇人民政府：\n一、培训内容\n新修订的政府信息公开条例。\n二、培训时间\n9月3日上午。"
FIELDS = {
    "title": "关于开展政府信息公开培训的通知",
    "summary": "演示数据：安排2019年度政府信息公开业务培训。",
    "formed_on": "2019-08-19",
    "issuer": "青铜峡市人民政府办公室",
    "keywords": "培训；政府信息公开",
}


@pytest.fixture
def desk(browser: Browser, site: Served) -> Iterator[Open]:
    """A page of somebody's own, signed in; a script that fails or a refused resource fails the test."""
    contexts = []
    faults: list[str] = []

    def opened(username: str, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 860}, locale="zh-CN")
        contexts.append(context)
        context.add_init_script(
            "window.changed = []; document.addEventListener('mingchuang:changed',"
            " function (event) { window.changed.push(event.target.name); }, true);"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        sign_in(page, site, username)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def begin(page: Page, site: Served, title: str) -> str:
    """A saved draft of a policy; the address of its record."""
    page.goto(f"{site.address}/desk/records/new/")
    page.click("text=开始起草")
    for name, words in {**FIELDS, "title": title}.items():
        page.fill(f"[name={name}]", words)
    editor.rewrite(page, BODY)
    page.select_option("[name=disclosure]", "proactive")
    page.select_option("[name=theme]", "general")
    page.select_option("[name=record_class]", "C")
    page.click(SAVE)
    page.wait_for_selector("text=草稿已保存")
    return page.url.removeprefix(site.address)


def look(page: Page) -> None:
    """Tell the page that it has just been looked at again, as a browser does when its tab comes to the front."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def sound(page: Page, name: str) -> None:
    """Nothing for axe, nothing wider than the window; a picture to look at."""
    page.wait_for_load_state("networkidle")
    photograph(page, ARTIFACTS / f"{name}-{page.viewport_size['width']}.png")  # type: ignore[index]
    assert wider(page) == 0, name
    assert violations(page) == [], name


def test_a_session_that_dies_while_somebody_writes_loses_nothing(desk: Open, site: Served) -> None:
    zhang = desk("zhang")
    here = begin(zhang, site, "登录超时也不丢的通知")
    zhang.goto(f"{site.address}{here}edit/")
    zhang.fill("[name=summary]", "会话还在时写的概述")
    zhang.press("[name=summary]", "Tab")
    zhang.wait_for_selector(".autosaved:has-text('已自动保存')")
    zhang.context.clear_cookies(name="sessionid")
    zhang.fill("[name=summary]", "会话已经结束，还在写的概述")
    zhang.press("[name=summary]", "Tab")
    zhang.wait_for_selector(".autosaved.is-trouble:has-text('登录已超时')")
    zhang.wait_for_selector(".session:has-text('重新登录')")
    zhang.screenshot(path=str(ARTIFACTS / "saving-session-died.png"))
    assert zhang.input_value("[name=summary]") == "会话已经结束，还在写的概述"
    other = zhang.context.new_page()
    sign_in(other, site, "zhang")
    other.close()
    look(zhang)
    zhang.wait_for_selector(".autosaved:has-text('已自动保存')")
    zhang.goto(f"{site.address}{here}edit/")
    assert zhang.input_value("[name=summary]") == "会话已经结束，还在写的概述"
    assert "summary" in zhang.evaluate("window.changed"), "an editor on the field is told"
    zhang.click(SAVE)
    zhang.wait_for_selector("text=草稿已保存")
    assert "会话已经结束，还在写的概述" in zhang.inner_text("main")


def test_typing_follows_its_author_to_another_computer(desk: Open, site: Served) -> None:
    zhang = desk("zhang")
    here = begin(zhang, site, "换一台电脑接着写的通知")
    zhang.goto(f"{site.address}{here}edit/")
    editor.rewrite(zhang, BODY + "\n三、没有保存的一段。")
    zhang.keyboard.press("Tab")
    zhang.wait_for_selector(".autosaved:has-text('已自动保存')")
    elsewhere = desk("zhang")
    elsewhere.goto(f"{site.address}{here}edit/")
    assert "您在另一个页面打开了这一稿" in elsewhere.inner_text("[data-editors]")
    assert "没有保存的一段" not in editor.saved_value(elsewhere)
    elsewhere.evaluate("window.scrollTo(0, 0)")
    sound(elsewhere, "saving-kept")
    elsewhere.fill("[name=summary]", "先不管以前的内容，接着写")
    elsewhere.keyboard.press("Tab")
    elsewhere.wait_for_selector(".autosaved.is-trouble:has-text('请先“恢复”')")
    elsewhere.reload()
    elsewhere.click("[data-autosaved] >> text=恢复")
    assert "没有保存的一段" in editor.saved_value(elsewhere)
    elsewhere.goto(f"{site.address}{here}edit/")
    print(elsewhere.inner_text("main")[:800])
    elsewhere.click("[data-autosaved] >> text=丢弃")
    elsewhere.wait_for_selector("text=已丢弃")
    assert elsewhere.locator("[data-autosaved]").count() == 0


def test_two_who_write_at_once_see_each_other_and_merge(desk: Open, site: Served) -> None:
    zhang, zhao = desk("zhang"), desk("zhao")
    here = begin(zhang, site, "两个人同时改的通知")
    zhang.goto(f"{site.address}{here}edit/")
    zhao.goto(f"{site.address}{here}edit/")
    assert "正在编辑（" in zhao.inner_text("[data-editors]")
    sound(zhao, "saving-banner")
    zhao.click("text=仍要编辑")
    assert zhao.evaluate("document.activeElement.name") == "title"
    assert zhao.locator("[data-anyway]").count() == 0
    look(zhang)
    zhang.wait_for_selector("[data-editors] >> text=正在编辑")
    editor.rewrite(zhao, BODY.replace("9月3日上午。", "9月4日上午。").replace("各镇", "各镇、街道"))
    zhao.click(SAVE)
    zhao.wait_for_selector("text=草稿已保存")
    look(zhang)
    zhang.wait_for_selector("[data-editors] >> text=刚刚被保存过")
    editor.rewrite(zhang, BODY.replace("9月3日上午。", "9月3日下午。") + "\n三、请准时参加。")
    zhang.click(SAVE)
    zhang.wait_for_selector(".merge__part")
    assert zhang.locator(".merge__part").count() == 1
    sound(zhang, "saving-merge")
    zhang.locator(".merge").screenshot(path=str(PICTURES / "merge.png"))
    assert zhang.locator(".kept").count() == 0, "the browser's copy does not overrule the answer"
    zhang.click(".merge__part >> text=两段都要")
    zhang.click(SAVE)
    zhang.wait_for_selector("text=已经合并保存")
    body = editor.saved_value(zhang)
    assert [re.sub("<[^>]+>", "", line) for line in body.split("\n") if line] == [
        "各镇、街道人民政府：", "一、培训内容", "新修订的政府信息公开条例。", "二、培训时间",
        "9月3日下午。", "三、请准时参加。", "9月4日上午。",
    ]  # fmt: skip
    sound(zhang, "saving-merged")


@pytest.mark.parametrize("width", [1280, 390])
def test_previews_comparisons_and_times_are_readable(width: int, desk: Open, site: Served, browser: Browser) -> None:
    zhang = desk("zhang", width)
    here = begin(zhang, site, f"预览和定时公开的通知{width}")
    zhang.goto(f"{site.address}{here}previews/")
    zhang.frame_locator("iframe >> nth=0").locator("h1").wait_for()
    zhang.frame_locator("iframe >> nth=1").locator("h1").wait_for()
    if width > 1000:
        zhang.screenshot(path=str(PICTURES / "previews.png"))
    sound(zhang, "previews")
    zhang.click("text=生成预览链接 >> nth=-1")
    link = zhang.input_value("#made")
    stranger = browser.new_context(viewport={"width": width, "height": 860}, locale="zh-CN").new_page()
    stranger.goto(link)
    assert "预览·未发布·至" in stranger.inner_text(".preview-bar")
    sound(stranger, "previews-stranger")
    zhang.click("text=收回全部链接")
    stranger.goto(link)
    assert "预览链接已收回" in stranger.inner_text("h1")
    stranger.context.close()
    zhang.goto(f"{site.address}{here}submit/")
    zhang.check("[name=declared_open]")
    zhang.click("main button:has-text('送审')")
    zhang.click("text=撤回修改")
    zhang.fill("[name=note]", "时间有误")
    zhang.click("main button:has-text('撤回并另起一稿')")
    editor.rewrite(zhang, BODY.replace("9月3日上午", "9月13日下午"))
    zhang.click(SAVE)
    zhang.wait_for_selector("text=草稿已保存")
    zhang.click("text=比较任意两稿")
    zhang.wait_for_selector(".changes__text ins >> text=下")
    sound(zhang, "differences")
    zhang.goto(f"{site.address}{here}submit/")
    zhang.check("[name=declared_open]")
    zhang.click("main button:has-text('送审')")
    li = desk("li", width)
    li.goto(f"{site.address}{here}")
    li.click("text=去审签")
    li.check("[name=secrecy][value=open]")
    li.click("button:has-text('同意')")
    li.wait_for_selector("text=已签署同意")
    zhang.goto(f"{site.address}{here}schedule/")
    zhang.fill("[name=at]", "2099-01-01T09:00")
    zhang.click("main button:has-text('定时公开')")
    zhang.wait_for_selector(".summary >> text=太远")
    sound(zhang, "schedule")
    zhang.fill("[name=at]", zhang.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 16)"))
    zhang.check("[name=late]")
    zhang.click("main button:has-text('定时公开')")
    zhang.wait_for_selector("text=已定于 >> nth=0")
    sound(zhang, "schedule-set")
