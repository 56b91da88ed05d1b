"""The form of a draft keeps what is typed, says who else writes, and puts two changes of one body together."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from mingchuang.desk import body_text
from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import draft, fresh, values

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def here(record_id: int, rest: str = "edit/") -> str:
    return f"/desk/records/{record_id}/{rest}"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them back."""
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def typed(**changed: str) -> dict[str, str]:
    given = values(**changed)
    return {**given, "body": body_text.to_edit(given["body"]), "record_class": "A"}


def texts(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


@pytest.fixture
def revision(cast: Cast):
    return draft(cast, body=texts("甲段内容。", "乙段内容。", "丙段内容。"))


def sent(page: str, body: str, **changed: str) -> dict[str, str]:
    return {**typed(body=texts(*body.split("\n")), **changed), **hidden(page)}


class TestAutosave:
    def test_is_offered_taken_up_and_gone_with_the_save(self, cast: Cast, at: At, revision) -> None:
        zhang, pk = at(cast.zhang), revision.record_id
        page = zhang.get(here(pk))
        assert f'data-autosave="/desk/records/{pk}/autosave/"' in page
        told = zhang.client.post(here(pk, "autosave/"), {**hidden(page), **typed(title="还没保存的名称")})
        assert re.fullmatch(r"\d\d:\d\d", told.json()["at"])
        page = zhang.get(here(pk))
        assert "自动保存、还没有保存成草稿" in page and "还没保存的名称" not in page
        assert "自动保存" not in at(cast.he).get(here(pk)).replace("data-autosave", ""), "nobody else is told"
        page = zhang.get(here(pk) + "?restore=1")
        assert 'value="还没保存的名称"' in page
        zhang.post(here(pk), {**typed(title="还没保存的名称"), **hidden(page)})
        assert fresh(revision).title == "还没保存的名称"
        assert "还没有保存成草稿" not in zhang.get(here(pk))

    def test_is_dropped_when_nobody_wants_it(self, cast: Cast, at: At, revision) -> None:
        zhang, pk = at(cast.zhang), revision.record_id
        zhang.client.post(here(pk, "autosave/"), {**hidden(zhang.get(here(pk))), **typed(title="不要的")})
        assert zhang.post(here(pk, "autosave/discard/")) == here(pk)
        assert "还没有保存成草稿" not in zhang.get(here(pk))

    def test_taken_up_after_another_saved_is_merged_and_loses_nothing(self, cast: Cast, at: At, revision) -> None:
        zhang, pk = at(cast.zhang), revision.record_id
        page = zhang.get(here(pk))
        zhang.client.post(here(pk, "autosave/"), sent(page, "张改甲段。\n乙段内容。\n丙段内容。"))
        he = at(cast.he)
        he.post(here(pk), sent(he.get(here(pk)), "甲段内容。\n乙段内容。\n何改丙段。"))
        page = zhang.get(here(pk) + "?restore=1")
        assert "张改甲段。" in page and "何改丙段。" not in page
        page = zhang.post(here(pk), sent(page, "张改甲段。\n乙段内容。\n丙段内容。"), status=200)
        assert fresh(revision).policydocument.body == texts("张改甲段。", "乙段内容。", "何改丙段。")
        assert "两边的修改已经合并保存" in page and "何改丙段。" in page

    def test_of_lists_of_people_is_not_made_anywhere(self, cast: Cast, at: At) -> None:
        from mingchuang.records import do
        from mingchuang.records.kind import kind

        listed = do.create("household", cast.office, cast.zhang.actor, kind("household").samples[0])
        zhang = at(cast.zhang)
        page = zhang.get(here(listed.record_id))
        assert "data-autosave" not in page and "data-keep=" not in page
        answer = zhang.client.post(here(listed.record_id, "autosave/"), {"title": "名单"})
        assert answer.status_code == 409 and "不自动保存" in answer.json()["reasons"][0]

    def test_without_a_session_leads_to_the_sign_in(self, cast: Cast, at: At, revision) -> None:
        zhang = at(cast.zhang)
        zhang.client.logout()
        assert zhang.post(here(revision.record_id, "autosave/"), {}).startswith("/accounts/login/")


class TestWhoElseWrites:
    def test_is_said_and_bars_nobody(self, cast: Cast, at: At, revision) -> None:
        pk = revision.record_id
        assert "正在编辑" not in at(cast.zhang).get(here(pk))
        page = at(cast.he).get(here(pk))
        assert re.search(r"张经办正在编辑（\d\d:\d\d 起）", page) and "仍要编辑" in page and "刷新" in page
        assert 'name="title"' in page, "one can still write"
        assert "仍要编辑" not in at(cast.he).get(here(pk) + "?anyway=1")

    def test_ends_when_the_page_is_left_or_saved(self, cast: Cast, at: At, revision) -> None:
        zhang, he, pk = at(cast.zhang), at(cast.he), revision.record_id
        tab = hidden(zhang.get(here(pk)))["tab"]
        others = he.client.post(here(pk, "editing/"), {"tab": "mine"}).json()["others"]
        assert [one["own"] for one in others] == [False] and "张经办" in others[0]["words"]
        zhang.client.post(here(pk, "editing/"), {"tab": tab, "leave": "1"})
        told = he.client.post(here(pk, "editing/"), {"tab": "mine"}).json()
        assert told == {"others": [], "version": revision.version}
        page = zhang.get(here(pk))
        zhang.post(here(pk), {**typed(summary="改过"), **hidden(page)})
        assert he.client.post(here(pk, "editing/"), {"tab": "mine"}).json()["others"] == []

    def test_a_heartbeat_is_no_work(self, cast: Cast, at: At, revision) -> None:
        from django.contrib.sessions.models import Session

        zhang = at(cast.zhang)
        zhang.get(here(revision.record_id))
        before = Session.objects.get(session_key=zhang.client.session.session_key).expire_date
        zhang.client.post(here(revision.record_id, "editing/"), {"tab": "x"})
        assert Session.objects.get(session_key=zhang.client.session.session_key).expire_date == before


class TestConflictsOfABody:
    def test_are_decided_place_by_place(self, cast: Cast, at: At, revision) -> None:
        zhang, he, pk = at(cast.zhang), at(cast.he), revision.record_id
        mine = "张改甲段。\n乙段内容。\n丙段内容。\n张加一段。"
        start = zhang.get(here(pk))
        he.post(here(pk), sent(he.get(here(pk)), "何改甲段。\n何改乙段。\n丙段内容。"))
        page = zhang.post(here(pk), sent(start, mine), status=409)
        assert page.count('<fieldset class="merge__part">') == 1 and "两段都要" in page
        assert "改为：何改乙段。" in page and "增加：张加一段。" in page
        (control,) = set(re.findall(r'name="(part_[0-9a-f]{16})"', page))
        undecided = zhang.post(here(pk), {**sent(page, mine), "keep_body": "merge"}, status=409)
        assert control in undecided and fresh(revision).policydocument.body.startswith("<p>何改甲段。")
        zhang.post(here(pk), {**sent(undecided, mine), "keep_body": "merge", control: "both"}, status=200)
        body = texts("张改甲段。", "何改甲段。", "何改乙段。", "丙段内容。", "张加一段。")
        assert fresh(revision).policydocument.body == body

    def test_may_be_decided_for_the_whole_field(self, cast: Cast, at: At, revision) -> None:
        zhang, he, pk = at(cast.zhang), at(cast.he), revision.record_id
        start = zhang.get(here(pk))
        he.post(here(pk), sent(he.get(here(pk)), "何改甲段。\n何改乙段。\n丙段内容。"))
        mine = "张改甲段。\n乙段内容。\n丙段内容。"
        page = zhang.post(here(pk), sent(start, mine), status=409)
        zhang.post(here(pk), {**sent(page, mine), "keep_body": "mine"})
        assert fresh(revision).policydocument.body == texts(*mine.split("\n"))

    def test_shown_again_for_another_field_keep_their_places(self, cast: Cast, at: At, revision) -> None:
        zhang, he, pk = at(cast.zhang), at(cast.he), revision.record_id
        start = zhang.get(here(pk))
        he.post(here(pk), sent(he.get(here(pk)), "何改甲段。\n乙段内容。\n丙段内容。", title="何改名称"))
        told = sent(start, "张改甲段。\n乙段内容。\n丙段内容。", title="张改名称")
        page = zhang.post(here(pk), told, status=409)
        (control,) = set(re.findall(r'name="(part_[0-9a-f]{16})"', page))
        again = {**told, **hidden(page), "keep_body": "merge", control: "theirs"}
        page = zhang.post(here(pk), again, status=409)
        assert control in page and re.search(rf'name="{control}" value="theirs" checked', page)
        zhang.post(here(pk), {**again, **hidden(page), "keep_title": "mine"}, status=200)
        standing = fresh(revision)
        assert (standing.title, standing.policydocument.body[:10]) == ("张改名称", "<p>何改甲段。</p>"[:10])
