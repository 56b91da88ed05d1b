"""allauth's pages in our look: all Chinese, with the notice; and a session that a question doesn't prolong."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from mingchuang.core import do, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import User

pytestmark = [pytest.mark.db, pytest.mark.django_db]

NOTICE = "非涉密系统，严禁存储、处理国家秘密和工作秘密"
PASSWORD = "Kai-Chuang-2019!"


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.account_addresses"


@pytest.fixture
def signed_in(client: Client) -> Client:
    """A clerk who has just given the password."""
    person = do.add_person(Actor.system(), name="张经办")
    do.open_account(person, Actor.system(), username="zhang", password=PASSWORD)
    answer = client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def page(client: Client, address: str, **post: str) -> LexborHTMLParser:
    """A page that was answered with 200, after its redirects."""
    answer = client.post(address, post, follow=True) if post else client.get(address, follow=True)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def english(tree: LexborHTMLParser) -> list[str]:
    """Words of Latin letters that a reader would meet, apart from names and secrets."""
    body = tree.css_first("body")
    assert body is not None
    for hidden in body.css("script, .mono, textarea"):
        hidden.decompose()
    return [
        word for word in re.findall(r"[A-Za-z]{3,}", body.text(separator=" ")) if word not in {"zhang", "SHA", "TOTP"}
    ]


PUBLIC = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/locked/"]
OWN = ["/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_pages_before_signing_in(client: Client, address: str) -> None:
    tree = page(client, address)
    assert english(tree) == []
    assert NOTICE in tree.text()
    assert [len(tree.css(part)) for part in ("main", "h1", "a.skip")] == [1, 1, 1]
    assert tree.css_first("html").attributes["lang"] == "zh-CN"  # type: ignore[union-attr]


@pytest.mark.parametrize("address", OWN)
def test_pages_of_ones_own_account(signed_in: Client, address: str) -> None:
    tree = page(signed_in, address)
    assert english(tree) == []
    assert NOTICE in tree.text()
    assert len(tree.css("h1")) == 1
    assert tree.css("main input, main a.button, main button")


def test_two_steps_are_set_up_with_a_code_to_scan(signed_in: Client) -> None:
    again = page(signed_in, "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/")
    assert again.css_first("input[type=password]") is not None
    tree = page(signed_in, "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", password=PASSWORD)
    assert tree.css_first("img.shown") is not None
    assert tree.css_first("input#authenticator_secret[disabled]") is not None
    assert english(tree) == []


def test_empty_and_wrong_entries_are_explained_on_top(client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "", "password": ""})
    tree = LexborHTMLParser(answer.content.decode())
    assert [a.text() for a in tree.css(".summary a")] == ["请填写账号。", "请填写密码。"]
    assert [a.attributes["href"] for a in tree.css(".summary a")] == ["#id_login", "#id_password"]
    wrong = client.post("/accounts/login/", {"login": "nobody", "password": "x"}).content.decode()
    assert "账号或密码不正确" in wrong


def test_nothing_inline(signed_in: Client) -> None:
    for address in ("/accounts/login/", *OWN):
        html = signed_in.get(address, follow=True).content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html), address


def seconds(client: Client) -> int:
    found = client.get("/desk/session/").json()
    assert found["signed_in"] is True
    return int(found["seconds"])


def test_asking_does_not_prolong_the_session_and_working_does(signed_in: Client, settings: Any) -> None:
    assert settings.SESSION_SAVE_EVERY_REQUEST
    full = seconds(signed_in)
    assert settings.SESSION_COOKIE_AGE - 60 <= full <= settings.SESSION_COOKIE_AGE
    row = Session.objects.get()
    Session.objects.filter(pk=row.pk).update(expire_date=now.now() + timedelta(seconds=90))
    assert seconds(signed_in) <= 90
    assert seconds(signed_in) <= 90
    signed_in.get("/desk/")
    assert seconds(signed_in) > 90


def test_a_session_that_ended_says_so(signed_in: Client) -> None:
    Session.objects.all().delete()
    assert signed_in.get("/desk/session/").json() == {"signed_in": False, "seconds": 0}


def test_the_answer_is_never_kept(signed_in: Client) -> None:
    answer = signed_in.get("/desk/session/")
    assert "no-store" in answer["Cache-Control"]
    assert signed_in.post("/desk/session/").status_code == 405


def second_step(client: Client) -> list[str]:
    """Switch the second step of the one account on, and sign out; the recovery codes."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = User.objects.get()
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    return codes


