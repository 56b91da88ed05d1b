"""Interpretations: tied to their policy in both directions, five elements, who speaks, three days from the policy."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import now
from mingchuang.core.models import Deadline, Event
from mingchuang.records import addresses, affected, checks, do, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Record

SAMPLE, BY_LEADER = kind("interpretation").samples
POLICY = dict(kind("policy").samples[0])
DAY = datetime.date(2019, 9, 20)


def found(cast, sample=SAMPLE, **changed) -> list[tuple[str, str, str]]:
    """(code, field, severity) of everything that is said about the sample with these changes."""
    with now.travel(DAY):
        revision = do.create("interpretation", cast.office, cast.zhang.actor, {**sample, **changed})
        said = checks.complete(stages.fresh(revision), cast.zhang.actor, {})
    return [(issue.code, issue.field, issue.severity) for issue in said]


def publish(cast, kind_id: str, values) -> Record:
    revision = do.create(kind_id, cast.office, cast.zhang.actor, values)
    do.submit(revision, cast.zhang.actor)
    revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


def last_event(record: Record) -> Event:
    return Event.objects.filter(subject_kind=Record.subject_kind(), subject_id=record.pk).latest("seq")


@pytest.mark.db
class TestWords:
    def test_a_document_that_nobody_knows_is_a_warning_none_at_all_an_error(self, cast):
        assert found(cast) == [("interpretation.document", "interprets", "warning")]
        assert found(cast, interprets="") == [("interpretation.document", "interprets", "error")]

    def test_the_document_first(self, cast):
        with now.travel(DAY):
            do.create("policy", cast.office, cast.zhang.actor, POLICY)
        assert found(cast) == [("interpretation.order", "interprets", "remark")]

    def test_who_wrote_it_explains_it(self, cast):
        with now.travel(DAY):
            policy = publish(cast, "policy", POLICY)
        assert found(cast) == []
        Record.objects.filter(pk=policy.pk).update(unit=cast.justice)
        assert found(cast) == [("interpretation.writer", "issuer", "remark")]

    def test_an_element_may_stand_in_the_words(self, cast):
        missing = ("interpretation.element", "goals", "warning")
        assert missing in found(cast, goals="")
        assert missing not in found(cast, goals="", body="<h2>二、目标任务</h2><p>更新指南。</p>")

    def test_nothing_told_is_nothing_explained(self, cast):
        nothing = dict.fromkeys(("background", "goals", "content", "scope", "standards", "body"), "")
        assert ("interpretation.empty", "body", "error") in found(cast, **nothing)

    def test_a_picture_is_attached(self, cast):
        assert ("interpretation.graphic", "form", "warning") in found(cast, form="picture")

    @pytest.mark.parametrize(("name", "field"), [("speaker", "speaker"), ("post", "post")])
    def test_a_leader_is_named_with_the_post(self, cast, name, field):
        assert ("interpretation.speaker", field, "error") in found(cast, BY_LEADER, **{name: ""})

    def test_only_the_head_of_the_unit_counts_as_the_head(self, cast):
        assert ("interpretation.head", "head_of_unit", "error") in found(cast, BY_LEADER, head_of_unit="no")

    def test_the_number_is_brought_to_one_spelling(self, cast):
        with now.travel(DAY):
            revision = do.create(
                "interpretation", cast.office, cast.zhang.actor, {**SAMPLE, "interprets": "青政办发[2019]第901号"}
            )
        assert revision.interpretation.interprets == "青政办发〔2019〕901号"


@pytest.mark.db
class TestLinks:
    @pytest.fixture
    def both(self, cast) -> tuple[Record, Record]:
        with now.travel(DAY):
            return publish(cast, "policy", POLICY), publish(cast, "interpretation", SAMPLE)

    @staticmethod
    def links(record: Record) -> list[tuple[str, list[str]]]:
        page = public_page.page(record.pk)
        return [(group.words, [row.address for row in group.rows]) for group in page.links]

    def test_each_page_leads_to_the_other(self, both):
        policy, interpretation = both
        assert self.links(policy) == [("政策解读", [addresses.record(interpretation.pk)])]
        assert self.links(interpretation) == [("解读的文件", [addresses.record(policy.pk)])]

    def test_in_the_same_bake(self, both):
        policy, interpretation = both
        assert addresses.record(policy.pk) in affected.paths_for(last_event(interpretation)).bake
        assert addresses.record(interpretation.pk) in affected.paths_for(last_event(policy)).bake

    def test_by_index_number_too(self, cast):
        with now.travel(DAY):
            policy = publish(cast, "policy", {**POLICY, "doc_number": ""})
            explained = publish(cast, "interpretation", {**SAMPLE, "interprets": policy.index_number})
        assert self.links(policy) == [("政策解读", [addresses.record(explained.pk)])]

    def test_what_is_taken_down_is_led_to_no_more(self, cast, both):
        policy, interpretation = both
        with now.travel(DAY):
            event = do.withdraw(interpretation, cast.wu.actor, reason="mistake", note="解读有误。")
        assert self.links(policy) == []
        assert addresses.record(policy.pk) in affected.paths_for(event).bake

    def test_the_policy_it_named_before_is_baked_too(self, cast, both):
        policy, interpretation = both
        with now.travel(DAY):
            other = publish(cast, "policy", {**POLICY, "doc_number": "青政办发〔2019〕905号"})
            text = do.correct(interpretation, cast.zhang.actor, note="文号写错。")
            do.save_draft(text, cast.zhang.actor, {"interprets": "青政办发〔2019〕905号"}, version=text.version)
            do.submit(stages.fresh(text), cast.zhang.actor)
            text = stages.signed(cast, stages.fresh(text), *stages.signers(cast, "A"))
            event = do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash, note="更正")
        touched = affected.paths_for(event).bake
        assert {addresses.record(policy.pk), addresses.record(other.pk)} <= set(touched)
        assert self.links(policy) == []

    def test_a_draft_is_no_link(self, cast):
        with now.travel(DAY):
            policy = publish(cast, "policy", POLICY)
            do.create("interpretation", cast.office, cast.zhang.actor, SAMPLE)
        assert self.links(policy) == []

    def test_the_rendered_page_shows_it(self, rf, both):
        from tests.records.test_records_kinds import rendered

        policy, interpretation = both
        html = rendered(rf, public_page.page(policy.pk))
        assert f'href="{addresses.record(interpretation.pk)}"' in html
        assert "<h2>政策解读</h2>" in html


@pytest.mark.db
class TestTime:
    @staticmethod
    def owed(revision) -> list[tuple[str, datetime.date]]:
        open_ = Deadline.objects.open().filter(about_kind="records.record", about_id=revision.record_id)
        return [(deadline.rule, deadline.due) for deadline in open_]

    def test_three_working_days_from_the_policy(self, cast):
        with now.travel(DAY):
            publish(cast, "policy", POLICY)
            revision = do.create("interpretation", cast.office, cast.zhang.actor, SAMPLE)
        # 2019-09-20 is a Friday.
        assert self.owed(revision) == [("interpretation.publish", datetime.date(2019, 9, 25))]

    def test_a_policy_that_comes_later_starts_the_clock(self, cast):
        with now.travel(DAY):
            waiting = do.create("policy", cast.office, cast.zhang.actor, POLICY)
            revision = do.create("interpretation", cast.office, cast.zhang.actor, SAMPLE)
            assert self.owed(revision) == []
            do.submit(waiting, cast.zhang.actor)
            text = stages.signed(cast, stages.fresh(waiting), *stages.signers(cast, "A"))
            do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)
        assert self.owed(revision) == [("interpretation.publish", datetime.date(2019, 9, 25))]

    def test_a_policy_from_elsewhere_leaves_the_rule_of_everybody(self, cast):
        with now.travel(DAY):
            revision = do.create("interpretation", cast.office, cast.zhang.actor, SAMPLE)
        assert [rule for rule, _ in self.owed(revision)] == ["information.publish"]

    def test_where_the_notice_does_not_hold_the_law_does(self, cast):
        with now.travel(DAY):
            publish(cast, "policy", POLICY)
            cast.office.region = "110101"
            cast.office.save(update_fields=["region"])
            revision = do.create("interpretation", cast.office, cast.zhang.actor, SAMPLE)
        assert [rule for rule, _ in self.owed(revision)] == ["information.publish"]

    def test_publication_meets_it(self, cast):
        with now.travel(DAY):
            publish(cast, "policy", POLICY)
            record = publish(cast, "interpretation", SAMPLE)
        (met,) = Deadline.objects.filter(about_kind="records.record", about_id=record.pk)
        assert (met.rule, met.clock, met.met_on) == ("interpretation.publish", "met", DAY)
