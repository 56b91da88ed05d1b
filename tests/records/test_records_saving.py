"""Typing that is kept, words that a save replaced, who has a form open: for their author, and for a time."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import now
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, editing, freezing
from mingchuang.records.kind import kind
from mingchuang.records.models import Autosave, Editing, Overwritten

pytestmark = pytest.mark.db


def texts(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def body_of(revision) -> str:
    return freezing.content_of(stages.fresh(revision)).body


@pytest.fixture
def written(cast):
    return stages.draft(cast, body=texts("甲段", "乙段", "丙段"))


class TestAutosaves:
    def test_stand_beside_the_draft_and_are_no_event(self, cast, written):
        told = {"title": "没有保存的名称", "body": "没有\x00保存的正文", "nobody": "x"}
        do.autosave(written, cast.zhang.person, told, opened_version=written.version, opened="{}")
        do.autosave(written, cast.zhang.person, told | {"title": "又改"}, opened_version=written.version, opened="{}")
        (row,) = Autosave.objects.all()
        assert row.values == {"title": "又改", "body": "没有保存的正文"}
        fresh = stages.fresh(written)
        assert (fresh.title, fresh.version) == (written.title, written.version)

    def test_are_their_authors_alone(self, cast, written):
        do.autosave(written, cast.zhang.person, {"title": "私下的"}, opened_version=1, opened="")
        assert editing.autosave_of(written, cast.zhang.person) is not None
        assert editing.autosave_of(written, cast.he.person) is None

    def test_of_lists_of_people_are_refused(self, cast):
        listed = do.create("household", cast.office, cast.zhang.actor, kind("household").samples[0])
        with pytest.raises(Refused):
            do.autosave(listed, cast.zhang.person, {"title": "名单"}, opened_version=1, opened="")
        assert not Autosave.objects.exists()

    def test_into_what_is_no_draft_are_refused(self, cast):
        with pytest.raises(Refused):
            do.autosave(stages.submitted(cast), cast.zhang.person, {"title": "x"}, opened_version=1, opened="")

    def test_go_when_old_when_submitted_and_when_the_record_is_taken_down(self, cast, written):
        do.autosave(written, cast.zhang.person, {"title": "旧的"}, opened_version=1, opened="")
        assert do.clear_old(now.now()) == 0
        assert do.clear_old(now.now() + datetime.timedelta(weeks=5)) == 1
        other = stages.draft(cast, doc_number="青政办发〔2019〕931号")
        do.autosave(other, cast.zhang.person, {"title": "送审前的"}, opened_version=1, opened="")
        do.submit(other, cast.zhang.actor)
        assert do.clear_old(now.now()) == 1
        public = stages.published(cast, doc_number="青政办发〔2019〕932号")
        correction = do.correct(public, cast.zhang.actor, note="有误")
        do.autosave(correction, cast.zhang.person, {"title": "更正时写的"}, opened_version=1, opened="")
        do.withdraw(public, cast.zhang.actor, reason="other", note="撤下")
        assert not Autosave.objects.exists()


class TestTwoWhoChangeOneBody:
    def test_different_paragraphs_are_both_saved(self, cast, written):
        do.save_draft(written, cast.he.actor, {"body": texts("甲段", "乙段", "何代录改")}, version=written.version)
        saved = do.save_draft(
            written, cast.zhang.actor, {"body": texts("张经办改", "乙段", "丙段")}, version=written.version
        )
        assert isinstance(saved, do.Saved) and list(saved.merged) == ["body"]
        assert body_of(written) == texts("张经办改", "乙段", "何代录改")
        assert saved.event.data["merged"] == ["body"]

    def test_one_paragraph_is_asked_about_and_nothing_is_written(self, cast, written):
        do.save_draft(written, cast.he.actor, {"body": texts("何代录改", "乙段", "何加")}, version=written.version)
        sent = {"body": texts("张经办改", "乙段", "丙段")}
        conflict = do.save_draft(written, cast.zhang.actor, sent, version=written.version)
        assert isinstance(conflict, do.Conflict) and conflict.bases == {"body": written.version}
        assert body_of(written) == texts("何代录改", "乙段", "何加")
        (part,) = conflict.merges["body"].conflicts
        told = do.Resolution(written.version, {part.key: "both"})
        latest = stages.fresh(written).version
        do.save_draft(written, cast.zhang.actor, sent, version=latest, resolutions={"body": told})
        assert body_of(written) == texts("张经办改", "何代录改", "乙段", "何加")

    def test_a_third_save_between_choice_and_saving_asks_again(self, cast, written):
        do.save_draft(written, cast.he.actor, {"body": texts("何代录改", "乙段", "丙段")}, version=written.version)
        sent = {"body": texts("张经办改", "乙段", "丙段")}
        conflict = do.save_draft(written, cast.zhang.actor, sent, version=written.version)
        (part,) = conflict.merges["body"].conflicts
        latest = stages.fresh(written)
        do.save_draft(latest, cast.he.actor, {"body": texts("何代录又改", "乙段", "丙段")}, version=latest.version)
        told = {"body": do.Resolution(written.version, {part.key: "mine"})}
        again = do.save_draft(written, cast.zhang.actor, sent, version=latest.version, resolutions=told)
        assert isinstance(again, do.Conflict), "the choice was made against other words"
        assert body_of(written) == texts("何代录又改", "乙段", "丙段")

    def test_several_saves_in_between_are_one_change_of_theirs(self, cast, written):
        begun = written.version
        for text in (texts("甲段", "乙段", "一改"), texts("甲段", "乙段", "二改")):
            latest = stages.fresh(written)
            do.save_draft(latest, cast.he.actor, {"body": text}, version=latest.version)
        do.save_draft(written, cast.zhang.actor, {"body": texts("张改", "乙段", "丙段")}, version=begun)
        assert body_of(written) == texts("张改", "乙段", "二改")

    def test_the_same_person_on_two_pages_is_protected_too(self, cast, written):
        do.save_draft(written, cast.zhang.actor, {"body": texts("甲段", "乙段", "先改")}, version=written.version)
        do.save_draft(written, cast.zhang.actor, {"body": texts("后改", "乙段", "丙段")}, version=written.version)
        assert body_of(written) == texts("后改", "乙段", "先改")

    def test_when_the_start_is_known_no_more_the_whole_field_is_asked_about(self, cast, written):
        begun = written.version
        do.save_draft(written, cast.he.actor, {"body": texts("甲段", "乙段", "一改")}, version=begun)
        Overwritten.objects.all().delete()
        latest = stages.fresh(written)
        do.save_draft(latest, cast.he.actor, {"body": texts("甲段", "乙段", "二改")}, version=latest.version)
        conflict = do.save_draft(written, cast.zhang.actor, {"body": texts("张改", "乙段", "丙段")}, version=begun)
        assert isinstance(conflict, do.Conflict) and not conflict.merges, "a later start would lose the first change"
        assert set(conflict.differences) == {"body"}

    def test_replaced_words_go_with_the_draft(self, cast, written):
        do.save_draft(written, cast.zhang.actor, {"body": texts("改过")}, version=written.version)
        assert [row.words for row in Overwritten.objects.all()] == [texts("甲段", "乙段", "丙段")]
        do.discard(written, cast.zhang.actor, note="不办了")
        assert not Overwritten.objects.exists()


class TestOpenForms:
    def test_are_told_to_others_until_they_are_left_or_fall_silent(self, cast, written):
        record, he, zhang = written.record, cast.he.person, cast.zhang.person
        do.open_form(record, zhang, "a")
        assert [one.name for one in editing.others(record, he, "b")] == ["张经办"]
        assert editing.others(record, zhang, "a") == []
        (own,) = editing.others(record, zhang, "b")
        assert own.own and "您在另一个页面" in own.sentence
        later = now.now() + datetime.timedelta(seconds=121)
        with now.travel(later):
            assert editing.others(record, he, "b") == []
            do.open_form(record, he, "b")
        assert [row.person for row in Editing.objects.all()] == [he], "what fell silent is cleared away"
        do.close_form(record, he, "b")
        assert not Editing.objects.exists()

    def test_say_since_when_and_the_heartbeat_does_not_move_that(self, cast, written):
        began = datetime.datetime(2026, 11, 24, 6, 2, tzinfo=datetime.UTC)
        with now.travel(began):
            do.open_form(written.record, cast.zhang.person, "a")
        with now.travel(began + datetime.timedelta(minutes=1)):
            do.open_form(written.record, cast.zhang.person, "a")
            (one,) = editing.others(written.record, cast.he.person, "b")
            assert one.sentence == "张经办正在编辑（14:02 起）"
