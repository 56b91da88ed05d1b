"""索引号: by rule, given by other systems, never twice; every number that stands at no record has its reason."""

from __future__ import annotations

import pytest
from tests import record_stages as stages

from mingchuang.core import verify
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, numbering, public_page, timeline
from mingchuang.records.models import NumberGap, Record, Series

pytestmark = pytest.mark.db
GIVEN = "11640381000000000X/2026-00007"


def year() -> int:
    from mingchuang.core import now

    return now.today().year


def release(cast, revision):
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


def codes(caught) -> list[str]:
    return [issue.code for issue in caught.value.issues]


def refused(cast, revision, number, source="oa") -> list[str]:
    with pytest.raises(Refused) as caught:
        do.give_number(revision.record, cast.zhao.actor, number=number, source=source)
    return [issue.message for issue in caught.value.issues]


class TestGiven:
    def test_the_record_is_published_under_it(self, cast):
        revision = stages.approved(cast, record_class="C")
        do.give_number(revision.record, cast.zhao.actor, number=f" {GIVEN.lower()} ", source="platform")
        record = release(cast, revision)
        assert (record.index_number, record.get_number_source_display()) == (GIVEN, "省政府网站平台")
        assert public_page.page(record.pk).facts[0] == ("索引号", GIVEN)
        assert any(f"登记省政府网站平台给定的索引号 {GIVEN}" in entry.sentence for entry in timeline.of(record))
        assert [found.message for found in verify.run() if "索引号" in found.message] == []

    def test_without_one_the_rule_goes_on_unbroken(self, cast):
        given = stages.approved(cast, record_class="C")
        do.give_number(given.record, cast.zhao.actor, number=GIVEN, source="oa")
        release(cast, given)
        by_rule = release(cast, stages.approved(cast, record_class="C", doc_number="青政办发〔2019〕911号"))
        assert by_rule.index_number == f"GOV-OFFICE/{year()}-00001"

    def test_every_reason_at_once(self, cast):
        said = refused(cast, stages.draft(cast), "2026-7", source="phone")
        assert len(said) == 2 and "不是索引号的写法" in said[0] and "由谁给定" in said[1]

    def test_a_year_to_come(self, cast):
        assert "不晚于" in refused(cast, stages.draft(cast), f"000014349/{year() + 1}-00001")[0]

    def test_a_number_is_never_used_twice(self, cast):
        first, second = stages.draft(cast), stages.draft(cast, doc_number="青政办发〔2019〕911号")
        do.give_number(first.record, cast.zhao.actor, number=GIVEN, source="oa")
        assert "已由“青铜峡市" in refused(cast, second, GIVEN)[0]
        assert "已由“青铜峡市" in refused(cast, second, GIVEN.replace("00007", "007"))[0], "another writing of it"
        do.discard(first, cast.zhang.actor, note="演示：不再制发。")
        assert "稿件已作废" in refused(cast, second, GIVEN)[0]

    def test_one_that_the_rule_made_is_taken(self, cast):
        record = stages.published(cast, record_class="C")
        draft = stages.draft(cast, doc_number="青政办发〔2019〕911号")
        assert "已由“青铜峡市" in refused(cast, draft, record.index_number)[0]

    def test_the_rule_passes_a_given_one_over(self, cast):
        ahead = stages.draft(cast)
        do.give_number(ahead.record, cast.zhao.actor, number=f"GOV-OFFICE/{year()}-00001", source="oa")
        record = stages.published(cast, record_class="C", doc_number="青政办发〔2019〕911号")
        assert record.index_number == f"GOV-OFFICE/{year()}-00002"

    def test_it_is_taken_back_before_publication_and_never_after(self, cast):
        revision = stages.approved(cast, record_class="C")
        assert refused(cast, revision, "") == ["请填写索引号。"]
        do.give_number(revision.record, cast.zhao.actor, number=GIVEN, source="oa")
        do.give_number(revision.record, cast.zhao.actor, number="", source="")
        record = release(cast, revision)
        assert record.index_number == f"GOV-OFFICE/{year()}-00001"
        with pytest.raises(Refused):
            do.give_number(record, cast.zhao.actor, number=GIVEN, source="oa")

    def test_only_the_office(self, cast):
        with pytest.raises(Refused) as caught:
            do.give_number(stages.draft(cast).record, cast.zhang.actor, number=GIVEN, source="oa")
        assert "machine.role" in codes(caught)

    def test_a_column_written_around_the_system_is_found(self, cast):
        record = stages.draft(cast).record
        Record.objects.filter(pk=record.pk).update(given_number=GIVEN)
        assert any("登记的索引号" in found.message for found in verify.run())


