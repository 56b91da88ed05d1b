"""PDF: lines, paragraphs, furniture, columns and tables set again from positions."""

from __future__ import annotations

import io
import json
import struct
import zlib

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.reading.documents import (
    SAMPLE,
    Paragraph,
    docx_of,
    docx_table,
    pdf_by_libreoffice,
    pdf_of,
    pdf_table,
    plain_text,
    typst_pdf,
    without_space,
)

from mingchuang.reading.formats import Extract, Unreadable, extract

_FONT = '#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh", cjk-latin-spacing: none)\n'
_TASKS = [
    ["序号", "重点任务", "责任单位"],
    *[
        [str(number), f"健全完善行政执法公示制度，明确行政执法公示的责任主体、公示内容、公示载体{number}", "县司法局"]
        for number in range(1, 31)
    ],
]


def paragraphs(read: Extract) -> list[str]:
    """Lines joined where the layout says that they continue, without white space."""
    joined: list[str] = []
    for block in read.blocks:
        text = without_space(read.text_of(block))
        if block.opens or not joined:
            joined.append(text)
        else:
            joined[-1] += text
    return joined


def cells(read: Extract) -> dict[tuple[int, int, int], str]:
    return {
        (place.table, place.row, place.col): read.text_of(block)
        for block in read.blocks
        if (place := block.place) is not None
    }


@pytest.mark.parametrize("spaced_title", [False, True], ids=["tracked", "typed spaces"])
def test_the_notice_comes_back_whole(spaced_title: bool) -> None:
    read = extract(pdf_of(SAMPLE, spaced_title=spaced_title), "notice.pdf")
    assert without_space(read.text) == without_space(plain_text(SAMPLE))
    assert paragraphs(read) == [without_space(item.text) for item in SAMPLE]
    assert read.text.startswith("云岭县人民政府办公室文件\n")
    assert {item.reason for item in read.dropped} == {"page_number"}
    assert {block.kind for block in read.blocks} == {"line"}


def test_alignment_is_seen() -> None:
    read = extract(pdf_of(SAMPLE), "notice.pdf")
    align = {without_space(read.text_of(block)): block.align for block in read.blocks}
    assert align["云岭县人民政府办公室文件"] == "center"
    assert align["2021年4月19日"] == "right"
    assert align["一、聚焦重点领域，深化公开内容"] == ""


def test_page_numbers_and_running_heads_are_listed_apart() -> None:
    read = extract(pdf_of([*SAMPLE] * 4, header="云岭县政务公开 2021"), "long.pdf")
    pages = max(block.page or 0 for block in read.blocks)
    assert pages >= 3
    assert [item.text for item in read.dropped if item.reason == "page_number"] == [
        f"— {number} —" for number in range(1, pages + 1)
    ]
    assert sum(item.reason == "running_header" for item in read.dropped) == pages
    assert without_space(read.text) == without_space(plain_text(SAMPLE)) * 4


def test_figures_in_the_text_are_no_page_numbers() -> None:
    read = extract(typst_pdf(_FONT + "指标\n\n2021\n\n第3页见附表"), "a.pdf")
    assert without_space(read.text) == "指标2021第3页见附表"
    assert read.dropped == ()


def test_bare_numbers_at_the_foot_count_with_the_pages() -> None:
    source = _FONT + '#set page(numbering: "1")\n' + "政务公开\n#pagebreak()\n" * 2 + "政务公开"
    read = extract(typst_pdf(source), "a.pdf")
    assert [(item.text, item.page) for item in read.dropped] == [("1", 1), ("2", 2), ("3", 3)]


@pytest.mark.slow
def test_a_libreoffice_pdf_comes_back_whole() -> None:
    read = extract(pdf_by_libreoffice(docx_of(SAMPLE, automatic=False)), "notice.pdf")
    assert without_space(read.text) == without_space(plain_text(SAMPLE))
    numbered = [without_space(item.text) for item in SAMPLE if item.text[0] in "一二（12"]
    assert set(numbered) <= set(paragraphs(read))


@pytest.mark.slow
def test_a_libreoffice_table_comes_back_as_its_cells() -> None:
    found = cells(extract(pdf_by_libreoffice(docx_table(_TASKS)), "table.pdf"))
    assert found == {(0, row, col): text for row, values in enumerate(_TASKS) for col, text in enumerate(values)}


def test_a_ruled_table_over_several_pages_is_one_table() -> None:
    read = extract(pdf_table(_TASKS, before="附件：任务分工表"), "table.pdf")
    assert max(block.page or 0 for block in read.blocks) > 1
    assert read.text_of(read.blocks[0]) == "附件：任务分工表"
    assert cells(read) == {(0, row, col): text for row, values in enumerate(_TASKS) for col, text in enumerate(values)}


def test_a_repeated_head_row_is_listed_apart() -> None:
    rows = "".join(f"[{number}], [任务{number}]," for number in range(60))
    source = _FONT + f"#table(columns: 2, table.header([序号], [事项]), {rows})"
    read = extract(typst_pdf(source), "table.pdf")
    assert [text for (_, _, col), text in cells(read).items() if col == 0] == ["序号", *map(str, range(60))]
    assert {item.text for item in read.dropped} == {"序号", "事项"}
    assert {item.reason for item in read.dropped} == {"running_header"}


