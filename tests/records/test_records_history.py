"""History out of a workbook: public as it was, not reviewed again, marked with file, line, person; all rows or none."""

from __future__ import annotations

import datetime
import json

import pytest
from tests import record_stages as stages
from tests.history_sheet import BATCHES, LAND, NOTE, workbook

from mingchuang.core import files, now, verify
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, history, public_page, timeline
from mingchuang.records.models import Record, Revision

DAY = datetime.date(2026, 11, 24)


def source(data: bytes) -> do.Source:
    return do.Source(files.put(data, "历史批次.xlsx"), "历史批次.xlsx")


def taken(cast, *rows, player=None, note=NOTE):
    data = workbook(LAND, *rows)
    found = history.read("land", data, "历史批次.xlsx", DAY)
    assert found.issues == ()
    actor = (player or cast.zhao).actor
    return do.take_over("land", cast.office, actor, found.entries, source=source(data), note=note)


@pytest.mark.db
class TestTakenOver:
    def test_public_under_its_original_day_with_nothing_owed(self, cast):
        taken(cast, *BATCHES)
        first, second = Record.objects.order_by("pk")
        assert (first.visibility, first.published_on, first.year) == ("public", datetime.date(2011, 3, 10), 2011)
        assert first.index_number == "GOV-OFFICE/2011-00001"
        assert (first.original_address, first.import_line, second.import_line) == ("http://example.invalid/1", 2, 3)
        assert not first.published.approvals.exists() and not first.published.steps.exists()
        from mingchuang.core.models import Deadline

        assert not Deadline.objects.filter(about_id__in=[first.pk, second.pk]).exists()

    def test_file_line_person_and_bytes_are_proven(self, cast):
        taken(cast, BATCHES[0])
        record = Record.objects.get()
        digest = record.import_source_id
        event = Event.objects.get(subject_kind=Revision.subject_kind(), move="adopt")
        assert (event.person, event.evidence, event.note) == (cast.zhao.person, [digest], NOTE)
        assert (event.data["source_name"], event.data["line"]) == ("历史批次.xlsx", 2)
        assert event.content_hash == record.published.content_hash
        told = [entry.sentence for entry in timeline.of(record)]
        assert any("赵主管" in one and digest in one and "不再审签" in one for one in told)
        frozen = json.loads(public_page.frozen_json(record.pk))
        assert frozen["fields"]["batch"] == "2011年第1批次（演示）"
        assert [found.message for found in verify.run()] == []

    def test_citizens_see_what_it_is(self, cast, client):
        taken(cast, BATCHES[0])
        record = Record.objects.get()
        page = public_page.page(record.pk)
        assert ("来源", "历史数据导入") in page.facts and ("原地址", "http://example.invalid/1") in page.facts
        assert page.unit_name == "青铜峡市人民政府办公室", "in 2011 the directory knows no name yet"
        (entry,) = public_page.index_entries([record.pk])
        assert entry.unit_name == page.unit_name
        assert (page.adopted.source, page.adopted.line) == (record.import_source_id, 2)
        shown = client.get(page.address).content.decode()
        assert "没有重新审签" in shown and record.import_source_id in shown

    def test_a_correction_of_it_is_reviewed(self, cast):
        taken(cast, BATCHES[0])
        record = Record.objects.get()
        draft = do.correct(record, cast.zhang.actor, note="演示：面积有误。")
        do.submit(draft, cast.zhang.actor)
        text = stages.signed(cast, stages.fresh(draft), *stages.signers(cast, "B"))
        do.publish(record, cast.zhang.actor, content_hash=text.content_hash, note="更正")
        assert public_page.page(record.pk).adopted is None
        assert ("来源", "历史信息补录") in public_page.page(record.pk).facts
        assert [found.message for found in verify.run()] == []

    def test_what_never_was_public_is_reviewed(self, cast):
        never = (*BATCHES[1][:5], "", "", "")
        with pytest.raises(Refused) as caught:
            taken(cast, BATCHES[0], never)
        assert "第 3 行：没有写明原公开日期" in caught.value.reasons[0]
        assert not Record.objects.exists()

    def test_what_the_gate_stops_is_not_taken_over(self, cast):
        person = ("2013年第3批次（联系人13912345678）", *BATCHES[0][1:])
        with pytest.raises(Refused) as caught:
            taken(cast, BATCHES[1], person)
        assert all(reason.startswith("第 3 行：隐私检查") for reason in caught.value.reasons)
        assert "13912345678" not in "".join(caught.value.reasons)
        assert not Record.objects.exists()

    def test_only_the_office_and_only_with_words(self, cast):
        with pytest.raises(Refused):
            taken(cast, BATCHES[0], player=cast.zhang)
        with pytest.raises(Refused):
            taken(cast, BATCHES[0], note=" ")
        assert not Record.objects.exists()

    def test_a_rehearsal_leaves_nothing(self, cast):
        data = workbook(LAND, *BATCHES)
        entries = history.read("land", data, "历史批次.xlsx", DAY).entries
        before = Event.objects.count()
        told = {"source": source(data), "note": NOTE}
        assert do.rehearse_history("land", cast.office, cast.zhao.actor, entries, **told) == ()
        assert (Record.objects.count(), Event.objects.count()) == (0, before)

    def test_stopped_before_publication_it_waits_with_its_original_day(self, cast, monkeypatch):
        import importlib

        def killed(*args, **told):
            raise RuntimeError("killed")

        module = importlib.import_module("mingchuang.records.do.history")
        with monkeypatch.context() as patch:
            patch.setattr(module, "publish", killed)
            with pytest.raises(RuntimeError):
                taken(cast, BATCHES[0])
        record = Record.objects.select_related("current").get()
        assert (record.visibility, record.current.progress) == ("none", "approved")
        do.publish(record, cast.zhao.actor, content_hash=record.current.content_hash)
        record.refresh_from_db()
        assert (record.visibility, record.published_on) == ("public", datetime.date(2011, 3, 10))
        assert [found.message for found in verify.run()] == []

    def test_a_draft_is_not_adopted_through_the_back_door(self, cast):
        from mingchuang.core.act import act

        revision = stages.draft(cast)
        with pytest.raises(Refused) as caught:
            act(
                revision, "adopt", cast.zhao.actor, content_hash="sha256:0", note="x", evidence=["0" * 64],
                data={}, facts={"public_on": DAY},
            )  # fmt: skip
        assert {"records.no_history", "records.not_frozen"} <= {issue.code for issue in caught.value.issues}

    def test_a_mark_written_around_the_system_is_found(self, cast):
        record = stages.published(cast, record_class="C")
        Revision.objects.filter(pk=record.published_id).update(adopted=True)
        assert any("历史数据导入" in found.message for found in verify.run())


