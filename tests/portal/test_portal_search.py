"""The search page: facets that lead on, sentences instead of errors, and no database at all."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.portal.conftest import Town

pytestmark = pytest.mark.db


@pytest.fixture
def indexed(town: Town, settings: Any) -> Town:
    from mingchuang.search.feed import Follower

    Follower(settings.MINGCHUANG_DATA / "index").catch_up()
    return town


def page(client: Client, query: str, status: int = 200) -> str:
    answer = client.get(f"/search/{query}")
    assert answer.status_code == status
    assert not answer.cookies
    return answer.content.decode("utf-8")


def test_it_answers_without_a_single_query(client: Client, indexed: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        found = page(client, "?q=培训")
    for record in indexed.records:
        assert f'href="/records/{record.pk}/"' in found
    assert f'href="/records/{indexed.withdrawn.pk}/"' not in found
    assert "<mark>" in found


def test_a_document_number_finds_its_document_however_it_is_written(client: Client, indexed: Town) -> None:
    for written in ("青政办发〔2019〕902号", "青政办发(2019)902号", "青政办发[2019] 902 号"):
        found = page(client, f"?q={written}")
        first = re.search(r'<h2 class="item__title"><a href="/records/(\d+)/">', found)
        assert first, written
        assert int(first[1]) == indexed.records[1].pk, written


def test_facets_lead_on_and_back(client: Client, indexed: Town) -> None:
    found = page(client, "?q=培训&page=1")
    toggle = re.search(r'<a href="(\?[^"]*unit=[^"]*)"', found)
    assert toggle
    narrowed = page(client, html.unescape(toggle[1]))
    assert 'aria-current="true"' in narrowed
    assert "不限单位" in narrowed
    back = re.search(r'<a href="(\?[^"]*)"><span>不限单位', narrowed)
    assert back
    assert "unit=" not in back[1]
    assert "培训" in page(client, html.unescape(back[1]))


def test_nothing_found_says_what_to_do(client: Client, indexed: Town) -> None:
    found = page(client, "?q=饕餮")
    assert "没有找到“饕餮”" in found
    assert 'href="/units/"' in found


def test_what_is_typed_is_shown_as_text(client: Client, indexed: Town) -> None:
    found = page(client, "?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27")
    assert "<script>alert" not in found
    assert "&lt;script&gt;" in found


TYPED = (
    "",
    "?q=",
    "?q=%00",
    "?q=%ED%A0%80",
    "?q=%FF%FE",
    "?q=" + "政" * 5000,
    "?q=%22%22%22(((%29%29-%2B*:^~",
    "?q=a&page=0",
    "?q=a&page=-5",
    "?q=a&page=9999999999999999999999",
    "?q=a&page=x",
    "?q=a&sort=%27;drop",
    "?q=a&unit=%00&kind=&year=x&year=2019&year=999999999999",
    "?" + "&".join(f"unit=u{n}" for n in range(900)),
)


def test_anything_may_be_typed(client: Client, indexed: Town) -> None:
    for query in TYPED:
        assert "<h1>" in page(client, query), query


def test_without_an_index_it_says_so(client: Client, town: Town) -> None:
    found = page(client, "?q=培训", status=503)
    assert "检索暂时不能使用" in found
    assert 'href="/years/"' in found
