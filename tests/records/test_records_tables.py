"""Tables of a text: read from what offices paste and upload, judged cell by cell, frozen with the text."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter
from tests import record_stages as stages
from tests.record_files import pdf

from mingchuang.records import do, form_values, freezing, integrity, public_page, spreadsheet, tables
from mingchuang.records.kind import kind
from mingchuang.records.kinds.budget.models import Balance

BUDGET = kind("budget")
BALANCE, SPENDING, MONEY = (BUDGET.table(name) for name in ("balance", "spending", "public_money"))
SAMPLE = dict(BUDGET.samples[0])


def workbook(rows, sheet="表1", **others) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, lines in {sheet: rows, **others}.items():
        page = book.add_worksheet(name)
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    book.close()
    return target.getvalue()


# -- reading


def test_columns_are_found_in_any_order_under_title_and_unit():
    data = workbook([
        ["青铜峡市××局2019年收支总表"],
        ["单位：万元"],
        ["序号", "金额（万元）", "项 目", "收支", "经办"],
        [1, 1250, "拨款收入", "收入", "甲"],
        [2, 1250.5, "一般公共服务支出", "支出", "乙"],
        ["合计", 2500.5, "", "", ""],
    ])  # fmt: skip
    sheet = spreadsheet.read_file(BALANCE, data, "收支.xlsx")
    assert sheet.issues == ()
    rows, issues, _ = form_values.parse_rows(BALANCE, sheet.rows)
    assert issues == []
    assert [(r["side"], r["item"], r["amount"]) for r in rows] == [
        ("income", "拨款收入", Decimal("1250.00")),
        ("spending", "一般公共服务支出", Decimal("1250.50")),
    ]
    assert sheet.places == (4, 5)
    assert sheet.remarks == ("表头里的“经办”不是“收支总表”的栏目，没有读入。", "第 6 行是“合计”行，没有读入。")


def test_a_sum_row_is_left_out_behind_a_choice_too():
    text = "收支\t项目\t金额\n收入\t拨款收入\t10\n收入\t合 计\t10\n支出\t基本支出\t10\n支出\t合计\t10\n"
    sheet = spreadsheet.read_text(BALANCE, text)
    assert [row["item"] for row in sheet.rows] == ["拨款收入", "基本支出"]
    assert sheet.remarks == ("第 3 行是“合计”行，没有读入。", "第 5 行是“合计”行，没有读入。")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf("hello"), "名单.pdf"),
        ("<html><body><table><tr><td>收入</td><td>拨款</td><td>1</td></tr></table></body></html>".encode(), "表.xls"),
    ],
    ids=["pdf", "html"],
)
def test_only_a_spreadsheet_has_rows(data, name):
    for table in (BALANCE, kind("subsidy").table("receivers")):
        sheet = spreadsheet.read_file(table, data, name)
        assert sheet.rows == ()
        assert "请另存为 XLSX 或者 CSV" in sheet.issues[0].message


def test_a_missing_column_is_named():
    sheet = spreadsheet.read_file(BALANCE, workbook([["收支", "项目"], ["收入", "拨款"]]), "x.xlsx")
    assert [issue.message for issue in sheet.issues] == ["“收支总表”的表头里没有“金额”一列。"]


def test_the_sheet_with_the_head_is_taken():
    data = workbook([["封面"]], sheet="封面", 收支=[["方向", "项目", "金额"], ["收入", "拨款", 1]])
    assert len(spreadsheet.read_file(BALANCE, data, "x.xlsx").rows) == 1


def test_no_head_at_all_is_said_with_the_columns():
    (issue,) = spreadsheet.read_file(BALANCE, workbook([["甲", "乙"], ["丙", "丁"]]), "x.xlsx").issues
    assert issue.message == "没有找到“收支总表”的表头。表头应有这些栏目：方向、项目、金额。"


def test_a_file_that_is_no_table_is_told_in_one_sentence():
    (issue,) = spreadsheet.read_file(BALANCE, b"\x00\x01\x02", "x.xlsx").issues
    assert issue.field == "balance"
    assert issue.message.endswith("。")


def test_pasted_cells_without_a_head_stand_in_the_order_of_the_form():
    sheet = spreadsheet.read_text(BALANCE, '收入\t"拨款\n收入"\t1,250.00\n支出\t工资\t1250\n\n')
    assert [row["item"] for row in sheet.rows] == ["拨款\n收入", "工资"]
    assert sheet.remarks == ("没有表头，按这个顺序读入：方向、项目、金额。",)


def test_too_many_pasted_columns_are_refused():
    assert spreadsheet.read_text(BALANCE, "收入\t拨款\t1\t2\n").issues[0].code == "records.no_head"


def test_a_code_that_a_spreadsheet_has_rounded_is_said():
    data = workbook([["科目编码", "科目名称", "合计"], [1234567890123456789.0, "甲", 1]])
    codes = {issue.code for issue in spreadsheet.read_file(SPENDING, data, "x.xlsx").issues}
    assert "records.inexact_number" in codes


# -- values


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("1,234.5", "1234.50"),
        ("１２３．４５", "123.45"),
        ("12万元", "12.00"),
        (" -3 ", "-3.00"),
        (7, "7.00"),
        ("0", "0.00"),
    ],
)
def test_numbers_as_offices_write_them(given, read):
    rows, issues, _ = form_values.parse_rows(BALANCE, [{"side": "收入", "item": "甲", "amount": given}])
    assert issues == []
    assert rows[0]["amount"] == Decimal(read)
    assert form_values.canonical_rows(BALANCE, rows)[0]["amount"] == read


@pytest.mark.parametrize("given", ["约12", "1.234", "1e5", "12345678901234567", "1..2", "--1", "NaN"])
def test_what_is_no_number_is_named_with_row_and_column(given):
    good = {"side": "收入", "item": "甲", "amount": "1"}
    _, issues, _ = form_values.parse_rows(BALANCE, [good, {**good, "amount": given}])
    assert [issue.field for issue in issues] == ["balance.2.amount"]
    assert issues[0].message.startswith("“收支总表”第 2 行：“金额”的")


def test_every_fault_of_every_row_is_told():
    _, issues, _ = form_values.parse_rows(
        BALANCE, [{"side": "进账", "item": "甲" * 101, "amount": "x"}, {"amount": "y"}]
    )
    assert [issue.field for issue in issues] == [
        "balance.1.side", "balance.1.item", "balance.1.amount", "balance.2.amount",
    ]  # fmt: skip


def test_more_rows_than_a_table_takes():
    rows = [{"side": "收入", "item": "甲", "amount": "1"}] * (BALANCE.most + 1)
    _, issues, _ = form_values.parse_rows(BALANCE, rows)
    assert issues[0].message == "“收支总表”有 5001 行，一次最多 5000 行，请分成几条办理。"


# -- in the database


@pytest.mark.db
def test_rows_are_saved_rewritten_copied_and_frozen(cast):
    revision = do.create("budget", cast.office, cast.zhang.actor, SAMPLE)
    assert [row["item"] for row in tables.rows_of(revision, SPENDING)][:2] == [
        "一般公共服务支出", "政府办公厅（室）及相关机构事务",
    ]  # fmt: skip
    fewer = [row for row in SAMPLE["public_money"] if row["item"] != "公务接待费"]
    values = {"public_money": [*fewer, {"item": "公务接待费", "amount": "1.80", "before": "1.80", "reason": ""}]}
    saved = do.save_draft(revision, cast.zhang.actor, values, version=revision.version)
    assert saved.changed == ("public_money",)
    assert do.save_draft(saved.revision, cast.zhang.actor, values, version=saved.revision.version).event is None
    do.submit(saved.revision, cast.zhang.actor)
    text = stages.fresh(saved.revision)
    assert integrity.intact(text) == []
    copy = do.revise(text, cast.zhang.actor, note="数字有误")
    assert tables.rows_of(copy, MONEY) == tables.rows_of(text, MONEY)


@pytest.mark.db
def test_a_row_changed_behind_the_system_is_found(cast):
    revision = do.create("budget", cast.office, cast.zhang.actor, SAMPLE)
    do.submit(revision, cast.zhang.actor)
    Balance.objects.filter(revision=revision, order=2).update(amount=Decimal("31.50"))
    (issue,) = integrity.intact(stages.fresh(revision))
    assert issue.code == "records.rows_changed"
    assert "“收支总表”自第 2 行起" in issue.message


@pytest.mark.db
def test_two_at_once_lose_no_row(cast):
    revision = do.create("budget", cast.office, cast.zhang.actor, SAMPLE)
    mine = {"balance": [{"side": "收入", "item": "我的", "amount": "1"}]}
    theirs = {"balance": [{"side": "收入", "item": "他的", "amount": "2"}]}
    do.save_draft(revision, cast.zhang.actor, theirs, version=revision.version)
    conflict = do.save_draft(revision, cast.zhang.actor, mine, version=revision.version)
    assert isinstance(conflict, do.Conflict)
    assert conflict.differences["balance"] == ("收入\t我的\t1.00\n", "收入\t他的\t2.00\n")


@pytest.mark.db
def test_empty_required_cells_are_asked_for_before_submission(cast):
    values = {**SAMPLE, "balance": [{"side": "收入", "item": "", "amount": ""}], "public_money": ()}
    revision = do.create("budget", cast.office, cast.zhang.actor, values)
    reasons = refused(revision, cast)
    assert "“收支总表”第 1 行：“项目”还没有填写，填好后再送审。" in reasons
    assert "“收支总表”第 1 行：“金额”还没有填写，填好后再送审。" in reasons


@pytest.mark.db
def test_public_tables_leave_empty_columns_out(cast):
    revision = do.create("budget", cast.office, cast.zhang.actor, SAMPLE)
    rows = freezing.values_of(BUDGET, revision, freezing.content_of(revision))["public_money"]
    shown = public_page.public_table(MONEY, [{**row, "reason": ""} for row in rows])
    assert shown.heads == ("项目", "金额（万元）", "上年金额（万元）")
    assert shown.figures == (1, 2)
    assert shown.rows[2] == ("公务用车运行维护费", "6.20", "6.20")


def refused(revision, cast) -> list[str]:
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as caught:
        do.submit(revision, cast.zhang.actor)
    return [issue.message for issue in caught.value.issues]