class TestAnyKind:
    HEAD = ("名称", "文号", "成文日期", "内容概述", "制发机关", "公开属性", "主题分类", "正文", "发布日期", "网址")
    ROW = (
        "关于做好演示工作的通知", "青政发[2010]3号", "2010-02-01", "演示数据。", "青铜峡市人民政府", "主动公开",
        "综合政务", "各镇人民政府：", "2010-02-03", "http://example.invalid/p",
    )  # fmt: skip

    def test_the_fields_of_the_form_are_the_columns(self):
        found = history.read("policy", workbook(self.HEAD, self.ROW), "文件.xlsx", DAY)
        assert found.issues == ()
        (entry,) = found.entries
        assert entry.values["doc_number"] == "青政发〔2010〕3号"
        assert (entry.public_on, entry.address, entry.line) == (
            datetime.date(2010, 2, 3), "http://example.invalid/p", 2,
        )  # fmt: skip

    def test_every_fault_is_named_by_row_and_column(self):
        bad = (*self.ROW[:2], "2010-13-01", *self.ROW[3:8], "2031-01-01", "www.example.invalid")
        found = history.read("policy", workbook(self.HEAD, self.ROW, bad), "文件.xlsx", DAY)
        assert found.entries == ()
        assert [issue.field for issue in found.issues] == [
            "history.3.formed_on", "history.3.original_public_on", "history.3.original_address",
        ]  # fmt: skip

    def test_which_kinds(self):
        offered = {declared.id for declared in history.offered()}
        assert {"land", "policy", "report"} <= offered
        assert not {"household", "budget"} & offered

    @pytest.mark.db
    def test_a_policy_document_of_before(self, cast):
        data = workbook(self.HEAD, self.ROW)
        entries = history.read("policy", data, "文件.xlsx", DAY).entries
        do.take_over("policy", cast.office, cast.zhao.actor, entries, source=source(data), note=NOTE)
        assert Record.objects.get().published_on == datetime.date(2010, 2, 3)
        with now.travel(datetime.date(2026, 11, 25)):
            assert [found.message for found in verify.run()] == []
