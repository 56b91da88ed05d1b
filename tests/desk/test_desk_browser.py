"""The served desk in a real Chromium: axe at two widths, the keyboard, work without a script, the manual's pictures.

`MINGCHUANG_MANUAL_IMAGES=1` writes the pictures of docs/manual/images anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from tests import record_files
from tests.desk import editor_pages as editor
from tests.desk.test_desk_permissions import PNG
from tests.desk.test_desk_writing import word
from tests.history_sheet import BATCHES, LAND, NOTE
from tests.history_sheet import workbook as history_workbook
from tests.page_checks import photograph, violations, wider
from tests.reading import catalogue_sheet as sheets
from tests.site import installation

pytestmark = [pytest.mark.browser, pytest.mark.db, pytest.mark.slow, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "manual" / "images"
WRITES_IMAGES = os.environ.get("MINGCHUANG_MANUAL_IMAGES") == "1"
Open = Callable[..., Page]


def ordinary_environment() -> dict[str, str]:
    """The variables of a process that knows nothing of these tests."""
    ours = {"MINGCHUANG_DATA", "MINGCHUANG_DATABASE", "DJANGO_SETTINGS_MODULE", "MINGCHUANG_PORT"}
    return {key: value for key, value in os.environ.items() if key not in ours}


class Served:
    """The demonstration county in a process of its own, as `make run` starts it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.log = folder.parent / "log"
        command = [
            sys.executable,
            "-m",
            "mingchuang.site.cli",
            "run",
            "--demo",
            "--data",
            str(folder),
            "--port",
            str(port),
        ]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=ordinary_environment(),
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until it answers; fails with the log when it ends before."""
        until = time.monotonic() + 240
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/healthz", timeout=2).close()
                return
            time.sleep(0.3)
        pytest.fail(self.log.read_text("utf-8", "replace")[-3000:])

    def password(self, username: str) -> str:
        accounts = json.loads((self.folder / "demonstration").read_text("utf-8"))["accounts"]
        return next(str(row["password"]) for row in accounts if row["username"] == username)

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Served(installation.copy(tmp_path_factory.mktemp("desk") / "data", "full"))
    try:
        site.wait()
        yield site
    finally:
        site.stop()


@pytest.fixture
def sign_in(browser: Browser, served: Served) -> Iterator[Open]:
    """A page of somebody's own, signed in; a script that fails or a refused resource fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(username: str, width: int = 1280, *, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 860}, locale="zh-CN", java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        page.goto(f"{served.address}/accounts/login/?next=/desk/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", served.password(username))
        page.click("main button.button--primary")
        page.wait_for_url("**/desk/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


CALCULATED = "/desk/rules/calculator/?rule=penalty.publish&date=2019-09-26&region=640381"
PAGES = {
    "zhao": (
        "/desk/", "/desk/records/", "/desk/records/1/", "/desk/review/", "/desk/review/1/", "/desk/review/1/form/",
        "/desk/ledger/", "/desk/ledger/1/", "/desk/ledger/duties/1/", "/desk/ledger/duties/1/correct/",
        "/desk/ledger/duties/1/evidence/", "/desk/ledger/by-date/", "/desk/ledger/1/units/", "/desk/due/",
        "/desk/units/", "/desk/units/unit/office/", "/desk/units/collectives/", "/desk/units/new/",
        "/desk/catalogue/", "/desk/catalogue/items/1/", "/desk/catalogue/import/", "/desk/catalogue/versions/",
        "/desk/catalogue/execution/", "/desk/catalogue/execution/list/?state=none", "/desk/catalogue/records/2/",
        "/desk/records/numbers/", "/desk/records/history/", "/desk/figures/", "/desk/figures/interpretation/",
        "/desk/gate/lists/", "/desk/gate/lists/leaders/", "/desk/gate/lists/leaders/entries/", "/desk/gate/lists/try/",
        "/desk/gate/alarms/", "/desk/gate/alarms/list/",
        "/desk/units/unit/office/abolish/", "/desk/rules/", CALCULATED, "/desk/help/", "/desk/help/kinds/",
    ),
    "zhang": ("/desk/", "/desk/records/new/", "/desk/records/1/withdraw/", "/desk/records/1/preview/"),
    "sun": ("/desk/", "/desk/units/people/", "/desk/units/people/1/", "/desk/units/people/1/appoint/"),
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("username", PAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    username: str, width: int, sign_in: Open, served: Served, artifacts: Path
) -> None:
    page = sign_in(username, width)
    for address in PAGES[username]:
        page.goto(served.address + address)
        name = address.partition("?")[0].strip("/").replace("/", "-") or "desk"
        photograph(page, artifacts / f"{name}-{username}-{width}.png")
        assert wider(page) == 0, (address, width)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        assert violations(page, colours=width == 1280) == [], (address, width)


def test_a_field_lights_its_characters_up_and_the_keyboard_goes_through_the_duties(
    sign_in: Open, served: Served, artifacts: Path
) -> None:
    page = sign_in("zhao")
    page.goto(f"{served.address}/desk/ledger/1/")
    for _ in range(9):
        page.keyboard.press("j")
    current = page.locator(".duty.is-current")
    assert current.locator(".duty__head").inner_text().startswith("一（三）3")
    lit = "".join(page.locator(".src.is-lit").all_inner_texts())
    assert lit.startswith("3.加强行政执法结果公开") and "7个工作日内" in lit
    page.keyboard.press("k")
    assert page.locator(".duty.is-current .duty__head").inner_text().startswith("一（三）2")
    page.click(".duty:has-text('一（三）3') >> text=7个工作日内")
    assert page.locator(".src.is-lit").all_inner_texts() == ["7个工作日内"]
    box = page.locator(".src.is-lit").bounding_box()
    assert box is not None and 0 < box["y"] < 860, "what lights up is in view"
    page.screenshot(path=str(artifacts / "desk-notice-lit.png"))
    page.locator(".src", has_text="80%以上").first.click()
    assert page.evaluate("document.activeElement.dataset.lights").startswith("measure-")


def test_the_same_works_without_a_script(sign_in: Open, served: Served) -> None:
    page = sign_in("zhao", script=False)
    page.goto(f"{served.address}/desk/ledger/1/")
    page.click(".duty:has-text('一（三）3') .duty__values a >> nth=0")
    assert "#src-owner-" in page.url
    page.goto(f"{served.address}/desk/records/new/")
    page.click("text=开始起草")
    page.fill("[name=title]", "没有脚本也能起草")
    page.press("[name=title]", "Enter")
    assert page.locator("h1").inner_text() == "没有脚本也能起草"
    page.click("text=作废")
    page.fill("[name=note]", "试用")
    page.click("main button:has-text('作废')")
    assert "已作废" in page.inner_text("main")


def begin(page: Page, served: Served) -> Page:
    """A new draft, with its editor ready."""
    page.goto(f"{served.address}/desk/records/new/")
    page.click("text=开始起草")
    page.wait_for_selector(editor.BODY)
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_is_accessible_and_the_keyboard_leaves_it(
    width: int, sign_in: Open, served: Served, artifacts: Path
) -> None:
    page = begin(sign_in("zhang", width), served)
    editor.write(page, "一、任务\n（一）分工\n见下表。")
    editor.paste(page, editor.clip("wps-sheet"))
    page.screenshot(path=str(artifacts / f"editor-{width}.png"), full_page=True)
    assert wider(page) == 0
    assert violations(page) == []
    box = page.get_by_role("textbox", name="正文")
    box.press("Control+Home")
    assert editor.saved_value(page).startswith("<h2>一、任务</h2><h3>（一）分工</h3><p>见下表。</p><table>")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "word"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.closest('.jodit-toolbar__box') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("jodit-wysiwyg")


def test_what_the_cleaner_takes_is_told_and_a_paste_is_undone_by_one_key(sign_in: Open, served: Served) -> None:
    page = begin(sign_in("zhang"), served)
    editor.write(page, "先写的话。")
    editor.paste(page, editor.clip("wps-writer"))
    for said in ("图片，请作为附件上传（2处）", "隐藏的行、列或者文字", "修订中删除的文字", "批注", "共3行"):
        assert said in editor.told(page)
    assert "<h2>一、加强组织领导</h2><p>■明确专人</p>" in editor.saved_value(page)
    page.keyboard.press("Control+z")
    assert editor.saved_value(page) == "<p>先写的话。</p>"
    # Through the system's clipboard, from another page.
    source = page.context.new_page()
    source.set_content("<table border=1><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")
    source.keyboard.press("Control+a")
    source.keyboard.press("Control+c")
    page.bring_to_front()
    page.keyboard.press("Control+v")
    page.wait_for_selector(".pasted >> text=共2行")
    assert '<td rowspan="2">甲</td><td>乙</td>' in editor.saved_value(page)
    cells = page.locator(f"{editor.BODY} td")
    cells.nth(1).hover()
    page.mouse.down()
    cells.nth(2).hover()
    page.mouse.up()
    page.click(".jodit-popup .jodit-toolbar-button_merge button")
    assert "乙<br>丙" in editor.saved_value(page)
    page.click("main .actions button:has-text('保存草稿')")
    assert "草稿已保存" in page.inner_text(".flash") and page.locator(".doc td").count() == 2


def test_five_thousand_rows_pasted_are_refused_in_words_and_what_was_written_stays(
    sign_in: Open, served: Served
) -> None:
    page = begin(sign_in("zhang"), served)
    editor.write(page, "先写的话。")
    row = "<tr>" + "".join(f"<td class=xl66>格{n}</td>" for n in range(7)) + "</tr>"
    editor.paste(page, f"<table>{row * 5000}</table>")
    assert "5000行" in editor.told(page) and "XLSX" in editor.told(page)
    assert editor.saved_value(page) == "<p>先写的话。</p>"
    page.keyboard.type("接着写。")
    assert "接着写。" in editor.saved_value(page)


def test_without_the_server_a_paste_keeps_its_words(sign_in: Open, served: Served) -> None:
    page = begin(sign_in("zhang"), served)
    page.context.clear_cookies()
    editor.paste(page, "<table><tr><td>甲</td></tr></table>", "一、甲\n乙<丙")
    assert "没有连上服务器" in editor.told(page)
    assert editor.saved_value(page) == "<p>一、甲</p><p>乙＜丙</p>"


def test_files_are_dropped_and_chosen_and_each_tells_its_own_end(
    sign_in: Open, served: Served, artifacts: Path
) -> None:
    page = begin(sign_in("zhang"), served)
    chosen = {
        "表.pdf": record_files.pdf(),
        "包.zip": record_files.packed("x"),
        "宏.docx": record_files.docx(word__vbaProject_bin=b"x"),
    }
    page.set_input_files(
        "[name=added]", [{"name": name, "mimeType": "x/x", "buffer": data} for name, data in chosen.items()]
    )
    editor.drop(page, "名单.csv", "序号,名称\n1,甲")
    page.wait_for_selector("[data-files] >> text=名单.csv", timeout=60_000)
    states = page.locator(".drop__file").all_inner_texts()
    assert [("已添加" in one, "压缩包" in one, "宏" in one) for one in states] == [
        (True, False, False), (False, True, False), (False, False, True), (True, False, False),
    ]  # fmt: skip
    picture(page, "attachments", artifacts, at=".drop")
    assert page.locator("[data-files] .files__name a").all_inner_texts() == ["表.pdf", "名单.csv"]
    page.fill("[name=title]", "带附件的草稿")
    page.click("main .actions button:has-text('保存草稿')")
    page.click(".files__look >> nth=0")
    page.wait_for_selector(".pages img")
    assert page.locator(".pages img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 900
    assert violations(page) == []


def test_a_word_file_fills_the_body_after_it_was_shown(sign_in: Open, served: Served, artifacts: Path) -> None:
    page = begin(sign_in("zhang", 390), served)
    editor.write(page, "先写的话。")
    page.click("button:has-text('从 Word 文件填入正文')")
    page.set_input_files("[name=file]", [{"name": "通知.docx", "mimeType": "x/x", "buffer": word(header="页眉字")}])
    page.click("button:has-text('读取文件')")
    assert "页眉（1处）没有放进正文" in page.inner_text("main")
    page.screenshot(path=str(artifacts / "word-390.png"), full_page=True)
    assert violations(page) == []
    page.click("button:has-text('放进正文')")
    page.wait_for_selector(editor.BODY)
    assert editor.saved_value(page).startswith("先写的话。\n\n各镇人民政府：")
    assert page.locator(f"{editor.BODY} th[colspan='2']").inner_text() == "时限"


def test_what_is_typed_survives_the_end_of_the_session(sign_in: Open, served: Served) -> None:
    page = sign_in("zhang")
    page.goto(f"{served.address}/desk/records/new/")
    page.click("text=开始起草")
    page.fill("[name=title]", "会话结束以前写的名称")
    page.wait_for_timeout(700)
    address = page.url
    page.context.clear_cookies()
    page.click("main .actions button:has-text('保存草稿')")
    page.goto(f"{served.address}/accounts/login/?next={address.removeprefix(served.address)}")
    page.fill("input[name=login]", "zhang")
    page.fill("input[name=password]", served.password("zhang"))
    page.click("main button.button--primary")
    assert page.input_value("[name=title]") == "会话结束以前写的名称"


def picture(page: Page, name: str, artifacts: Path, *, full: bool = False, at: str = "") -> None:
    """A picture for the manual: always taken, kept in docs only when asked for; `at` one part of the page alone."""
    if at:
        path = (IMAGES if WRITES_IMAGES else artifacts) / f"{name}.png"
        page.locator(at).screenshot(path=str(path))
        return
    if name != "notice":
        page.evaluate("window.scrollTo(0, 0)")
    folder = IMAGES if WRITES_IMAGES else artifacts
    path = folder / f"{name}.png"
    page.screenshot(path=str(path), full_page=full)
    assert path.stat().st_size > 10_000


def test_a_text_goes_from_the_clerk_to_the_public_and_the_manual_shows_it(
    sign_in: Open, served: Served, artifacts: Path, browser: Browser
) -> None:
    zhang = sign_in("zhang")
    zhang.goto(f"{served.address}/desk/records/new/")
    zhang.click("text=开始起草")
    fields = {
        "title": "青铜峡市人民政府办公室关于开展政府信息公开培训的通知",
        "summary": "演示数据：安排2019年度政府信息公开业务培训。",
        "formed_on": "2019-08-19",
        "issuer": "青铜峡市人民政府办公室",
        "keywords": "培训；政府信息公开",
    }
    for name, words in fields.items():
        zhang.fill(f"[name={name}]", words)
    editor.write(
        zhang, "各镇人民政府：\n一、培训内容\n新修订的政府信息公开条例。\n二、培训时间\n9月3日上午。\n三、经费安排"
    )
    editor.paste(zhang, editor.clip("wps-sheet"))
    zhang.evaluate("document.querySelector('.jodit-wysiwyg').scrollTop = 0")
    picture(zhang, "editor", artifacts, at=".field--body")
    zhang.select_option("[name=disclosure]", "proactive")
    zhang.select_option("[name=theme]", "general")
    zhang.select_option("[name=record_class]", "B")
    picture(zhang, "edit", artifacts)
    zhang.click("text=保存并送审")
    zhang.check("[name=declared_open]")
    picture(zhang, "submit", artifacts)
    zhang.click("main button:has-text('送审')")
    assert "代录纸质签批" in zhang.inner_text("main")
    here = zhang.url

    li = sign_in("li")
    picture(li, "inbox", artifacts)
    li.click("text=关于开展政府信息公开培训的通知")
    li.check("[name=secrecy][value=open]")
    picture(li, "review", artifacts)
    li.click("button:has-text('同意')")
    assert "已签署同意" in li.inner_text("main")

    zhang.goto(here)
    zhang.click("text=打印审签单 >> nth=0")
    picture(zhang, "slip", artifacts)
    zhang.goto(here)
    zhang.click("text=代录纸质签批")
    zhang.select_option("[name=signer]", label="王签发（市政府办公室签发人）")
    zhang.set_input_files("[name=file]", [{"name": "审签单.png", "mimeType": "image/png", "buffer": PNG}])
    zhang.check("[name=secrecy][value=open]")
    zhang.click("button:has-text('登记签批')")
    zhang.goto(here)
    zhang.click("main button:has-text('公开')")
    assert "已公开" in zhang.inner_text("main")
    zhang.click("text=公众看到的页面")
    assert fields["title"] in zhang.inner_text("main")
    assert zhang.locator(".doc h2").all_inner_texts() == ["一、培训内容", "二、培训时间", "三、经费安排"]
    for address in (zhang.url, f"{here}preview/"):
        for width in (1280, 390):
            zhang.set_viewport_size({"width": width, "height": 860})
            zhang.goto(address)
            heads, cells = zhang.locator(".doc th"), zhang.locator(".doc td[rowspan='3']")
            assert (heads.count(), cells.count()) == (7, 10), address
            assert zhang.locator(".doc tr").count() == 32
            assert cells.first.evaluate("e => getComputedStyle(e).textAlign") == "center"
            figure = zhang.locator(".doc td.align-right").first
            assert figure.evaluate("e => getComputedStyle(e).textAlign") == "right"
            lines = (
                "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects().length }"
            )
            assert figure.evaluate(lines) == 1, "a figure isn't broken"
            name = "preview" if "preview" in address else "public"
            zhang.screenshot(path=str(artifacts / f"pasted-{name}-{width}.png"), full_page=True)
            assert wider(zhang) == 0, (address, width)

    zhao = sign_in("zhao")
    for address, name in (
        ("/desk/ledger/duties/1/", "duty"),
        ("/desk/due/", "due"),
        ("/desk/units/", "units"),
        (CALCULATED, "calculator"),
        ("/", "public"),
    ):
        zhao.goto(served.address + address)
        picture(zhao, name, artifacts)
    zhao.goto(f"{served.address}/units/approval/")
    zhao.click("text=保留的证明事项清单（演示，第二版）")
    assert "新增1项、取消1项、保留2项" in zhao.inner_text("main")
    picture(zhao, "kind-list", artifacts, full=True)
    zhao.goto(f"{served.address}/desk/ledger/1/")
    for _ in range(9):
        zhao.keyboard.press("j")
    zhao.wait_for_timeout(400)  # the light fades in
    picture(zhao, "notice", artifacts)
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    door = context.new_page()
    door.goto(f"{served.address}/accounts/login/")
    picture(door, "login", artifacts)
    context.close()


@pytest.fixture(scope="module")
def staged(served: Served) -> dict[str, int]:
    """Records that the demonstration does not have, made beside it (`tests.desk.gate_stage`)."""
    command = [sys.executable, "-m", "tests.desk.gate_stage", str(served.folder)]
    environment = ordinary_environment()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_gate_its_masking_tables_and_boards_are_sound_pages(
    width: int, sign_in: Open, served: Served, staged: dict[str, int], artifacts: Path
) -> None:
    page = sign_in("zhang", width)
    gate = f"/desk/records/{staged['findings']}/gate/"
    budget = f"/desk/records/{staged['tables']}/tables/balance/"
    for address, name in (
        (gate, "gate"),
        (f"{gate}mask/", "mask"),
        (budget, "rows"),
        (f"/desk/records/{staged['board']}/post/", "board"),
    ):
        page.goto(served.address + address)
        assert page.locator("h1").count() == 1, address
        if width == 1280:
            picture(page, name, artifacts, full=name in {"gate", "mask"})
        else:
            photograph(page, artifacts / f"{name}-{width}.png")
        assert wider(page) == 0, (address, width)
        assert violations(page, colours=width == 1280) == [], (address, width)


def test_a_list_is_imported_tried_and_shown_without_a_script(
    sign_in: Open, served: Served, staged: dict[str, int], artifacts: Path
) -> None:
    zhao = sign_in("zhao", script=False)
    zhao.goto(f"{served.address}/desk/gate/lists/sensitive/")
    words = "词语,建议\n报名,\n".encode()
    zhao.set_input_files("[name=file]", [{"name": "词表.csv", "mimeType": "text/csv", "buffer": words}])
    zhao.click("main button:has-text('导入')")
    assert "现有1条" in zhao.inner_text("body")
    zhao.goto(f"{served.address}/desk/gate/lists/")
    picture(zhao, "gate-lists", artifacts)
    zhao.goto(f"{served.address}/desk/gate/lists/try/")
    zhao.click("main button:has-text('查一查')")
    assert zhao.locator("main mark").count() >= 4
    zhang = sign_in("zhang", script=False)
    zhang.goto(f"{served.address}/desk/records/{staged['findings']}/gate/")
    assert "报名" in zhang.locator("main mark").all_inner_texts()
    zhang.click("text=遮蔽全部个人信息")
    zhang.uncheck("tr:has-text('固定电话') input")
    zhang.click("text=遮蔽勾选的内容")
    assert "已遮蔽1处" in zhang.inner_text("body")
    zhao.goto(f"{served.address}/desk/gate/lists/sensitive/clear/")
    zhao.fill("[name=note]", "试完清空")
    zhao.check("[name=sure]")
    zhao.click("main button:has-text('清空')")
    assert "没有内容" in zhao.inner_text("main")


def test_a_catalogue_with_faults_shows_each_and_a_sound_one_is_accepted(
    sign_in: Open, served: Served, artifacts: Path
) -> None:
    zhao = sign_in("zhao")
    zhao.goto(f"{served.address}/desk/catalogue/execution/")
    picture(zhao, "catalogue-matrix", artifacts)
    zhao.goto(f"{served.address}/desk/catalogue/import/")
    rows = sheets.lines()
    zhao.set_input_files("[name=file]", [workbook("目录.xlsx", sheets.planted(rows))])
    zhao.click("main button:has-text('上传并核对')")
    assert zhao.locator("#faults ~ .tablewrap tbody tr").count() == len(sheets.PLANTED)
    picture(zhao, "catalogue-import", artifacts)
    zhao.set_input_files("[name=file]", [workbook("目录.xlsx", rows)])
    zhao.click("main button:has-text('上传并核对')")
    zhao.click("main button:has-text('采用为新一版')")
    assert f"共{len(rows)}行" in zhao.inner_text("body")
    zhao.goto(f"{served.address}/desk/catalogue/versions/")
    zhao.click("text=与第1版的不同")
    assert "新增" in zhao.inner_text("main")


def workbook(name: str, rows: list[sheets.Line]) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": sheets.workbook(rows)}


def test_numbers_history_and_figures_are_shown(sign_in: Open, served: Served, artifacts: Path) -> None:
    zhao = sign_in("zhao")
    zhao.goto(f"{served.address}/desk/records/numbers/")
    zhao.click("main tbody a >> nth=0")
    zhao.click("text=说明缺号")
    told = {"first": "11", "last": "12", "note": "演示：省平台的旧栏目已经用过。"}
    for name, words in told.items():
        zhao.fill(f"[name={name}]", words)
    zhao.check("[name=reason][value=elsewhere]")
    zhao.click("main button.button--primary")
    assert "在别的系统使用" in zhao.inner_text("main")
    picture(zhao, "numbers", artifacts)

    zhao.goto(f"{served.address}/desk/figures/interpretation/")
    picture(zhao, "figures", artifacts)
    zhao.click("main tbody tr:last-child a >> nth=0")
    assert zhao.locator("main .items .item").count() > 0

    zhao.goto(f"{served.address}/desk/records/history/")
    zhao.fill("[name=note]", NOTE)
    faulty = [BATCHES[0], (*BATCHES[1][:2], "一亩", *BATCHES[1][3:])]
    for rows in (faulty, list(BATCHES)):
        file = FilePayload(
            name="历史批次.xlsx", mimeType="application/octet-stream", buffer=history_workbook(LAND, *rows)
        )
        zhao.set_input_files("[name=file]", [file])
        zhao.click("main button:has-text('上传并核对')")
        if rows is faulty:
            assert zhao.locator("#faults ~ .tablewrap tbody tr").count() == 1
    picture(zhao, "history-import", artifacts)
    zhao.click("main button:has-text('导入')")
    zhao.goto(f"{served.address}/desk/records/?q=2011年第1批次")
    zhao.click("main .items a >> nth=0")
    zhao.click("text=公众看到的页面")
    assert "没有重新审签" in zhao.inner_text("main")


def test_who_was_heard_is_filled_in_row_by_row_without_a_script(sign_in: Open, served: Served, artifacts: Path) -> None:
    zhang = sign_in("zhang", script=False)
    zhang.goto(f"{served.address}/desk/records/new/")
    zhang.click("text=开始起草")
    zhang.fill("[name=title]", "青铜峡市人民政府办公室关于优化企业开办服务的通知")
    zhang.select_option("[name=business]", "yes")
    zhang.click("button[name=table][value=consultations]")
    zhang.click("a:has-text('逐条填写')")
    chosen = {"asked": "enterprise", "way": "meeting", "adoption": "adopted"}
    typed = {"name": "示例食品有限公司（演示）", "asked_on": "2019-08-02", "opinion": "希望一次提交全部材料。"}
    for name, value in chosen.items():
        zhang.select_option(f"[name={name}]", value)
    for name, words in typed.items():
        zhang.fill(f"[name={name}]", words)
    zhang.fill("[name=evidence]", "座谈会签到表")
    picture(zhang, "consultation", artifacts)
    zhang.set_input_files("[name=file]", [{"name": "签到表.png", "mimeType": "image/png", "buffer": PNG}])
    zhang.click("main button:has-text('保存') >> nth=0")
    assert "示例食品有限公司（演示）" in zhang.inner_text("main table")
    assert "证据文件指纹" not in zhang.inner_text("main table")