def test_merged_cells_of_a_ruled_table() -> None:
    fields = "table.cell(colspan: 2)[任务], [单位], [一], [公开], table.cell(rowspan: 2)[司法局], [二], [服务]"
    source = _FONT + f"#table(columns: 3, {fields})"
    read = extract(typst_pdf(source), "table.pdf")
    assert {
        read.text_of(block): (place.row, place.col, place.rowspan, place.colspan)
        for block in read.blocks
        if (place := block.place) is not None
    } == {
        "任务": (0, 0, 1, 2),
        "单位": (0, 2, 1, 1),
        "一": (1, 0, 1, 1),
        "公开": (1, 1, 1, 1),
        "司法局": (1, 2, 2, 1),
        "二": (2, 0, 1, 1),
        "服务": (2, 1, 1, 1),
    }


def test_two_columns_are_read_one_after_the_other() -> None:
    body = [item for item in SAMPLE if item.role == "body" and len(item.text) > 30] * 3
    source = (
        _FONT
        + "#set page(columns: 2, margin: 18mm)\n#set par(justify: true, first-line-indent: (amount: 2em, all: true))\n"
        + "#for item in json(bytes(sys.inputs.items)) { par(item) }"
    )
    read = extract(typst_pdf(source, {"items": json.dumps([item.text for item in body])}), "a.pdf")
    assert without_space(read.text) == without_space(plain_text(body))
    assert paragraphs(read) == [without_space(item.text) for item in body]


def test_a_page_set_sideways_is_turned() -> None:
    source = _FONT + "#rotate(90deg, reflow: true)[#block(width: 15cm)[" + SAMPLE[8].text.replace("#", "") + "]]"
    read = extract(typst_pdf(source), "a.pdf")
    assert without_space(read.text) == without_space(SAMPLE[8].text)


def test_slanted_text_is_a_watermark() -> None:
    source = _FONT + "#place(center + horizon, rotate(-40deg, text(40pt)[内部资料]))\n正文第一行是这样写的。"
    read = extract(typst_pdf(source), "a.pdf")
    assert read.text == "正文第一行是这样写的。"
    assert [(item.text, item.reason) for item in read.dropped] == [("内部资料", "watermark")]


def test_glyphs_drawn_out_of_order_and_twice_make_one_line() -> None:
    """Some programs draw quotation marks after the line, or draw twice what shall look bold."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(300, 200)
    font = pdfium.FPDFText_LoadStandardFont(document.raw, b"Courier")
    for text, x in (("ab", 50), ("ef", 98), ("cd", 74), ("ab", 50.4), ("ab", 50)):
        item = pdfium.FPDFPageObj_CreateTextObj(document.raw, font, 20)
        codes = (pdfium.FPDF_WCHAR * 3)(*map(ord, text), 0)
        pdfium.FPDFText_SetText(item, codes)
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, 100)
        pdfium.FPDFPage_InsertObject(page.raw, item)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    assert extract(stream.getvalue(), "a.pdf").text == "abcdef"


def test_characters_drawn_as_one_shape_are_all_kept() -> None:
    source = '#set text(font: ((name: "Noto Serif CJK SC"),), size: 12pt)\n公开——服务 office affluent\n'
    assert without_space(extract(typst_pdf(source), "a.pdf").text) == "公开——服务officeaffluent"


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" + b"\x80" * 8 + (b"\x00" + b"\x10" * 8) * 7)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _picture() -> str:
    return f'#image(bytes(({", ".join(map(str, _png()))})), format: "png", width: 10cm)\n'


def test_a_scan_asks_for_recognition() -> None:
    with pytest.raises(Unreadable, match="OCR") as refusal:
        extract(typst_pdf(_picture()), "scan.pdf")
    assert refusal.value.code == "no_text"


def test_scanned_pages_among_others_are_named() -> None:
    read = extract(typst_pdf(_FONT + SAMPLE[8].text + "\n#pagebreak()\n" + _picture()), "a.pdf")
    assert [warning.code for warning in read.warnings] == ["page_without_text"]
    assert "第 2 页" in read.warnings[0].message


def test_an_empty_pdf_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(typst_pdf("#pagebreak()"), "a.pdf")
    assert refusal.value.code == "empty"


def test_more_pages_than_the_limit_are_refused() -> None:
    with pytest.raises(Unreadable, match="2101 页") as refusal:
        extract(typst_pdf("#for i in range(2100) [ x #pagebreak() ]"), "a.pdf")
    assert refusal.value.code == "too_many_pages"


def test_a_long_notice_is_read_whole() -> None:
    paragraphs_of_200_pages = [Paragraph(item.text, item.role) for _ in range(240) for item in SAMPLE]
    read = extract(pdf_of(paragraphs_of_200_pages), "long.pdf")
    assert (read.blocks[-1].page or 0) >= 200
    assert without_space(read.text) == without_space(plain_text(SAMPLE)) * 240


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_cut_pdf_is_refused_or_read_whole(keep: float) -> None:
    data = pdf_of(SAMPLE)
    try:
        read = extract(data[: int(len(data) * keep)], "cut.pdf")
    except Unreadable as refusal:
        assert refusal.code in {"damaged", "empty"}
        assert refusal.message.endswith("。")
    else:
        assert without_space(read.text) == without_space(plain_text(SAMPLE))
