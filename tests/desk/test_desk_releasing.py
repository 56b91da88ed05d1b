"""Timed release and preview links as people at the desk meet them."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from mingchuang.core import jobs, now
from mingchuang.core.actor import Actor
from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import approved, draft, fresh

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def here(record_id: int, rest: str = "") -> str:
    return f"/desk/records/{record_id}/{rest}"


def in_hours(hours: float) -> str:
    moment = (now.now() + datetime.timedelta(hours=hours)).astimezone(now.BEIJING)
    return f"{moment:%Y-%m-%dT%H:%M}"


class TestTimedRelease:
    def test_is_set_shown_altered_and_called_off(self, cast: Cast, at: At) -> None:
        revision, zhang = approved(cast, record_class="C"), at(cast.zhang)
        pk = revision.record_id
        assert here(pk, "schedule/") in zhang.get(here(pk))
        page = zhang.get(here(pk, "schedule/"))
        assert 'type="datetime-local"' in page and "公开时间（北京时间）" in page and 'name="note"' not in page
        told = {"content_hash": revision.content_hash, "late": "on"}
        for wrong, said in (
            ("", "请填写"),
            ("明天", "如 2026-11-25"),
            ("2026-11-25", "日期和时间"),
            (in_hours(-1), "已经过去"),
        ):
            assert said in zhang.post(here(pk, "schedule/"), {**told, "at": wrong}, status=422), wrong
        assert zhang.post(here(pk, "schedule/"), {**told, "at": in_hours(2)}) == here(pk)
        shown = in_hours(2).replace("T", " ")
        for page in (zhang.get(here(pk)), zhang.get("/desk/"), at(cast.zhao).get("/desk/")):
            assert shown in page and "北京时间" in page
        zhang.post(here(pk, "schedule/"), {**told, "at": in_hours(3), "note": " "}, status=422)
        zhang.post(here(pk, "schedule/"), {**told, "at": in_hours(3), "note": "会议改期"})
        assert in_hours(3).replace("T", " ") in zhang.get(here(pk))
        zhang.post(here(pk, "schedule/cancel/"), {"note": ""}, status=422)
        zhang.post(here(pk, "schedule/cancel/"), {"note": "另行研究"})
        page = zhang.get(here(pk))
        assert "已定于" not in page and "取消第1稿的定时公开" in page and "会议改期" in page
        assert "没有定时公开" in zhang.client.get(here(pk, "schedule/cancel/"), follow=True).content.decode()

    def test_after_a_deadline_needs_a_tick(self, cast: Cast, at: At) -> None:
        from mingchuang.core.models import Deadline

        revision = approved(cast, record_class="C")
        pk, zhang = revision.record_id, at(cast.zhang)
        (owed,) = Deadline.objects.filter(about_kind="records.record", about_id=pk)
        assert f"{owed.due:%Y-%m-%d}" in zhang.get(here(pk, "schedule/"))
        told = {"content_hash": revision.content_hash, "at": in_hours(24)}
        page = zhang.post(here(pk, "schedule/"), told, status=422)
        assert "晚于" in page and 'type="checkbox" name="late"' in page
        zhang.post(here(pk, "schedule/"), {**told, "late": "on"})
        assert "已定于" in zhang.get(here(pk))

    def test_that_failed_is_told_with_its_reasons_until_somebody_knows(self, cast: Cast, at: At) -> None:
        from mingchuang.core import do as core
        from mingchuang.records import do

        revision = approved(cast, record_class="C")
        pk, moment = revision.record_id, now.now() + datetime.timedelta(hours=1)
        do.schedule(
            revision.record, cast.zhang.actor, content_hash=revision.content_hash, at=moment, despite_deadline=True
        )
        core.lock_account(cast.zhang.person, Actor.system(), note="查验")
        with now.travel(moment + datetime.timedelta(minutes=1)):
            jobs.run_pending()
        office = at(cast.zhao)
        page = office.get("/desk/")
        assert "没有按时公开" in page and "原因" in page
        page = office.get(here(pk))
        assert "没有公开" in page and "知道了，另行处理" in page
        office.post(here(pk, "schedule/close/"))
        assert "没有按时公开" not in office.get("/desk/")

    def test_without_an_approved_text_leads_back(self, cast: Cast, at: At) -> None:
        revision = draft(cast)
        zhang = at(cast.zhang)
        assert zhang.post(here(revision.record_id, "schedule/"), {}) == here(revision.record_id)
        zhang.get(here(revision.record_id, "schedule/cancel/"), status=302)


class TestPreviewLinks:
    def test_are_made_shown_once_and_taken_back(self, cast: Cast, at: At) -> None:
        revision, zhang = draft(cast), at(cast.zhang)
        address = here(revision.record_id, "previews/")
        page = zhang.get(address)
        assert page.count(f'<iframe src="{here(revision.record_id, "preview/")}"') == 2
        page = zhang.post(address, {"make": "1"}, status=200)
        (link,) = re.findall(r">\s*http://[^<\s]*?(/previews/[^<\s]+)\s*</textarea>", html.unescape(page))
        assert Client().get(link).status_code == 200
        page = zhang.get(address)
        assert link not in page and "有效" in page
        zhang.post(address, {"revoke": "1"})
        assert Client().get(link).status_code == 410
        page = zhang.get(address)
        assert "已收回" in page and 'name="revoke"' not in page
        assert "收回全部预览链接" in zhang.get(here(revision.record_id))

    def test_are_refused_with_every_reason(self, cast: Cast, at: At) -> None:
        revision, zhang = draft(cast, disclosure="none", body="<p>秘密★10年</p>"), at(cast.zhang)
        address = here(revision.record_id, "previews/")
        page = zhang.get(address)
        assert "不能生成预览链接" in page and "保密检查" in page and 'name="make"' not in page
        page = zhang.post(address, {"make": "1"}, status=422)
        assert "公开属性为“不予公开”" in page and "保密检查" in page
        assert fresh(revision).record.preview_links.count() == 0

    def test_the_citizens_page_may_be_framed_by_the_desk_alone(self, cast: Cast, at: At) -> None:
        response = at(cast.zhang).client.get(here(draft(cast).record_id, "preview/"))
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in at(cast.zhang).client.get("/desk/")["Content-Security-Policy"]
