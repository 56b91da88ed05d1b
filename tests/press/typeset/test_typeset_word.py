"""The DOCX read back: page, grid, fonts, page numbers on odd and even pages, head, imprint, tables."""

from __future__ import annotations

import io
import zipfile

import docx as word
import pytest
from docx.shared import Mm, Pt
from lxml import etree
from tests.press.typeset.typeset_cases import OFFICE, SENTENCE, fonts, official, paragraph, table

from mingchuang.norms.outcome import Refused
from mingchuang.press.typeset import Annex, docx
from mingchuang.press.typeset.blocks import Image

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(*body, **fields):
    return word.Document(io.BytesIO(docx(official(*body, **fields), fonts())))


def faces(paragraph) -> set[str]:
    return {run._r.rPr.find(f"{W}rFonts").get(f"{W}eastAsia") for run in paragraph.runs}


def test_page_margins_and_pitch_are_those_of_the_standard() -> None:
    document = opened(SENTENCE)
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side / Mm(1)) for side in sides] == [210, 297, 37, 35]
    assert [round(side / Mm(1)) for side in (section.left_margin, section.right_margin)] == [28, 26]
    normal = document.styles["Normal"]
    assert normal.font.size == Pt(16)
    pitch = normal.paragraph_format.line_spacing
    assert 22 * pitch <= Mm(225) < 23 * pitch
    tighter = int(normal.element.rPr.find(f"{W}spacing").get(f"{W}val")) / 20
    assert 28 * (16 + tighter) <= Mm(156).pt < 29 * (16 + tighter)


def test_fonts_go_by_the_standards_names() -> None:
    document = opened("一、总体要求", "（一）加强领导。各部门要落实。", SENTENCE)
    by_text = {p.text: p for p in document.paragraphs}
    assert faces(by_text[f"{OFFICE}文件"]) == {"方正小标宋简体"}
    assert faces(by_text["一、总体要求"]) == {"黑体"}
    assert faces(by_text["（一）加强领导。各部门要落实。"]) == {"楷体_GB2312", "仿宋_GB2312"}
    assert faces(by_text[SENTENCE]) == {"仿宋_GB2312"}


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = opened(SENTENCE)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.alignment == word.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    assert even.alignment == word.enum.text.WD_ALIGN_PARAGRAPH.LEFT
    for foot in (odd, even):
        assert "PAGE" in "".join(node.text for node in foot._p.iter(f"{W}instrText"))
        assert foot.text == "—  —"
        assert faces(foot) == {"宋体"}


def test_the_head_is_red_with_a_red_rule() -> None:
    document = opened(SENTENCE)
    mark = next(p for p in document.paragraphs if p.text == f"{OFFICE}文件")
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    rule = next(document.element.body.iter(f"{W}pBdr"))
    assert rule.find(f"{W}bottom").get(f"{W}color") == "FF0000"


def test_a_letter_has_its_mark_in_the_head_of_the_first_page() -> None:
    document = opened(SENTENCE, form="letter", printed_by="", printed_on=None)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == OFFICE
    assert section.header_distance / Mm(1) == pytest.approx(30, abs=0.01)


def test_merged_cells_and_repeated_heads_are_kept() -> None:
    document = opened(SENTENCE, table(30))
    [made] = document.tables
    assert len(made.rows) == 32
    assert [made.cell(0, 0).text, made.cell(1, 0).text] == ["序号", "序号"]
    assert [made.cell(0, 1).text, made.cell(0, 2).text] == ["任务", "任务"]
    heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in made.rows]
    assert heads == [True, True] + [False] * 30


def test_the_imprint_is_anchored_to_the_foot_of_the_text_area() -> None:
    document = opened(SENTENCE)
    [anchor] = document.element.body.xpath(".//wp:anchor")
    [vertical] = anchor.xpath("./wp:positionV")
    assert vertical.get("relativeFrom") == "margin"
    assert vertical[0].text == "bottom"
    borders = next(anchor.iter(f"{W}tblBorders"))
    assert {edge.tag.removeprefix(W): edge.get(f"{W}sz") for edge in borders} == {
        "top": "8",
        "bottom": "8",
        "insideH": "6",
    }


def test_every_element_is_there_in_order() -> None:
    annexes = (Annex("任务分解表", (paragraph("附件的正文。"),)), Annex("统计表", (paragraph("统计。"),)))
    document = opened(SENTENCE, annexes=annexes, urgency="加急")
    # Those inside text boxes too.
    text = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p"))
    wanted = (
        "加急", f"{OFFICE}文件", "示政办发〔2021〕35号", "关于做好政务公开工作的通知",
        "各镇人民政府，市政府各部门：", SENTENCE,
        "附件：1．任务分解表", "2．统计表", OFFICE, "2021年5月10日", "（此件公开发布）", "附件1",
        "附件的正文。", "附件2",
        "抄送：市委办公室、市人大常委会办公室。", "2021年5月11日印发",
    )  # fmt: skip
    at = 0
    for part in wanted:
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


def test_the_package_holds_no_author_no_time_and_valid_xml() -> None:
    made = docx(official(SENTENCE, table(3)), fonts())
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert "python-docx" not in core
    assert "dcterms:created" not in core


def test_run_properties_stand_in_the_order_of_the_schema() -> None:
    order = [
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "strike",
        "color",
        "spacing",
        "w",
        "kern",
        "sz",
        "szCs",
        "u",
        "vertAlign",
        "lang",
    ]
    document = opened(SENTENCE, table(3))
    for properties in document.element.body.iter(f"{W}rPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=order.index)


def test_hostile_text_is_data() -> None:
    hostile = "<w:p/>&amp;#*$[]\\\x07]]>{PAGE}"
    assert any(hostile.replace("\x07", "") in p.text for p in opened(hostile).paragraphs)


def test_a_picture_that_word_cannot_hold_is_refused() -> None:
    webp = b"RIFF\x00\x00\x00\x00WEBPVP8 "
    with pytest.raises(Refused, match="PNG"):
        docx(official(SENTENCE, Image(webp, "图")), fonts())
