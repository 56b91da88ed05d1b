"""Budgets and final accounts: sums and identities proven, nothing left out, twenty days from approval."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from mingchuang.core import now
from mingchuang.core.models import Deadline
from mingchuang.norms.outcome import Refused
from mingchuang.records import do
from mingchuang.records.kind import kind
from mingchuang.records.kinds.budget import sums

SAMPLE = dict(kind("budget").samples[0]) | {"approved_on": "2019-09-18"}
DAY = datetime.date(2019, 9, 20)


def reasons(cast, **changed) -> list[tuple[str, str]]:
    """(code, field) of everything that speaks against the sample with these changes."""
    with now.travel(DAY):
        revision = do.create("budget", cast.office, cast.zhang.actor, {**SAMPLE, **changed})
        try:
            do.submit(revision, cast.zhang.actor)
        except Refused as refusal:
            return [(issue.code, issue.field) for issue in refusal.issues]
    return []


def with_row(table: str, number: int, **cells) -> dict:
    rows = [dict(row) for row in SAMPLE[table]]
    rows[number - 1] |= cells
    return {table: rows}


@pytest.mark.db
class TestFigures:
    def test_the_sample_adds_up(self, cast):
        assert reasons(cast) == []

    def test_both_sides_are_equal(self, cast):
        assert reasons(cast, **with_row("balance", 1, amount="1,250.01")) == [("budget.balance", "balance")]

    def test_a_whole_is_its_parts(self, cast):
        assert reasons(cast, **with_row("spending", 3, basic="900.51")) == [
            ("budget.economic_total", "economic"),
            ("budget.parts", "spending.3.total"),
        ]

    def test_a_class_is_the_sum_of_what_is_beneath(self, cast):
        assert reasons(cast, **with_row("economic", 1, code="30201", amount="800")) == [
            ("budget.economic_total", "economic"),
            ("budget.classes", "economic.2.amount"),
        ]

    def test_the_same_spending_in_both_tables(self, cast):
        found = reasons(cast, **with_row("spending", 5, basic="90", total="90"))
        assert found == [("budget.spending_total", "spending"), ("budget.economic_total", "economic")]

    def test_the_four_items_and_their_sum(self, cast):
        assert reasons(cast, **with_row("public_money", 4, item="公务用车运行维护费")) == [
            ("budget.public_items", "public_money"),
            ("budget.public_items", "public_money"),
        ]
        assert reasons(cast, public_total="8.01") == [("budget.public_total", "public_total")]

    def test_a_change_has_its_reason(self, cast):
        assert reasons(cast, **with_row("public_money", 4, reason="")) == [
            ("budget.public_reason", "public_money.4.reason")
        ]

    def test_empty_tables_are_named(self, cast):
        assert reasons(cast, economic=()) == [("budget.empty_table", "empty_tables")]
        assert reasons(cast, economic=(), empty_tables="基本支出经济分类表：没有基本支出") == []

    def test_the_explanation_speaks_of_what_the_law_demands(self, cast):
        found = reasons(cast, document="gov_budget")
        assert found == [("budget.explanation", "explanation")] * 2
        assert reasons(cast, explanation="<p>机关运行经费200.50万元，本年没有政府采购。</p>") == []

    def test_the_year_fits_the_approval(self, cast):
        assert reasons(cast, fiscal_year="2009") == [("budget.year", "fiscal_year")]


@pytest.mark.db
class TestTime:
    def owed(self, cast, **changed) -> list[tuple[str, datetime.date]]:
        with now.travel(DAY):
            revision = do.create("budget", cast.office, cast.zhang.actor, {**SAMPLE, **changed})
        about = Deadline.objects.open().filter(about_id=revision.record_id)
        return [(deadline.rule, deadline.due) for deadline in about]

    def test_twenty_days_from_the_approval(self, cast):
        # 预算法 art. 14: 20 days, not working days; 2019-09-18 is not counted.
        assert self.owed(cast) == [("budget.department.publish", datetime.date(2019, 10, 8))]

    def test_a_government_owes_under_its_own_rule(self, cast):
        assert self.owed(cast, document="gov_accounts")[0][0] == "budget.government.publish"

    def test_no_day_yet_no_clock(self, cast):
        assert self.owed(cast, approved_on="") == []

    def test_the_clock_follows_the_day_and_is_met_by_publication(self, cast):
        from tests import record_stages as stages

        with now.travel(DAY):
            revision = do.create("budget", cast.office, cast.zhang.actor, SAMPLE)
            saved = do.save_draft(revision, cast.zhang.actor, {"approved_on": "2019-09-19"}, version=revision.version)
            (open_,) = Deadline.objects.open().filter(about_id=revision.record_id)
            assert open_.due == datetime.date(2019, 10, 9)
            do.submit(saved.revision, cast.zhang.actor)
            text = stages.signed(cast, stages.fresh(saved.revision), *stages.signers(cast, "B"))
            do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)
        open_.refresh_from_db()
        assert (open_.clock, open_.met_on) == ("met", DAY)


class TestSums:
    ROWS = (
        {"code": "201", "total": Decimal(5)},
        {"code": "2010101", "total": Decimal(2)},
        {"code": "20103", "total": Decimal(4)},
        {"code": "2010301", "total": Decimal(4)},
    )

    def test_levels_that_are_left_out_do_not_count_twice(self):
        broken = list(sums.broken_classes(self.ROWS, "total"))
        assert broken == [(1, Decimal(5), Decimal(6))]

    def test_leaves(self):
        assert [row["code"] for row in sums.leaves(self.ROWS)] == ["2010101", "2010301"]
