"""An editor's HTML as blocks: structure, merged cells, warnings for what is left out."""

from __future__ import annotations

from tests.press.typeset.typeset_cases import fonts, official, pages

from mingchuang.press.typeset import pdf
from mingchuang.press.typeset.blocks import Image, Listing, Paragraph, Table
from mingchuang.press.typeset.document import misfit
from mingchuang.press.typeset.from_html import blocks

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_paragraphs_headings_lists_and_styles() -> None:
    found = blocks(
        "<p>现将<strong>有关</strong>事项<br>通知</p><h3>二级</h3>"
        "<ol start='3'><li>甲<ul><li>乙</li></ul></li></ol>散文"
    ).blocks
    first, heading, listing, loose = found
    assert isinstance(first, Paragraph) and first.text == "现将有关事项\n通知"
    assert [run.styles for run in first.runs] == [frozenset(), {"strong"}, frozenset(), frozenset(), frozenset()]
    assert isinstance(heading, Paragraph) and heading.level == 2
    assert isinstance(listing, Listing) and listing.start == 3 and isinstance(listing.items[0][1], Listing)
    assert isinstance(loose, Paragraph) and loose.text == "散文"


def test_tables_keep_merged_cells_and_find_their_head() -> None:
    [made] = blocks(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><td>a</td><td>b</td><td>c</td></tr></table>"
    ).blocks
    assert isinstance(made, Table)
    assert made.header_rows == 2
    assert [(c.rowspan, c.colspan) for c in made.rows[0]] == [(2, 1), (1, 2)]


def test_broken_tables_are_filled_as_a_browser_shows_them() -> None:
    [made] = blocks(
        "<table><tr><td rowspan=99999>甲</td><td colspan=3>乙</td></tr><tr><td>1</td></tr><tr></tr></table>"
    ).blocks
    assert isinstance(made, Table)
    assert misfit(made) == ""


def test_pictures_come_from_the_text_alone() -> None:
    found = blocks(
        f"<p>前<img src='data:image/png;base64,{PIXEL}' alt='点'></p><img src='http://example.invalid/x.png' alt='远'>"
    )
    assert [type(block) for block in found.blocks] == [Paragraph, Image]
    assert [issue.code for issue in found.issues] == ["typeset.outside_picture"]
    assert "远" in found.issues[0].message


def test_markup_and_scripts_do_not_become_text() -> None:
    html = "<p>a&lt;b&gt;#x</p><script>alert(1)</script><style>p{}</style><!-- c -->"
    found = blocks(html).blocks
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["a<b>#x"]
    assert "a<b>#x" in "".join(pages(pdf(official(*found), fonts())))
