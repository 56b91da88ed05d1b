"""Sheets of other offices: heads of one line, sections, repeated heads, merged names, three levels, several sheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from mingchuang.reading import catalogue
from mingchuang.reading.catalogue import Catalogue

DAY, REGION = date(2019, 10, 8), "640381"
HEAD = (
    *("序号", "公开事项（一级事项）", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体"),
    *("公开对象", "公开方式", "公开层级"),
)
BASIS = "《中华人民共和国政府信息公开条例》第二十条"
Merge = tuple[int, int, int, int]


def line(number: int, first: str, second: str, **changed: str) -> list[str]:
    words = {
        "elements": "政策文件",
        "basis": BASIS,
        "limit": "20个工作日内",
        "organ": "财政局",
        "channels": "■政府网站",
        "audience": "全社会",
        "mode": "主动公开",
        "levels": "县级",
        **changed,
    }
    return [str(number), first, second, *words.values()]


def workbook(*sheets: Sequence[Sequence[str]], merges: Sequence[Merge] = ()) -> bytes:
    """Sheets of lines; `merges` (first row, first column, last row, last column) lie on the first one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for lines in sheets:
        sheet = book.add_worksheet()
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text)
        for first_row, first_column, last_row, last_column in merges if lines is sheets[0] else ():
            text = lines[first_row][first_column]
            sheet.merge_range(first_row, first_column, last_row, last_column, text)
    book.close()
    return target.getvalue()


def read(data: bytes, **told: str) -> Catalogue:
    return catalogue.read(data, "目录.xlsx", day=DAY, region=REGION, **told)


def test_a_head_of_one_line_with_words_instead_of_ticks() -> None:
    rows = [HEAD, line(1, "甲", "乙", audience="特定群体（低保家庭）", mode="依申请公开", levels="县级、乡级")]
    found = read(workbook(rows), field="社会救助")

    assert found.faults == ()
    item = found.items[0]
    assert (item.field, item.audience, item.group, item.mode, item.levels) == (
        "社会救助", "group", "低保家庭", "on_request", ("county", "township"),
    )  # fmt: skip


def test_sections_name_the_field_and_repeated_heads_and_notes_are_no_items() -> None:
    wide = [""] * 10
    rows = [
        HEAD,
        ["一、生态环境领域", *wide],
        line(1, "甲", "乙"),
        HEAD,
        ["二、养老服务领域", *wide],
        line(2, "丙", "丁"),
        ["填表说明：一式两份", *wide],
    ]
    found = read(workbook(rows, merges=[(1, 0, 1, 10), (4, 0, 4, 10), (6, 0, 6, 10)]))

    assert found.faults == ()
    assert [(item.field, item.level2) for item in found.items] == [("生态环境", "乙"), ("养老服务", "丁")]
    assert any("填表说明" in remark for remark in found.remarks)


@pytest.mark.parametrize("column", [0, 3, 7])
def test_who_filled_in_the_form_stands_below_it_in_any_column(column: int) -> None:
    foot = [""] * len(HEAD)
    foot[column], foot[10] = "填表人：示例", "审核人：示例　联系电话："
    found = read(workbook([HEAD, line(1, "甲", "乙"), [""] * len(HEAD), foot]))

    assert found.faults == ()
    assert len(found.items) == 1
    assert any("填表人：示例" in remark for remark in found.remarks)


def test_an_item_that_begins_like_a_foot_is_an_item() -> None:
    found = read(workbook([HEAD, line(1, "审核", "填报：统计年报")]))
    assert [item.level2 for item in found.items] == ["填报：统计年报"]


def test_one_merged_name_over_several_lines_is_one_item() -> None:
    more = ["", "", "", "政策解读", "", "", "", "", "", "", ""]
    rows = [HEAD, line(1, "甲", "乙"), more, line(2, "甲", "丙")]
    found = read(workbook(rows, merges=[(1, 1, 2, 1), (1, 2, 2, 2)]))

    assert found.faults == ()
    assert [[e.name for e in item.elements] for item in found.items] == [["政策文件", "政策解读"], ["政策文件"]]

    more[6] = "教育局"
    found = read(workbook(rows, merges=[(1, 1, 2, 1), (1, 2, 2, 2)]))
    assert [(fault.row, fault.column, fault.rule) for fault in found.faults] == [(3, "G", "catalogue.consistent")]


def test_a_fault_in_a_merged_cell_is_told_once_where_it_begins() -> None:
    rows = [
        HEAD,
        line(1, "甲", "乙", organ="财政局、教育局"),
        line(2, "甲", "丙", organ=""),
        line(3, "甲", "丁", organ=""),
    ]
    found = read(workbook(rows, merges=[(1, 6, 3, 6)]))

    assert [(fault.row, fault.column, fault.rule) for fault in found.faults] == [(2, "G", "catalogue.organ_one")]
    assert len(found.items) == 3


def test_every_sheet_with_a_head_is_read_and_the_others_are_named() -> None:
    found = read(workbook([HEAD, line(1, "甲", "乙")], [["说明"]], [HEAD, line(1, "丙", "")]))

    assert len(found.items) == 2
    assert [(fault.sheet, fault.row, fault.rule) for fault in found.faults] == [(3, 2, "catalogue.level2")]
    assert found.faults[0].where.startswith("工作表3 第2行 C列")
    assert any("工作表2" in remark for remark in found.remarks)


def test_three_levels_and_columns_of_our_own() -> None:
    head = [*HEAD[:3], "三级事项", *HEAD[3:], "记录类型", "期限规则"]
    first = line(1, "甲", "乙")
    rows = [head, [*first[:3], "丙", *first[3:], "预算和决算", "information.publish"]]
    found = catalogue.read(
        workbook(rows), "a.xlsx", day=DAY, region=REGION, kinds={"budget": "预算和决算", "policy": "政策文件"}
    )
    assert found.faults == ()
    item = found.items[0]
    assert (item.title, item.kind, item.rule) == ("丙", "budget", "information.publish")
    again = catalogue.read(catalogue.write(found.items), "a.xlsx", day=DAY, region=REGION)
    assert again.items == found.items

    rows[1][-2:] = ["没有的类型", "no.such.rule"]
    found = catalogue.read(workbook(rows), "a.xlsx", day=DAY, region=REGION, kinds={"budget": "预算和决算"})
    assert [fault.rule for fault in found.faults] == ["catalogue.kind", "catalogue.rule"]


def test_a_merge_to_the_end_of_the_sheet_costs_nothing() -> None:
    rows = [HEAD, line(1, "甲", "乙")]
    found = read(workbook(rows, merges=[(1, 1, 1_048_575, 1)]))

    assert [item.level1 for item in found.items] == ["甲"]


def test_texts_that_are_too_long_are_faults_and_formulas_stay_words() -> None:
    rows = [HEAD, line(1, "甲" * 201, "=1+1"), line(2, "乙", "丙", elements="要素" * 300)]
    found = read(workbook(rows))

    assert [(fault.row, fault.column, fault.rule) for fault in found.faults] == [
        (2, "B", "catalogue.long"), (3, "D", "catalogue.long"),
    ]  # fmt: skip
    assert found.items[0].level2 == "=1+1"
    assert read(catalogue.write(found.items[:1])).items[0].level2 == "=1+1"
