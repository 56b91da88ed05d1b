"""Answers to proposals: only with consent, nobody named without need, in time."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.core.models import Deadline
from mingchuang.records import do
from mingchuang.records.kind import kind

(SAMPLE,) = kind("reply").samples
DAY = datetime.date(2019, 9, 20)
faults = Faults("reply", SAMPLE, DAY)


@pytest.mark.db
class TestReply:
    def test_the_sample_is_complete(self, cast):
        assert faults(cast) == []

    def test_only_with_consent(self, cast):
        assert faults.errors(cast, agrees="no") == [("reply.consent", "agrees")]
        assert faults.errors(cast, agrees="") == [("records.required", "agrees")]

    @pytest.mark.parametrize(
        ("proposer", "ok"),
        [("某代表", True), ("张某等3名代表", True), ("演示界别委员小组", True), ("甲乙丙", False)],
    )
    def test_nobody_is_named_without_need(self, cast, proposer, ok):
        assert faults(cast, proposer=proposer) == ([] if ok else [("reply.proposer", "proposer")])

    def test_answered_after_it_was_handed_over(self, cast):
        assert faults.errors(cast, handed_on="2019-08-29") == [("reply.order", "answered_on")]

    def test_within_three_months(self, cast):
        assert faults(cast, handed_on="2019-05-28") == []
        assert faults(cast, handed_on="2019-05-27") == [("reply.late", "answered_on")]

    def test_a_plan_has_a_day_that_lies_ahead(self, cast):
        assert faults(cast, promised_on="") == [("reply.promise", "promised_on")]
        assert faults(cast, promised_on="2019-08-27") == [("reply.promise", "promised_on")]
        assert faults(cast, grade="A", promised_on="") == []

    def test_twenty_working_days_from_the_answer(self, cast):
        with now.travel(DAY):
            revision = do.create("reply", cast.office, cast.zhang.actor, {**SAMPLE, "answered_on": "2019-08-26"})
        (owed,) = Deadline.objects.open().filter(about_id=revision.record_id, about_kind="records.record")
        assert (owed.rule, owed.anchor) == ("information.publish", datetime.date(2019, 8, 26))
