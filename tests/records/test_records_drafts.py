"""Drafts: parsed by the kind's declaration, never lost in a conflict, attachments typed by content."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages
from tests.record_files import pdf

from mingchuang.core import files, now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import attachments, do, form_values, freezing, queries
from mingchuang.records.kind import kind
from mingchuang.records.models import Record

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {issue.code for issue in refused.value.issues}


def test_a_record_begins_with_its_first_draft(cast):
    revision = stages.draft(cast)
    record = revision.record
    assert (record.visibility, record.current_id, revision.ordinal, revision.progress) == (
        "none",
        revision.pk,
        1,
        "draft",
    )
    assert (revision.doc_number, revision.formed_on) == ("青政办发〔2019〕910号", datetime.date(2019, 8, 19))
    assert [event.move for event in Event.objects.filter(subject_kind__startswith="records.").order_by("seq")] == [
        "create", "create",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["wang", "li", "wu", "sun", "zheng"])
def test_who_may_not_begin_one(cast, name):
    with pytest.raises(Refused):
        do.create("policy", cast.office, cast.players[name].actor, stages.values())
    assert not Record.objects.exists()


def test_what_cannot_be_read_is_told_all_at_once(cast):
    bad = {"formed_on": "去年", "theme": "没有", "title": "长" * 301, "body2": "x"}
    with pytest.raises(Refused) as refused:
        do.create("policy", cast.office, cast.zhang.actor, bad)
    assert {issue.field for issue in refused.value.issues} == set(bad)


def test_saving_says_what_changed_and_what_cleaning_took(cast):
    revision = stages.draft(cast)
    saved = do.save_draft(
        revision, cast.zhang.actor, {"body": "<p onclick=x>新</p>", "title": revision.title}, version=revision.version
    )
    assert (saved.changed, saved.removed) == (("body",), ("已去掉事件处理代码（1处）。",))
    assert saved.event.data["fields"] == ["body"]
    assert freezing.content_of(revision).body == "<p>新</p>"
    assert saved.revision.version == revision.version + 1


def test_saving_the_same_again_is_no_event(cast):
    revision = stages.draft(cast)
    saved = do.save_draft(revision, cast.zhang.actor, stages.values(), version=revision.version)
    assert (saved.changed, saved.event, saved.revision.version) == ((), None, revision.version)


def test_a_conflict_loses_nothing(cast):
    revision = stages.draft(cast)
    do.save_draft(revision, cast.he.actor, {"title": "何代录的名称", "keywords": "甲"}, version=revision.version)
    conflict = do.save_draft(
        revision, cast.zhang.actor, {"title": "张经办的名称", "keywords": "甲"}, version=revision.version
    )
    assert isinstance(conflict, do.Conflict)
    assert conflict.differences == {"title": ("张经办的名称", "何代录的名称")}
    assert conflict.by == cast.he.person
    assert "何代录" in conflict.message
    assert stages.fresh(revision).title == "何代录的名称"


def test_an_attachment_added_meanwhile_is_no_conflict(cast):
    revision = stages.draft(cast)
    do.attach(revision, cast.zhang.actor, files.put(pdf("x"), "x.pdf"), title="附件")
    saved = do.save_draft(revision, cast.zhang.actor, {"title": "新名称"}, version=revision.version)
    assert isinstance(saved, do.Saved)
    assert (stages.fresh(revision).title, revision.attachments.count()) == ("新名称", 1)


def test_a_submitted_text_is_changed_by_nobody(cast):
    revision = stages.submitted(cast)
    with pytest.raises(Refused) as refused:
        do.save_draft(revision, cast.zhang.actor, {"title": "新"}, version=revision.version)
    assert codes(refused) == {"machine.wrong_state"}
    with pytest.raises(Refused):
        do.attach(revision, cast.zhang.actor, files.put(pdf("x"), "x.pdf"), title="附件")
    assert stages.fresh(revision).content_hash == revision.content_hash
    assert not revision.attachments.exists()


def test_the_class_may_change_before_publication_and_leaves_a_trace(cast):
    revision = stages.draft(cast, record_class="A")
    saved = do.save_draft(revision, cast.zhang.actor, {}, version=revision.version, record_class="B")
    assert saved.event.data["class"] == ["A", "B"]
    assert Record.objects.get(pk=revision.record_id).record_class == "B"
    with pytest.raises(Refused) as refused:
        do.save_draft(saved.revision, cast.zhang.actor, {}, version=saved.revision.version, record_class="D")
    assert codes(refused) == {"records.class"}


def test_the_class_of_what_was_public_stays(cast):
    record = stages.published(cast, record_class="B")
    again = do.correct(record, cast.zhang.actor, note="更正")
    with pytest.raises(Refused) as refused:
        do.save_draft(again, cast.zhang.actor, {}, version=again.version, record_class="C")
    assert codes(refused) == {"records.class_fixed"}


def test_a_correction_takes_the_attachments_along(cast):
    revision = stages.draft(cast, record_class="C")
    do.attach(revision, cast.zhang.actor, files.put(pdf("x"), "x.pdf"), title="附件一")
    do.submit(revision, cast.zhang.actor)
    revision = stages.signed(cast, stages.fresh(revision), cast.li)
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    again = do.correct(revision.record, cast.zhang.actor, note="更正")
    assert [a.title for a in again.attachments.all()] == ["附件一"]
    do.detach(again.attachments.get(), cast.zhang.actor)
    assert not again.attachments.exists()
    assert revision.attachments.count() == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/分工表.PDF", "分工表.pdf"),
        ("C:\\桌面\\通知 终稿.docx", "通知-终稿.docx.pdf"),
        ("a%2F<script>.pdf", "a-2F-script.pdf"),
        ("", "file"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
    ],
)
def test_names_of_files_are_made_harmless(cast, name, shown):
    file = files.put(pdf("x"), "x.pdf")
    wanted = f"{file.sha256[:12]}.pdf" if shown == "file" else shown
    assert attachments.clean_name(name, file) == wanted


def test_an_attachment_is_what_its_bytes_are(cast):
    revision = stages.draft(cast)
    for data, name in ((b"<html><script>1</script></html>", "表.pdf"), (b"<svg xmlns='x'><script/></svg>", "图.png")):
        with pytest.raises(Refused) as refused:
            do.attach(revision, cast.zhang.actor, files.put(data, name), title="附件")
        assert codes(refused) == {"records.attachment_type"}, "the suffix does not matter any more"
    kept = do.attach(revision, cast.zhang.actor, files.put(pdf("x"), "表.pdf"), title="附件")
    with pytest.raises(Refused) as refused:
        do.attach(revision, cast.zhang.actor, kept.file, title="附件")
    assert codes(refused) == {"records.attachment_same"}


def test_two_files_under_one_name_are_refused(cast):
    revision = stages.draft(cast)
    do.attach(revision, cast.zhang.actor, files.put(pdf("1"), "表.pdf"), title="表一")
    with pytest.raises(Refused) as refused:
        do.attach(revision, cast.zhang.actor, files.put(pdf("2"), "表.pdf"), title="表二")
    assert codes(refused) == {"records.attachment_name"}


def test_the_same_document_number_is_noticed_in_any_spelling(cast):
    first = stages.draft(cast)
    assert list(queries.same_number("青政办发[2019]第910号")) == [first]
    assert list(queries.same_number("青政办发〔2019〕910号", besides=first.record_id)) == []
    assert list(queries.same_number("")) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-08-19", datetime.date(2019, 8, 19)),
        ("2019年8月19日", datetime.date(2019, 8, 19)),
        ("2019/8/19", datetime.date(2019, 8, 19)),
        ("", None),
    ],
)
def test_days_as_people_write_them(text, day):
    assert form_values.parse(kind("policy"), {"formed_on": text}).values == {"formed_on": day}


def test_control_signs_never_reach_a_column():
    parsed = form_values.parse(kind("policy"), {"title": "通\x00知\ud800", "keywords": "甲,乙；甲 丙"})
    assert parsed.values == {"title": "通知", "keywords": "甲；乙；丙"}
