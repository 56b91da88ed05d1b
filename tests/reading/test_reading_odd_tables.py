"""Tables of duties as text: chapter lines, one blank between cells, bars at line ends, 同上, dates alone."""

from __future__ import annotations

import pytest
from tests.reading.test_reading_odd_forms import owners, reading

TITLE = "明河县2021年任务分工表\n"


def dates(text: str) -> list[object]:
    found = reading(text, TITLE)
    return [m.value for d in found.duties for m in d.measures if m.kind == "deadline"]


def test_chapter_lines_between_rows() -> None:
    found = reading(
        "序号\t工作任务\t牵头单位\t时限\n一、护水\n1\t每月巡河\t县水利局\t长期\n二、护林\n2\t每年植树\t县林业局\t3月\n",
        TITLE,
    )
    assert owners(found) == {"一1": ["县水利局"], "二2": ["县林业局"]}
    assert "truncated_end" not in [w.code for w in found.warnings]


@pytest.mark.parametrize("heads", ["序号 重点任务 责任单位 时限", "序号 重 点 任 务 责任单位 时限"])
def test_one_blank_between_cells(heads: str) -> None:
    found = reading(f"{heads}\n1 每月巡河 记录在案 县水利局 年底\n2 每年植树 县林业局、县财政局 3月底前\n", TITLE)
    assert owners(found) == {"1": ["县水利局"], "2": ["县林业局", "县财政局"]}
    assert found.duties[0].text == "每月巡河记录在案"


def test_bars_at_line_ends() -> None:
    rows = "工作任务 |\n工作要求 |\n牵头单位 |\n配合单位 |\n一、护水 |\n1.巡河 |\n每月巡河。 |\n县水利局 |\n各乡镇 |\n"
    rows += "2.清淤 |\n每年清淤。 |\n县住建局 |\n各乡镇 |\n"
    found = reading(rows, TITLE)
    assert owners(found) == {"一1": ["县水利局", "各乡镇"], "一2": ["县住建局", "各乡镇"]}
    assert [d.assignments[0].lead for d in found.duties] == [("县水利局",), ("县住建局",)]


def test_number_column_without_heading_between_bars() -> None:
    rows = "任务 要求 责任科室 时限 护水 1 每月巡河。 水利科 年底前 2 每年清淤。 工程科 长期 "
    rows += "护林 3 每年植树。 林业科 长期"
    found = reading("".join(f"{cell}\n|\n" for cell in rows.split()), TITLE)
    assert owners(found) == {"1": ["水利科"], "2": ["工程科"], "3": ["林业科"]}


def test_rule_nobody_and_same_as_above() -> None:
    found = reading(
        "| 序号 | 任务 | 责任单位 | 时限 |\n|:---|---|---|---|\n| 1 | 每月巡河 | 县水利局 | 长期 |\n"
        "| 2 | 每年清淤 | 同上 | 长期 |\n| 3 | 每年植树 | — | 长期 |\n| 4 | 每年检查 | 无 | 长期 |\n",
        TITLE,
    )
    assert owners(found) == {"1": ["县水利局"], "2": ["县水利局"], "3": [], "4": []}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021年10月", "2021-10-31"),
        ("年底", "2021-12-31"),
        ("12月", "2021-12-31"),
        ("2021年11月30日", "2021-11-30"),
        ("10月前", "2021-09-30"),
        ("第三季度前", "2021-06-30"),
        ("第三季度", "2021-09-30"),
        ("6月30日（星期三）前", "2021-06-30"),
    ],
)
def test_a_date_alone_where_a_deadline_stands(said: str, day: str) -> None:
    assert dates(f"序号\t任务\t责任单位\t完成时限\n1\t每月巡河\t县水利局\t{said}\n2\t每年植树\t县林业局\t长期\n") == [
        day
    ]
    assert dates(f"1.巡河\n责任单位：县水利局\n完成时限：{said}\n2.植树\n责任单位：县林业局\n") == [day]


def test_the_year_of_the_number() -> None:
    found = reading("明政办发〔2022〕7号\n一、巡河。10月底前完成。（县水利局负责）\n", "关于做好巡河工作的通知\n")
    assert [m.value for m in found.duties[0].measures] == ["2022-10-31"]
    assert "year_inferred" in [w.code for w in found.warnings]


@pytest.mark.parametrize(
    ("said", "kind", "value", "unit"),
    [
        ("公示期为10天", "period", 10, "日"),
        ("压缩至1—3个月", "limit", (1, 3), "月"),
        ("缩短至3个工作日", "limit", 3, "工作日"),
        ("表格不少于8张", "count", 8, "张"),
        ("服务900万人以上", "count", 900, "万人"),
        ("安排资金500万元", "count", 500, "万元"),
        ("每年不少于12学时", "recurrence", 12, "学时/年"),
        ("三分之二以上的村开展", "rate", 66.67, "%"),
        ("稿件不低于1000字", "count", 1000, "字"),
    ],
)
def test_more_measures(said: str, kind: str, value: object, unit: str) -> None:
    found = reading(f"一、巡河。{said}。（县水利局负责）\n")
    assert [(m.kind, m.value, m.unit) for m in found.duties[0].measures] == [(kind, value, unit)]


def test_first_month_of_a_quarter_is_no_number() -> None:
    found = reading("一、巡河。每季度第一个月10日报送。（县水利局负责）\n")
    assert [(m.kind, m.value) for m in found.duties[0].measures] == [("recurrence", None)]
