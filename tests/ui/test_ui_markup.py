"""Markup from values: nothing from outside gets through unescaped, spans fall where they should."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ui import markup
from mingchuang.ui.icons import ICONS

HOSTILE = '<img src=x onerror="alert(1)">&'


def plain(html: str) -> str:
    """The text of a piece of markup."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_paragraphs() -> None:
    assert markup.nl2p("一\n\n  二  \n三\n") == "<p>一</p>\n<p>二</p>\n<p>三</p>"
    assert markup.nl2p(" \n ") == ""
    assert "<img" not in markup.nl2p(HOSTILE)


def test_highlight_merges_and_escapes() -> None:
    assert markup.highlight("政务公开", [(2, 4), (1, 3)]) == "政<mark>务公开</mark>"
    assert markup.highlight("a<b", [(1, 2)]) == "a<mark>&lt;</mark>b"
    assert markup.highlight("公开", []) == "公开"


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6))
def test_highlight_loses_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    assert plain(markup.highlight(text, spans)) == text


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int]]]:
    text = draw(st.text(min_size=0, max_size=30))
    ends = st.integers(0, len(text))
    raw = draw(st.lists(st.tuples(st.sampled_from(["a", "b", "c-1"]), ends, ends), max_size=6))
    return text, [(key, min(x, y), max(x, y)) for key, x, y in raw]


@given(text_and_spans())
def test_lit_text_carries_each_key_on_exactly_its_characters(case: tuple[str, list[tuple[str, int, int]]]) -> None:
    text, spans = case
    html = markup.lit(text, spans)
    assert plain(html) == text
    keys: set[str] = set()
    marked = []
    for tag, words in re.findall(r"(<[^>]*>)|([^<]+)", html):
        if tag.startswith("<span"):
            keys = set(re.findall(r'data-keys="([^"]*)"', tag)[0].split())
        elif tag == "</span>":
            keys = set()
        marked += [keys] * len(unescape(words))
    assert marked == [{key for key, start, end in spans if start <= i < end} for i in range(len(text))]
    ids = re.findall(r'id="src-([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(ids) == {key for key, start, end in spans if start < end}


def test_lit_refuses_what_cannot_be() -> None:
    for bad in ([("a b", 0, 1)], [("a", 0, 9)], [("a", 2, 1)], [('"><script>', 0, 1)]):
        with pytest.raises(ValueError, match="span"):
            markup.lit("公开", bad)


def test_lit_counts_code_points_not_utf16() -> None:
    assert '<span class="src" id="src-a" data-keys="a">镕</span>' in markup.lit("𠮷镕县", [("a", 1, 2)])


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<iframe src=//x></iframe>",
        "<svg><script>1</script></svg>",
    ],
)
def test_bodies_are_cleaned(hostile: str) -> None:
    html = markup.cleaned(hostile)
    assert not re.search(r"script|onclick|javascript|style|iframe|svg", html)


def test_a_cleaned_body_keeps_its_table() -> None:
    body = '<table><tr><th colspan="2">序号</th></tr><tr><td rowspan="2">1</td><td>甲</td></tr></table>'
    assert 'colspan="2"' in markup.cleaned(body)
    assert 'rowspan="2"' in markup.cleaned(body)


def test_headings_break_between_words_only() -> None:
    html = markup.phrased("关于印发《甲县二〇一九年政务公开工作要点》的通知")
    assert plain(html) == "关于印发《甲县二〇一九年政务公开工作要点》的通知"
    assert "《<wbr>" not in html
    assert "<wbr>》" not in html
    assert "二〇一九年" in html
    assert "政务" in html
    assert html.count("<wbr>") >= 4
    assert "&lt;" in markup.phrased("<b>")
    assert markup.phrased("") == ""


def test_a_qr_code_is_inline_and_silent() -> None:
    svg = markup.qr("http://127.0.0.1:8000/records/7/")
    assert svg.startswith('<svg aria-hidden="true"')
    assert "style=" not in svg
    assert 'class="qr__code"' in svg
    assert "<title" not in svg


def test_an_address_that_no_code_holds_has_none() -> None:
    assert markup.qr("http://127.0.0.1:8000/desk/records/?q=" + "%E9%95%BF" * 1000) == ""


@pytest.mark.parametrize("name", ICONS)
def test_icons_draw(name: str) -> None:
    svg = markup.icon(name)
    assert 'aria-hidden="true"' in svg
    assert re.search(r"<(path|circle)", svg)
    assert 'aria-label="打印"' in markup.icon(name, "打印")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        markup.icon("unicorn")
