"""Measures: limits, deadlines, periods, rates, weights, counts, recurrences, bans, vague words."""

from __future__ import annotations

import pytest

from mingchuang.reading.deadlines import DocumentYear
from mingchuang.reading.measures import measures_in
from mingchuang.reading.model import Measure, ReadWarning
from mingchuang.reading.projection import Projection


def measures(text: str, year: int | None = 2019) -> tuple[list[Measure], list[ReadWarning]]:
    projection, warnings = Projection(text), list[ReadWarning]()
    source = DocumentYear(year, "标题")
    return measures_in(projection, 0, len(projection), year=source, warnings=warnings), warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7个工作日内公开，其他20 个工作日内公开", ["limit 7 工作日 ≤", "limit 20 工作日 ≤"]),
        ("７个工作日内", ["limit 7 工作日 ≤"]),
        (
            "五个工作日内答复；三十日内办结；二十四小时内回应；两年内完成；半年内完成",
            ["limit 5 工作日 ≤", "limit 30 日 ≤", "limit 24 小时 ≤", "limit 2 年 ≤", "limit 0.5 年 ≤"],
        ),
        ("不超过3个工作日，最迟24小时内", ["limit 3 工作日 ≤", "limit 24 小时 ≤"]),
        ("公示3至5个工作日内", ["limit (3, 5) 工作日 between"]),
        ("提前 1—3 个月公开", ["period (1, 3) 月 between"]),
        ("提前至少5个工作日通知", ["period 5 工作日 ≥"]),
        (
            "公示期不少于30日；公示时间不得少于7个工作日；保留3年以上",
            ["period 30 日 ≥", "period 7 工作日 ≥", "period 3 年 ≥"],
        ),
        ("会前3个工作日前报送", ["period 3 工作日 ="]),
        ("年底前完成", ["deadline 2019-12-31 date ≤"]),
        (
            "2021年11月底前，6月10日前，二〇二四年六月底前",
            ["deadline 2021-11-30 date ≤", "deadline 2019-06-10 date ≤", "deadline 2024-06-30 date ≤"],
        ),
        (
            "上半年完成，三季度末前，明年3月前",
            ["deadline 2019-06-30 date ≤", "deadline 2019-09-30 date ≤", "deadline 2020-02-29 date ≤"],
        ),
        ("到2025年，2026年底前", ["deadline 2025-12-31 date ≤", "deadline 2026-12-31 date ≤"]),
        ("达到 100%，其中图解达到 80%以上", ["rate 100 % =", "rate 80 % ≥"]),
        (
            "百分之九十五以上，八成以上，90%-95%，不超过5％",
            ["rate 95 % ≥", "rate 80 % ≥", "rate (90, 95) % between", "rate 5 % ≤"],
        ),
        ("分值权重不低于 4％；考核分值不低于5分", ["weight 4 % ≥", "weight 5 分 ≥"]),
        ("做强做优 1个主账号；举办2场；培训不少于2次", ["count 1 个 =", "count 2 场 =", "count 2 次 ≥"]),
        (
            "1年内解读不少于 2次；每季度至少开展1次；每年两次",
            ["recurrence 2 次/年 ≥", "recurrence 1 次/季度 ≥", "recurrence 2 次/年 ="],
        ),
        ("每季度通报，按月调度", ["recurrence None 季度 None", "recurrence None 月 None"]),
        ("每年1月31日前公布", ["recurrence None 年 None"]),
        ("严禁出现“僵尸”账号，不得发布无关信息", ["ban None None None", "ban None None None"]),
    ],
)
def test_measure(text: str, expected: list[str]) -> None:
    found, _ = measures(text)
    assert [f"{m.kind} {m.value} {m.unit} {m.comparator}" for m in found if m.kind != "vague"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“三大攻坚战”“三支一扶”“四级四同”“一站式”“一次办理”“最多跑一次”",
        "12345热线",
        "一是加强公开，二是加强解读",
        "结合15个试点领域的基础上",
        "“十四五”规划，二十大精神",
        "2019年政府工作报告",
        "第711号令",
        "近年来，一年来，多年内",
    ],
)
def test_numbers_that_measure_nothing(text: str) -> None:
    found, _ = measures(text)
    assert [m.text for m in found if m.kind != "vague"] == []


def test_a_year_taken_over_is_said_and_an_unknown_one_is_not_invented() -> None:
    found, warnings = measures("年底前完成")
    assert (found[0].value, [w.code for w in warnings]) == ("2019-12-31", ["year_inferred"])
    found, warnings = measures("年底前完成", year=None)
    assert (found[0].value, [w.code for w in warnings]) == (None, ["year_unknown"])


def test_a_day_that_does_not_exist() -> None:
    found, warnings = measures("2月30日前完成")
    assert (found[0].kind, found[0].value, [w.code for w in warnings]) == ("deadline", None, ["deadline_unreadable"])


def test_vague_words_are_measures_without_value() -> None:
    found, _ = measures("定期发布，及时回应，逐步推行")
    assert [(m.kind, m.text, m.value) for m in found] == [("vague", w, None) for w in ("定期", "及时", "逐步")]


def test_spans_hold_the_words() -> None:
    text = "解读材料于印发后 3\n\n个工作日内发布"
    (measure,) = [m for m in measures(text)[0] if m.kind == "limit"]
    assert text[measure.span[0] : measure.span[1]] == "3\n\n个工作日内"
    assert measure.text == "3个工作日内"
