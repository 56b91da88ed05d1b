"""A document from a file: the form filled in from the text, and not one character lost."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.reading import Unreadable
from mingchuang.records import markup, structured
from mingchuang.records.kinds.policy import importing

NOTICE = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"


@pytest.fixture(scope="module")
def notice() -> importing.Imported:
    return importing.from_file(NOTICE.read_bytes(), "通知.txt")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_notice_fills_its_form(notice):
    values = {name: value for name, value in notice.values.items() if name != "body"}
    assert values == {
        "title": "青铜峡市人民政府办公室关于印发《青铜峡市2019年政务公开工作要点》的通知",
        "doc_number": "青政办发〔2019〕60号",
        "formed_on": datetime.date(2019, 8, 19),
        "issuer": "青铜峡市人民政府办公室",
        "disclosure": "proactive",
        "summary": "现将《青铜峡市2019年政务公开工作要点》印发给你们，请结合工作实际，认真抓好贯彻落实。",
    }


def test_nothing_of_the_notice_is_lost(notice):
    body = notice.values["body"]
    assert markup.clean(body) == markup.Cleaned(body, ())
    told = squeezed("".join(notice.left_out) + markup.plain_text(body))
    assert sorted(told) == sorted(squeezed(NOTICE.read_text(encoding="utf-8")))


def test_its_structure_is_kept(notice):
    body = notice.values["body"]
    assert re.findall(r"<h2>(.*?)</h2>", body) == [
        "一、紧盯重点领域，拓展公开范围",
        "二、完善平台功能，提升公开成效",
        "三、强化保障措施，提升公开水平",
    ]
    assert '<h2 class="align-center">青铜峡市2019年政务公开工作要点</h2>' in body
    assert "<h3>（一）推进行政决策公开</h3>" in body
    assert '<p class="align-right">2019年8月19日</p>' in body
    assert any("2.2." in warning for warning in notice.warnings)


def test_tables_of_a_document_stay_tables():
    import io

    import docx

    document = docx.Document()
    document.add_paragraph("关于公布任务分工的通知")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "任务"
    table.cell(0, 2).text = "单位"
    for column, text in enumerate(("一", "公开目录 <甲>", "司法局")):
        table.cell(1, column).text = text
    stored = io.BytesIO()
    document.save(stored)
    body = importing.from_file(stored.getvalue(), "分工.docx").values["body"]
    assert '<td colspan="2">任务</td><td>单位</td>' in body
    assert "<td>一</td><td>公开目录&lt;甲&gt;</td><td>司法局</td>" in body


def test_what_cannot_be_read_is_one_sentence():
    with pytest.raises(Unreadable) as refused:
        importing.from_file(b"", "空.txt")
    assert refused.value.message.endswith("。")


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("2019 年 8 月\n19 日", "2019年8月19日"),
        ("青 铜 峡 市", "青铜峡市"),
        ("Open  Government\nAct", "Open Government Act"),
        ("附件 A B", "附件A B"),
    ],
)
def test_blanks_that_mean_nothing_go(text, tidy):
    assert structured.tidy(text) == tidy


def test_plain_text_as_typed():
    html = structured.from_text("各镇人民政府：\n\n一、总体要求\n（一）目标。做好 < 工作。再做。\n（二）步骤\n")
    assert html == (
        "<p>各镇人民政府：</p><h2>一、总体要求</h2><p>（一）目标。做好&lt;工作。再做。</p><h3>（二）步骤</h3>"
    )


def document(*parts: str | list[list[str]]) -> bytes:
    """A DOCX of paragraphs and tables."""
    import io

    import docx

    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(rows=len(part), cols=len(part[0]))
        for row, words in enumerate(part):
            for column, word in enumerate(words):
                table.cell(row, column).text = word
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize("between", [(), ("各镇人民政府：",), ("各镇人民政府：", "现将任务分工公布如下。")])
def test_the_signature_below_a_table_stands_at_the_right(between):
    table = [["任务", "单位"], ["公开目录", "司法局"]]
    ending = ("某某县人民政府办公室", "2026年11月24日", "（此件公开发布）")
    found = importing.from_file(document("关于公布任务分工的通知", *between, table, *ending), "分工.docx")
    assert found.values["issuer"] == "某某县人民政府办公室"
    assert found.values["body"].endswith(
        '</table><p class="align-right">某某县人民政府办公室</p><p class="align-right">2026年11月24日</p>'
        "<p>（此件公开发布）</p>"
    )


SHORT = {
    "政府信息公开 文本\n第二行": ("政府信息公开文本", "第二行"),
    "关于测试的通知\n正文": ("关于测试的通知", "正文"),
    "第一行\n第二行\n第三行": ("第一行", "第二行\n第三行"),
    "只有一行": ("只有一行", ""),
    "某某县2019年度\n政务公开工作总结": ("某某县2019年度政务公开工作总结", ""),
    "某某县人民政府办公室\n关于做好培训的\n通 知": ("某某县人民政府办公室关于做好培训的通知", ""),
    "关于培训的通知\n时间：8月1日\n地点：会议室": ("关于培训的通知", "时间：8月1日\n地点：会议室"),
    "政府信息公开文本\n政府": ("政府信息公开文本", "政府"),
    "政府信息公开指南\n某某县公开办\n请按指南办理。": ("政府信息公开指南", "某某县公开办\n请按指南办理。"),
    "关于测试的通知\n来源：政府办\n各镇：\n正文。": ("关于测试的通知", "来源：政府办\n各镇：\n正文。"),
    "《关于测试的通知》\n\n测试": ("关于测试的通知", "测试"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("text", SHORT)
def test_what_stands_below_the_title_is_the_body(text, ends, encoding):
    found = importing.from_file(text.replace("\n", ends).encode(encoding), "文本.txt")
    assert (found.values["title"], markup.plain_text(found.values["body"])) == SHORT[text]
    told = squeezed(found.values["title"] + markup.plain_text(found.values["body"]))
    assert told == squeezed(re.sub("[《》]", "", text)), "every sign of the file stands in a field"


LINES = [
    "关于做好测试的通知", "某某县人民政府办公室", "某政办发〔2019〕9号", "各镇人民政府：", "正文", "第二行",
    "名称：测试", "时间：8月1日", "一、任务", "做好公开工作。", "2019年8月19日", "附件：清单",
    "政府信息公开 文本", "通知", "来源：测试网",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=7))
def test_no_line_is_lost(lines):
    found = importing.from_file("\n".join(lines).encode(), "文本.txt")
    values = {name: str(value or "") for name, value in found.values.items()}
    told = squeezed("".join([values["title"], values["issuer"], values["doc_number"], *found.warnings]))
    body = squeezed(markup.plain_text(values["body"]))
    for line in set(lines):
        words = squeezed(line)
        value = words.partition("：")[2] or words
        dated = value == "2019年8月19日" and values["formed_on"] == "2019-08-19"
        assert words in body or words in told or value in told or dated, f"{line!r} is nowhere"
    once = squeezed("".join([*found.left_out, markup.plain_text(values["body"])]))
    assert sorted(once) == sorted(squeezed("".join(lines)))


@pytest.mark.parametrize("name", ["台账.csv", "台账.CSV", "a.tsv"])
def test_a_sheet_of_data_is_no_document(name):
    with pytest.raises(Unreadable, match="作为附件"):
        importing.from_file("名称,日期\n甲,2019-08-19\n".encode(), name)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("各镇：\n为做好培训工作，现就有关事项通知如下：\n一、时间\n培训定于8月1日举行。", "培训定于8月1日举行。"),
        ("各镇：\n为做好培训工作，现就有关事项通知如下：\n一、时间\n8月1日", ""),
        ("各镇：\n为落实《关于印发要点的通知》，近年来工作很好。县政府决定表扬。特此通知。", "县政府决定表扬。"),
        ("各镇：\n现将《要点》印发给你们，请贯彻落实。", "现将《要点》印发给你们，请贯彻落实。"),
        ("各镇：\n一、各单位应当公开目录。", "各单位应当公开目录。"),
    ],
)
def test_the_summary_says_what_is_decided_or_nothing(text, summary):
    found = importing.from_file(f"某某县人民政府办公室关于测试的通知\n{text}".encode(), "通知.txt")
    assert found.values["summary"] == summary
    assert ("没有找到可以作内容概述的句子，请填写。" in found.warnings) is (not summary)


def test_a_drafter_is_not_told_what_only_the_ledger_needs():
    text = (
        "某某县人民政府办公室关于测试的通知\n各镇：\n一、任务\n（一）做好公开工作。\n（一）再做好一次。\n2019年13月40日"
    )
    found = importing.from_file(text.encode(), "通知.txt")
    told = "".join(found.warnings)
    assert "责任单位" not in told and "任务。" not in told
    assert "2019年13月40日" in told and "（一）" in told
