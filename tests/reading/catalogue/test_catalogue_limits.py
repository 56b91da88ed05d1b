"""Time limits as catalogues write them, brought to values."""

from __future__ import annotations

from datetime import date

import pytest

from mingchuang.reading.catalogue import time_limit
from mingchuang.reading.catalogue.time_limit import parse, rule_of, too_long

DAY, REGION = date(2022, 3, 1), "640381"
GENERAL = ("《中华人民共和国政府信息公开条例》第二十六条",)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("自该信息形成或者变更之日起20个工作日内", "形成或变更后20个工作日内"),
        ("信息形成（变更）之日起２０个工作日内", "形成或变更后20个工作日内"),
        ("信息形成之日起二十个工作日内予以公开", "形成或变更后20个工作日内"),
        ("7个工作日", "形成或变更后7个工作日内"),
        ("自作出行政决定之日起7个工作日内", "作出行政决定后7个工作日内"),
        ("批准后20日内", "批准后20日内"),
        ("本级人大批准后20日内", "本级人大批准后20日内"),
        ("应当自该信息形成之日起20个工作日内", "形成或变更后20个工作日内"),
        ("及时公开", "及时"),
        ("实时", "及时"),
        ("长期", "长期"),
        ("每季度", "每季度"),
        ("按月公开", "每月"),
        ("每半年更新", "每半年"),
        ("公示期不少于7日", "公示期不少于7日"),
        ("公示期≥10个工作日", "公示期不少于10个工作日"),
        ("公示时间为5个工作日", "公示期不少于5个工作日"),
        ("提前1—3个月", "提前1—3个月"),
        ("每年1月31日前", "每年1月31日前"),
        ("信息形成或变更之日起20个工作日内；公示期不少于5日", "形成或变更后20个工作日内；公示期不少于5日"),
        ("1.政策类：20个工作日内；2.结果类：长期", "政策类:后20个工作日内；长期"),
        ("按有关规定", ""),
        ("2019年3月", ""),
        ("", ""),
    ],
)
def test_a_limit_is_brought_to_values(text: str, normalised: str) -> None:
    limit = parse(text)

    assert limit.normalised == normalised
    assert limit.text == text


@pytest.mark.parametrize(
    ("text", "basis", "long"),
    [
        ("信息形成之日起20个工作日内", GENERAL, False),
        ("信息形成之日起21个工作日内", GENERAL, True),
        ("信息形成之日起30个工作日内，法律、法规另有规定的从其规定", GENERAL, False),
        ("信息形成之日起28日内", GENERAL, False),
        ("信息形成之日起2个月内", GENERAL, True),
        ("公示期不少于60日", GENERAL, False),
        ("长期", GENERAL, False),
        ("30日内", ("《国务院办公厅关于测试的通知》第三条",), True),
    ],
)
def test_longer_than_the_law_allows(text: str, basis: tuple[str, ...], long: bool) -> None:
    said = too_long(parse(text), basis, DAY, REGION)

    assert bool(said) is long
    assert not said or "第二十六条" in said


def test_a_limit_follows_the_rule_of_the_law_it_cites() -> None:
    budget = ("《中华人民共和国预算法》第十四条",)
    land = ("《中华人民共和国土地管理法实施条例》第三十一条",)

    assert rule_of(parse("信息形成之日起20个工作日内"), GENERAL, DAY, REGION) == "information.publish"
    assert rule_of(parse("收到批准文件之日起15个工作日内"), land, DAY, REGION) == "land.notice"
    assert rule_of(parse("公告时间不少于30日"), land, DAY, REGION) == "land.compensation_plan"
    assert (
        rule_of(parse("批准后20日内"), budget, DAY, REGION) == ""
    )  # two rules of that article: government, department
    assert rule_of(parse("长期"), GENERAL, DAY, REGION) == ""


def test_a_law_is_not_cited_by_who_cites_its_regulation() -> None:
    regulation = ("《中华人民共和国预算法实施条例》第六条",)

    assert rule_of(parse("批复后20日内"), regulation, DAY, REGION) == "budget.unit.publish"


def test_no_part_of_a_text_is_lost() -> None:
    assert time_limit.parse("  20 个 工作日 内 ").text == "  20 个 工作日 内 "
