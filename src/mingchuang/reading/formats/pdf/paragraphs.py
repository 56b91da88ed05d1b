"""Where paragraphs begin in the lines of a PDF, told by indents, short lines, gaps, sizes and alignment."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mingchuang.reading.formats.extract import Alignment
from mingchuang.reading.formats.pdf.lines import Line

# Distances in ems of the line.
_INDENT = 1.2
_SHORT = 2.0  # a line that ends this far before the margin ends its paragraph (hanging punctuation takes 1)
_CENTRED_EVENLY = 1.2
_CENTRED_INDENT = 2.6  # above a paragraph's own indent of 2
_RIGHT_INDENT = 8.0
_RIGHT_SHORT = 6.0
_GAP = 1.45  # times the usual distance of lines
_SIZE = 1.12
_LONG = 0.6  # of the widest line; only such lines show where the margins are
_FEW = 3
_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,4}[章条节]"
)
_ALONE = re.compile(
    r".{1,12}[〔\[【（(]\d{4}[〕\]】）)]第?\s*\d+\s*号|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|目\s*录"
)
_SENTENCE_END = "。；：！？）)”」"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line stands: whether a paragraph begins with it, and its alignment."""

    opens: bool
    align: Alignment


@dataclass(frozen=True, slots=True)
class _Frame:
    """The text column: margins in points, usual distance of lines, usual size."""

    left: float
    right: float
    pitch: float
    em: float


def settings_of(pages: Sequence[Sequence[Line]]) -> list[list[Setting]]:
    """For every line of every page (furniture already taken out) how it stands."""
    everything = [line for lines in pages for line in lines]
    if not everything:
        return [[] for _ in pages]
    em = _usual([round(line.em, 1) for line in everything])
    whole = {column: _frame(_of_column(pages, column), em, None) for column in {line.column for line in everything}}
    before: tuple[Line, Setting] | None = None
    result: list[list[Setting]] = []
    for lines in pages:
        frames = {
            column: _frame([[line for line in lines if line.column == column]], em, frame)
            for column, frame in whole.items()
        }
        settings: list[Setting] = []
        for index, line in enumerate(lines):
            frame = frames[line.column]
            align = _align(line, frame)
            same_page = index > 0 and lines[index - 1].column == line.column
            opens = before is None or _opens(line, align, before, frame, same_page=same_page)
            setting = Setting(opens, align)
            settings.append(setting)
            before = line, setting
        result.append(settings)
    return result


def begins_with_label(text: str) -> bool:
    """Whether the text begins with a number of the usual levels: 一、（一）1.（1）第一章."""
    return _LABEL.match(text) is not None


def _of_column(pages: Sequence[Sequence[Line]], column: int) -> list[list[Line]]:
    return [[line for line in lines if line.column == column] for lines in pages]


def _frame(pages: Sequence[Sequence[Line]], em: float, fallback: _Frame | None) -> _Frame:
    lines = [line for page in pages for line in page]
    widest = max((line.right - line.left for line in lines), default=0.0)
    long_lines = [line for line in lines if line.right - line.left >= widest * _LONG and line.em <= em * _SIZE]
    if fallback is not None and (len(long_lines) < _FEW or widest < (fallback.right - fallback.left) * 0.9):
        return fallback
    long_lines = long_lines or lines
    left = _usual([round(line.left) for line in long_lines])
    if len(long_lines) < 2 * _FEW:
        left = min(round(line.left) for line in long_lines)
    right = max(line.right for line in long_lines)
    steps = [above.base - below.base for page in pages for above, below in itertools.pairwise(page)]
    steps = [step for step in steps if step > 0.5 * em]
    pitch = median(steps) if steps else fallback.pitch if fallback else 2 * em
    return _Frame(left, right, pitch, em)


def _usual(values: Sequence[float]) -> float:
    return Counter(values).most_common(1)[0][0]


def _align(line: Line, frame: _Frame) -> Alignment:
    indent = (line.left - frame.left) / frame.em
    short = (frame.right - line.right) / frame.em
    large = line.em > frame.em * _SIZE
    if abs(indent - short) <= _CENTRED_EVENLY and (indent > _CENTRED_INDENT or large):
        return "center"
    if indent > _RIGHT_INDENT and short < min(_RIGHT_SHORT, indent / 2):
        return "right"
    return ""


def _opens(line: Line, align: Alignment, before: tuple[Line, Setting], frame: _Frame, *, same_page: bool) -> bool:
    previous, setting = before
    if align != setting.align or not 1 / _SIZE < line.em / previous.em < _SIZE:
        return True
    gap = (previous.base - line.base) / frame.pitch if same_page else 1.0
    if gap > _GAP or align == "right":
        return True
    if align == "center":
        return any(_ALONE.fullmatch(item.text) for item in (previous, line))  # else a title over several lines
    indent = (line.left - frame.left) / frame.em
    short = (frame.right - previous.right) / frame.em
    if indent > _INDENT or short > _SHORT:
        return True
    return begins_with_label(line.text) and previous.text[-1] in _SENTENCE_END
