"""List numbers: which are believed, where they belong, what is reported."""

from __future__ import annotations

import pytest

from mingchuang.reading import read

HEAD = "明河县2024年政务公开工作要点\n"


def refs(body: str) -> list[str]:
    return [duty.ref for duty in read((HEAD + body).encode(), "n.txt").duties]


def codes(body: str) -> list[str]:
    left_out = {"no_owner", "date_missing", "issuer_missing", "number_missing"}
    return [w.code for w in read((HEAD + body).encode(), "n.txt").warnings if w.code not in left_out]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "一、甲\n（一）公开甲。\n（二）公开乙。\n二、乙\n（三）公开丙。\n（四）公开丁。",
            ["一（一）", "一（二）", "二（三）", "二（四）"],
        ),
        ("一、甲\n（一）公开甲。\n二、乙\n（一）公开丙。", ["一（一）", "二（一）"]),
        ("一、甲\n(一)乙\n1、公开丙。\n2、公开丁。", ["一（一）1", "一（一）2"]),
        ("1．公开甲。\n2．公开乙。", ["1", "2"]),
        ("1.甲\n（1）公开乙。\n（2）公开丙。\n2.公开丁。", ["1（1）", "1（2）", "2"]),
        ("一、甲\n1.乙\n①公开丙。\n②公开丁。", ["一1①", "一1②"]),
        (
            "第一章 甲\n第一条 公开乙。\n第二条 公开丙。\n第二章 丁\n第三条 公开戊。",
            ["第一章第一条", "第一章第二条", "第二章第三条"],
        ),
        ("一、甲\n1.1 公开乙。\n1.2 公开丙。", ["一1.1", "一1.2"]),
        ("㈠公开甲。\n㈡公开乙。", ["（一）", "（二）"]),
        ("一、公开甲。\n一、公开乙。", ["一", "一#2"]),
    ],
)
def test_references(body: str, expected: list[str]) -> None:
    assert refs(body) == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("1.公开甲。\n2. 2.公开乙。\n3.公开丙。", "number_doubled"),
        ("1.公开甲。\n2.公开乙。\n4.公开丙。", "number_gap"),
        ("1.公开甲。\n2.公开乙。\n2.公开丙。", "number_repeated"),
        ("（一）公开甲。\n二）公开乙。", "number_lost_brackets"),
        ("（一）公开甲。\n（二公开乙。", "number_lost_brackets"),
        ("（一）公开甲。\n二 推进公开乙。", "number_lost_brackets"),
        ("1.公开甲。\n2公开乙。", "number_lost_point"),
        ("1.公开“甲。\n2.公开乙。", "unclosed_mark"),
        ("（三）公开甲。\n（四）公开乙。", "number_gap"),
        ("（一）甲\n公开甲。\n（二）乙", "contents_missing truncated_end"),
        ("1.公开甲。\n2.公开乙，并且", "truncated_end"),
    ],
)
def test_damage_is_reported(body: str, code: str) -> None:
    assert codes(body) == code.split()


@pytest.mark.parametrize(
    "body",
    [
        "1.公开甲。\n2.5%的信息公开。",
        "1.公开甲。\n2024年公开乙。",
        "1.公开甲。\n3个工作日内公开。",
        "一、公开甲。\n二十大精神要落实。",
    ],
)
def test_what_only_looks_like_a_number(body: str) -> None:
    assert len([ref for ref in refs(body) if not ref.startswith("结尾")]) == 1


def test_headings_are_no_duties_but_bare_items_are() -> None:
    assert refs("一、甲\n（一）公开甲。") == ["一（一）"]
    assert refs("1.公开甲\n2.公开乙") == ["1", "2"]


def test_a_node_with_its_own_clause_is_a_duty_beside_its_children() -> None:
    body = "（一）推进甲。全面公开甲。（县司法局负责）\n1.公开乙。（县财政局负责）"
    assert refs(body) == ["（一）", "（一）1"]


def test_a_clause_below_the_last_item_speaks_of_all() -> None:
    reading = read((HEAD + "（一）甲\n1.公开乙。\n2.公开丙。\n责任单位：县司法局").encode(), "n.txt")
    assert [[a.units for a in d.assignments] for d in reading.duties] == [[("县司法局",)], [("县司法局",)]]
    assert len({a.span for d in reading.duties for a in d.assignments}) == 1


def test_a_clause_in_the_heading_speaks_of_what_is_below() -> None:
    reading = read((HEAD + "（一）甲（县司法局负责）\n1.公开乙。\n2.公开丙。（县财政局负责）").encode(), "n.txt")
    assert [d.assignments[0].units for d in reading.duties] == [("县司法局",), ("县财政局",)]


def test_closing_sentences_only_beside_numbered_duties() -> None:
    assert refs("（一）公开甲。\n各单位要抓好落实。年底报告情况。\n明河县人民政府\n2024年1月1日") == [
        "（一）",
        "结尾1",
        "结尾2",
    ]
    assert refs("各单位要抓好落实。") == []


def test_a_semicolon_parts_subtasks_before_a_number_only() -> None:
    reading = read((HEAD + "（一）甲。做到：一是公开乙；二是公开丙；公开丁。").encode(), "n.txt")
    assert [s.text for s in reading.duties[0].subtasks] == ["做到：一是公开乙；", "二是公开丙；公开丁。"]
