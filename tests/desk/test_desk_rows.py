"""Tables of a draft in the desk: pasted, imported, put right after a refusal, exported, never lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def budget(cast: Cast) -> Any:
    from mingchuang.records import do
    from mingchuang.records.kind import kind

    return do.create("budget", cast.office, cast.zhang.actor, kind("budget").samples[0])


def place(revision: Any, name: str = "balance") -> str:
    return f"/desk/records/{revision.record_id}/tables/{name}/"


def rows(revision: Any, name: str = "balance") -> list[dict[str, Any]]:
    from mingchuang.records import tables
    from mingchuang.records.kind import kind

    return list(tables.rows_of(revision.pk, kind("budget").table(name)))


def given(revision: Any, **typed: Any) -> dict[str, Any]:
    from mingchuang.records.models import Revision

    return {"version": Revision.objects.get(pk=revision.pk).version, "mode": "replace", "text": "", **typed}


def workbook(*lines: list[Any]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    book.close()
    return target.getvalue()


def test_the_way_from_the_draft_to_a_table_saves_the_draft(cast: Cast, at: At) -> None:
    revision = budget(cast)
    edit = f"/desk/records/{revision.record_id}/edit/"
    page = at(cast.zhang).get(edit)
    assert "现有 4 行" in page and "保存草稿并修改“收支总表”" in page
    typed = {"title": "改过的名称", "record_class": "B", "version": revision.version, "table": "balance"}
    assert at(cast.zhang).post(edit, typed) == place(revision)
    revision.refresh_from_db()
    assert revision.title == "改过的名称"


def test_rows_are_shown_and_replaced_by_what_is_pasted(cast: Cast, at: At) -> None:
    revision = budget(cast)
    page = at(cast.zhang).get(place(revision))
    assert "一般公共预算拨款收入" in page and "收入\t一般公共预算拨款收入\t1250.00" in page
    text = "金额（万元）\t收支\t项目\n10\t收入\t拨款\n10\t支出\t工资\n合计\t20\t\n"
    zhang = at(cast.zhang)
    back = zhang.post(place(revision), given(revision, text=text))
    assert back == f"/desk/records/{revision.record_id}/edit/"
    assert [(row["side"], row["item"], str(row["amount"])) for row in rows(revision)] == [
        ("income", "拨款", "10.00"),
        ("spending", "工资", "10.00"),
    ]
    assert "第 4 行是“合计”行，没有读入" in zhang.get(back)


def test_faults_are_named_by_their_line_and_nothing_typed_is_lost(cast: Cast, at: At) -> None:
    revision = budget(cast)
    text = "方向\t项目\t金额\n收入\t拨款\t约十万\n进账\t其他\t1.234\n"
    page = at(cast.zhang).post(place(revision), given(revision, text=text), status=422)
    assert "“收支总表”第 2 行：“金额”的“约十万”不是一个数" in page
    assert "“收支总表”第 3 行：“方向”没有“进账”这一选项" in page
    assert "“收支总表”第 3 行：“金额”的“1.234”小数最多 2 位" in page
    assert "收入\t拨款\t约十万" in page
    assert len(rows(revision)) == 4


def test_a_refused_workbook_stands_in_the_text_to_be_put_right(cast: Cast, at: At) -> None:
    revision = budget(cast)
    data = workbook(["收支总表"], ["方向", "项目", "金额"], ["收入", "拨款", "约十万"])
    upload = SimpleUploadedFile("收支.xlsx", data)
    page = at(cast.zhang).post(place(revision), given(revision, file=upload), status=422)
    assert "“收支总表”第 3 行：“金额”的“约十万”不是一个数" in page
    assert "收入\t拨款\t约十万" in page


def test_the_browser_does_not_put_its_own_copy_over_what_was_read(cast: Cast, at: At) -> None:
    revision = budget(cast)
    desk = at(cast.zhang)
    assert 'data-keep="rows">' in desk.get(place(revision))
    book = SimpleUploadedFile("收支.xlsx", workbook(["项目", "行次", "预算数"], ["a", 1, "一百"]))
    answer = desk.post(place(revision), given(revision, file=book), status=422)
    assert 'data-keep="rows" data-answered>' in answer


@pytest.mark.parametrize(("kind_id", "table"), [("household", "households"), ("subsidy", "receivers")])
def test_of_lists_of_people_the_browser_keeps_no_copy(cast: Cast, at: At, kind_id: str, table: str) -> None:
    from mingchuang.records import do
    from mingchuang.records.kind import kind

    revision = do.create(kind_id, cast.office, cast.zhang.actor, kind(kind_id).samples[0])
    assert "data-keep" not in at(cast.zhang).get(place(revision, table))


def test_a_workbook_is_added_behind_what_stands(cast: Cast, at: At) -> None:
    revision = budget(cast)
    upload = SimpleUploadedFile("收支.xlsx", workbook(["方向", "项目", "金额"], ["结转下年", "结余", 3]))
    at(cast.zhang).post(place(revision), given(revision, file=upload, mode="append"))
    assert len(rows(revision)) == 5
    assert rows(revision)[4]["item"] == "结余"


def test_a_table_of_thousands_is_imported(cast: Cast, at: At) -> None:
    revision = budget(cast)
    lines = [[f"{2000000 + n}", "科目", 1] for n in range(5000)]
    upload = SimpleUploadedFile("支出.xlsx", workbook(["科目编码", "科目名称", "合计"], *lines))
    at(cast.zhang).post(place(revision, "spending"), given(revision, file=upload))
    assert len(rows(revision, "spending")) == 5000
    page = at(cast.zhang).get(place(revision, "spending"))
    assert "已有 5000 行" in page and page.count("<tr>") < 210

    # The text field is empty because there are too many: saving it as it is takes none of them away.
    page = at(cast.zhang).post(place(revision, "spending"), given(revision), status=422)
    assert "原有的 5000 行没有改动" in page
    assert len(rows(revision, "spending")) == 5000
    head_alone = SimpleUploadedFile("支出.xlsx", workbook(["科目编码", "科目名称", "合计"]))
    at(cast.zhang).post(place(revision, "spending"), given(revision, file=head_alone))
    assert rows(revision, "spending") == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_file_that_is_no_workbook_is_told_at_its_field(cast: Cast, at: At, data: bytes) -> None:
    revision = budget(cast)
    page = at(cast.zhang).post(place(revision), given(revision, file=SimpleUploadedFile("表.xlsx", data)), status=422)
    assert 'href="#id_' in page or "error" in page
    assert len(rows(revision)) == 4


def test_two_at_once_lose_no_row(cast: Cast, at: At) -> None:
    revision = budget(cast)
    opened = given(revision)
    at(cast.zhang).post(place(revision), {**opened, "text": "收入\t他的\t1\n"})
    page = at(cast.zhang).post(place(revision), {**opened, "text": "收入\t我的\t2\n"}, status=422)
    assert "现在有 1 行；要以您的为准，请再保存一次" in page
    assert "收入\t我的\t2.00" in page
    assert rows(revision)[0]["item"] == "他的"
    at(cast.zhang).post(place(revision), given(revision, text="收入\t我的\t2\n"))
    assert rows(revision)[0]["item"] == "我的"


def test_the_workbook_comes_back_as_it_went(cast: Cast, at: At) -> None:
    revision = budget(cast)
    before = rows(revision, "spending")
    response = at(cast.zhang).client.get(f"{place(revision, 'spending')}workbook/")
    data = b"".join(response)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[1]][:3] == ["科目编码", "科目名称", "基本支出（万元）"]
    assert sheet["A2"].number_format == "@"
    at(cast.zhang).post(place(revision, "spending"), given(revision, file=SimpleUploadedFile("支出.xlsx", data)))
    assert rows(revision, "spending") == before


def test_the_text_shows_its_tables_before_and_after_it_is_frozen(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    revision = budget(cast)
    here = f"/desk/records/{revision.record_id}/"
    assert "政府办公厅（室）及相关机构事务" in at(cast.zhang).get(here)
    assert "政府办公厅（室）及相关机构事务" in at(cast.zhang).get(f"{here}preview/")
    do.submit(revision, cast.zhang.actor)
    page = at(cast.li).get(f"/desk/review/{revision.pk}/")
    assert "基本支出（万元）" in page and "政府办公厅（室）及相关机构事务" in page
    assert at(cast.zhang).get(place(revision), status=404)


def test_a_stranger_and_an_unknown_table(cast: Cast, at: At) -> None:
    revision = budget(cast)
    at(cast.wang).get(place(revision), status=404)
    at(cast.zhang).get(place(revision, "none"), status=404)
