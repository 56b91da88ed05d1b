"""The text rules: secrecy, wording, form, policy, politics; and what counts as a pass."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from mingchuang.reading import gate
from mingchuang.reading.gate.folding import fold
from mingchuang.reading.gate.lists import NEUTRAL, Lists, Slot, read_list

TODAY = date(2026, 11, 24)
NOTICE = (
    "试政办发〔2026〕8号\n试验市人民政府办公室关于做好测试工作的通知\n各镇人民政府，市直各部门：\n"
    "一、总体要求\n（一）做好准备。\n二、工作任务\n（一）按时完成。\n试验市人民政府办公室\n2026年11月2日\n"
)


def neutral() -> Lists:
    def rows(slot: Slot):  # type: ignore[no-untyped-def]
        return read_list(slot, NEUTRAL[slot].encode(), f"{slot}.csv")

    return Lists(
        sensitive=rows("sensitive"), leaders=rows("leaders"), map_numbers=rows("map_numbers"),
        terms=rows("terms"), meetings=rows("meetings"), documents=rows("documents"),
    )  # fmt: skip


def results(text: str, rule: str, lists: Lists | None = None, facts: gate.Facts | None = None) -> list[str]:
    found = gate.check_text(text, "a.txt", lists or neutral(), today=TODAY, facts=facts or gate.Facts())
    return [one.result for one in found if one.rule.id == rule]


def test_a_good_notice_passes_every_check() -> None:
    found = gate.check_text(NOTICE, "a.txt", neutral(), today=TODAY)
    assert {one.check: one.result for one in found} == dict.fromkeys(gate.CHECK_NAMES, "pass")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机密★1年\n正文", ["fail"]),
        ("秘 密\n正文", ["fail"]),
        ("000001\n绝密★长期  特急", ["fail"]),
        ("密级：机密", ["fail"]),
        ("关于某事的函（秘密）", ["fail"]),
        ("表\t机密\t说明", ["fail"]),
        ("机密级★20年\n正文", ["fail"]),
        ("★机密\n正文", ["fail"]),
        ("密级：秘密级", ["fail"]),
        ("确定机密级事项应当依法。", []),
        ("要保守国家秘密，保护商业秘密。", []),
        ("涉及国家秘密、商业秘密、个人隐私的除外", []),
    ],
)
def test_secret_marks(text: str, expected: list[str]) -> None:
    assert results(text, "secrecy.mark") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内部资料 注意保存", ["fail"] * 1),
        ("（内部资料，不得外传）", ["fail", "fail"]),
        ("仅供内部参阅，不得外传", ["fail", "fail"]),
        ("加强内部资料的收集", ["uncertain"]),
        ("内部资料性出版物准印证", []),
        ("完善内部控制", []),
    ],
)
def test_internal_marks(text: str, expected: list[str]) -> None:
    assert results(text, "secrecy.internal") == expected


def test_withheld_by_its_own_words() -> None:
    assert results("（此件不予公开）", "secrecy.withheld") == ["fail"]
    assert results("（此件公开发布）", "secrecy.withheld") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由市国土资源局负责", ["uncertain"]),
        ("由原市国土资源局负责", []),
        ("各农业部门要落实", []),
        ("《环境保护部关于测试的通知》", []),
        ("环境保\n护部制定", ["uncertain"]),
    ],
)
def test_renamed_organs(text: str, expected: list[str]) -> None:
    assert results(text, "wording.renamed_organ") == expected


def test_expressions_and_replaced_statutes() -> None:
    assert results("截止目前已完成", "wording.expression") == ["uncertain"]
    assert results("依据《合同法》办理", "policy.replaced_statute") == ["uncertain"]
    assert results("按照指定单位办理", "wording.expression") == []


def test_width_and_brackets() -> None:
    assert results("做好工作,落实责任", "wording.width") == ["uncertain"]
    assert results("共１２项", "wording.width") == ["uncertain"]
    assert results("1,000元，比率3:1", "wording.width") == []
    assert results("《关于测试的通知", "wording.brackets") == ["uncertain"]


@pytest.mark.parametrize(
    ("change", "rule", "expected"),
    [
        (("〔2026〕8号", "[2026]8号"), "form.number", ["fail"]),
        (("〔2026〕8号", "〔2026〕第8号"), "form.number", ["fail"]),
        (("2026年11月2日", "2026年11月02日"), "form.date", ["fail"]),
        (("2026年11月2日", "2026年2月30日"), "form.date", ["fail"]),
        (("2026年11月2日", "2027年1月2日"), "form.date", ["uncertain"]),
        (("部门：", "部门:"), "form.addressees", ["fail"]),
        (("各镇人民政府，市直各部门：\n", ""), "form.elements", ["uncertain"]),
        (("\n2026年11月2日", ""), "form.elements", ["uncertain"]),
        (("二、工作", "三、工作"), "form.levels", ["uncertain"]),
        (("一、总体", "一.总体"), "form.levels", ["uncertain"]),
    ],
)
def test_form(change: tuple[str, str], rule: str, expected: list[str]) -> None:
    assert results(NOTICE.replace(*change), rule) == expected


def test_cited_documents() -> None:
    assert results("按照试政办发〔2020〕1号执行", "policy.cited_not_public") == ["fail"]
    assert results("按照试政办发〔2018〕2号执行", "policy.cited_lapsed") == ["fail"]
    assert results("试政办发〔2018〕2号同时废止", "policy.cited_lapsed") == []
    assert results("按照试政办发〔2024〕3号执行", "policy.cited_unknown") == []
    assert results("按照国办发〔2019〕9号、国办发〔2019〕8号执行", "policy.cited_unknown") == ["not_assessable"]


def test_documents_on_enterprises() -> None:
    title = "试验市人民政府关于支持企业发展的意见\n"
    clause = "市工信局负责公开本意见的落实情况，公开内容方式按目录执行，完成时限为20个工作日内。"
    known = gate.Facts(concerns_enterprises=True, asked=frozenset({"企业", "行业协会", "商会", "律师协会"}))
    assert results(title, "policy.enterprise_clause", facts=known) == ["fail"]
    assert results(title + clause, "policy.enterprise_clause", facts=known) == []
    assert results(title + clause, "policy.enterprise_record", facts=known) == []
    partly = gate.Facts(concerns_enterprises=True, asked=frozenset({"企业"}))
    assert results(title, "policy.enterprise_record", facts=partly) == ["fail"]
    assert results(title, "policy.enterprise_record") == ["not_assessable"]
    assert results(title, "policy.enterprise_clause", facts=gate.Facts(concerns_enterprises=False)) == []


def test_the_seven_elements() -> None:
    title = "试验市行政执法公示办法\n"
    whole = "责任主体为各执法机关。公示内容、公示载体、程序时限、审查机制、监督方式和保障措施如下。"
    assert results(title + whole, "policy.publicity_measure") == []
    assert results(title, "policy.publicity_measure") == ["fail"] * 7


def test_political_hits_are_uncertain_and_words_stay_unsaid() -> None:
    found = gate.check_text("这里有试 验词\u200b甲。", "a.txt", neutral(), today=TODAY)
    hits = [one for one in found if one.rule.id == "politics.sensitive"]
    assert [one.result for one in hits] == ["uncertain"]
    assert hits[0].place.span == (3, 9)
    assert "试验词甲" not in repr(found)


def test_leaders_terms_meetings_maps() -> None:
    assert results("试验市市长测丙某出席", "politics.leader") == ["uncertain"]
    assert results("试验市市长测甲某出席", "politics.leader") == []
    assert results("测乙某、测甲某出席", "politics.leader") == ["uncertain"]
    assert results("测甲某、测乙某出席", "politics.leader") == []
    assert results("试验误称甲", "politics.term") == ["uncertain"]
    assert results("试验市第六届人民代表大会第四次会议", "politics.meeting") == ["uncertain"]
    assert results("试验市第六届人民代表大会第三次会议", "politics.meeting") == []
    assert results("审图号：试S（2026）002号", "politics.map_number") == ["uncertain"]
    assert results("审图号：试S(2026)001号", "politics.map_number") == []


def test_without_lists_politics_is_not_assessable() -> None:
    found = gate.check_text(NOTICE, "a.txt", today=TODAY)
    assert [one.result for one in found if one.check == "politics"] == ["not_assessable"]


def test_a_picture_passes_no_check() -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    found = gate.check(file.getvalue(), "a.png", neutral(), today=TODAY)
    assert {one.check for one in found if one.result == "not_assessable"} == set(gate.CHECK_NAMES)
    assert "pass" not in {one.result for one in found}


def test_fold_leads_back() -> None:
    text = "　　机 構\n改\u200b革，ＡＢ\tＣ。\n下一行𠀀"
    folded = fold(text)
    assert folded.text == "机构改革,ab\x1fc。\n下一行𠀀"
    start = folded.text.index("构改革")
    assert text[slice(*folded.span(start, start + 3))] == "構\n改\u200b革"
