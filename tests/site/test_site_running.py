"""The running demonstration site as visitors meet it: who gets in, what is marked, what every answer carries."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.site import installation
from tests.site.conftest import password_of
from tests.site.installation import Served
from tests.site.visitor import Answer, Visitor

pytestmark = pytest.mark.slow

PUBLIC = ("/", "/about/", "/units/", "/units/office/", "/years/", "/records/1/", "/ledger/", "/ledger/1/", "/search/")
SECRECY = "非涉密系统，严禁存储、处理国家秘密和工作秘密"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A site of this file's own: documents are published and withdrawn on it."""
    with installation.served(installation.copy(tmp_path_factory.mktemp("running") / "site")) as running:
        yield running


def signed_in(answer: Answer, visitor: Visitor) -> bool:
    return answer.status == 302 and visitor.ask("/desk/").status == 200


def test_demonstration_accounts_open_on_this_machine(site: Served) -> None:
    visitor = Visitor(site.address)
    assert signed_in(visitor.sign_in("li", password_of(site, "li")), visitor)
    desk = visitor.ask("/desk/")
    assert "李初审" in desk.text
    assert desk.headers["content-security-policy"]


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Host", "X-Forwarded-Proto"]
)
def test_they_do_not_open_for_a_forwarded_request(site: Served, header: str) -> None:
    visitor = Visitor(site.address, {header: "127.0.0.1"})
    answer = visitor.sign_in("chen", password_of(site, "chen"))
    assert answer.status in {200, 429}, "the form comes back"
    assert visitor.ask("/desk/").status == 302


def test_they_do_not_open_under_another_name(site: Served) -> None:
    visitor = Visitor(site.address, {"Host": "www.example.gov.cn"})
    assert visitor.ask("/accounts/login/").status == 400
    with installation.served(site.data, MINGCHUANG_HOSTS="127.0.0.1,www.example.gov.cn") as named:
        visitor = Visitor(named.address, {"Host": "www.example.gov.cn"})
        assert visitor.sign_in("chen", password_of(site, "chen")).status in {200, 429}, (
            "refused, or locked out by tests before"
        )
        assert visitor.ask("/desk/").status == 302


