"""索引号, 涉企 rows with evidence, history and figures in the desk, as clerks and the 政务公开办 see them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.history_sheet import BATCHES, LAND, NOTE, workbook
from tests.record_stages import approved, draft, fresh, published

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ""


class TestNumbers:
    def test_a_number_of_the_oa_is_registered_and_published(self, cast: Cast, at: At) -> None:
        from mingchuang.records.models import Record

        revision = approved(cast, record_class="C")
        here = f"/desk/records/{revision.record_id}/"
        assert "登记给定的索引号" not in at(cast.zhang).get(here)
        zhao = at(cast.zhao)
        assert "登记给定的索引号" in zhao.get(here)
        page = zhao.post(f"{here}number/", {"number": "2026-7", "source": "oa"}, status=422)
        assert "不是索引号的写法" in page and 'value="2026-7"' in page
        zhao.post(f"{here}number/", {"number": "000014349/2020-00012", "source": "platform", "note": "省平台"})
        assert "000014349/2020-00012" in zhao.get(here) and "省政府网站平台" in zhao.get(here)
        at(cast.zhang).post(f"{here}publish/", {"content_hash": revision.content_hash})
        assert Record.objects.get(pk=revision.record_id).index_number == "000014349/2020-00012"
        zhao.get(f"{here}number/", status=404)

    def test_every_gap_is_seen_and_explained(self, cast: Cast, at: At) -> None:
        from mingchuang.core import now
        from mingchuang.records.models import Series

        published(cast, record_class="C")
        Series.objects.filter(key__startswith="index/").update(last=3)
        published(cast, record_class="C", doc_number="青政办发〔2019〕911号")
        zhao, year = at(cast.zhao), now.today().year
        here = f"/desk/records/numbers/{year}/GOV-OFFICE/"
        page = zhao.get("/desk/records/numbers/")
        assert "青铜峡市人民政府办公室" in page and f'href="{here}?show=open"' in page
        page = zhao.get(f"{here}?show=open")
        assert "00002 至 00003" in page and "缺号，未说明" in page and "00001" not in page.partition("<tbody>")[2]
        form = zhao.get(f"{here}explain/?first=2&last=3")
        assert 'name="first" value="2"' in form
        told = {"first": "1", "last": "3", "reason": "skipped", "note": "演示"}
        assert "00001有对应的信息" in zhao.post(f"{here}explain/", told, status=422)
        zhao.post(f"{here}explain/", {**told, "first": "2"})
        page = zhao.get(f"{here}?show=gaps")
        assert "编号时跳过：演示" in page and "更改说明" in page
        gap = re.search(r"/desk/records/numbers/gaps/\d+/", page)
        assert gap
        zhao.post(gap[0], {"reason": "elsewhere", "note": "查明用于省平台。"})
        assert "在别的系统使用：查明用于省平台。" in zhao.get(here)


class TestRows:
    def test_one_by_one_with_evidence(self, cast: Cast, at: At) -> None:
        from mingchuang.records import tables
        from mingchuang.records.kind import kind

        revision, zhang = draft(cast, business="yes"), at(cast.zhang)
        here = f"/desk/records/{revision.record_id}/tables/consultations/"
        assert "逐条填写" in zhang.get(here)
        row = {
            "asked": "enterprise", "name": "示例公司（演示）", "asked_on": "2019年8月1日", "way": "meeting",
            "opinion": "压缩时间。", "adoption": "adopted", "reason": "", "evidence": "座谈会签到表",
            "version": str(revision.version), "another": "1",
        }  # fmt: skip
        bad = {**row, "asked_on": "八月", "file": SimpleUploadedFile("签到表.txt", "签到".encode())}
        page = zhang.post(f"{here}rows/1/", bad, status=422)
        assert "不是一个日期" in page and "不必重新选择" in page and 'value="示例公司（演示）"' in page
        assert zhang.post(f"{here}rows/1/", {**row, "kept": hidden(page, "kept")}) == f"{here}rows/2/"
        (kept,) = tables.rows_of(fresh(revision), kind("policy").table("consultations"))  # type: ignore[arg-type]
        assert kept["asked_on"] == datetime.date(2019, 8, 1) and len(kept["evidence_file"]) == 64
        page = zhang.get(f"{here}rows/1/")
        assert "签到表.txt" in page and "删去这一行" in page
        at(cast.wang).get(re.search(r"/desk/records/evidence/\d+/", page)[0], status=404)  # type: ignore[index]
        record = at(cast.li).get(f"/desk/records/{revision.record_id}/")
        assert "证据文件" in record and "内部留存，不公开" in record
        zhang.post(f"{here}rows/1/", {"version": str(fresh(revision).version), "remove": "1"})
        assert tables.rows_of(fresh(revision), kind("policy").table("consultations")) == ()  # type: ignore[arg-type]

    def test_the_draft_says_what_is_missing(self, cast: Cast, at: At) -> None:
        revision = draft(cast, business="yes")
        page = at(cast.zhang).get(f"/desk/records/{revision.record_id}/")
        assert "没有听取企业、行业协会、商会、律师协会意见的记录" in page

    def test_somebody_elses_row_is_not_overwritten(self, cast: Cast, at: At) -> None:
        revision = draft(cast)
        here = f"/desk/records/{revision.record_id}/tables/consultations/rows/1/"
        sent = {"asked": "chamber", "version": str(revision.version)}
        at(cast.zhang).post(here, sent)
        other = {**sent, "asked": "lawyers", "file": SimpleUploadedFile("来函.txt", b"letter")}
        assert "保存了这一稿" in at(cast.he).post(here, other, status=422)
        from mingchuang.records.models import Evidence

        assert not Evidence.objects.exists(), "what was not saved is not kept"


class TestHistory:
    HERE = "/desk/records/history/"

    def sent(self, *rows: tuple, **changed: Any) -> dict[str, Any]:
        file = SimpleUploadedFile("历史批次.xlsx", workbook(LAND, *rows))
        return {"kind": "land", "unit": "gov-office", "mode": "take_over", "note": NOTE, "file": file, **changed}

    def test_looked_at_first_taken_over_second(self, cast: Cast, at: At) -> None:
        from mingchuang.records.models import Record

        zhao = at(cast.zhao)
        page = zhao.post(self.HERE, self.sent(*BATCHES), status=200)
        assert "共 2 条，没有问题" in page and "2011-03-10" in page and not Record.objects.exists()
        kept = {name: hidden(page, name) for name in ("kept", "sure")}
        assert all(kept.values())
        again = self.sent(*BATCHES, **kept)
        assert "共 1 条" in zhao.post(self.HERE, self.sent(BATCHES[0], **kept), status=200), "another file"
        del again["file"]
        zhao.post(self.HERE, again)
        assert Record.objects.filter(visibility="public", imported=True).count() == 2
        page = zhao.get(f"/desk/records/{Record.objects.order_by('pk')[0].pk}/")
        assert "不再审签" in page and "历史批次.xlsx" in page and "赵主管" in page

    def test_every_fault_by_row_and_column(self, cast: Cast, at: At) -> None:
        bad = (*BATCHES[1][:4], "2031-01-01", "", "", "")
        never = ("丙", *BATCHES[1][1:3], "演示土批〔2013〕9号", "2013-01-01", "", "", "")
        page = at(cast.zhao).post(self.HERE, self.sent(BATCHES[0], bad), status=422)
        assert "第 3 行" in page and "批准日期2031-01-01晚于今天" in page and hidden(page, "sure") == ""
        page = at(cast.zhao).post(self.HERE, self.sent(BATCHES[0], never), status=422)
        assert "1 处问题" in page and "没有写明原公开日期" in page and "第 3 行" in page

    def test_a_clerk_enters_drafts_alone(self, cast: Cast, at: At) -> None:
        from mingchuang.records.models import Record

        zhang = at(cast.zhang)
        assert 'value="take_over"' not in zhang.get(self.HERE)
        zhang.post(self.HERE, self.sent(BATCHES[1]), status=422)
        page = zhang.post(self.HERE, self.sent(BATCHES[1], mode="drafts", note=""), status=200)
        kept = {name: hidden(page, name) for name in ("kept", "sure")}
        again = {**self.sent(BATCHES[1], mode="drafts", note=""), **kept}
        del again["file"]
        zhang.post(self.HERE, again)
        record = Record.objects.get()
        assert (record.visibility, record.imported, record.import_line) == ("none", True, 2)

    def test_the_empty_workbook_has_the_columns(self, cast: Cast, at: At) -> None:
        response: Any = at(cast.zhang).client.get(f"{self.HERE}policy.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        heads = [cell.value for cell in book.active[1]]
        assert heads[0] == "名称" and heads[-2:] == ["原公开日期", "原网址"]
        at(cast.zhang).get(f"{self.HERE}household.xlsx", status=404)


class TestItem:
    @pytest.fixture(autouse=True)
    def accepted(self, cast: Cast) -> None:
        import dataclasses

        from mingchuang.reading.catalogue import standard
        from mingchuang.records.catalogue import do

        own = [dataclasses.replace(item, organ="青铜峡市人民政府办公室", kind="") for item in standard()[:6]]
        do.accept(own, cast.zhao.actor, title="目录")

    def names(self) -> list[str]:
        from mingchuang.core import now
        from mingchuang.desk import filing
        from mingchuang.records.catalogue import queries

        catalogue = queries.in_force(now.today())
        assert catalogue is not None
        return [filing.named(one) for one in queries.entries(catalogue)]

    def test_chosen_in_the_form_and_seen_in_the_matrix(self, cast: Cast, at: At) -> None:
        from mingchuang.records.models import Record

        revision, zhang, (name, *_) = draft(cast), at(cast.zhang), self.names()
        edit = f"/desk/records/{revision.record_id}/edit/"
        assert f'<option value="{name}">' in zhang.get(edit)
        sent = {"version": str(revision.version), "record_class": "A", "catalogue_item": name}
        zhang.post(edit, sent)
        record = Record.objects.get(pk=revision.record_id)
        assert record.item is not None and f"公开事项：{record.item}" in zhang.get(f"/desk/records/{record.pk}/")
        assert f'value="{name}"' in zhang.get(edit)
        page = zhang.post(
            edit, {**sent, "version": str(fresh(revision).version), "catalogue_item": "没有的"}, status=422
        )
        assert "目录里没有“没有的”这一事项" in page and Record.objects.get(pk=record.pk).item == record.item
        zhang.post(edit, {**sent, "version": str(fresh(revision).version), "catalogue_item": ""})
        assert Record.objects.get(pk=record.pk).item is None

    def test_several_that_fit_are_named(self, cast: Cast, at: At) -> None:
        revision = draft(cast)
        common = self.names()[0].split("·")[0]
        sent = {"version": str(revision.version), "record_class": "A", "catalogue_item": common}
        page = at(cast.zhang).post(f"/desk/records/{revision.record_id}/edit/", sent, status=422)
        assert "个事项，请写完整" in page

    def test_the_title_suggests(self, cast: Cast, at: At) -> None:
        from mingchuang.desk import filing
        from mingchuang.records.models import Record

        name = self.names()[0]
        revision = draft(cast, title=f"青铜峡市{name.rpartition('·')[2]}公告")
        edit = f"/desk/records/{revision.record_id}/edit/"
        page = at(cast.zhang).get(edit)
        assert f'name="suggested_item" value="{name}"' in page
        sent = {"version": str(revision.version), "record_class": "A", "catalogue_item": "", "suggested_item": name}
        at(cast.zhang).post(edit, sent)
        assert filing.standing(Record.objects.select_related("item").get(pk=revision.record_id)) == name
        assert "suggested_item" not in at(cast.zhang).get(edit)

    def test_begun_under_an_item(self, cast: Cast, at: At) -> None:
        from mingchuang.records.models import Record

        zhang, name = at(cast.zhang), self.names()[1]
        assert f'<option value="{name}">' in zhang.get("/desk/records/new/")
        sent = {"kind": "policy", "record_class": "B", "unit": "gov-office", "catalogue_item": name}
        zhang.post("/desk/records/new/", sent)
        assert Record.objects.get().item is not None
        zhang.post("/desk/records/new/", {**sent, "catalogue_item": "没有的"}, status=422)
        assert Record.objects.count() == 1


class TestFigures:
    def test_each_figure_opens_its_list(self, cast: Cast, at: At) -> None:
        record = published(cast, record_class="C")
        zhang = at(cast.zhang)
        assert "解读率 0.0%" in zhang.get("/desk/figures/")
        page = zhang.get("/desk/figures/interpretation/")
        assert "没有达到" not in page and "合计" in page
        link = re.search(r'href="(/desk/figures/interpretation/list/[^"]+line=total[^"]*column=1)"', page)
        assert link
        assert f'href="/records/{record.pk}/"' in zhang.get(link[1].replace("&amp;", "&"))
        zhang.get("/desk/figures/interpretation/list/?line=x&column=1", status=404)
        zhang.get("/desk/figures/none/", status=404)

    def test_departments_without_a_project_are_marked(self, cast: Cast, at: At) -> None:
        from mingchuang.core import do as core
        from mingchuang.core.actor import Actor
        from mingchuang.records.kind import kind
        from tests.record_faults import Faults

        for unit in (cast.office, cast.justice):
            told = {"capabilities": ["administrative"], "since": datetime.date(2018, 1, 1)}
            core.set_capabilities(unit, Actor.system(), **told)  # type: ignore[arg-type]
        day = datetime.date(2019, 9, 20)
        Faults("project", kind("project").samples[0], day).published(cast)
        page = at(cast.zhang).get("/desk/figures/projects/")
        assert "2 个部门，1 个没有公开" in page and "青铜峡市司法局" in page and "没有公开</span>" in page

    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    def test_taken_along(self, cast: Cast, at: At, ending: str) -> None:
        published(cast, record_class="C")
        response: Any = at(cast.zhang).client.get(f"/desk/figures/interpretation/export.{ending}")
        data = b"".join(response.streaming_content)
        if ending == "csv":
            assert data.decode("utf-8-sig").splitlines()[0].startswith("单位,政策文件,已解读")
        else:
            rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
            assert rows[-1][:3] == ("合计", 1, 0)
