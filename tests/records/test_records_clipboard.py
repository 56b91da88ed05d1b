"""What office programs put on the clipboard: tables whole, numbers kept, hidden things gone, all of it said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.reading.formats import Unreadable, limits
from mingchuang.records import clipboard, markup

CLIPS = Path(__file__).parents[1] / "desk" / "clipboard"


def clip(name: str) -> clipboard.Pasted:
    return clipboard.of_html((CLIPS / f"{name}.html").read_text("utf-8"))


def test_a_sheet_of_wps_keeps_merged_cells_heads_and_alignment() -> None:
    found = clip("wps-sheet")
    assert found.rows == 32
    assert found.html.startswith('<table><tbody><tr><th scope="col" rowspan="2" class="align-center">序号</th>')
    assert '<th scope="col" colspan="3" class="align-center">资金安排（万元）</th>' in found.html
    assert found.html.count("<th") == 7 and found.html.count('rowspan="3"') == 10
    assert '<td class="align-center" rowspan="3">小坝镇</td>' in found.html
    assert '<td class="align-right">3.50</td>' in found.html
    assert "农村人居环境整治" in found.html, "a break in the source is no blank between Han characters"
    assert "mso" not in found.html and "xl6" not in found.html and "style=" not in found.html
    assert markup.clean(found.html).html == found.html


def test_a_text_of_wps_keeps_numbers_and_loses_what_nobody_saw() -> None:
    found = clip("wps-writer")
    assert '<p class="align-center"><strong>关于做好政务公开工作的通知</strong></p>' in found.html
    assert "<h2>一、加强组织领导</h2><p>■明确专人</p><h2>二、严格时限</h2>" in found.html
    assert "<p>a.第一种</p><p>b.第二种</p>" in found.html
    assert '<thead><tr><th scope="col" rowspan="2" class="align-center"><strong>事项</strong></th>' in found.html
    assert "<td><p>每年</p><p>一次</p></td>" in found.html
    assert "<p>改定九月三日</p>" in found.html
    for gone in ("隐藏的批示", "原定", "领导定", "file:", "track.example", "o:p", "Mso", "mso", "font"):
        assert gone not in found.html
    told = "".join(found.removed)
    for said in (
        "隐藏的行、列或者文字（1处）",
        "修订中删除的文字（1处）",
        "批注（1处）",
        "图片，请作为附件上传（2处）",
    ):
        assert said in told
    assert "可执行" not in told, "a picture on the clerk's disk is no program"


def test_hidden_columns_and_rows_go_and_spans_shrink_with_them() -> None:
    found = clipboard.of_html(
        "<table><col><col style='display:none'><col><tr><td colspan=3>头</td></tr>"
        "<tr><td>甲</td><td>身份证号</td><td>乙</td></tr>"
        "<tr style='display:none'><td>丙</td><td>丁</td><td>戊</td></tr>"
        "<tr><td rowspan=2>己</td><td>庚</td><td>辛</td></tr><tr><td>壬</td><td>癸</td></tr></table>"
    )
    assert found.html == (
        '<table><tbody><tr><td colspan="2">头</td></tr><tr><td>甲</td><td>乙</td></tr>'
        '<tr><td rowspan="2">己</td><td>辛</td></tr><tr><td>癸</td></tr></tbody></table>'
    )
    assert found.removed == ("已去掉原文中隐藏的行、列或者文字（5处），请核对。",)


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        ("<img src='data:image/png;base64,iVBORw0KGgo='>", "图片"),
        ("<img src='file:///C:/1.png'>", "图片"),
        ("<img width=1 height=1 src='https://track.example/1.gif'>", "图片"),
        ("<script>alert(1)</script>", "脚本"),
        ("<p onmouseover='alert(1)'>词</p>", "事件处理代码"),
    ],
)
def test_pictures_and_what_runs_are_named(picture: str, says: str) -> None:
    found = clipboard.of_html(f"<p>文字</p>{picture}")
    assert "文字" in found.html and says in "".join(found.removed)
    for gone in ("<img", "<script", "onmouseover", "data:", "track"):
        assert gone not in found.html


def test_a_phrase_goes_into_its_line_and_lines_become_paragraphs() -> None:
    assert (
        clipboard.of_html("<p class=MsoNormal><span lang=EN-US>一句<b>话</b></span></p>").html
        == "一句<strong>话</strong>"
    )
    assert clipboard.of_text("一句 <话>").html == "一句&lt;话&gt;"
    assert clipboard.of_text("一、任务\r\n做好工作。").html == "<h2>一、任务</h2><p>做好工作。</p>"


def test_a_table_all_bold_has_no_head() -> None:
    row = "<tr><td><b>甲</b></td><td><b>乙</b></td></tr>"
    assert "<th" not in clipboard.of_html(f"<table>{row}{row}</table>").html


def test_five_thousand_rows_lose_nothing() -> None:
    rows = "".join(f"<tr><td class=xl66 style='height:18pt'>第{n}行</td><td>值{n}</td></tr>" for n in range(5000))
    found = clipboard.of_html(f"<table>{rows}</table>")
    assert (found.rows, found.cells) == (5000, 10_000)
    assert all(f"<td>第{n}行</td><td>值{n}</td>" in found.html for n in (0, 2500, 4999))


def test_what_is_too_much_is_refused_in_words() -> None:
    with pytest.raises(Unreadable, match="超过 20 MB"):
        clipboard.of_html("<p>" + "x" * limits.MARKUP_BYTES)
    with pytest.raises(Unreadable, match="嵌套"):
        clipboard.of_html("<div>" * (limits.NESTED_ELEMENTS + 2))


PIECES = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "<td rowspan=2>", "<td colspan=0>", "<td style='display:none'>", "</td>"),
        *("<ol type=a>", "<li>", "</ol>", "<p style='mso-list:Ignore'>", "<b>", "</b>", "<del datetime=1>", "</del>"),
        *("<span style='mso-list:Ignore'>一、</span>", "<script>", "</script>", "<style>.a{text-align:center}</style>"),
        *("<td class=a>", "<!--StartFragment-->", "<![if !supportLists]>", "<thead>", "文", "\n", "<col span=9>"),
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_whatever_is_pasted_is_clean_and_cleaning_it_again_changes_nothing(pieces: list[str]) -> None:
    found = clipboard.of_html("".join(pieces)).html
    assert markup.clean(found).html == found.strip()
    assert "<script" not in found and "<style" not in found