class TestGaps:
    def sequence(self):
        return numbering.sequence("GOV-OFFICE", year())

    def shown(self):
        return [(run.serials, run.state) for run in self.sequence().runs]

    def test_each_number_with_its_state(self, cast):
        first = stages.published(cast, record_class="C")
        Series.objects.filter(key=numbering.series("GOV-OFFICE", year())).update(last=3)
        second = stages.published(cast, record_class="C", doc_number="青政办发〔2019〕911号")
        do.withdraw(second, cast.zhang.actor, reason="mistake", note="演示")
        assert self.shown() == [("00001", "public"), ("00002 至 00003", "open"), ("00004", "withdrawn")]
        assert (self.sequence().count("open"), self.sequence().made) == (2, 4)
        assert [run.record for run in self.sequence().runs] == [first.pk, None, second.pk]
        assert numbering.of_year(year()) == (self.sequence(),)
        assert numbering.years() == (year(),)

    def test_a_discarded_text_explains_its_number_by_itself(self, cast):
        draft = stages.draft(cast)
        do.give_number(draft.record, cast.zhao.actor, number=f"GOV-OFFICE/{year()}-00001", source="oa")
        assert self.shown() == [("00001", "given")]
        do.discard(draft, cast.zhang.actor, note="演示")
        assert self.shown() == [("00001", "discarded")]

    def test_numbers_of_other_systems_run_from_the_first_known(self, cast):
        for serial, number in (("05", 911), ("09", 912)):
            draft = stages.draft(cast, doc_number=f"青政办发〔2019〕{number}号")
            do.give_number(draft.record, cast.zhao.actor, number=f"000014349/2020-000{serial}", source="platform")
        found = numbering.sequence("000014349", 2020)
        assert [(run.serials, run.state) for run in found.runs] == [
            ("00005", "given"), ("00006 至 00008", "open"), ("00009", "given"),
        ]  # fmt: skip

    def test_an_explanation_is_an_event_and_the_number_is_spent(self, cast):
        stages.published(cast, record_class="C")
        told = {"reason": "elsewhere", "note": "演示：省平台已用于旧栏目。"}
        gap = do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, first=2, last=3, **told)
        record = stages.published(cast, record_class="C", doc_number="青政办发〔2019〕911号")
        assert record.index_number == f"GOV-OFFICE/{year()}-00004"
        assert self.shown()[1] == ("00002 至 00003", "explained")
        assert refused(cast, stages.draft(cast, doc_number="青政办发〔2019〕912号"), f"GOV-OFFICE/{year()}-00003")
        do.restate_gap(gap, cast.zhao.actor, reason="skipped", note="演示：更正。")
        assert NumberGap.objects.get().get_reason_display() == "编号时跳过"
        assert [found.message for found in verify.run()] == []

    def test_what_is_no_gap_is_not_explained(self, cast):
        stages.published(cast, record_class="C")
        with pytest.raises(Refused) as caught:
            do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, first=1, last=2, reason="", note="x")
        assert codes(caught) == ["records.gap_reason", "records.gap_held"]
        do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, first=2, last=2, reason="other", note="演示")
        with pytest.raises(Refused) as caught:
            do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, first=2, last=5, reason="other", note="演示")
        assert codes(caught) == ["records.gap_twice"]
        with pytest.raises(Refused) as caught:
            do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, first=5, last=4, reason="other", note="演示")
        assert codes(caught) == ["records.gap_order"]

    def test_only_the_office_and_only_with_words(self, cast):
        told = {"first": 2, "last": 2, "reason": "other"}
        with pytest.raises(Refused) as caught:
            do.explain_gap("GOV-OFFICE", year(), cast.zhang.actor, note="演示", **told)
        assert "machine.role" in codes(caught)
        with pytest.raises(Refused):
            do.explain_gap("GOV-OFFICE", year(), cast.zhao.actor, note=" ", **told)
