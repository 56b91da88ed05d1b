"""Appointments: deeds of their kind of text, each post once, postings of five working days, nothing private."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.core.models import Deadline
from mingchuang.records import do
from mingchuang.records.kind import kind

DECISION, POSTING = kind("personnel").samples
DAY = datetime.date(2019, 9, 20)
decision = Faults("personnel", DECISION, DAY)
posting = Faults("personnel", POSTING, DAY)


def row(sample, number: int, **cells) -> dict:
    rows = [dict(one) for one in sample["people"]]
    rows[number - 1] |= cells
    return {"people": rows}


@pytest.mark.db
class TestDecision:
    def test_the_sample_is_complete(self, cast):
        assert decision(cast) == []

    def test_day_and_meeting(self, cast):
        found = decision(cast, decided_on="", meeting="")
        assert found == [("personnel.decision", "decided_on"), ("personnel.decision", "meeting")]
        assert decision.errors(cast, decided_on="2019-09-06") == [("personnel.order", "decided_on")]

    def test_nothing_is_only_intended(self, cast):
        found = decision.errors(cast, **row(DECISION, 1, deed="intend"))
        assert found == [("personnel.deed", "people.1.deed")]

    def test_each_post_once(self, cast):
        assert decision.errors(cast, **row(DECISION, 2, name="甲某")) == [("personnel.twice", "people")]
        assert decision(cast, **row(DECISION, 2, name="甲某", post="另一职务")) == []

    @pytest.mark.parametrize("text", ["999901199001010000", "身份证99990119900101000X", "电话13800000000"])
    def test_no_private_numbers(self, cast, text):
        found = decision.errors(cast, **row(DECISION, 1, remark=text))
        assert found == [("personnel.private", "people.1.remark")]

    def test_time_runs_from_the_decision(self, cast):
        with now.travel(DAY):
            revision = do.create("personnel", cast.office, cast.zhang.actor, DECISION)
        (owed,) = Deadline.objects.open().filter(about_id=revision.record_id, about_kind="records.record")
        assert (owed.rule, owed.anchor) == ("information.publish", datetime.date(2019, 9, 3))


@pytest.mark.db
class TestPosting:
    def test_the_sample_is_complete(self, cast):
        assert posting(cast) == []

    @pytest.mark.parametrize("name", ["posted_from", "posted_to", "contact", "telephone"])
    def test_it_says_until_when_and_to_whom(self, cast, name):
        assert posting.errors(cast, **{name: ""}) == [("personnel.posting", name)]

    def test_five_working_days(self, cast):
        assert posting(cast, posted_to="2019-09-26") == [("personnel.short", "posted_to")]
        assert posting(cast, posted_from="2019-09-30", posted_to="2019-10-12") == []
        # 1 to 7 October rest, 12 October is worked: 8, 9, 10, 11, 12.
        assert posting(cast, posted_from="2019-09-30", posted_to="2019-10-11") == [("personnel.short", "posted_to")]

    def test_the_end_is_not_before_the_beginning(self, cast):
        assert ("personnel.order", "posted_to") in posting.errors(cast, posted_to="2019-09-19")

    def test_nothing_is_decided_yet(self, cast):
        found = posting.errors(cast, **row(POSTING, 1, deed="appoint"))
        assert found == [("personnel.deed", "people.1.deed")]
