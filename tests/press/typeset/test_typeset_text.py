"""Text goes in as data and comes out as written: markup, rare characters, direction marks, long words, refusals."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image as Picture
from tests.press.typeset.typeset_cases import (
    MM,
    SENTENCE,
    cell,
    fonts,
    glyphs,
    lines,
    official,
    pages,
    paragraph,
    table,
)

from mingchuang.norms.outcome import Refused
from mingchuang.press.typeset import Annex, Fonts, MissingGlyphs, Role, docx, pdf, substitutes, title_lines
from mingchuang.press.typeset.blocks import Cell, Image, Listing, Paragraph, Run, Table, visible
from mingchuang.press.typeset.levels import is_heading, lead

HOSTILE = "#let x=1 *b* $a$ [c] \\ `r` @ref <lab> // c /* d */ {{x}} ${y} #{z} & <b> ' \" ~ = - +"


def png(width: int = 40, height: int = 20) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def squeezed(data: bytes) -> str:
    return "".join(pages(data)).replace(" ", "")


def test_markup_in_every_field_is_printed_as_it_stands() -> None:
    made = pdf(
        official(
            HOSTILE, "= 不是标题", "- 不是列表", Table(((cell("#a*b*$c$[d]\\"),),)),
            title="关于#*$[]\\的通知", addressees="#[各]*部*", note="*公*#开", copy_to="#x$y$[z]",
        ),
        fonts(),
    )  # fmt: skip
    text = squeezed(made)
    for wanted in (
        HOSTILE,
        "= 不是标题",
        "- 不是列表",
        "#a*b*$c$[d]\\",
        "关于#*$[]\\的通知",
        "#[各]*部*：",
        "（*公*#开）",
        "抄送：#x$y$[z]。",
    ):
        assert wanted.replace(" ", "") in text


def test_numbers_are_found_as_written() -> None:
    text = "".join(pages(pdf(official("依据示政办发〔2021〕35号文件，2021年5月10日前完成60%。"), fonts())))
    assert "依据示政办发〔2021〕35号文件，2021年5月10日前完成60%。" in text


def test_equal_documents_are_equal_bytes() -> None:
    document = official(SENTENCE, table(5), Image(png(), "图"))
    assert pdf(document, fonts()) == pdf(document, fonts())
    assert docx(document, fonts()) == docx(document, fonts())
    assert b"CreationDate" not in pdf(document, fonts())


def test_the_pdf_is_tagged_with_language_and_title() -> None:
    made = pdf(official(SENTENCE, Image(png(), "流程图")), fonts())
    with pypdfium2.PdfDocument(made) as document:
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == "示例市人民政府办公室关于做好政务公开工作的通知"
    assert b"pdfuaid:part" in made
    assert b"zh-CN" in made


def test_rare_characters_are_set_from_a_completing_font_and_named() -> None:
    document = official("朱镕基、陶喆、㙍、𠮷")
    assert "朱镕基、陶喆、㙍、𠮷" in "".join(pages(pdf(document, fonts())))
    for stand_in in substitutes(document, fonts()):
        assert stand_in.message.startswith(("没有安装", stand_in.role.value))
        assert stand_in.used in stand_in.message


def test_a_missing_glyph_is_refused_with_character_and_package() -> None:
    with pytest.raises(MissingGlyphs) as caught:
        pdf(official("好\ue000", "\U0001f600", title="关于\U0002ffff的通知"), fonts())
    text = str(caught.value)
    assert "U+E000" in text and "自造字" in text
    assert "U+1F600" in text and "fonts-noto-color-emoji" in text
    assert "U+2FFFF" in text
    assert {issue.field for issue in caught.value.issues} == {Role.BODY, Role.TITLE}


def test_without_fonts_nothing_is_set_and_the_report_says_why(tmp_path) -> None:
    bare = Fonts.installed([tmp_path], system=False)
    assert [issue.field for issue in bare.report()] == list(Role)
    assert all(issue.severity == "error" and "texlive-lang-chinese" in issue.message for issue in bare.report())
    with pytest.raises(MissingGlyphs):
        pdf(official(SENTENCE), bare)


def test_a_chosen_family_comes_first_and_the_report_names_substitutes() -> None:
    chosen = Fonts.installed(chosen={Role.BODY: ["Noto Sans CJK SC"]})
    assert chosen.faces[Role.BODY][0].family == "Noto Sans CJK SC"
    assert any(issue.field == Role.BODY and "Noto Sans CJK SC" in issue.message for issue in chosen.report())


def test_marks_without_shape_never_reach_paper() -> None:
    assert visible("甲\u202e乙\u200f丙\u200b\x00丁\u00ad\ud800") == "甲乙丙丁"
    text = "".join(pages(pdf(official("abc\u202edef\u2066甲\x07"), fonts())))
    assert "abcdef甲" in text


def test_a_word_longer_than_a_line_stays_on_the_paper() -> None:
    address = "https://example.invalid/" + "a" * 120
    made = pdf(official(f"见{address}。"), fonts())
    assert address in squeezed(made)
    assert max(glyph.right for glyph in glyphs(made, 0)) < 185 * MM


def test_a_very_long_title_breaks_into_lines_within_the_text_area() -> None:
    made = pdf(official(SENTENCE, title="关于" + "进一步加强和规范政务公开工作" * 12 + "的通知"), fonts())
    title = [line for line in lines(made, 0) if {g.size for g in line} == {22.0}]
    assert len(title) >= 9
    assert all(line[0].left > 27 * MM and line[-1].right < 185 * MM for line in title)


@pytest.mark.parametrize(
    "title",
    [
        "示例市人民政府办公室关于做好政务公开工作的通知",
        "示例市人民政府办公室关于印发示例市2021年政务公开工作要点的通知",
        "示例市人民政府办公室转发市农业农村局关于进一步加强农村人居环境整治工作实施方案的通知",
        "关于贯彻落实《中华人民共和国政府信息公开条例》若干问题的意见",
    ],
)
def test_title_lines_keep_words_whole_and_take_a_shape(title: str) -> None:
    found = title_lines.lines(title)
    assert "".join(found) == title
    widths = [title_lines.width(line) for line in found]
    assert max(widths) <= title_lines.MOST
    assert widths[-1] > 3
    assert not any(line.startswith(("的", "》", "、", "，")) or line.endswith(("《", "关于")) for line in found)
    assert not any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    joined = "|".join(found)
    assert not any(cut in joined for cut in ("20|21", "政|务", "公|开", "通|知", "办|公", "农|村"))


def test_a_person_decides_the_breaks_of_a_title() -> None:
    assert title_lines.lines("示例市人民政府\n关于公开的\n通知") == ["示例市人民政府", "关于公开的", "通知"]


def test_levels_have_their_faces() -> None:
    assert is_heading(paragraph("一、总体要求"))
    assert not is_heading(paragraph("一、各部门要抓好落实。各镇也要。"))
    assert not is_heading(paragraph("2021年5月10日"))
    found = lead(paragraph("（一）加强领导。各部门要抓好落实。"))
    assert found is not None
    assert found[0] == 2
    assert [run.text for run in found[1]] == ["（一）加强领导。"]
    assert [run.text for run in found[2]] == ["各部门要抓好落实。"]
    assert lead(paragraph("1．加强领导。各部门要抓好落实。")) is None


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refused) as caught:
        pdf(
            official(
                Image(b"GIF", ""), title=" ", issuers=(), secrecy="机密★1年", copy_number="000001", urgency="很急",
                annexes=(Annex(" "),), annex_titles=("一", "二"), printed_on=None, number="示政办发",
            ),
            fonts(),
        )  # fmt: skip
    codes = [issue.code for issue in caught.value.issues]
    for code in (
        "secrecy",
        "copy_number",
        "title",
        "issuers",
        "urgency",
        "annexes",
        "annex_title",
        "printed",
        "number",
        "picture",
        "alt",
    ):
        assert f"typeset.{code}" in codes


def test_an_empty_body_is_refused() -> None:
    for body in ((), (" ",), ("\u200b",)):
        with pytest.raises(Refused, match="正文"):
            pdf(official(*body), fonts())


def test_a_table_over_pages_repeats_its_head_and_keeps_rows_whole() -> None:
    made = pdf(official(SENTENCE, table(120)), fonts())
    bearing = [text for text in pages(made) if "项任务" in text]
    assert len(bearing) > 3
    assert all("序号" in text and "类别" in text for text in bearing)
    assert all(f"第{n}项任务的内容和要求" in "".join(bearing).replace(" ", "") for n in (1, 60, 120))


def test_cells_merged_over_pages_are_set() -> None:
    rows = (
        (cell("头"), cell("二")),
        (cell("合并", rowspan=200), cell("甲0")),
        *((cell(f"甲{n}"),) for n in range(1, 200)),
    )
    text = squeezed(pdf(official(Table(rows, 1)), fonts()))
    assert all(f"甲{n}" in text for n in range(200))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (((cell("a"), cell("b")), (cell("c"),)), "第2行有1列，第1行有2列"),
        (((cell("a", rowspan=3), cell("b")), (cell("c"),)), "超出表格"),
        (((cell("a"), cell("b", rowspan=2)), (cell("c", colspan=2),)), "互相重叠"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_row(rows: tuple[tuple[Cell, ...], ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        pdf(official(Table(rows)), fonts())


def test_lists_and_styles_keep_their_words() -> None:
    inner = Listing(((paragraph("丙"),),), ordered=True, start=3)
    styled = Paragraph(
        (
            Run("重点", frozenset({"strong"})),
            Run("H", frozenset()),
            Run("2", frozenset({"sub"})),
            Run("线", frozenset({"u", "s"})),
        )
    )
    text = squeezed(pdf(official(Listing(((paragraph("甲"),), (paragraph("乙"), inner))), styled), fonts()))
    assert "•甲•乙3．丙" in text
    assert "重点H" in text and "线" in text


@pytest.mark.slow
def test_a_table_of_five_thousand_rows_is_set_whole() -> None:
    made = pdf(official(table(5000)), fonts())
    texts = [text.replace(" ", "") for text in pages(made)]
    assert "第5000项任务的内容和要求" in texts[-1] + texts[-2] + texts[-3]
    assert sum(text.count("项任务的内容和要求") for text in texts) == 5000
