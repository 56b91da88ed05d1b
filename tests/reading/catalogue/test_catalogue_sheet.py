"""Catalogue spreadsheets: 200 rows, twelve planted faults, and the way out and in again."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.reading import catalogue_sheet as sheets

from mingchuang.reading import catalogue
from mingchuang.reading.catalogue import Catalogue

DAY, REGION = date(2019, 10, 8), "640381"


def read(data: bytes, name: str = "目录.xlsx") -> Catalogue:
    return catalogue.read(data, name, day=DAY, region=REGION)


@pytest.mark.parametrize("order", [sheets.Order(), sheets.Order().shuffled()], ids=["usual", "shuffled"])
def test_twelve_planted_faults_are_found_and_no_others(order: sheets.Order) -> None:
    found = read(sheets.workbook(sheets.planted(sheets.lines()), order))

    assert len(found.items) == 200
    assert {(fault.row, fault.column, fault.rule) for fault in found.faults} == sheets.expected(order)
    assert len(found.faults) == 12
    assert all(fault.rule in catalogue.RULES and fault.head and fault.message.endswith("。") for fault in found.faults)


def test_the_corrected_sheet_comes_out_and_in_again_without_a_difference() -> None:
    first = read(sheets.workbook(sheets.lines()))
    assert first.faults == ()
    assert len(first.items) == 200

    again = read(catalogue.write(first.items))

    assert again.faults == ()
    assert again.items == first.items
    assert catalogue.difference(first.items, again.items).empty


def test_columns_in_another_order_give_the_same_items() -> None:
    usual, shuffled = sheets.workbook(sheets.lines()), sheets.workbook(sheets.lines(), sheets.Order().shuffled())

    assert read(shuffled).items == read(usual).items


def test_a_csv_in_gb18030_gives_the_same_items() -> None:
    found = read(sheets.comma_file(sheets.lines()), "目录.csv")

    assert found.faults == ()
    assert found.items == read(sheets.workbook(sheets.lines())).items


def test_the_ways_of_writing_are_understood() -> None:
    items = read(sheets.workbook(sheets.lines(8))).items

    assert [e.name for e in items[0].elements] == ["政策文件", "政策解读", "咨询方式"]
    assert [e.required for e in items[0].elements] == [True, True, False]
    assert [e.name for e in items[1].elements] == ["申请条件", "申请材料", "办理流程", "咨询电话"]
    assert [e.name for e in items[4].elements] == ["第3.5版方案", "公示结果"]
    assert items[2].basis == (
        "《中华人民共和国预算法》第十四条",
        "《中华人民共和国预算法实施条例》第六条",
        "青政办发〔2019〕60号",
    )
    assert items[3].basis == items[2].basis
    assert items[1].basis == (sheets.GENERAL, "《中华人民共和国预算法》第十四条")
    assert items[0].channels == ("政府网站", "两微一端", "政务服务中心")
    assert items[1].channels == ("政府网站", "社区/企事业单位/村公示栏（电子屏）")
    assert (items[2].channels, items[2].other_channel) == (("政府网站",), "12345热线")
    assert (items[5].audience, items[5].group) == ("group", "享受政策的困难家庭")
    assert [item.mode for item in items[5:7]] == ["proactive", "on_request"]
    assert items[1].levels == ("county", "township")
    assert items[1].organ == "青铜峡市财政局"
    assert {item.level1 for item in items} == {"第1类事项", "第2类事项"}


def test_a_merged_cell_with_a_fault_is_one_fault() -> None:
    rows = sheets.lines(4)
    rows[0].cells["level1"] = ""
    found = read(sheets.workbook(rows))

    assert {fault.rule for fault in found.faults} == {"catalogue.level1"}


def test_same_above_without_anything_above_is_one_fault() -> None:
    rows = sheets.lines(2)
    rows[0].cells["organ"] = "同上"
    found = read(sheets.workbook(rows))

    assert [(fault.row, fault.column, fault.rule) for fault in found.faults] == [(5, "H", "catalogue.same_above")]


def test_a_sheet_without_some_columns_says_so_once() -> None:
    order = sheets.Order(tuple(c for c in sheets.Order().columns if c[2] not in ("basis", "county", "township")))
    found = read(sheets.workbook(sheets.lines(20), order))

    assert [(fault.row, fault.rule) for fault in found.faults] == [(3, "catalogue.head")] * 2
    assert ["公开依据" in fault.message or "公开层级" in fault.message for fault in found.faults] == [True, True]


def test_county_and_township_rows_of_one_item_must_agree() -> None:
    rows = sheets.lines(2)
    for line, county, township in ((rows[0], "√", ""), (rows[1], "", "√")):
        line.cells |= {"level2": "同一事项", "organ": "青铜峡市财政局", "county": county, "township": township}
        line.cells |= {"elements": "政策文件", "basis": sheets.GENERAL, "limit": sheets.LIMIT}
    assert read(sheets.workbook(rows)).faults == ()

    rows[1].cells["limit"] = "及时公开"
    found = read(sheets.workbook(rows))

    assert [(fault.row, fault.column, fault.rule) for fault in found.faults] == [(6, "G", "catalogue.consistent")]


def test_what_is_no_catalogue_is_one_fault() -> None:
    for data, name in ((b"\x00\x01", "x.xlsx"), ("没有表头".encode(), "x.csv"), (b"PK\x03\x04broken", "x.xlsx")):
        found = read(data, name)
        assert [fault.rule for fault in found.faults] == ["catalogue.unreadable"]
        assert found.items == ()


def test_the_difference_of_two_years_names_columns() -> None:
    old = read(sheets.workbook(sheets.lines(10))).items
    rows = sheets.lines(11)
    rows[4].cells["limit"] = "长期公示"
    del rows[7]
    new = read(sheets.workbook(rows)).items
    found = catalogue.difference(old, new)

    assert [item.level2 for item in found.added] == ["事项011"]
    assert [item.level2 for item in found.removed] == ["事项008"]
    assert [(c.after.level2, [(x.title, x.before, x.after) for x in c.columns]) for c in found.changed] == [
        ("事项005", [("公开时限", "每季度公开一次", "长期公示")])
    ]


_SCRAPS = (
    *(
        "政策",
        "解读",
        "1.",
        "2.",
        "3.",
        "10.",
        "●",
        "○",
        "\n",
        "；",
        "、",
        "，",
        "《",
        "》",
        "（",
        "）",
        "第三条",
        " ",
        "　",
    ),
    *(
        "国办发〔2019〕54号",
        "同上",
        "√",
        "□",
        "■",
        "口",
        "其他",
        "政府网站",
        "12345",
        "_",
        "a b",
        "=1+1",
        "〃",
        "-",
        "是",
    ),
    *(
        "及时",
        "20个工作日",
        "内",
        "每",
        "年",
        "公示期",
        "不少于",
        "5",
        "日",
        "特定群体",
        "：",
        "口岸",
        "和",
        "①",
        "(1)",
        "无",
    ),
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_read_comes_out_and_in_again(seed: int) -> None:
    chance = random.Random(seed)
    rows = sheets.lines(150)
    for line in rows:
        for column in ("level2", "elements", "basis", "limit", "organ", "channels", "public", "group", "county"):
            if chance.random() < 0.6:
                line.cells[column] = "".join(chance.choice(_SCRAPS) for _ in range(chance.randrange(9)))
    first = read(sheets.workbook(rows))

    assert read(catalogue.write(first.items)).items == first.items