STRANGE = ("代码", "双因素", "账户", "帐户", "口令", "用户名", "身份验证器", "你的", "<ul", "&lt;", "错误代码", "无效")


def plain_words(tree: LexborHTMLParser) -> None:
    """Chinese, one term for one thing, no markup shown as text."""
    words = tree.css_first("main").text()  # type: ignore[union-attr]
    assert english(tree) == []
    assert [word for word in STRANGE if word in words] == []


@pytest.mark.parametrize("address", [*PUBLIC, "/accounts/inactive/"])
def test_the_words_before_signing_in(client: Client, address: str) -> None:
    plain_words(page(client, address))


@pytest.mark.parametrize("address", [*OWN, "/accounts/reauthenticate/"])
def test_the_words_on_ones_own_account(signed_in: Client, address: str) -> None:
    plain_words(page(signed_in, address))


def test_the_words_of_the_second_step_from_signing_in_to_switching_off(signed_in: Client) -> None:
    codes = second_step(signed_in)
    plain_words(page(signed_in, "/accounts/2fa/authenticate/"))
    wrong = page(signed_in, "/accounts/2fa/authenticate/", code="000000")
    plain_words(wrong)
    assert "验证码不正确" in wrong.css_first("main").text()  # type: ignore[union-attr]
    page(signed_in, "/accounts/2fa/authenticate/", code=codes[0])
    page(signed_in, "/accounts/reauthenticate/", password=PASSWORD)
    for address in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/"):
        tree = page(signed_in, f"/accounts/2fa/{address}")
        plain_words(tree)
        assert len(tree.css("h1")) == 1
    assert codes[1] in page(signed_in, "/accounts/2fa/recovery-codes/").css_first("ul.codes").text()  # type: ignore[union-attr]
    tree = page(signed_in, "/accounts/2fa/totp/deactivate/", csrf="")
    assert "两步验证已停用" in tree.css_first("main").text()  # type: ignore[union-attr]


def test_a_wrong_code_is_a_refusal_on_the_account(signed_in: Client) -> None:
    from mingchuang.core.models import Event

    second_step(signed_in)
    page(signed_in, "/accounts/2fa/authenticate/", code="000000")
    assert Event.objects.get(move="refuse_sign_in").data["reason"] == "second_factor"


def test_a_new_password_that_will_not_do_is_told_in_chinese(signed_in: Client) -> None:
    given = {"oldpassword": "x", "password1": "123", "password2": "124"}
    tree = page(signed_in, "/accounts/password/change/", **given)
    plain_words(tree)
    told = tree.css_first(".summary").text()  # type: ignore[union-attr]
    assert "当前密码不正确" in told and "密码太短，至少要10个字符" in told


def test_the_time_of_a_lock_out_is_the_one_that_pages_tell(client: Client, settings: Any) -> None:
    assert (settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME) == (5, 0.5)
    for address in ("/accounts/login/", "/accounts/locked/"):
        words = page(client, address).css_first("main").text()  # type: ignore[union-attr]
        assert "连续输错5次" in words and "半小时" in words


def test_the_head_leads_to_password_second_step_and_out(signed_in: Client) -> None:
    head = page(signed_in, "/accounts/2fa/").css_first("header")
    found = [link.attributes["href"] for link in head.css(".fold a")]  # type: ignore[union-attr]
    assert found == ["/accounts/password/change/", "/accounts/2fa/", "/", "/accounts/logout/"]
