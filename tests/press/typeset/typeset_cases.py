"""Documents of an invented office for the typesetter's tests, and where the characters stand in a PDF."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pypdfium2

from mingchuang.press.typeset import Fonts, OfficialDocument
from mingchuang.press.typeset.blocks import Block, Cell, Paragraph, Run, Table

MM = 72 / 25.4
OFFICE = "示例市人民政府办公室"
SENTENCE = "各部门要按照“谁制定、谁解读”的原则，做好政策解读工作，解读率达到100%。"


@lru_cache
def fonts() -> Fonts:
    """The fonts of this machine."""
    return Fonts.installed()


def paragraph(text: str, **fields: Any) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text),), **fields)


def cell(text: str, **fields: Any) -> Cell:
    """A cell of one paragraph."""
    return Cell((paragraph(text),), **fields)


def official(*body: Block | str, **fields: Any) -> OfficialDocument:
    """A document with a red head and an imprint; texts in `body` become paragraphs."""
    blocks = tuple(paragraph(block) if isinstance(block, str) else block for block in body)
    known: dict[str, Any] = {
        "title": "示例市人民政府办公室关于做好政务公开工作的通知",
        "issuers": (OFFICE,),
        "number": "示政办发〔2021〕35号",
        "addressees": "各镇人民政府，市政府各部门",
        "made_on": date(2021, 5, 10),
        "note": "此件公开发布",
        "copy_to": "市委办公室、市人大常委会办公室",
        "printed_by": OFFICE,
        "printed_on": date(2021, 5, 11),
    }
    return OfficialDocument(**{**known, "body": blocks, **fields})


def table(rows: int, *, header: bool = True) -> Table:
    """Four columns, `rows` rows and a head of two rows with merged cells."""
    head = (
        (cell("序号", rowspan=2), cell("任务", colspan=2), cell("时限", rowspan=2)),
        (cell("类别"), cell("内容")),
    )
    body = tuple(
        (cell(str(n)), cell("决策公开"), cell(f"第{n}项任务的内容和要求"), cell("年底前")) for n in range(1, rows + 1)
    )
    return Table((*(head if header else ()), *body), 2 if header else 0)


@dataclass(frozen=True)
class Glyph:
    """A character of a PDF page; lengths in points, from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def pages(data: bytes) -> list[str]:
    """The text of each page, without line ends."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def glyphs(data: bytes, number: int) -> list[Glyph]:
    """The characters of page `number` (from 0); blanks left out."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[number]
        height = page.get_height()
        text = page.get_textpage()
        found = []
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if character.strip():
                size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, index)
                found.append(Glyph(character, left, right, height - top, height - bottom, size))
        return found


def lines(data: bytes, number: int) -> list[list[Glyph]]:
    """The lines of a page's text area, from above; its page number is left out."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs(data, number):
        if glyph.top < 262 * MM:
            rows[round(glyph.bottom)].append(glyph)
    merged: list[list[Glyph]] = []
    last = -100
    for bottom in sorted(rows):
        # Punctuation may be told by its own, lower box; it belongs to the line.
        if merged and bottom - last <= 8:
            merged[-1] += rows[bottom]
        else:
            merged.append(list(rows[bottom]))
        last = bottom
    return [sorted(line, key=lambda glyph: glyph.left) for line in merged]


def red_lines(data: bytes, number: int) -> list[tuple[float, float, float]]:
    """Horizontal rules in red on a page: left, right and middle height from above, in points."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[number]
        height = page.get_height()
        found = []
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = thing.get_bounds()
            red, green, blue, alpha = _stroke(thing)
            if (red, green, blue) == (255, 0, 0) and alpha and right - left > 100:
                found.append((left, right, height - (bottom + top) / 2))
        return sorted(found, key=lambda line: line[2])


def _stroke(thing: pypdfium2.PdfObject) -> tuple[int, int, int, int]:

    parts = [ctypes.c_uint() for _ in range(4)]
    pypdfium2.raw.FPDFPageObj_GetStrokeColor(thing.raw, *(ctypes.byref(part) for part in parts))
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
