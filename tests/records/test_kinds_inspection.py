"""Random inspections: what was drawn is told object by object, with codes that are right, in twenty working days."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records import public_page
from mingchuang.records.kind import kind

DAY = datetime.date(2019, 9, 20)
SAMPLE = kind("inspection").samples[0]
result = Faults("inspection", SAMPLE, DAY)


@pytest.mark.db
class TestCounts:
    def test_the_sample_is_whole(self, cast):
        assert result(cast) == []

    def test_every_object_that_was_drawn(self, cast):
        assert result(cast, drawn="4", ratio="") == [("inspection.drawn", "drawn")]
        assert result.errors(cast, pool="2", ratio="") == [("inspection.pool", "pool")]

    def test_the_ratio_is_worked_out(self, cast):
        assert result(cast, ratio="4.5") == [("inspection.ratio", "ratio")]
        assert result(cast, pool="61", ratio="4.92") == []
        assert result(cast, pool="61", ratio="5") == []


@pytest.mark.db
class TestObjects:
    def test_codes_have_their_check_digit(self, cast):
        assert result.errors(cast, **result.with_row("objects", 1, uscc="91999901MA7000A11Y")) == [
            ("uscc.check", "objects.1.uscc")
        ]
        assert result(cast, **result.with_row("objects", 1, uscc="")) == [("inspection.code", "objects.1.uscc")]

    def test_each_once(self, cast):
        assert result.errors(cast, **result.with_row("objects", 3, uscc="91999901MA7000A11W")) == [
            ("inspection.twice", "objects.3.uscc")
        ]

    def test_what_followed_is_told(self, cast):
        assert result(cast, **result.with_row("objects", 3, followed="")) == [
            ("inspection.followed", "objects.3.followed")
        ]
        assert result.errors(cast, **result.with_row("objects", 1, finding="其他")) == [
            ("inspection.detail", "objects.1.detail")
        ]

    def test_no_private_number(self, cast):
        assert result.errors(cast, **result.with_row("objects", 2, detail="联系电话13800000000")) == [
            ("records.personal", "objects.2.detail")
        ]

    def test_a_finding_that_is_none(self, cast):
        from mingchuang.norms.outcome import Refused

        with pytest.raises(Refused) as caught:
            result.draft(cast, **result.with_row("objects", 2, finding="合格"))
        assert [issue.field for issue in caught.value.issues] == ["objects.2.finding"]


@pytest.mark.db
class TestInspectors:
    def test_two_at_least_each_once(self, cast):
        assert result.errors(cast, **result.without_row("inspectors", 2)) == [("inspection.inspectors", "inspectors")]
        assert result.errors(cast, **result.with_row("inspectors", 2, certificate="演示30010001")) == [
            ("inspection.certificate", "inspectors.2.certificate")
        ]

    def test_the_index_knows_objects_not_inspectors(self, cast):
        record = result.published(cast)
        (entry,) = public_page.index_entries([record.pk])
        assert "91999901MA7000A11W" in entry.body
        assert "演示30010001" not in entry.body
        facts = dict(public_page.page(record.pk).facts)
        assert facts["结果汇总"] == "未发现问题1户；通过登记的住所（经营场所）无法联系1户；发现问题已责令改正1户"


@pytest.mark.db
class TestDays:
    def test_drawn_then_inspected_then_told(self, cast):
        assert result.errors(cast, drawn_on="2019-09-03") == [("inspection.days", "inspected_from")]
        assert result.errors(cast, **result.with_row("objects", 1, inspected_on="2019-09-01")) == [
            ("inspection.day", "objects.1.inspected_on")
        ]
        assert result.errors(cast, inspected_until="2019-09-21") == [("inspection.unfinished", "inspected_until")]

    def test_twenty_working_days(self, cast):
        # 13 September and the first week of October are days of rest, 29 September and 12 October are not.
        assert result.owed(cast) == [("inspection.publish", datetime.date(2019, 10, 14))]
        late = Faults("inspection", SAMPLE, datetime.date(2019, 10, 15))
        assert late(cast) == [("inspection.late", "inspected_until")]
        assert Faults("inspection", SAMPLE, datetime.date(2019, 10, 14))(cast) == []

    def test_the_plan_and_its_results_lead_to_each_other(self, cast):
        plans = Faults("managed_list", kind("managed_list").samples[1], DAY)
        plan = plans.published(cast)
        record = result.published(cast, plan_record=plan.index_number)
        assert [group.words for group in public_page.page(record.pk).links] == ["抽查计划、事项清单"]
        assert [group.words for group in public_page.page(plan.pk).links] == ["抽查结果"]
