"""Glyphs set in lines: by baseline, from left to right, columns one after the other, spaces by distance."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from mingchuang.reading.formats.pdf.glyphs import Glyph

# All distances in ems of the line.
_BASELINE = 0.4  # glyphs within it stand on one line (superscripts included)
_SPACE_BETWEEN_LATIN = 0.22
_WIDE = 3.0  # a gap that parts even Han characters: a table without rules, a name after a title
_THIN = 0.12  # a gap that much wider than its neighbours is a blank between two Han letters
_TWICE = 0.15  # the same glyph again within it is drawn twice to look bold
_SPACED = 0.15  # median distance of Han characters above which the line is letter-spaced
_GUTTER = 1.0  # width of the free strip between columns
_WORD_GAP = 0.9  # a narrower gap is no gutter
_HANGING = 0.3  # how far the box of a punctuation mark at the end of a line reaches beyond the column
_SPANNING = 0.2  # share of the lines that may run across both columns (title, heads)
_COLUMN_LINES = 5
_COLUMN_FILL = 0.75
_COLUMN_WIDTH = 8.0
_SINGLES = 0.8

_HAN = re.compile(
    r"[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_PUNCTUATION = "“”‘’—…·"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as laid out. ``em`` is the size of its characters in points, ``column`` counts from 0."""

    text: str
    left: float
    right: float
    base: float
    em: float
    column: int = 0


_Row = list[Glyph]


@lru_cache(maxsize=16_384)
def is_han(char: str) -> bool:
    """Characters set in full squares, between which a space is layout and no word boundary."""
    return _HAN.match(char) is not None or char[0] in _HAN_PUNCTUATION


def lines_of(runs: Iterable[Sequence[Glyph]]) -> list[Line]:
    """The lines of a page in reading order.

    The order in which the file draws the glyphs is not used: some programs draw the quotation marks of a whole line
    after its other characters.
    """
    rows = _rows(glyph for run in runs for glyph in run)
    return [_line(row, column) for column, band in _bands(rows) for row in band]


def line_text(glyphs: Sequence[Glyph]) -> str:
    """The characters of glyphs on one line, with the spaces that are meant."""
    em = _em(glyphs)
    ordered = _once(sorted(glyphs, key=lambda glyph: glyph.left), em)
    letters = [glyph for glyph in ordered if not glyph.char.isspace()]
    spacing = _letter_spacing(letters, em)
    usual = _usual_distance(letters, em)
    parts: list[str] = []
    before: Glyph | None = None
    spaced = False
    for glyph in ordered:
        if glyph.char.isspace():
            spaced = True
            continue
        if before is not None and (
            _parted(before, glyph, em, spacing, spaced) or (not spacing and _apart(before, glyph, em, usual))
        ):
            parts.append(" ")
        parts.append(glyph.char)
        before, spaced = glyph, False
    return _without_typed_spacing("".join(parts))


def _parted(before: Glyph, glyph: Glyph, em: float, spacing: float, spaced: bool) -> bool:
    gap = (glyph.left - before.right) / em - spacing
    if is_han(before.char) and is_han(glyph.char):
        return gap > _WIDE and not spacing
    return gap > _SPACE_BETWEEN_LATIN or (spaced and (not spacing or gap > -_SPACE_BETWEEN_LATIN))


def _apart(before: Glyph, glyph: Glyph, em: float, usual: float) -> bool:
    """Whether two Han letters stand further apart than the others of the line: a thin blank that someone set."""
    if not (_LETTER.match(before.char) and _LETTER.match(glyph.char)):
        return False
    return (glyph.left - before.right) / em - usual > _THIN


def _usual_distance(letters: Sequence[Glyph], em: float) -> float:
    """The median distance, in ems, of neighbouring Han letters; justified lines move all of them apart alike."""
    gaps = [
        (after.left - before.right) / em
        for before, after in itertools.pairwise(letters)
        if _LETTER.match(before.char) and _LETTER.match(after.char)
    ]
    return median(gaps) if gaps else 0.0


def _letter_spacing(letters: Sequence[Glyph], em: float) -> float:
    """The distance, in ems, by which all characters of the line are moved apart; 0 for ordinary setting."""
    gaps = [
        (after.left - before.right) / em
        for before, after in itertools.pairwise(letters)
        if is_han(before.char) and is_han(after.char)
    ]
    if len(gaps) < 2:
        return 0.0
    usual = median(gaps)
    even = sum(abs(gap - usual) <= max(0.3, usual * 0.4) for gap in gaps) >= len(gaps) * _SINGLES
    return usual if usual > _SPACED and even else 0.0


def _without_typed_spacing(text: str) -> str:
    """A title typed with a space after every character (2 0 1 9 年) loses them, digits and letters included."""
    words = text.split(" ")
    if len(words) >= 4 and any(map(is_han, text)) and sum(len(word) == 1 for word in words) >= len(words) * _SINGLES:
        return "".join(words)
    return text


