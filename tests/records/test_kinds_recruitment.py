"""Recruitment: posts and conditions, lists that are shown long enough and then go, as little of a person as can be."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.records import do, public_page
from mingchuang.records.kind import kind
from mingchuang.records.kinds.recruitment.checks import NEEDED
from mingchuang.records.kinds.recruitment.models import Stage

DAY = datetime.date(2019, 9, 20)
proposed, announcement = (Faults("recruitment", sample, DAY) for sample in kind("recruitment").samples)
#: A number of the unassigned area 999901 with a valid check digit.
ID_NUMBER = "999901199001010010"


@pytest.mark.db
class TestStages:
    def test_samples_are_whole(self, cast):
        assert [proposed(cast), announcement(cast)] == [[], []]

    @pytest.mark.parametrize(("value", "label"), Stage.choices)
    def test_each_stage_has_what_it_must(self, cast, value, label):
        empty = {"apply_from": "", "apply_until": "", "until": "", "body": "", "posts": (), "candidates": ()}
        found = proposed.errors(cast, stage=label, **empty)
        assert found == [("recruitment.needed", name) for name in NEEDED[value]]

    def test_a_post_has_places_and_conditions(self, cast):
        odd = announcement.with_row("posts", 1, headcount="0", education="", major="")
        assert announcement(cast, **odd) == [
            ("recruitment.headcount", "posts.1.headcount"),
            ("recruitment.conditions", "posts.1.conditions"),
        ]


@pytest.mark.db
class TestDays:
    def test_applications_end_before_the_examination(self, cast):
        assert announcement.errors(cast, exam_on="2019-06-13") == [("recruitment.days", "exam_on")]

    def test_seven_days_for_institutions(self, cast):
        assert proposed.errors(cast, until="2019-09-24") == [("recruitment.until", "until")]
        assert proposed.errors(cast, until="2019-09-25") == []
        assert proposed.errors(cast, until="2019-09-24", stage="录用（聘用）结果") == []

    def test_five_working_days_for_civil_servants_since_they_are_the_rule(self, cast):
        later = Faults(
            "recruitment", dict(proposed.sample) | {"employer": "公务员（含参照管理）"}, datetime.date(2020, 7, 1)
        )
        days = {"formed_on": "2020-07-01"}
        assert later.errors(cast, **days, until="2020-07-07") == [("recruitment.until", "until")]
        assert later.errors(cast, **days, until="2020-07-08") == []
        assert proposed.errors(cast, employer="公务员（含参照管理）", until="2019-09-19") == []

    def test_it_goes_by_itself(self, cast):
        record = proposed.published(cast)
        assert not do.end_displays(datetime.date(2019, 9, 29))
        with now.travel(datetime.date(2019, 9, 30)):
            assert len(do.end_displays(datetime.date(2019, 9, 30))) == 1
            assert isinstance(public_page.page(record.pk), public_page.Tombstone)

    def test_an_announcement_stays(self, cast):
        announcement.published(cast)
        with now.travel(datetime.date(2030, 1, 2)):
            assert not do.end_displays(datetime.date(2030, 1, 2))


@pytest.mark.db
class TestPersons:
    def test_an_id_number_nowhere(self, cast):
        for column in ("ticket", "name"):
            (issue,) = proposed.issues(cast, **proposed.with_row("candidates", 1, **{column: ID_NUMBER}))
            assert (issue.code, issue.field) == ("records.personal", f"candidates.1.{column}")
            assert ID_NUMBER not in issue.message

    def test_masked_or_not_at_all(self, cast):
        whole = proposed.with_row("candidates", 1, partial_id=ID_NUMBER)
        assert ("records.unmasked", "candidates.1.partial_id") in proposed.errors(cast, **whole)
        assert proposed.errors(cast, **proposed.with_row("candidates", 1, partial_id="9999**********0010")) == []

    def test_somebody_is_meant(self, cast):
        assert proposed.errors(cast, **proposed.with_row("candidates", 1, ticket="")) == [
            ("recruitment.nobody", "candidates.1.ticket")
        ]
        assert proposed.errors(cast, **proposed.with_row("candidates", 1, ticket="", name="示例甲")) == []

    def test_nothing_of_health(self, cast):
        assert proposed(cast, body="<p>一人体检不合格。</p>") == [("recruitment.health", "body")]

    def test_the_index_knows_no_candidate(self, cast):
        record = proposed.published(cast, **proposed.with_row("candidates", 1, name="示例甲"))
        (entry,) = public_page.index_entries([record.pk])
        assert "示例甲" not in entry.body
        assert "演示20190001" not in entry.body
        assert "档案管理" in entry.body

    def test_search_engines_keep_no_list_of_people(self, cast, client):
        listed, open_ = proposed.published(cast), announcement.published(cast)
        robots = '<meta name="robots" content="noindex'
        assert robots in client.get(public_page.page(listed.pk).address).content.decode()
        assert robots not in client.get(public_page.page(open_.pk).address).content.decode()


@pytest.mark.db
class TestLists:
    def test_nobody_twice(self, cast):
        assert proposed.errors(cast, **proposed.with_row("candidates", 3, ticket="演示20190007")) == [
            ("recruitment.twice", "candidates.3.ticket")
        ]

    def test_no_more_than_there_are_places(self, cast):
        moved = proposed.with_row("candidates", 3, post_code="YS01")
        assert proposed.errors(cast, **moved) == [("recruitment.too_many", "candidates")]

    def test_a_post_that_exists(self, cast):
        assert proposed.errors(cast, **proposed.with_row("candidates", 1, post_code="YS09")) == [
            ("recruitment.post", "candidates.1.post_code")
        ]

    def test_ranks_follow_scores(self, cast):
        assert proposed(cast, **proposed.with_row("candidates", 3, total="90")) == [
            ("recruitment.rank", "candidates.3.rank")
        ]
