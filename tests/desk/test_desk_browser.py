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
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, sync_playwright

from tests.desk.test_desk_permissions import PNG
from tests.reading import catalogue_sheet as sheets

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
    site = Served(tmp_path_factory.mktemp("desk") / "data")
    try:
        site.wait()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


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
        "/desk/gate/lists/", "/desk/gate/lists/leaders/", "/desk/gate/lists/leaders/entries/", "/desk/gate/lists/try/",
        "/desk/gate/alarms/", "/desk/gate/alarms/list/",
        "/desk/units/unit/office/abolish/", "/desk/rules/", CALCULATED, "/desk/help/", "/desk/help/review/",
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
        page.screenshot(path=str(artifacts / f"{name}-{username}-{width}.png"), full_page=True)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, (address, width)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (address, width)


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
    page.click("button:has-text('保存草稿')")
    assert page.locator("h1").inner_text() == "没有脚本也能起草"
    page.click("text=作废")
    page.fill("[name=note]", "试用")
    page.click("main button:has-text('作废')")
    assert "已作废" in page.inner_text("main")


def test_what_is_typed_survives_the_end_of_the_session(sign_in: Open, served: Served) -> None:
    page = sign_in("zhang")
    page.goto(f"{served.address}/desk/records/new/")
    page.click("text=开始起草")
    page.fill("[name=title]", "会话结束以前写的名称")
    page.wait_for_timeout(700)
    address = page.url
    page.context.clear_cookies()
    page.click("button:has-text('保存草稿')")
    page.goto(f"{served.address}/accounts/login/?next={address.removeprefix(served.address)}")
    page.fill("input[name=login]", "zhang")
    page.fill("input[name=password]", served.password("zhang"))
    page.click("main button.button--primary")
    assert page.input_value("[name=title]") == "会话结束以前写的名称"


def picture(page: Page, name: str, artifacts: Path, *, full: bool = False) -> None:
    """A picture for the manual: always taken, kept in docs only when asked for."""
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
        "body": "各镇人民政府：\n一、培训内容\n新修订的政府信息公开条例。\n二、培训时间\n9月3日上午。",
    }
    for name, words in fields.items():
        zhang.fill(f"[name={name}]", words)
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
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = Axe().run(page).response["violations"]
        if width == 1280:
            picture(page, name, artifacts, full=name in {"gate", "mask"})
        else:
            page.screenshot(path=str(artifacts / f"{name}-{width}.png"), full_page=True)
        assert wider == 0, (address, width)
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (address, width)


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
