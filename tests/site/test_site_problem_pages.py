"""What went wrong inside the desk is said inside the desk; limits are told in Chinese, with what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from mingchuang.core import do
from mingchuang.core.actor import Actor

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PASSWORD = "Kai-Chuang-2019!"


@pytest.fixture
def clerk(client: Client) -> Client:
    person = do.add_person(Actor.system(), name="张经办")
    do.open_account(person, Actor.system(), username="zhang", password=PASSWORD)
    assert client.post("/accounts/login/", {"login": "Zhang", "password": PASSWORD}).status_code == 302
    return client


def in_desk(answer: Any, status: int) -> str:
    """The words of a page that has the desk's navigation and a way back to 待办."""
    assert answer.status_code == status
    tree = LexborHTMLParser(answer.content.decode())
    assert len(tree.css("nav a[href='/desk/records/']")) >= 1
    assert "返回待办" in [link.text() for link in tree.css("main a[href='/desk/']")] or status == 403
    assert [len(tree.css(part)) for part in ("main", "h1")] == [1, 1]
    main = tree.css_first("main")
    assert main is not None
    return main.text()


@pytest.mark.parametrize("address", ["/desk/nothing/", "/desk/records/424242/", "/desk/units/people/"])
def test_an_address_that_leads_nowhere_in_the_desk(clerk: Client, address: str) -> None:
    assert "没有这个页面，或者不归您办理" in in_desk(clerk.get(address), 404)


def test_strangers_and_citizens_get_the_public_page(client: Client) -> None:
    for address in ("/desk/nothing/", "/nothing/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有找到这个页面" in answer.content.decode()


def test_a_form_that_expired_is_told_in_the_desk(clerk: Client) -> None:
    clerk.handler.enforce_csrf_checks = True
    assert "表单已过期" in in_desk(clerk.post("/desk/records/new/", {"x": "y"}), 403)


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_text_too_large_is_refused_by_its_length_before_it_is_parsed(
    clerk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, content_type: str
) -> None:
    from django.http import HttpRequest

    from mingchuang.site import problem_pages

    monkeypatch.setattr(problem_pages, "MOST_BYTES", 1000)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

    def parsed(self: HttpRequest) -> None:
        raise AssertionError("the form was parsed")

    body = b"text=" + b"a" * (3 * 2**20)
    sent = content_type + ("; boundary=x" if content_type.startswith("multipart") else "")
    with monkeypatch.context() as patched:
        patched.setattr(HttpRequest, "_load_post_and_files", parsed)
        answer = clerk.post("/desk/records/new/", body, content_type=sent)
    assert "正文最多约69万字" in in_desk(answer, 413)


def test_a_text_too_large_among_files_is_told_the_same(clerk: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    clerk.get("/accounts/password/change/")  # the cookie against forgery: only with it is the form read
    clerk.handler.enforce_csrf_checks = True
    answer = clerk.post("/desk/records/new/", {"text": "长" * 400_000})
    assert "正文最多约34万字" in in_desk(answer, 413)


def test_the_limit_of_password_changes_is_told_in_chinese_and_looking_is_free(clerk: Client) -> None:
    for _ in range(12):
        assert clerk.get("/accounts/password/change/").status_code == 200
    wrong = {"oldpassword": "nein", "password1": "Neu-Und-Lang-1!", "password2": "Neu-Und-Lang-1!"}
    answers = [clerk.post("/accounts/password/change/", wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    text = answers[-1].content.decode()
    assert "请过60秒再试" in text
    assert "Too Many" not in text
    assert answers[-1]["Retry-After"] == "60"
    assert clerk.get("/accounts/password/change/").status_code == 200


def test_the_same_password_is_no_new_one(clerk: Client) -> None:
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    answer = clerk.post("/accounts/password/change/", same)
    assert answer.status_code == 200
    assert "新密码和当前密码相同，请换一个。" in answer.content.decode()


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    from django.core.cache import cache

    cache.clear()
