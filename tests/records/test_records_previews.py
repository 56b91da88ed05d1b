"""Preview links: one text, for a time, to be taken back; nothing that may not leave the office is shown by one."""

from __future__ import annotations

import datetime
import logging

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from tests import record_stages as stages

from mingchuang.core import files, now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, previews, timeline
from mingchuang.records.kind import kind
from mingchuang.records.models import PreviewLink

pytestmark = pytest.mark.db


def codes(refused) -> set[str]:
    return {issue.code for issue in refused.value.issues}


def made(cast, revision) -> str:
    """The address of a new link."""
    return f"/previews/{do.link_preview(revision, cast.zhang.actor)[1]}/"


@pytest.fixture
def text(cast):
    return stages.draft(cast)


def test_a_link_opens_without_an_account_and_says_what_it_is(cast, text, caplog) -> None:
    do.attach(text, cast.zhang.actor, files.put("附件内容".encode(), "a.txt"), title="附件", name="a.txt")
    address = made(cast, stages.fresh(text))
    with caplog.at_level(logging.INFO, "mingchuang.records.do.previewing"):
        response = Client(REMOTE_ADDR="203.0.113.9").get(address, HTTP_USER_AGENT="somebody's telephone")
    page = response.content.decode()
    assert response.status_code == 200
    assert "预览·未发布·至" in page and text.title in page.replace("<wbr>", "")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "/desk/" not in page, "no way into the desk"
    assert "opened" in caplog.text and "203.0.113.9" not in caplog.text and "telephone" not in caplog.text
    link = PreviewLink.objects.get()
    assert (link.opened, link.last_opened_at is not None) == (1, True)
    file = Client().get(f"{address}files/1/")
    assert (file.status_code, b"".join(file.streaming_content)) == (200, "附件内容".encode())
    assert file["Cache-Control"] == "no-store" and file["Content-Security-Policy"] == "sandbox"
    for number in ("0", "2"):
        assert Client().get(f"{address}files/{number}/").status_code == 404


def test_making_and_taking_back_are_events(cast, text) -> None:
    first, second = made(cast, text), made(cast, text)
    do.revoke_previews(text, cast.zhang.actor)
    third = made(cast, text)
    for address, status in ((first, 410), (second, 410), (third, 200)):
        assert Client().get(address).status_code == status
    assert "收回了这条信息的预览链接" in Client().get(first).content.decode()
    mine = Event.objects.filter(subject_kind="records.record", subject_id=text.record_id)
    told = [event.move for event in mine.order_by("seq")]
    assert told == ["create", "link_preview", "link_preview", "revoke_previews", "link_preview"]
    assert mine.get(move="revoke_previews").data == {"links": 2}
    assert any("收回全部预览链接" in entry.sentence for entry in timeline.of(text.record))


def test_a_link_ends(cast, text, settings) -> None:
    settings.MINGCHUANG_PREVIEW_HOURS = 2
    address = made(cast, text)
    for minutes, status in ((119, 200), (120, 410), (100_000, 410)):
        with now.travel(now.now() + datetime.timedelta(minutes=minutes)):
            response = Client().get(address)
            assert response.status_code == status, minutes
    assert "有效期到" in response.content.decode()


def test_what_was_altered_opens_nothing(cast, text) -> None:
    address = made(cast, text)
    token = address.split("/")[2]
    link = PreviewLink.objects.get()
    told = [link.pk, link.record_id, link.revision_id, link.content_hash, link.generation, link.until.isoformat()]
    forged = [
        "x", token[:-1], token + "x", token.swapcase(),
        TimestampSigner(salt="another").sign_object(told),
        TimestampSigner(salt=previews.SALT, key="k" * 50).sign_object(told),
        TimestampSigner(salt=previews.SALT).sign_object([*told[:-1], "2999-01-01T00:00:00+00:00"]),
    ]  # fmt: skip
    for one in forged:
        response = Client().get(f"/previews/{one}/")
        assert response.status_code == 404, one
        assert "被改动过" in response.content.decode() and response["Cache-Control"] == "no-store"


def test_changed_text_given_up_text_and_public_text_are_gone(cast, text) -> None:
    address = made(cast, text)
    do.save_draft(text, cast.zhang.actor, {"summary": "改过的概述"}, version=stages.fresh(text).version)
    response = Client().get(address)
    assert response.status_code == 410 and "内容已经修改" in response.content.decode()
    address = made(cast, stages.fresh(text))
    do.discard(text, cast.zhang.actor, note="不办了")
    assert Client().get(address).status_code == 410
    approved = stages.approved(cast, record_class="C", doc_number="青政办发〔2019〕941号")
    address = made(cast, approved)
    assert Client().get(address).status_code == 200
    do.publish(approved.record, cast.zhang.actor, content_hash=approved.content_hash)
    response = Client().get(address)
    assert response.status_code == 410 and "已经公开" in response.content.decode()


def test_a_link_to_a_draft_lives_on_when_it_is_sent_to_review_only_with_the_same_bytes(cast, text) -> None:
    address = made(cast, text)
    do.submit(text, cast.zhang.actor)
    assert Client().get(address).status_code == 200, "the same bytes, frozen"


@pytest.mark.parametrize("name", ["household", "subsidy", "recruitment"])
def test_lists_of_people_have_no_links(cast, name) -> None:
    listed = do.create(name, cast.office, cast.zhang.actor, kind(name).samples[0])
    with pytest.raises(Refused) as refused:
        do.link_preview(listed, cast.zhang.actor)
    assert "records.preview_personal" in codes(refused)
    assert not PreviewLink.objects.exists()


def test_what_is_not_for_the_public_has_none_and_every_reason_is_told(cast) -> None:
    secret = stages.draft(cast, disclosure="none", body="<p>秘密★10年</p><p>身份证号11010519491231002X。</p>")
    with pytest.raises(Refused) as refused:
        do.link_preview(secret, cast.zhang.actor)
    found = codes(refused)
    assert "records.preview_closed" in found and any(code.startswith("gate.secrecy") for code in found), found
    assert any(code.startswith("gate.privacy") for code in found)


def test_a_stranger_makes_none(cast, text) -> None:
    with pytest.raises(Refused):
        do.link_preview(text, cast.wang.actor)
