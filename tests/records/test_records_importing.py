"""A document from a file: the form filled in from the text, and not one character lost."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

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
