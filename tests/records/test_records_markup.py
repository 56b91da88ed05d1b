"""HTML that may stand on a public page, whatever was sent; what went is said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.records import markup
from mingchuang.ui.markup import BODY_TAGS, cleaned

HOSTILE = {
    "<script>alert(1)</script><p>文</p>": "脚本",
    '<p onclick="alert(1)">文</p>': "事件处理代码",
    '<a href="javascript:alert(1)">文</a>': "可执行的链接地址",
    '<a href=" java\tscript:alert(1)">文</a>': "",
    '<iframe src="https://foreign.example/"></iframe><p>文</p>': "嵌入的对象",
    '<p>文<img src="https://foreign.example/x.png"></p>': "图片",
    '<p style="background:url(https://foreign.example/x)">文</p>': "从其他网站加载的内容",
    "<svg><script>alert(1)</script></svg><p>文</p>": "脚本",
    '<math><mi xlink:href="data:x,<script>alert(4)</script>">文</mi></math><p>文</p>': "",
    '<p class="MsoNormal" style="mso-pagination:none">文<o:p></o:p></p>': "文字处理软件",
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p>文</p>": "文字处理软件",
    '<form action="https://foreign.example/"><input name="x">文</form><p>文</p>': "表单",
    '<div data-leaf="" class="x" onload="y()">文</div>': "事件处理代码",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">文</p></noscript><p>文</p>': "",
    '<style>p{background:url("https://foreign.example/")}</style><p>文</p>': "",
    '<object data="https://foreign.example/x.swf"></object><p>文</p>': "嵌入的对象",
    '<table background="https://foreign.example/x"><tr><td>文</td></tr></table>': "从其他网站加载的内容",
}
FORBIDDEN = re.compile(
    r"<(?:script|style|iframe|object|embed|form|svg|math|img)|\son\w+=|javascript:|foreign\.example|mso-", re.I
)


@pytest.mark.parametrize(("html", "said"), HOSTILE.items())
def test_nothing_hostile_is_left_and_it_is_said(html, said):
    found = markup.clean(html)
    assert not FORBIDDEN.search(found.html)
    assert "文" in found.html
    assert said in "".join(found.removed)


@pytest.mark.parametrize("html", HOSTILE)
def test_cleaning_twice_changes_nothing(html):
    once = markup.clean(html).html
    assert markup.clean(once) == markup.Cleaned(once, ())


@given(st.text(alphabet="<>/=\"' abcpdivtr&;文", max_size=60))
def test_whatever_is_sent_cleaning_is_final(text):
    once = markup.clean(text).html
    twice = markup.clean(once)
    assert twice.html == once
    assert not FORBIDDEN.search(once)


def test_merged_cells_are_kept():
    head = '<tr><th scope="col" colspan="2">项目</th></tr>'
    html = f'<table>{head}<tr><td rowspan="3" width="5">甲</td><td>乙</td></tr></table>'
    found = markup.clean(html)
    assert '<th scope="col" colspan="2">项目</th>' in found.html
    assert '<td rowspan="3">甲</td>' in found.html
    assert found.removed == ()


@pytest.mark.parametrize("span", ["0", "-1", "99999", "2x", "１"])
def test_a_span_that_is_no_span_goes(span):
    assert "colspan" not in markup.clean(f'<table><tr><td colspan="{span}">甲</td></tr></table>').html


def test_structure_is_brought_to_the_few_elements_that_pages_use():
    html = '<h1>标题</h1><div align="center"><b>落款</b></div><section>段落</section><center>居中</center>'
    assert markup.clean(html).html == (
        '<h2>标题</h2><p class="align-center"><strong>落款</strong></p><p>段落</p><p class="align-center">居中</p>'
    )


def test_links_to_other_offices_stay():
    found = markup.clean('<a href="https://www.gov.cn/zhengce/">国务院文件</a>')
    assert 'href="https://www.gov.cn/zhengce/"' in found.html
    assert found.removed == ()


def test_everything_kept_is_shown_by_the_page():
    """What is approved is what citizens see: the page's own filter takes no words and no structure away."""
    html = (
        '<h2>一、标题</h2><p>文<a href="https://www.gov.cn/" title="网">链接</a><u>线</u></p>'
        '<ol start="3"><li>项</li></ol>'
        '<table><tbody><tr><th scope="col" colspan="2">头</th></tr><tr><td rowspan="2">格</td></tr></tbody></table>'
    )
    kept = markup.clean(html).html
    assert str(cleaned(kept)) == kept
    assert markup._TAGS <= BODY_TAGS


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("甲 &lt; 乙", "甲 < 乙"),
        ("<p>甲</p>\n<p>乙</p>", "甲\n乙"),
        ("外<p>内</p>", "外\n内"),
        ("<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>", "甲\t乙"),
        ("<p>甲<br>乙\u3000 丙</p>", "甲\n乙 丙"),
    ],
)
def test_the_words_alone(html, text):
    assert markup.plain_text(html) == text


def test_text_without_markup_is_left_alone():
    assert markup.clean(" 平常的文字 ").html == "平常的文字"


@pytest.mark.parametrize(
    "address", ['href="javascript:alert(1)"', "", 'href=""', 'href=" &#106;avascript:x"', "name=x"]
)
def test_a_link_that_leads_nowhere_is_its_words(address):
    assert (
        markup.clean(f"<p>请看<a {address}>附件<strong>一</strong></a>。</p>").html
        == "<p>请看附件<strong>一</strong>。</p>"
    )