def _once(ordered: Sequence[Glyph], em: float) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in ordered:
        twin = next((other for other in kept[-2:] if other.char == glyph.char), None)
        if twin is None or abs(twin.left - glyph.left) > _TWICE * em or glyph.char.isspace():
            kept.append(glyph)
    return kept


def _em(glyphs: Sequence[Glyph]) -> float:
    """The width of Han characters where there are some, else the height of the font's box."""
    widths = sorted(glyph.right - glyph.left for glyph in glyphs if _HAN.match(glyph.char))
    if widths:
        return max(widths[len(widths) // 2], 0.1)
    heights = sorted(glyph.height for glyph in glyphs)
    return max(heights[len(heights) // 2], 0.1) if heights else 1.0


def _rows(glyphs: Iterable[Glyph]) -> list[_Row]:
    """Glyphs on one baseline form a row, from left to right; rows run down the page. None is of spaces alone."""
    rows: list[_Row] = []
    base = height = 0.0
    for glyph in sorted(glyphs, key=lambda item: (-item.base, item.left)):
        if rows and base - glyph.base <= _BASELINE * max(height, glyph.height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            height = 0.0
        if glyph.height > height and not glyph.char.isspace():
            base, height = glyph.base, glyph.height
    return [row for row in (_lettered(row) for row in rows) if row]


def _lettered(row: _Row) -> _Row:
    """The row from its first letter to its last, empty when it has none."""
    letters = [glyph for glyph in row if not glyph.char.isspace()]
    left = min((glyph.left for glyph in letters), default=0.0)
    right = max((glyph.right for glyph in letters), default=0.0)
    inner = [glyph for glyph in row if left <= glyph.left <= right and letters]
    return sorted(inner, key=lambda glyph: glyph.left)


def _line(row: _Row, column: int) -> Line:
    letters = [glyph for glyph in row if not glyph.char.isspace()]
    return Line(
        line_text(row),
        min(glyph.left for glyph in letters),
        max(glyph.right for glyph in letters),
        median(glyph.base for glyph in letters),
        _em(letters),
        column,
    )


def _bands(rows: list[_Row]) -> list[tuple[int, list[_Row]]]:
    """The page as one column, or in bands: what spans both columns, then the left and the right column below it."""
    gutter = _gutter(rows)
    if gutter is None:
        return [(0, rows)]
    bands: list[tuple[int, list[_Row]]] = []
    left: list[_Row] = []
    right: list[_Row] = []
    for row in rows:
        if _crosses(row, gutter):
            bands += [(0, left), (1, right), (0, [row])]
            left, right = [], []
            continue
        left.append(_lettered([glyph for glyph in row if glyph.middle[0] <= gutter]))
        right.append(_lettered([glyph for glyph in row if glyph.middle[0] > gutter]))
    bands += [(0, left), (1, right)]
    return [(column, [row for row in band if row]) for column, band in bands]


def _gutter(rows: Sequence[_Row]) -> float | None:
    """Where two columns of running text part: a free strip near the middle, lines on both sides that fill it up."""
    if len(rows) < _COLUMN_LINES:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    em = median(row[0].height for row in rows)
    spans = [_inked(row) for row in rows]
    crossings = {
        x: sum(_covered(inked, x, _GUTTER / 2 * em) for inked in spans)
        for x in (left + (right - left) * step / 100 for step in range(35, 66))
    }
    x = min(crossings, key=lambda place: (crossings[place], abs(place - (left + right) / 2)))
    if crossings[x] > len(rows) * _SPANNING:
        return None
    split = [row for row in rows if not _crosses(row, x)]
    sides = (
        [side for row in split if (side := [glyph for glyph in row if glyph.middle[0] <= x])],
        [side for row in split if (side := [glyph for glyph in row if glyph.middle[0] > x])],
    )
    return x if all(_full_column(side, em) for side in sides) else None


def _crosses(row: _Row, x: float) -> bool:
    """Whether the row has writing across the place."""
    return _covered(_inked(row), x, 0.0)


def _inked(row: _Row) -> list[tuple[float, float]]:
    """The stretches of the row without a gap; half a punctuation mark may hang into a gutter and does not count."""
    stretches: list[tuple[float, float]] = []
    for glyph in row:
        if glyph.char.isspace():
            continue
        hanging = glyph.height * _HANGING
        start, end = glyph.left + hanging, glyph.right - hanging
        if stretches and glyph.left - stretches[-1][1] < _WORD_GAP * glyph.height:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return stretches


def _covered(inked: Sequence[tuple[float, float]], x: float, margin: float) -> bool:
    return any(start < x + margin and end > x - margin for start, end in inked)


def _full_column(side: Sequence[_Row], em: float) -> bool:
    if len(side) < _COLUMN_LINES:
        return False
    width = max(row[-1].right for row in side) - min(row[0].left for row in side)
    filled = median(row[-1].right - row[0].left for row in side)
    return width >= _COLUMN_WIDTH * em and filled >= width * _COLUMN_FILL
