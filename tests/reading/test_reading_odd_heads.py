"""Heads of web pages and joint notices: fields on one line, several organs, zeros in dates, annexes behind 附：."""

from __future__ import annotations

import pytest
from tests.reading.test_reading_odd_forms import owners, reading

BODY = "一、巡河。每月巡河。（县水利局负责）\n二、植树。每年植树。（县林业局负责）\n"
TITLE = "明河县水利局关于印发2021年工作要点的通知"


@pytest.mark.parametrize("written", ["二O二一", "二Ｏ二一", "二0二一", "二○二一", "二〇二一", "二o二一"])
def test_zeros_of_a_date(written: str) -> None:
    found = reading(f"{BODY}明河县水利局\n{written}年八月九日\n", f"{TITLE}\n")
    assert found.date is not None
    assert found.date.isoformat() == "2021-08-09"


def test_joint_issuers() -> None:
    red = "明河县水利局\n明河县林业局 文件\n明河县财政局\n明水发〔2021〕3号\n关于做好护林工作的通知\n"
    assert reading(BODY, red).issuer == "明河县水利局、明河县林业局、明河县财政局"
    assert reading(BODY, "明河县水利局 明河县林业局关于做好护林工作的通知\n").issuer == "明河县水利局、明河县林业局"
    assert reading(BODY, "明河县 人民政府 办公室关于做好护林工作的通知\n").issuer == "明河县人民政府办公室"


@pytest.mark.parametrize(
    "head",
    [
        "索引号：9/2021\n发文机关：明河县水利局\t成文日期：2021-05-06\n发文字号：明水发〔2021〕5号\n\n",
        "索 引 号 9/2021 发文字号 明水发〔2021〕5号\n发布机构 明河县水利局 生成日期 2021-05-06\n"
        "标题 要点 有效性 有效\n\n",
        "发布时间：2021-05-08\n成文日期：2021-05-06\n发文字号：明水发〔2021〕5号\n访问次数：\n字体大小：大 中 小\n\n",
    ],
)
def test_fields_of_a_web_page(head: str) -> None:
    found = reading(BODY, head + TITLE + "\n")
    assert (found.title, found.number) == (TITLE, "明水发〔2021〕5号")
    assert found.date is not None
    assert found.date.isoformat() == "2021-05-06"


def test_number_line_below_a_full_title_line() -> None:
    lines = [
        "为做好全县各乡镇河道巡查和沿线植树的各项工作并且落实到",
        "人，现就有关事项通知如下，请各单位结合自身的实际情况来",
    ]
    text = f"{lines[0]}\n" + f"{lines[1]}\n{lines[0]}\n" * 5 + "落实。\n" + BODY
    found = reading(text, "明河县水利局关于做好二〇二一年河道巡查和植树工作的意见\n明水发〔2021〕5号\n")
    assert found.number == "明水发〔2021〕5号"
    assert found.title == "明河县水利局关于做好二〇二一年河道巡查和植树工作的意见"


def test_title_of_what_a_letter_without_title_sends() -> None:
    letter = (
        "各乡镇：\n《2021年巡河工作要点》已经同意，现印发给你们。\n明河县水利局\n2021年5月6日\n2021年巡河工作要点\n"
    )
    found = reading(BODY, letter)
    assert found.title == "2021年巡河工作要点"
    assert "title_missing" in [w.code for w in found.warnings]


def test_addressees_cites_and_short_names() -> None:
    found = reading(
        "各省、自治区、直辖市人民政府，各县、区、市直各部门：\n根据明政发〔2019〕14号文件和《河道管理条例》（以下简称《条例》）通知如下。\n"
        + BODY
    )
    assert found.addressees == ("各省、自治区、直辖市人民政府", "各县", "区", "市直各部门")
    assert [(cite.title, cite.number) for cite in found.cites] == [(None, "明政发〔2019〕14号"), ("河道管理条例", None)]


def test_words_explained_behind_the_text_are_no_duties() -> None:
    tail = "各单位要制定方案。\n附：名词解释\n1.巡河：沿河查看。\n2.清淤：清除淤泥。\n"
    found = reading(BODY + tail)
    assert list(owners(found)) == ["一", "二", "结尾1"]
    assert "annex_without_owners" in [w.code for w in found.warnings]


def test_clause_before_the_first_number_is_told() -> None:
    found = reading("做好护水护林。（县政府办负责）\n" + BODY)
    assert [w.code for w in found.warnings if "县政府办" in w.message] == ["clause_unused"]


def test_end_of_a_letter_and_dash_for_one() -> None:
    found = reading(
        "一、护水\n（—）巡河。每月巡河。（县水利局负责）\n（二）清淤。每年清淤。（县住建局负责）\n特此通知。\n"
    )
    assert owners(found) == {"一（一）": ["县水利局"], "一（二）": ["县住建局"]}


def test_who_supports_is_suggested_and_who_explains_is_not() -> None:
    found = reading("一、巡河\n由县水利局牵头，县林业局配合，做好巡河。\n本要点由县政府办负责解释。\n")
    assert found.duties[0].suggested_units == ("县水利局", "县林业局")
    assert all(not d.suggested_units for d in found.duties[1:])


def test_a_sentence_with_a_date_is_no_heading() -> None:
    found = reading("第一条 巡河每年一次，12月15日前完成。县水利局组织。\n第二条 植树。（县林业局负责）\n")
    assert found.duties[0].heading is None
