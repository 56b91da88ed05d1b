"""Major projects: eight classes, each with what it must hold; one chain for each project code."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records import public_page, references
from mingchuang.records.kind import kind
from mingchuang.records.kinds.construction.checks import NEEDED
from mingchuang.records.kinds.construction.models import InformationClass
from mingchuang.records.kinds.construction.progress import projects

DAY = datetime.date(2019, 9, 20)
approval, candidates = (Faults("construction", sample, DAY) for sample in kind("construction").samples)


@pytest.mark.db
class TestClasses:
    def test_samples_are_whole(self, cast):
        assert [approval(cast), candidates(cast)] == [[], []]

    @pytest.mark.parametrize(("value", "label"), InformationClass.choices)
    def test_each_class_has_what_it_must(self, cast, value, label):
        found = approval.errors(cast, information=label, approvals=(), body="")
        assert found == [("construction.needed", name) for name in NEEDED[value]]

    def test_services_speak_of_five_things(self, cast):
        (issue,) = approval.issues(cast, information="批准服务信息", body="<p>申报材料和办理流程见附件。</p>")
        assert (issue.code, issue.severity) == ("construction.speaks", "warning")
        assert "时限" in issue.message
        assert "材料" not in issue.message


@pytest.mark.db
class TestCodesAndDays:
    def test_a_code_that_cannot_be_recognised_is_said(self, cast):
        assert approval(cast, project_code="2019-01") == [("construction.code", "project_code")]
        assert approval.errors(cast, project_code="2019-01") == []

    def test_enterprises_and_their_heads(self, cast):
        assert candidates(cast, **candidates.with_row("parties", 1, uscc="91999901MA7000C308")) == [
            ("uscc.check", "parties.1.uscc")
        ]
        assert candidates.errors(cast, **candidates.with_row("parties", 2, head="示例乙 13800000000")) == [
            ("records.personal", "parties.2.head")
        ]

    def test_nothing_is_announced_before_it_was_decided(self, cast):
        later = approval.with_row("approvals", 1, decided_on="2019-09-11")
        assert approval.errors(cast, **later) == [("construction.decided", "approvals.1.decided_on")]

    def test_candidates_are_shown_three_days(self, cast):
        assert candidates.errors(cast, shown_until="2019-09-19") == [("construction.shown", "shown_until")]
        assert candidates.errors(cast, shown_until="", parties=()) == [
            ("construction.candidates", "parties"),
            ("construction.shown", "shown_until"),
        ]

    def test_three_clocks(self, cast):
        assert candidates.owed(cast) == [("tender.candidates", datetime.date(2019, 9, 20))]
        assert approval.owed(cast) == [("construction.publish", datetime.date(2019, 10, 14))]
        assert approval.owed(cast, is_licence="是") == [("permit.publish", datetime.date(2019, 9, 20))]


@pytest.mark.db
class TestChain:
    def test_every_piece_leads_to_the_others_of_its_project(self, cast):
        first, second = approval.published(cast), candidates.published(cast)
        other = approval.published(cast, project_code="2019-999901-78-01-000002")
        (group,) = public_page.page(first.pk).links
        assert group.words == "同一项目的其他信息"
        assert [row.id for row in group.rows] == [second.pk]
        assert public_page.page(other.pk).links == ()
        assert references.linked(first.pk) == (second.pk,)

    def test_what_is_withdrawn_leaves_the_chain(self, cast):
        from mingchuang.core import now
        from mingchuang.records import do

        first, second = approval.published(cast), candidates.published(cast)
        with now.travel(DAY):
            do.withdraw(second, cast.zhang.actor, reason="mistake", note="演示：数字有误。")
        assert public_page.page(first.pk).links == ()
        assert references.linked(second.pk) == (first.pk,)

    def test_which_classes_a_project_has(self, cast):
        approval.published(cast)
        candidates.published(cast)
        (project,) = projects()
        assert project.project_code == "2019-999901-78-01-000001"
        assert dict(project.counts)["批准结果信息"] == 1
        assert len(project.missing) == 6
        assert "招标投标信息" not in project.missing
