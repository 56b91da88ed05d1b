"""The made PDF measured against GB/T 9704-2012 (norms: A4, 37/35/28/26 mm, 22 lines of 28 characters)."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.press.typeset.typeset_cases import MM, OFFICE, SENTENCE, fonts, glyphs, lines, official, pages, red_lines

from mingchuang.press.typeset import Annex, pdf

LONG = "政" * 600


@pytest.fixture(scope="module")
def measured() -> bytes:
    return pdf(official(LONG, LONG), fonts())


def test_the_paper_is_a4(measured: bytes) -> None:
    with pypdfium2.PdfDocument(measured) as document:
        assert [round(side / MM, 1) for side in document[0].get_size()] == [210.0, 297.0]


def test_a_full_page_holds_22_lines_of_28_characters(measured: bytes) -> None:
    page = lines(measured, 1)
    assert len(page) == 22
    whole = [line for line in page if line[0].left < 28.1 * MM and len(line) > 14]
    assert len(whole) == 20
    assert {len(line) for line in whole} == {28}


def test_the_text_touches_all_four_edges_of_the_text_area(measured: bytes) -> None:
    page = lines(measured, 1)
    assert page[0][0].top / MM == pytest.approx(37, abs=0.05)
    assert page[-1][0].bottom / MM == pytest.approx(297 - 35, abs=0.05)
    assert min(line[0].left for line in page) / MM == pytest.approx(28, abs=0.05)
    assert max(line[-1].right for line in page) / MM == pytest.approx(210 - 26, abs=0.1)


def test_sizes_are_those_of_the_standard(measured: bytes) -> None:
    page = lines(measured, 0)
    by_text = {"".join(glyph.text for glyph in line): {glyph.size for glyph in line} for line in page}
    assert by_text["示政办发〔2021〕35号"] == {16.0}
    assert by_text["关于做好政务公开工作的通知"] == {22.0}
    assert {16.0} in by_text.values()
    assert {glyph.size for glyph in lines(measured, 1)[3]} == {16.0}


def test_the_red_head_stands_where_7_2_says(measured: bytes) -> None:
    page = lines(measured, 0)
    mark, number, title = page[0], page[1], page[2]
    assert mark[0].top / MM == pytest.approx(37 + 35, abs=0.1)
    pitch = (225 * MM - 16) / 21
    assert number[0].top - mark[0].bottom == pytest.approx(2 * pitch, abs=0.5)
    [(left, right, height)] = red_lines(measured, 0)
    assert height - number[0].bottom == pytest.approx(4 * MM, abs=0.5)
    assert (left / MM, right / MM) == pytest.approx((28, 184), abs=0.6)
    assert title[0].top - height == pytest.approx(2 * pitch + pitch - 16, abs=1)


def test_the_first_line_of_a_paragraph_is_two_characters_in(measured: bytes) -> None:
    first = next(line for line in lines(measured, 0) if line[0].text == "政")
    assert (first[0].left - 28 * MM) / (156 * MM / 28) == pytest.approx(2, abs=0.05)
    assert len(first) == 26


def test_page_numbers_stand_outside_seven_millimetres_below(measured: bytes) -> None:
    for number in range(3):
        foot = [glyph for glyph in glyphs(measured, number) if glyph.top > 262 * MM]
        assert "".join(glyph.text for glyph in foot) == f"—{number + 1}—"
        assert {glyph.size for glyph in foot} == {14.0}
        assert ((foot[0].top + foot[0].bottom) / 2 - 262 * MM) / MM == pytest.approx(7, abs=0.1)
        if number % 2 == 0:
            assert (184 * MM - foot[-1].right) / 14 == pytest.approx(1, abs=0.25)
        else:
            assert (foot[0].left - 28 * MM) / 14 == pytest.approx(1, abs=0.25)


def test_a_line_does_not_begin_with_a_closing_mark_nor_end_with_an_opening_one() -> None:
    text = "".join(f"{'公' * n}（依据《条例》第{n}条），“公开”、{'开' * (n % 5)}；" for n in range(1, 40))
    made = pdf(official(text), fonts())
    with pypdfium2.PdfDocument(made) as document:
        count = len(document)
    for number in range(count):
        for line in lines(made, number):
            assert line[0].text not in "，。；：、！？）》”’〕"
            assert line[-1].text not in "（《“‘〔"


def test_the_imprint_ends_on_the_lower_edge_of_an_even_page() -> None:
    for count in (1, 3, 8, 12, 15, 25):
        made = pdf(official(*[SENTENCE] * count), fonts())
        texts = pages(made)
        assert len(texts) % 2 == 0
        assert "抄送：市委办公室、市人大常委会办公室。" in texts[-1]
        assert f"{OFFICE}2021年5月11日印发" in texts[-1].replace(" ", "")
        last = lines(made, len(texts) - 1)[-1]
        assert 262 * MM - last[0].bottom == pytest.approx(6, abs=3)


def test_a_blank_page_before_the_imprint_and_the_imprint_page_bear_no_number() -> None:
    found = None
    for count in range(8, 40):
        texts = pages(pdf(official(*["文" * 26] * count), fonts()))
        if len(texts) == 4 and texts[2] == "":
            found = texts
            break
    assert found is not None
    assert "— 2 —" in found[1]
    assert "—" not in found[3]


def test_the_signature_never_stands_on_a_page_without_text() -> None:
    for count in range(1, 45):
        texts = pages(
            pdf(
                official(*["文" * 25 + "。"] * count, "末" * 80 + "。", copy_to="", printed_by="", printed_on=None),
                fonts(),
            )
        )
        [page] = [text for text in texts if "2021年5月10日" in text]
        assert "末" in page, count


def test_the_date_is_four_characters_from_the_right_and_the_name_centred_on_it() -> None:
    made = pdf(official(SENTENCE), fonts())
    found = {"".join(g.text for g in line): line for n in range(2) for line in lines(made, n)}
    day, name = found["2021年5月10日"], found[OFFICE]
    character = 156 * MM / 28
    assert (184 * MM - day[-1].right) / character == pytest.approx(4, abs=0.1)
    assert (day[0].left + day[-1].right) / 2 == pytest.approx((name[0].left + name[-1].right) / 2, abs=1)


def test_further_lines_of_an_annex_title_stand_under_its_first_character() -> None:
    titles = ("任务分解表", "政务公开标准化规范化建设情况统计表和第三方评估指标体系")
    made = pdf(official(SENTENCE, annex_titles=titles), fonts())
    page = [line for n in range(2) for line in lines(made, n)]
    first = next(line for line in page if line[0].text == "附")
    second = page[page.index(first) + 1]
    third = page[page.index(first) + 2]
    assert "".join(g.text for g in first) == "附件：1．任务分解表"
    assert (first[0].left - 28 * MM) / (156 * MM / 28) == pytest.approx(2, abs=0.05)
    name = next(g for g in second if g.text == "政")
    assert third[0].left == pytest.approx(name.left, abs=0.5)
    assert next(g for g in first if g.text == "任").left == pytest.approx(name.left, abs=0.5)


def test_each_annex_begins_a_page_with_its_label_and_its_title_on_the_third_line() -> None:
    annexes = (Annex("任务分解表", official(SENTENCE).body), Annex("统计表", official(SENTENCE).body))
    made = pdf(official(SENTENCE, annexes=annexes), fonts())
    starts = [n for n, text in enumerate(pages(made)) if text.startswith(("附件1", "附件2"))]
    assert len(starts) == 2
    label, title = lines(made, starts[0])[:2]
    assert label[0].top / MM == pytest.approx(37, abs=0.1)
    assert {g.size for g in title} == {22.0}
    assert title[0].top - label[0].top == pytest.approx(2 * (225 * MM - 16) / 21, abs=1)


def test_a_letter_has_its_double_lines_and_no_number_on_the_first_page() -> None:
    made = pdf(official(SENTENCE, LONG, form="letter", printed_by="", printed_on=None), fonts())
    mark = lines(made, 0)[0]
    assert "".join(g.text for g in mark) == OFFICE
    assert mark[0].top / MM == pytest.approx(30, abs=0.1)
    rules = red_lines(made, 0)
    assert len(rules) == 4
    # The bounds of a line hold half its thickness on each side.
    assert [(right - left) / MM for left, right, _ in rules] == pytest.approx([170] * 4, abs=1.1)
    assert rules[0][2] - mark[0].bottom == pytest.approx(4 * MM, abs=1)
    assert (297 * MM - rules[-1][2]) / MM == pytest.approx(20, abs=0.5)
    texts = pages(made)
    assert "— 1 —" not in texts[0]
    assert "— 2 —" in texts[1]


def test_a_published_text_has_no_head_and_no_imprint() -> None:
    made = pdf(official(SENTENCE, form="text"), fonts())
    text = "".join(pages(made))
    assert text.startswith(OFFICE + "关于做好政务公开工作的通知示政办发〔2021〕35号")
    assert "抄送" not in text and "文件" not in text.split("各镇")[0]
    assert red_lines(made, 0) == []