def test_they_do_not_open_on_a_server_that_others_can_reach(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    with installation.served(data, host="0.0.0.0", MINGCHUANG_HOSTS="127.0.0.1") as site:  # noqa: S104
        visitor = Visitor(site.address)
        assert visitor.sign_in("li", password_of(site, "li")).status == 200
        assert visitor.ask("/desk/").status == 302


def test_secrets_are_their_owners_alone(site: Served) -> None:
    for name in ("secret.key", "demonstration", "db.sqlite3"):
        assert stat.S_IMODE((site.data / name).stat().st_mode) == 0o600, name
    for name in ("files", "backups", "index"):
        assert stat.S_IMODE((site.data / name).stat().st_mode) == 0o700, name


@pytest.mark.parametrize("path", [*PUBLIC, "/search/?q=公开", "/no/such/page/"])
def test_every_demonstration_page_says_so(site: Served, path: str) -> None:
    page = Visitor(site.address).ask(quote(path, safe="/?="))
    assert "演示数据" in page.text
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    for registered in ("国徽", "SiteIDCode", "ICP", "公网安备"):
        assert registered not in page.text
    assert Visitor(site.address).ask("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", [*PUBLIC, "/search/?q=公开", "/feed.xml", "/no/such/page/"])
def test_public_answers_set_no_cookie_and_carry_a_policy(site: Served, path: str) -> None:
    answer = Visitor(site.address).ask(quote(path, safe="/?="))
    assert answer.status == (404 if "such" in path else 200)
    assert "set-cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("vary", "").lower()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" not in answer.headers


def test_a_signed_in_clerk_gets_the_same_public_pages(site: Served) -> None:
    clerk, citizen = Visitor(site.address), Visitor(site.address)
    assert clerk.sign_in("zhang", password_of(site, "zhang")).status == 302
    for path in ("/search/?q=" + quote("公开"), "/records/1/", "/no/such/page/"):
        seen, same = clerk.ask(path), citizen.ask(path)
        assert "set-cookie" not in seen.headers
        assert seen.body == same.body


@pytest.mark.parametrize("asked", ["en", "en-US,en;q=0.9", "ug", "zh-TW", "xx-invalid, *;q=0.1"])
def test_there_is_one_language(site: Served, asked: str) -> None:
    plain = Visitor(site.address)
    foreign = Visitor(site.address, {"Accept-Language": asked})
    for path in ("/search/?q=x", "/no/such/page/"):
        assert foreign.ask(path).body == plain.ask(path).body
    login = foreign.ask("/accounts/login/").text
    assert "登录工作台" in login
    assert "Username" not in login
    assert "Password" not in login
    assert "Remember" not in login
    wrong = foreign.sign_in("nobody", "wrong-password")
    assert "The username" not in wrong.text


def test_sign_in_and_upload_say_what_may_not_come_in(site: Served) -> None:
    visitor = Visitor(site.address)
    assert SECRECY in visitor.ask("/accounts/login/").text
    visitor.sign_in("zhao", password_of(site, "zhao"))
    load = visitor.ask("/desk/ledger/").text
    assert 'type="file"' in load
    assert SECRECY in load


@pytest.mark.parametrize(
    "path",
    [
        "/records/9999999999999999999999/",
        "/records/999999999999999999/",
        "/records/0/",
        "/records/1%00/",
        "/records/1/files/%00/x",
        "/units/%00/",
        "/units/no-such-unit/",
        "/units/office/2026/99999999/",
        "/years/2026/0/",
        "/years/99999/",
        "/ledger/%ff%fe/",
        "/ledger/999999999999999999/",
        "/search/?q=%00",
        "/search/?q=" + "%E5%85%AC" * 3000,
        "/search/?page=99999999999999999999&unit=%00&year=x&kind=%27%22",
        "/search/?q=%ED%A0%80",
        "/..%2f..%2fsecret.key",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../secret.key",
        "/.press/journal",
        "//evil.example/",
        "/accounts/login/?next=//evil.example/",
        "/accounts/login/?next=%00",
    ],
)
def test_whatever_is_asked_never_breaks(site: Served, path: str) -> None:
    answer = Visitor(site.address).ask(path)
    assert answer.status in {200, 301, 302, 400, 404, 414, 431}, answer.text[:500]
    assert "Traceback" not in answer.text
    if answer.status in {301, 302}:
        assert not answer.headers["location"].startswith("//")


def test_public_pages_refuse_what_would_change_them(site: Served) -> None:
    for path in PUBLIC:
        assert Visitor(site.address).ask(path, "POST", {"a": "b"}).status in {403, 405}, path


def act(site: Served, *words: str) -> str:
    """Another process publishes or withdraws on the running site's data."""
    program = Path(__file__).with_name("acting.py")
    environment = installation.environment(site.data, MINGCHUANG_ADDRESS=site.address)
    done = subprocess.run(
        [sys.executable, str(program), *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def soon(condition: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"after {seconds} s still not: {what}"
        time.sleep(0.05)


def test_published_it_is_everywhere_and_withdrawn_it_is_gone_everywhere(own: Served) -> None:
    visitor = Visitor(own.address)
    title = "测试文件：青铜峡渠首水文观测资料公开目录"
    key = act(own, "publish", title)
    page = f"/records/{key}/"
    link = f'href="{page}"'
    year = time.strftime("%Y")

    def found() -> bool:
        return link in visitor.ask("/search/?q=" + quote("渠首水文")).text

    soon(lambda: visitor.ask(page).status == 200, "the page is there")
    soon(found, "the search finds it")
    lists = ("/", "/units/office/", f"/units/office/{year}/", f"/years/{year}/")
    for path in lists:
        soon(lambda path=path: link in visitor.ask(path).text, f"{path} lists it")  # type: ignore[misc]
    assert page in visitor.ask("/feed.xml").text
    assert page in visitor.ask("/sitemap.xml").text
    (attachment,) = (
        "/" + quote(str(path.relative_to(own.data / "public")))
        for path in (own.data / "public" / "records" / key / "files").rglob("*.txt")
    )
    assert visitor.ask(attachment).text == f"附件：{title}"
    assert visitor.ask(f"{page}record.json").status == 200

    act(own, "withdraw", key)
    soon(lambda: "撤" in visitor.ask(page).text, "the tombstone stands")
    soon(lambda: not found(), "the search forgets it")
    tombstone = visitor.ask(page)
    assert tombstone.status == 200
    assert "内容有误" in tombstone.text
    assert "附件" not in tombstone.text
    assert visitor.ask(f"{page}record.json").status == 404
    assert visitor.ask(attachment).status == 404
    for path in lists:
        soon(lambda path=path: link not in visitor.ask(path).text, f"{path} lists it no more")  # type: ignore[misc]
    assert page not in visitor.ask("/feed.xml").text
    assert page not in visitor.ask("/sitemap.xml").text


def test_by_https_every_answer_says_so(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    address = "https://www.example.gov.cn"
    with installation.served(data, demo=False, MINGCHUANG_ADDRESS=address, MINGCHUANG_PROXIES="127.0.0.1") as site:
        proxy = {"Host": "www.example.gov.cn", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        visitor = Visitor(site.address, proxy)
        for path in ("/", "/search/?q=a", "/accounts/login/", "/no/such/"):
            assert visitor.ask(path).headers["strict-transport-security"].startswith("max-age=31536000"), path
        login = visitor.ask("/accounts/login/")
        assert "secure" in login.headers["set-cookie"].lower()
        assert f'<link rel="canonical" href="{address}/">' in visitor.ask("/").text
        assert f"{address}/records/1/" in visitor.ask("/feed.xml").text
