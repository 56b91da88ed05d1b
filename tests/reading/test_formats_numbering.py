"""Automatic numbers of Word lists come out as Word shows them."""

from __future__ import annotations

from collections.abc import Sequence

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.reading.documents import (
    SAMPLE,
    add_abstract,
    add_num,
    docx_of,
    plain_text,
    saved,
    set_numbering,
    without_space,
)

from mingchuang.reading.formats import Extract, extract
from mingchuang.reading.formats.numerals import known, render


def _numbers(read: Extract) -> list[str]:
    return [block.numbering for block in read.blocks]


def _listed(levels: Sequence[dict[str, object]], used: Sequence[int]) -> Extract:
    """A document with one list whose paragraphs stand at the given levels."""
    document = docx.Document()
    root = document.part.numbering_part.element
    num = add_num(root, add_abstract(root, levels))
    for level in used:
        set_numbering(document.add_paragraph("事项"), num, level)
    return extract(saved(document), "list.docx")


@pytest.mark.parametrize(
    ("number_format", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 100, "百"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 60, "癸亥"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 1999, "mcmxcix"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 28, "bb"),
        ("none", 5, ""),
        ("unheardOf", 7, "7"),
    ],
)
def test_number_formats(number_format: str, number: int, written: str) -> None:
    assert render(number_format, number) == written


def test_unknown_formats_are_told_apart() -> None:
    assert known("chineseCounting")
    assert not known("unheardOf")


def test_the_notice_comes_back_with_every_number() -> None:
    read = extract(docx_of(SAMPLE), "notice.docx")
    assert without_space(read.text) == without_space(plain_text(SAMPLE))
    assert [number for number in _numbers(read) if number] == ["一、", "（一）", "1.", "2.", "（二）", "二、", "（三）"]
    assert all(read.text_of(block).startswith(block.numbering) for block in read.blocks)


def test_lower_levels_begin_anew_and_show_the_upper_ones() -> None:
    levels = [{"text": "%1"}, {"text": "%1.%2"}, {"text": "%1.%2.%3"}]
    read = _listed(levels, [0, 1, 2, 2, 1, 2, 0, 1])
    assert _numbers(read) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1"]


def test_restart_never_and_restart_after_a_level() -> None:
    levels = [{"text": "%1、"}, {"text": "（%2）", "restart": 0}, {"text": "%3.", "restart": 1}]
    read = _listed(levels, [0, 1, 2, 1, 2, 0, 1, 2])
    assert _numbers(read) == ["1、", "（1）", "1.", "（2）", "2.", "2、", "（3）", "1."]


def test_start_and_legal_style() -> None:
    levels = [{"text": "第%1条", "fmt": "chineseCounting", "start": 3}, {"text": "%1.%2", "legal": True}]
    assert _numbers(_listed(levels, [0, 1, 0])) == ["第三条", "3.1", "第四条"]


def test_lists_over_one_definition_count_on_unless_they_override_the_start() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = add_abstract(root, [{"text": "%1."}])
    first, second = add_num(root, abstract), add_num(root, abstract)
    fresh = add_num(root, abstract, {0: 1})
    for num in (first, first, second, fresh, fresh, first):
        set_numbering(document.add_paragraph("事项"), num, 0)
    assert _numbers(extract(saved(document), "a.docx")) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_restarted_level_begins_at_its_override_again() -> None:
    """ECMA-376 Part 1, 17.9.27: the override holds at the first use and at every restart."""
    document = docx.Document()
    root = document.part.numbering_part.element
    num = add_num(root, add_abstract(root, [{"text": "%1、"}, {"text": "%2."}]), {1: 5})
    for level in (0, 1, 1, 0, 1):
        set_numbering(document.add_paragraph("事项"), num, level)
    assert _numbers(extract(saved(document), "a.docx")) == ["1、", "5.", "6.", "2、", "5."]


def test_numbers_through_styles_and_cancelled_by_zero() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = add_abstract(root, [{"text": "%1、", "style": "Heading1"}, {"text": "（%2）", "style": "Heading2"}])
    num = add_num(root, abstract)
    for name, level in (("Heading 1", None), ("Heading 2", 1)):
        properties = document.styles[name].element.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", level), ("w:numId", num)):
            if value is not None:
                item = OxmlElement(tag)
                item.set(qn("w:val"), str(value))
                number.append(item)
        properties.append(number)
    document.add_paragraph("公开", style="Heading 1")
    document.add_paragraph("决策", style="Heading 2")
    set_numbering(document.add_paragraph("附件", style="Heading 1"), 0, 0)
    document.add_paragraph("服务", style="Heading 1")
    read = extract(saved(document), "a.docx")
    assert [read.text_of(block) for block in read.blocks] == ["1、公开", "（1）决策", "附件", "2、服务"]
    assert [(block.kind, block.level) for block in read.blocks] == [("heading", level) for level in (1, 2, 1, 1)]


def test_a_list_through_a_numbering_style() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    add_abstract(root, [{"text": "（%1）", "fmt": "chineseCounting"}], style_link="Official")
    num = add_num(root, add_abstract(root, [], link="Official"))
    for _ in range(2):
        set_numbering(document.add_paragraph("事项"), num, 0)
    assert _numbers(extract(saved(document), "a.docx")) == ["（一）", "（二）"]


@pytest.mark.parametrize(
    ("suffix", "label", "text", "shown"),
    [
        ("tab", "%1、", "公开", "1、公开"),
        ("tab", "%1.", "公开", "1.公开"),
        ("tab", "%1.", "5个工作日内", "1. 5个工作日内"),
        ("tab", "%1", "公开", "1 公开"),
        ("space", "%1、", "公开", "1、 公开"),
        ("nothing", "%1.", "公开", "1.公开"),
    ],
)
def test_the_number_never_runs_into_the_text(suffix: str, label: str, text: str, shown: str) -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    num = add_num(root, add_abstract(root, [{"text": label, "suff": suffix}]))
    set_numbering(document.add_paragraph(text), num, 0)
    read = extract(saved(document), "a.docx")
    assert read.text == shown
    assert read.blocks[0].numbering == label.replace("%1", "1")


def test_bullets_number_nothing_and_unknown_formats_are_said() -> None:
    assert _listed([{"text": "●", "fmt": "bullet"}], [0]).text == "事项"
    read = _listed([{"text": "%1.", "fmt": "hebrew1"}], [0, 0])
    assert _numbers(read) == ["1.", "2."]
    assert [warning.code for warning in read.warnings] == ["unknown_number_format"]


def test_a_list_that_does_not_exist_gives_no_number() -> None:
    document = docx.Document()
    set_numbering(document.add_paragraph("事项"), 4711, 0)
    assert extract(saved(document), "a.docx").text == "事项"
