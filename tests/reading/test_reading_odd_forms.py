"""Forms that other offices write: odd brackets, owners on lines of their own, damaged first numbers, tables."""

from __future__ import annotations

import pytest

from mingchuang.reading import Reading, read

HEAD = "明河县2021年工作要点\n"


def reading(text: str, head: str = HEAD) -> Reading:
    found = read((head + text).encode(), "notice.txt")
    assert "".join(found.text[a:b] for (a, b), _ in found.pieces()) == found.text
    return found


def owners(found: Reading) -> dict[str, list[str]]:
    return {d.ref: [unit for a in d.assignments for unit in a.units] for d in found.duties}


@pytest.mark.parametrize(
    ("clause", "units"),
    [
        ("（责任单位：县水利局", "县水利局"),
        ("责任单位：县水利局）", "县水利局"),
        ("（由县水利局负责。10月底前办完）", "县水利局"),
        ("（县委办[县档案馆]、县水利局）", "县委办[县档案馆] 县水利局"),
        ("<责任单位：县水利局>", "县水利局"),
        ("‹县水利局负责›", "县水利局"),
        ("{县水利局负责}", "县水利局"),
        ("「县水利局负责落实」", "县水利局"),
        ("（县水利局、县林业局牵头】", "县水利局 县林业局"),
        ("（县水利\n局负责）", "县水利局"),
    ],
)
def test_odd_brackets(clause: str, units: str) -> None:
    found = reading(f"一、巡河。每月巡河。{clause}\n二、植树。每年植树。（县林业局负责）\n")
    assert owners(found) == {"一": units.split(), "二": ["县林业局"]}


def test_a_broken_clause_suggests_nobody() -> None:
    found = reading("一、巡河。每月巡河。（县水利局负责）\n二、植树。每年植树。（县林业局牵头，县")
    assert found.duties[1].suggested_units == ()


def test_owner_alone_on_a_line_speaks_of_the_text_above() -> None:
    found = reading(
        "一、护水\n（一）巡河\n每月巡河一次，记录在案。\n县水利局牵头落实\n每年植树一次，登记造册。\n县林业局、县财政局分别牵头落实\n"
        "各单位要抓好落实。\n"
    )
    assert owners(found) == {"一（一）": ["县水利局", "县林业局", "县财政局"], "结尾1": []}


def test_bracket_in_the_closing_belongs_to_the_sentence_before_it() -> None:
    found = reading("一、巡河。每月巡河。（县水利局）\n本要点由各单位落实。\n年底组织检查。（县政府办负责）\n")
    assert owners(found) == {"一": ["县水利局"], "结尾1": [], "结尾2": ["县政府办"]}


def test_first_number_without_point() -> None:
    found = reading("一、护水\n1 巡河。每月巡河。（县水利局负责）\n2 定点监测。及时监测。（县环境局负责）\n")
    assert owners(found) == {"一1": ["县水利局"], "一2": ["县环境局"]}


def test_a_single_number_without_point_is_text() -> None:
    assert owners(reading("一、护水\n1 巡河员每月巡河。\n")) == {"一": []}


def test_item_without_stop_before_the_next_number_of_wrapped_text() -> None:
    line = "完善巡河制度并且在每个月的月末以前向社会公布巡河的结果，接受监督"
    text = "".join(f"{n}.{line}\n并且存档备查{'' if n == 2 else '。'}\n" for n in range(1, 7))
    assert list(owners(reading(text))) == ["1", "2", "3", "4", "5", "6"]


def test_names_that_share_their_last_word_are_no_oddity() -> None:
    found = reading("一、巡河。每月巡河。（县教育、卫生健康、民政局负责）\n二、植树。（县林业局负责）\n")
    assert owners(found)["一"] == ["县教育", "卫生健康", "民政局"]
    assert "unit_shape" not in [w.code for w in found.warnings]
