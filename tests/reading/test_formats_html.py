"""HTML: the document of a page, not the site around it; encodings, tables, lists."""

from __future__ import annotations

import time

import pytest
from tests.reading.documents import SAMPLE, html_of, html_table, plain_text, without_space

from mingchuang.reading.formats import Extract, Unreadable, child, extract, limits
from mingchuang.reading.formats.web import read_web

_PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{}</body></html>"


def _read(body: str) -> Extract:
    return read_web(_PAGE.format(body).encode())


def _texts(read: Extract) -> list[str]:
    return [read.text_of(block) for block in read.blocks]


@pytest.mark.parametrize(
    ("charset", "encoding", "found", "codes"),
    [
        ("utf-8", "utf-8", "utf-8", []),
        ("gb2312", "gb18030", "gb18030", []),
        ("gbk", "gb18030", "gb18030", []),
        ("utf-8", "gb18030", "gb18030", ["mislabelled_encoding"]),
        ("gb2312", "utf-8", "utf-8", ["mislabelled_encoding"]),
        ("utf-8", "utf-16", "utf-16-le", []),
    ],
)
def test_a_page_in_any_encoding(charset: str, encoding: str, found: str, codes: list[str]) -> None:
    read = extract(html_of(SAMPLE, charset=charset, encoding=encoding), "notice.html")
    assert (read.source_format, read.encoding) == ("html", found)
    assert [warning.code for warning in read.warnings] == codes
    assert without_space(read.text) == without_space(plain_text(SAMPLE))


def test_the_site_around_the_document_is_listed_apart() -> None:
    read = extract(html_of(SAMPLE), "notice.html")
    assert [(item.text, item.reason) for item in read.dropped] == [
        ("某网站首页 政务公开", "navigation"),
        ("要闻\n公告\n服务", "navigation"),
        ("主办单位：某办公室 备案号：00000000", "footer"),
    ]
    assert "不是正文" not in read.text
    assert [block.level for block in read.blocks if block.kind == "heading"] == [0, 0]
    assert read.blocks[0].align == "center"


def test_a_title_before_the_container_is_kept_and_links_after_it_are_not() -> None:
    body = (
        "<div class='crumb'><a href='/'>首页</a>&gt;<a href='/a'>通知</a></div><div class='detail'>"
        "<h1>关于印发工作要点的通知</h1><div class='info'>来源：本站 2021-04-19</div>"
        f"<div class='TRS_Editor'><p>{SAMPLE[8].text}</p></div></div>"
        "<ul class='list'><li><a href='/b'>另一通知</a></li></ul>"
    )
    read = _read(body)
    assert _texts(read) == ["关于印发工作要点的通知", SAMPLE[8].text]
    assert [item.text for item in read.dropped] == ["首页>通知", "来源：本站 2021-04-19", "另一通知"]


def test_a_page_without_a_container_is_read_whole() -> None:
    assert _texts(_read("<p>甲</p>乙<div>丙<b>丁</b></div>")) == ["甲", "乙", "丙丁"]


def test_hidden_text_is_listed_apart() -> None:
    read = _read("<p>正文</p><p style='display: none'>隐去</p><p hidden>也隐去</p>")
    assert read.text == "正文"
    assert [(item.text, item.reason) for item in read.dropped] == [("隐去", "hidden"), ("也隐去", "hidden")]


def test_breaks_and_source_line_ends() -> None:
    read = _read("<p>政务\n  公开<br>工作 2021\n年<br><br>另一段<br>　　又一段</p><p>a\nb</p>")
    assert _texts(read) == ["政务公开\n工作 2021 年", "另一段", "又一段", "a b"]


def test_preformatted_lines_stay_lines() -> None:
    assert _read("<pre>一、公开\n（一）决策</pre>").text == "一、公开\n（一）决策"


def test_ordered_lists_are_numbered_again() -> None:
    read = _read(
        "<ol start=3><li>甲<ol type=a><li>子</li><li><p>丑</p></li></ol></li><li value=7>乙</li><li>5个</li></ol>"
        "<ol style='list-style-type: cjk-ideographic'><li>丙</li></ol><ol style='list-style:none'><li>一、丁</li></ol>"
        "<ul><li>戊</li></ul><ol reversed><li>己</li><li>庚</li></ol>"
    )
    assert _texts(read) == [
        *("3.甲", "a.子", "b.丑", "7.乙", "8. 5个", "一、丙", "一、丁", "戊", "2.己", "1.庚"),
    ]
    assert [block.numbering for block in read.blocks][:4] == ["3.", "a.", "b.", "7."]
    assert [block.numbering for block in read.blocks][6:8] == ["", ""]


def test_tables_with_spans() -> None:
    read = _read(
        "<table><caption>分工</caption><tr><th colspan=2>任务</th><th rowspan=9>单位</th></tr>"
        "<tr><td>1</td><td><p>公开</p><p>服务</p></td></tr></table>"
    )
    places = {
        read.text_of(block): (block.place.row, block.place.col, block.place.rowspan, block.place.colspan)
        for block in read.blocks
        if block.place
    }
    assert places == {"任务": (0, 0, 1, 2), "单位": (0, 2, 2, 1), "1": (1, 0, 1, 1), "公开\n服务": (1, 1, 1, 1)}


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    read = _read(
        f"<table><tr><td>左</td><td><table><tr><td><p>{SAMPLE[8].text}</p></td></tr></table></td></tr></table>"
    )
    assert {block.kind for block in read.blocks} == {"paragraph"}
    assert SAMPLE[8].text in _texts(read)


def test_a_data_table_of_a_page() -> None:
    read = extract(html_table([["序号", "任务"], ["1", "公开"]]), "table.html")
    assert read.text == "序号\t任务\n1\t公开"


def test_a_fragment_under_a_text_name_is_html_and_said() -> None:
    read = extract("<p>一、公开</p><p>二、服务</p><div>三、保障</div>".encode(), "notice.txt")
    assert (read.source_format, read.text) == ("html", "一、公开\n二、服务\n三、保障")
    assert [warning.code for warning in read.warnings] == ["wrong_extension"]


def test_text_that_mentions_tags_stays_text() -> None:
    assert extract("用<br>换行，用<p>分段。".encode(), "a.txt").source_format == "txt"


@pytest.mark.parametrize("body", ["", "<script>x()</script>", "<nav><a href=/>首页</a></nav>"])
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(_PAGE.format(body).encode(), "a.html")
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("nested", ["<div>", "<ul><li>", "<table><tr><td>", "<b>"])
def test_a_page_nested_without_end_is_told_in_a_sentence(nested: str) -> None:
    started = time.process_time()
    with pytest.raises(Unreadable) as refusal:
        read_web(_PAGE.format(nested * 100_000 + "深").encode())
    assert (refusal.value.code, "4000 层" in refusal.value.message) == ("too_nested", True)
    assert time.process_time() - started < 2


def test_a_page_that_never_closes_its_tags_is_read() -> None:
    body = "".join(f"<p>第{n}段。<li>第{n}项<br>" for n in range(6000))
    assert "第5999项" in extract(_PAGE.format(body).encode(), "sloppy.html").text


def test_a_page_that_exhausts_the_parser_is_refused_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0)
    monkeypatch.setattr(child, "_asked", iter([0]))  # a process of its own: the warm one has its limits already
    with pytest.raises(Unreadable) as refusal:
        extract(_PAGE.format("深").encode(), "deep.html")
    assert refusal.value.code == "too_complex"
