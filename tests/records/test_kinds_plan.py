"""Plans: their time, who approved them, progress that agrees with itself, the plan they replace."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records.kind import kind

(SAMPLE,) = kind("plan").samples
faults = Faults("plan", SAMPLE, datetime.date(2019, 9, 20))


def row(number: int, **cells) -> dict:
    rows = [dict(one) for one in SAMPLE["progress"]]
    rows[number - 1] |= cells
    return {"progress": rows}


@pytest.mark.db
class TestPlan:
    def test_the_sample_agrees_with_itself(self, cast):
        assert faults(cast) == []

    def test_it_begins_before_it_ends(self, cast):
        assert ("plan.order", "end_on") in faults.errors(cast, start_on="2020-01-01")

    def test_who_approved_it_and_when(self, cast):
        assert faults(cast, approved_on="") == [("plan.approval", "approved_on")]
        assert faults(cast, approver="") == [("plan.approval", "approver")]
        assert faults(cast, approver="", approved_on="") == []
        found = faults(cast, approver="", approved_on="", level="general")
        assert found == [("plan.approval", "approver"), ("plan.approval", "approved_on")]

    def test_up_to_which_day(self, cast):
        assert faults(cast, progress_on="") == [("plan.progress_on", "progress_on")]
        assert faults.errors(cast, progress_on="2019-09-11") == [("plan.progress_on", "progress_on")]
        assert faults(cast, progress_on="", progress=()) == []

    @pytest.mark.parametrize(
        ("number", "cells"),
        [(2, {"percent": "100.1"}), (2, {"percent": "-1"}), (1, {"percent": "99.9"}), (2, {"state": "waiting"})],
    )
    def test_the_whole_is_a_hundred(self, cast, number, cells):
        assert faults.errors(cast, **row(number, **cells)) == [("plan.percent", f"progress.{number}.percent")]

    @pytest.mark.parametrize("state", ["late", "ended"])
    def test_late_and_ended_have_a_reason(self, cast, state):
        assert faults(cast, **row(3, state=state, done="")) == [("plan.reason", "progress.3.done")]

    def test_what_is_over_is_not_going_on(self, cast):
        assert faults(cast, **row(3, state="going")) == [("plan.overdue", "progress.3.state")]

    def test_due_within_the_plan(self, cast):
        assert faults(cast, **row(2, due_on="2020-01-01")) == [("plan.due", "progress.2.due_on")]
        assert faults(cast, **row(1, due_on="2018-12-31")) == [("plan.due", "progress.1.due_on")]
