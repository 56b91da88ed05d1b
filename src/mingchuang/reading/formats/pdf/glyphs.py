"""Glyphs of a page with their places, turned upright, and what a page holds besides text.

Coordinates are points; x grows to the right and y upward in reading direction: text that is set sideways (a landscape
table, a page with /Rotate) is turned by the direction in which most of its glyphs run. Slanted text is a watermark.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from mingchuang.reading.formats.pdf.rules import Rule, rules_of, straight

_QUARTER = math.pi / 2
_SLANT = 0.2  # radians off the nearest quarter turn
_NEW_LINE = {0x0A, 0x0D}
_SPACE = {0x20, 0x09, 0xA0, 0x3000}
_UNMAPPED = {0x00, 0xFFFD, 0xFFFE, 0xFFFF}
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)
_PRIVATE = range(0xE000, 0xF900)
_FORMS = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))  # radicals and compatibility forms of ordinary Han characters
_SPACE_CODE = 0x20
_FEW = 20


class Glyph(NamedTuple):
    """A character, its origin on the baseline, and its box (advance width; height of the font).

    ``char`` holds several characters when the font draws them as one shape (——, ff).
    """

    char: str
    start: float
    base: float
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(slots=True)
class PageContent:
    """One page: ``runs`` of glyphs as the file draws them, the page's box, slanted text, unmapped glyphs, pictures."""

    runs: list[list[Glyph]] = field(default_factory=list)
    left: float = 0.0
    bottom: float = 0.0
    width: float = 0.0
    height: float = 0.0
    watermark: str = ""
    unmapped: int = 0
    pictures: bool = False
    turn: int = 0  # quarter turns by which the content was turned upright
    rules: list[Rule] = field(default_factory=list)

    @property
    def glyph_count(self) -> int:
        return sum(map(len, self.runs))


@dataclass(slots=True)
class _Run:
    angle: float
    glyphs: list[Glyph] = field(default_factory=list)


def read_page(page: Any) -> PageContent:
    """Read one ``pypdfium2.PdfPage``; raises ``pypdfium2.PdfiumError`` for a spoiled page."""
    text_page = page.get_textpage()
    try:
        content = PageContent()
        runs = _runs(text_page.raw, content)
    finally:
        text_page.close()
    content.watermark = "".join(glyph.char for run in runs if _slanted(run.angle) for glyph in run.glyphs)
    upright = [run for run in runs if not _slanted(run.angle)]
    turn = _main_turn(upright)
    content.runs = [[_turned(glyph, turn) for glyph in run.glyphs] for run in upright]
    _place(content, page.get_bbox(), turn)
    content.rules = [
        found
        for rule in rules_of(page)
        for found in straight(turned(rule.x0, rule.y0, turn), turned(rule.x1, rule.y1, turn))
    ]
    if content.glyph_count < _FEW:
        content.pictures = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    return content


def _runs(text_page: Any, content: PageContent) -> list[_Run]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    runs: list[_Run] = []
    fresh = True
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in _NEW_LINE:
            fresh = True
            continue
        if code in _SPACE and pdfium.FPDFText_IsGenerated(text_page, index):
            continue
        if code in _HIGH:
            high = code
            continue
        char, high = _character(code, high, content), 0
        pdfium.FPDFText_GetCharOrigin(text_page, index, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, at_box)
        if fresh:
            runs.append(_Run(pdfium.FPDFText_GetCharAngle(text_page, index)))
            fresh = False
        glyph = Glyph(char, x.value, y.value, box.left, box.right, box.bottom, box.top)
        if runs[-1].glyphs and runs[-1].glyphs[-1][1:] == glyph[1:]:
            glyph = glyph._replace(char=runs[-1].glyphs.pop().char + char)
        runs[-1].glyphs.append(glyph)
    return runs


def _character(code: int, high: int, content: PageContent) -> str:
    if _SPACE_CODE <= code < _FORMS[0].start or _FORMS[0].stop <= code < _HIGH.start:
        return chr(code)
    if code in _LOW and high:
        return chr(0x10000 + ((high - _HIGH.start) << 10) + (code - _LOW.start))
    if code in _UNMAPPED or code in _LOW:
        content.unmapped += 1
        return "\ufffd"
    if code in _PRIVATE:
        content.unmapped += 1
    char = chr(code)
    return unicodedata.normalize("NFKC", char) if any(code in forms for forms in _FORMS) else char


def _slanted(angle: float) -> bool:
    off = angle % _QUARTER
    return min(off, _QUARTER - off) > _SLANT


def _main_turn(runs: list[_Run]) -> int:
    """Quarter turns, counter-clockwise, by which most of the glyphs are set."""
    turns: Counter[int] = Counter()
    for run in runs:
        turns[round(-run.angle / _QUARTER) % 4] += len(run.glyphs)  # pdfium measures clockwise
    return turns.most_common(1)[0][0] if turns else 0


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """The point after the page was turned back by ``turn`` quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _turned(glyph: Glyph, turn: int) -> Glyph:
    if not turn:
        return glyph
    start, base = turned(glyph.start, glyph.base, turn)
    x0, y0 = turned(glyph.left, glyph.bottom, turn)
    x1, y1 = turned(glyph.right, glyph.top, turn)
    return Glyph(glyph.char, start, base, min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))


def _place(content: PageContent, box: tuple[float, float, float, float], turn: int) -> None:
    x0, y0 = turned(box[0], box[1], turn)
    x1, y1 = turned(box[2], box[3], turn)
    content.left, content.bottom = min(x0, x1), min(y0, y1)
    content.width, content.height = abs(x1 - x0), abs(y1 - y0)
    content.turn = turn
