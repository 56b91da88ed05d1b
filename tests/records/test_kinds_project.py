"""Budget projects: six elements, sums and scores proven, and every department has one."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from tests.record_faults import Faults

from mingchuang.core import do as core
from mingchuang.core.actor import Actor
from mingchuang.records.kind import kind
from mingchuang.records.kinds.project.coverage import coverage
from mingchuang.records.kinds.project.kind import execution_rate

DAY = datetime.date(2019, 9, 20)
planned, finished = (Faults("project", sample, DAY) for sample in kind("project").samples)


@pytest.mark.db
class TestChecks:
    def test_samples_are_whole(self, cast):
        assert planned(cast) == []
        assert finished(cast) == []

    def test_the_lines_make_the_whole(self, cast):
        assert planned.errors(cast, amount="200.01") == [("project.funding", "funding")]
        assert planned.errors(cast, amount="180.5", **planned.with_row("funding", 3, amount="-0")) == []
        assert ("project.negative", "funding.3.amount") in planned(cast, **planned.with_row("funding", 3, amount="-1"))

    def test_more_spent_than_planned_is_said(self, cast):
        assert finished(cast, executed="200.01") == [("project.executed", "executed")]
        assert finished.errors(cast, executed="200.01") == []

    @pytest.mark.parametrize("element", ["basis", "implementer", "goal", "amount"])
    def test_four_elements_are_there_from_the_beginning(self, cast, element):
        assert ("records.required", element) in planned.errors(cast, **{element: ""})

    def test_results_are_owed_with_the_account(self, cast):
        found = finished(cast, self_evaluation="", self_score="", executed="", evaluation="")
        assert found == [
            ("project.result", "self_evaluation"),
            ("project.result", "self_score"),
            ("project.result", "executed"),
            ("project.evaluation", "evaluation"),
        ]
        assert finished.errors(cast, evaluation="") == []

    def test_a_report_has_its_author(self, cast):
        assert finished.errors(cast, evaluator="") == [("project.evaluator", "evaluator")]

    def test_points_keep_within_their_weight_and_make_the_score(self, cast):
        assert finished.errors(cast, **finished.with_row("indicators", 1, score="51")) == [
            ("project.score", "indicators.1.score")
        ]
        assert finished.errors(cast, **finished.with_row("indicators", 1, score="40")) == [
            ("project.self_score", "self_score")
        ]
        assert finished.errors(cast, self_score="98.01") == [("project.self_score", "self_score")]
        assert finished.errors(cast, self_score="98") == []
        assert ("project.self_score", "self_score") in finished.errors(cast, self_score="101")

    def test_what_was_reached_and_why_not_all(self, cast):
        assert finished(cast, **finished.with_row("indicators", 1, actual="", reason="")) == [
            ("project.actual", "indicators.1.actual"),
            ("project.reason", "indicators.1.reason"),
        ]

    def test_output_benefit_and_satisfaction(self, cast):
        assert planned(cast, **planned.without_row("indicators", 3)) == [
            ("project.aspect", "indicators"),
            ("project.weights", "indicators"),
        ]

    def test_days_and_years(self, cast):
        assert planned.errors(cast, ends_on="2019-03-31") == [("project.days", "ends_on")]
        assert planned.errors(cast, fiscal_year="19") == [("project.year", "fiscal_year")]
        assert planned(cast, fiscal_year="2018") == [("project.year", "fiscal_year")]

    def test_twenty_days_from_the_approval(self, cast):
        assert planned.owed(cast, approved_on="2019-09-18") == [
            ("budget.department.publish", datetime.date(2019, 10, 8))
        ]


def test_the_rate_is_rounded_once():
    assert execution_rate({"amount": Decimal(3), "executed": Decimal(2)}) == "66.7%"
    assert execution_rate({"amount": Decimal(0), "executed": Decimal(2)}) == ""
    assert execution_rate({"amount": Decimal(3), "executed": None}) == ""


@pytest.mark.db
class TestCoverage:
    @pytest.fixture(autouse=True)
    def _departments(self, cast):
        """Office and justice are administrative organs under the county, which is one itself."""
        for unit in (cast.county, cast.office, cast.justice):
            core.set_capabilities(
                unit, Actor.system(), capabilities=["administrative"], since=datetime.date(2018, 1, 1)
            )

    def test_units_that_have_none_are_named(self, cast):
        before = coverage(2019, DAY)
        assert [department.code for department in before.departments] == [cast.office.code, cast.justice.code]
        assert before.missing == before.departments
        planned.draft(cast)  # a draft is not public
        assert coverage(2019, DAY).missing == before.departments
        planned.published(cast)
        after = coverage(2019, DAY)
        assert [(one.code, one.projects) for one in after.departments] == [
            (cast.office.code, 1),
            (cast.justice.code, 0),
        ]
        assert [one.code for one in after.missing] == [cast.justice.code]
        assert not after.complete

    def test_another_year_does_not_count(self, cast):
        planned.published(cast)
        assert len(coverage(2020, DAY).missing) == 2

    def test_what_is_withdrawn_does_not_count(self, cast):
        from mingchuang.core import now
        from mingchuang.records import do

        record = planned.published(cast)
        with now.travel(DAY):
            do.withdraw(record, cast.zhang.actor, reason="mistake", note="演示：数字有误，更正后重新公开。")
        assert len(coverage(2019, DAY).missing) == 2

    def test_a_fixed_number_of_queries(self, cast, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            coverage(2019, DAY)

    def test_nobody_is_not_everybody(self, cast):
        assert not coverage(2019, datetime.date(2010, 1, 1)).complete
