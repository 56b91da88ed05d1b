"""Land batches: the way of the law step by step, three clocks of their own, and the past entered from a workbook."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import checks, do, public_page
from mingchuang.records.kind import kind
from mingchuang.records.kinds.land import history
from mingchuang.records.models import Record

SAMPLE = dict(kind("land").samples[0])
BOARDS = SAMPLE["steps"][0]["place"]
#: After the rules of 2021 came into force.
DAY = datetime.date(2022, 7, 20)


def step(name: str, starts_on: str, ends_on: str = "", place: str = "") -> dict[str, str]:
    return {"step": name, "starts_on": starts_on, "ends_on": ends_on, "number": "", "place": place, "result": ""}


#: 14 days of Monday to Monday hold ten working days; thirty days end on a Saturday and move to Monday.
STEPS = (
    step("征收土地预公告", "2022-05-09", "2022-05-23", BOARDS),
    step("土地现状调查", "2022-05-23"),
    step("社会稳定风险评估", "2022-05-23"),
    step("征地补偿安置方案公告", "2022-05-26", "2022-06-27", BOARDS),
    step("补偿登记", "2022-05-26"),
    step("征地补偿安置协议", "2022-06-28"),
)
APPROVED = {
    "approval_no": "演示土批字〔2022〕9号",
    "approver": "演示批准机关",
    "approved_on": "2022-07-01",
    "received_on": "2022-07-04",
}
batch = Faults("land", SAMPLE | {"formed_on": "2022-05-09", "steps": STEPS}, DAY)
approved = Faults("land", dict(batch.sample) | APPROVED, DAY)
old = Faults("land", SAMPLE, datetime.date(2019, 9, 20))


def other(number: int, **cells: str) -> dict:
    return batch.with_row("steps", number, **cells)


@pytest.mark.db
class TestPostings:
    def test_whole_batches(self, cast):
        assert [batch(cast), approved(cast), old(cast)] == [[], [], []]

    def test_ten_working_days(self, cast):
        assert batch.errors(cast, **other(1, ends_on="2022-05-20")) == [("land.posting", "steps.1.ends_on")]

    def test_thirty_days_and_a_last_day_of_rest(self, cast):
        assert batch.errors(cast, **other(4, ends_on="2022-06-25")) == [("land.posting", "steps.4.ends_on")]

    def test_while_it_hangs_the_day_is_told(self, cast):
        (issue,) = batch.issues(cast, **other(1, ends_on=""))
        assert (issue.severity, issue.field) == ("remark", "steps.1.ends_on")
        assert "2022-05-23" in issue.message

    def test_before_the_rules_nothing_is_held_against_a_step(self, cast):
        assert old(cast, **old.with_row("steps", 1, ends_on="2019-07-16")) == []

    def test_where_people_live(self, cast):
        assert batch.errors(cast, **other(4, place="")) == [("land.place", "steps.4.place")]


@pytest.mark.db
class TestWay:
    @pytest.mark.parametrize("name", ["area", "purpose", "survey_plan", "compensation", "resettlement", "objection"])
    def test_what_an_announcement_says(self, cast, name):
        assert batch.errors(cast, **{name: ""}) == [("land.contents", name)]
        assert old.errors(cast, **{name: ""}) == []

    def test_steps_do_not_run_backwards(self, cast):
        assert batch.errors(cast, **other(2, starts_on="2022-05-08")) == [("land.order", "steps.2.starts_on")]
        assert batch.errors(cast, **other(5, ends_on="2022-05-25")) == [("land.ends", "steps.5.ends_on")]

    def test_many_objections_ask_for_a_hearing(self, cast):
        assert batch.errors(cast, objected="是") == [("land.hearing", "steps")]
        heard = [*STEPS, step("听证", "2022-06-20")]
        assert batch.errors(cast, objected="是", steps=heard) == []

    def test_everything_before_approval(self, cast):
        (issue,) = approved.issues(cast, steps=STEPS[:1])
        assert (issue.code, issue.severity) == ("land.before_approval", "error")
        assert all(word in issue.message for word in ("社会稳定风险评估", "补偿登记", "征地补偿安置协议"))

    def test_a_notice_needs_its_approval_and_its_time(self, cast):
        notice = step("征收土地公告", "2022-07-15", "", BOARDS)
        assert batch.errors(cast, steps=[*STEPS, notice]) == [("land.approval", "approved_on")]
        assert approved(cast, steps=[*STEPS, notice]) == []
        early = step("征收土地公告", "2022-06-30", "", BOARDS)
        found = approved.errors(cast, steps=[*STEPS, early], approval_no="演示土批字〔2022〕10号")
        assert found == [("land.notice_early", "steps.7.starts_on")]
        # Fifteen working days after Monday 2022-07-04 are Monday 2022-07-25.
        late = step("征收土地公告", "2022-07-26", "", BOARDS)
        found = approved(cast, steps=[*STEPS, late], approval_no="演示土批字〔2022〕11号")
        assert found == [("land.notice_late", "steps.7.starts_on")]

    def test_no_step_no_batch(self, cast):
        assert batch.errors(cast, steps=()) == [("land.no_step", "steps")]

    def test_households_do_not_go_on_the_web(self, cast):
        assert batch(cast, body="<p>分户补偿情况见附表。</p>") == [("land.household", "body")]

    def test_one_approval_one_record(self, cast):
        approved.draft(cast)
        assert approved.errors(cast) == [("land.same_approval", "approval_no")]


@pytest.mark.db
class TestClocks:
    def clocks(self, record_id: int) -> list[tuple[str, datetime.date, str, datetime.date | None]]:
        found = Deadline.objects.filter(about_id=record_id, rule__startswith="land.").exclude(clock="void")
        return [(one.rule, one.due, one.clock, one.met_on) for one in found.order_by("pk")]

    def test_each_step_has_its_own(self, cast):
        revision = approved.draft(cast, **other(4, ends_on=""))
        assert self.clocks(revision.record_id) == [
            ("land.pre_notice", datetime.date(2022, 5, 23), "met", datetime.date(2022, 5, 23)),
            ("land.compensation_plan", datetime.date(2022, 6, 27), "running", None),
            ("land.notice", datetime.date(2022, 7, 25), "running", None),
        ]

    def test_they_follow_what_the_draft_says(self, cast):
        revision = batch.draft(cast, **other(1, ends_on=""))
        with now.travel(DAY):
            saved = do.save_draft(
                revision, cast.zhang.actor, other(1, starts_on="2022-05-10", ends_on=""), version=revision.version
            )
            first = self.clocks(revision.record_id)[-1]
            assert first[:3] == ("land.pre_notice", datetime.date(2022, 5, 24), "running")
            saved = do.save_draft(
                saved.revision,
                cast.zhang.actor,
                other(1, starts_on="2022-05-10", ends_on="2022-05-24"),
                version=saved.revision.version,
            )
            assert self.clocks(revision.record_id)[-1][2:] == ("met", datetime.date(2022, 5, 24))
            do.save_draft(
                saved.revision,
                cast.zhang.actor,
                other(1, starts_on="2022-05-10", ends_on=""),
                version=saved.revision.version,
            )
            assert self.clocks(revision.record_id)[-1][2:] == ("running", None)

    def test_publication_meets_its_own_clock_alone_and_the_notice_is_owed_afterwards(self, cast):
        record = batch.published(cast)
        assert Deadline.objects.get(about_id=record.pk, rule="information.publish").clock == "met"
        assert [one[2] for one in self.clocks(record.pk)] == ["met", "met"]
        with now.travel(DAY):
            draft = do.correct(record, cast.zhang.actor, note="演示：已经批准，补充批准信息。")
            saved = do.save_draft(draft, cast.zhang.actor, APPROVED, version=draft.version).revision
            assert self.clocks(record.pk)[-1][:3] == ("land.notice", datetime.date(2022, 7, 25), "running")
            notice = step("征收土地公告", "2022-07-18", "", BOARDS)
            do.save_draft(saved, cast.zhang.actor, {"steps": [*STEPS, notice]}, version=saved.version)
        assert self.clocks(record.pk)[-1][2:] == ("met", datetime.date(2022, 7, 18))

    def test_a_batch_that_is_given_up_owes_nothing(self, cast):
        revision = batch.draft(cast, **other(4, ends_on=""))
        with now.travel(DAY):
            do.discard(revision, cast.zhang.actor, note="演示：重复。")
        assert not Deadline.objects.open().filter(about_id=revision.record_id).exists()


HEAD = ("批次", "坐落", "面积（公顷）", "批文号", "批准时间", "公告日期", "方案公告日期", "原网址")
GOOD = (
    ("2011年第1批次（演示）", "演示镇演示村", 1.5, "演示土批〔2011〕1号", "2011-03-01", "2011-03-10", "2011-04-01", "http://example.invalid/1"),
    ("2012年第2批次（演示）", "演示镇示例村", 0.25, "演示土批〔2012〕2号", "2012年5月6日", "", "", ""),
)  # fmt: skip


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("历史征地批次（演示）",))
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestWorkbook:
    def read(self, *rows):
        return history.read(workbook(*rows), "历史批次.xlsx", DAY)

    def test_one_entry_for_each_row_with_original_dates(self):
        found = self.read(*GOOD)
        assert found.issues == ()
        first, second = found.entries
        assert (first.line, first.address) == (3, "http://example.invalid/1")
        assert first.values["formed_on"] == datetime.date(2011, 3, 10)
        assert [row["starts_on"].isoformat() for row in first.values["steps"]] == ["2011-04-01", "2011-03-10"]
        assert second.values["formed_on"] == datetime.date(2012, 5, 6)
        assert second.values["steps"] == []

    def test_every_fault_is_named_by_its_row(self):
        bad = (
            ("", "演示镇", 1, "演示土批〔2011〕3号", "2011-03-01", "", "", ""),
            ("甲", "演示镇", "一点五", "演示土批〔2011〕4号", "2011-13-01", "", "", ""),
            ("乙", "演示镇", 1, "演示土批〔2011〕1号", "2011-03-01", "2011-02-01", "", "ftp://x"),
            ("丙", "演示镇", 0, "演示土批〔2011〕5号", "2031-03-01", "", "", ""),
        )
        found = self.read(GOOD[0], *bad)
        assert found.entries == ()
        assert sorted((issue.field, issue.code) for issue in found.issues) == [
            ("history.4.batch", "land.history_required"),
            ("history.5.approved_on", "land.history_required"),
            ("history.5.approved_on", "records.date"),
            ("history.5.hectares", "records.number"),
            ("history.6.address", "land.history_address"),
            ("history.6.approval_no", "land.history_twice"),
            ("history.6.notice_on", "land.history_order"),
            ("history.7.approved_on", "land.history_future"),
            ("history.7.hectares", "land.history_area"),
        ]
        assert all("第 " in issue.message for issue in found.issues)

    def test_a_sheet_without_a_head_or_without_rows(self):
        assert self.read().issues[0].code == "land.no_rows"
        assert history.read(b"a,b\n1,2\n", "x.csv", DAY).issues


@pytest.mark.db
class TestHistory:
    def enter(self, cast, *rows):
        found = history.read(workbook(*rows), "历史批次.xlsx", DAY)
        with now.travel(DAY):
            return do.enter_history("land", cast.office, cast.zhang.actor, found.entries)

    def test_drafts_marked_as_imported_without_a_clock(self, cast):
        made = self.enter(cast, *GOOD)
        records = list(Record.objects.filter(pk__in=[one.record_id for one in made]).order_by("pk"))
        assert [(record.imported, record.original_address) for record in records] == [
            (True, "http://example.invalid/1"),
            (True, ""),
        ]
        assert not Deadline.objects.filter(about_id__in=[record.pk for record in records]).exists()
        created = Event.objects.get(subject_kind=Record.subject_kind(), subject_id=records[0].pk, move="create")
        assert created.data["imported"] is True

    def test_the_page_says_that_it_is_history(self, cast):
        (first, _second) = self.enter(cast, *GOOD)
        with now.travel(DAY):
            do.submit(first, cast.zhang.actor)
            text = stages.signed(cast, stages.fresh(first), *stages.signers(cast, "B"))
            do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)
        page = public_page.page(first.record_id)
        assert ("来源", "历史信息补录") in page.facts
        assert ("原地址", "http://example.invalid/1") in page.facts

    def test_all_or_none_and_every_line_told(self, cast):
        self.enter(cast, GOOD[0])
        before = Record.objects.count()
        with pytest.raises(Refused) as caught:
            self.enter(cast, *GOOD)
        assert [(issue.code, issue.context["line"]) for issue in caught.value.issues] == [("land.same_approval", 3)]
        assert caught.value.issues[0].message.startswith("第 3 行：")
        assert Record.objects.count() == before

    def test_nothing_to_enter(self, cast):
        with now.travel(DAY), pytest.raises(Refused):
            do.enter_history("land", cast.office, cast.zhang.actor, ())

    def test_an_entry_is_looked_over_like_any_text(self, cast):
        (revision,) = self.enter(cast, GOOD[1])
        with now.travel(DAY):
            assert checks.complete(revision, cast.zhang.actor, {}) == []
