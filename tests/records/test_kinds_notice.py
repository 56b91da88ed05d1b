"""Notices: a posting has its days, as many as it says, and somebody who hears objections."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records.kind import kind

POSTING, ANNOUNCEMENT = kind("notice").samples
DAY = datetime.date(2019, 9, 20)
faults = Faults("notice", POSTING, DAY)
announcement = Faults("notice", ANNOUNCEMENT, DAY)


@pytest.mark.db
class TestPeriod:
    def test_the_samples_are_in_order(self, cast):
        assert faults(cast) == []
        assert announcement(cast) == []

    def test_a_posting_has_both_ends(self, cast):
        found = faults(cast, posted_from="", posted_to="")
        assert found == [("notice.period", "posted_from"), ("notice.period", "posted_to")]
        assert faults(cast, posted_to="") == [("notice.period", "posted_to")]

    def test_so_has_anything_that_gives_one(self, cast):
        found = announcement(cast, posted_from="2019-09-20", contact="演示单位", telephone="0000-0000000")
        assert found == [("notice.period", "posted_to")]

    def test_the_end_is_not_before_the_beginning(self, cast):
        changed = {"posted_to": "2019-09-22", "posted_from": "2019-09-23", "posting_days": ""}
        assert faults.errors(cast, **changed) == [("notice.order", "posted_to")]

    @pytest.mark.parametrize(
        ("days", "counting", "end", "ok"),
        [
            # From Friday the 20th, not counted: 23, 24, 25, 26, 27.
            ("5", "workday", "2019-09-27", True),
            ("5", "workday", "2019-09-26", False),
            ("7", "day", "2019-09-27", True),
            ("7", "day", "2019-09-26", False),
            # 27 September to 7 October: the last day moves over the National Day holiday.
            ("11", "day", "2019-10-07", False),
            ("11", "day", "2019-10-08", True),
        ],
    )
    def test_it_is_as_long_as_it_says(self, cast, days, counting, end, ok):
        found = faults(cast, posting_days=days, counting=counting, posted_to=end)
        assert found == ([] if ok else [("notice.short", "posted_to")])

    def test_days_are_counted_somehow(self, cast):
        assert faults.errors(cast, counting="") == [("notice.counting", "counting")]
        assert faults.errors(cast, posting_days="0") == [("notice.days", "posting_days")]

    def test_over_before_it_is_seen(self, cast):
        changed = {"posted_from": "2019-09-16", "posting_days": ""}
        assert faults(cast, **changed) == [("notice.late", "posted_from")]
        assert faults(cast, **changed, posted_to="2019-09-19") == [("notice.over", "posted_to")]

    def test_who_hears_objections(self, cast):
        found = faults(cast, contact="", telephone="", address="")
        assert found == [("notice.contact", "contact"), ("notice.contact", "telephone")]
        assert faults(cast, telephone="") == []
