"""From blocks to paragraphs: which lines belong together.

DOCX and HTML say it; a PDF's layout says it line by line; a TXT says nothing. There the widths speak: in text that was
wrapped by hand or by a converter nearly every line runs to the same width, and a line that stops short ends its
paragraph. In text that was not wrapped every line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingchuang.reading import shapes
from mingchuang.reading.formats import Block, Extract, Place
from mingchuang.reading.projection import Projection

ENDS_SENTENCE = "。！？：；…”》）】〕.!?"
_MARKER = re.compile(
    r"[（〔【]?[一二三四五六七八九十]{1,4}[、）〕】]|第[一二三四五六七八九十百]{1,5}[章条节]|\d{1,2}[.、](?!\d)|（\d{1,2}）|附件|[①-⑳㈠-㈩]"
)
_BLANKS = r"[ \t\u3000]*"
_PAGE_NUMBER = re.compile(
    rf"{_BLANKS}(?:[-—–－·]{_BLANKS}\d{{1,4}}{_BLANKS}[-—–－·]|第 *\d{{1,4}} *页(?:[ ,，]*共 *\d{{1,4}} *页)?){_BLANKS}"
)
_FEWEST_LINES = 8
_NARROWEST, _WIDEST = 18, 80  # full-width characters a line; a page of GB/T 9704 has 28
_LOST_BREAKS = 1500
_LOST_BREAKS_IN_FEW = 150
_FEW = 5
# Where a number may begin a paragraph in text without line breaks.
_LOST_BREAK = re.compile(
    r"(?:"
    r"（[一二三四五六七八九十]{1,3}）"
    r"|(?<=[。！？；）：】])(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?:\d{1,2}[.、])?(?=[\u4e00-\u9fff“《]))"
    r"|(?<=[\u4e00-\u9fff])1[.、](?=[\u4e00-\u9fff“《])"
    r"|(?<=要点|通知|方案|意见|办法|安排|计划)一、(?![二三])"
    r"|(?<=文件)[^，。]{2,12}〔\d{4}〕\d{1,4}号|(?<=号)[^，。《》]{2,30}关于"
    r"|(?<=[：的])现将|(?<=通知)各(?=[^。]{2,80}：)"
    r"|(?<=。)[^。，]{4,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?=$|（)|(?<=日)（此件|(?<=（此件公开发布）)[^，。]{4,40}要点"
    r"|(?<=工作要点)(?=\d{4}年)"
    r"|(?<=[。）])各(?:乡镇|镇|街道|部门|单位|县区)[^。（）]{0,12}(?:要结合|要按照|要高度))"
)
_SHORT_WITH_STOP = 0.88
_SHORT_WITHOUT_STOP = 0.7
_LONGEST_REST = 200


@dataclass(slots=True, eq=False)
class Paragraph:
    """``start``/``end`` are places of the projection; ``lines`` the places at which its lines begin."""

    start: int
    end: int
    lines: list[int] = field(default_factory=list)
    numbering: str = ""
    place: Place | None = None
    is_title: bool = False
    is_certain: bool = True
    """False when it may still run on into the next one, or began by a guess."""


def page_numbers(extract: Extract) -> list[tuple[int, int]]:
    """Lines of a TXT that hold a page number alone (— 3 —, 第3页, 3): text, but no part of any sentence.

    Bare digits count only when they run on from page to page; in a table set one cell a line they stand close together.
    """
    if extract.source_format != "txt":
        return []
    dashed, bare = [], []
    for at, block in enumerate(extract.blocks):
        text = extract.text_of(block)
        if _PAGE_NUMBER.fullmatch(text):
            dashed.append(block.span)
        elif text.isascii() and text.isdigit() and len(text) <= 3:
            bare.append((at, int(text), block.span))
    runs_on = len(bare) > 1 and all(
        later[1] == earlier[1] + 1 and later[0] - earlier[0] > _FEWEST_LINES for earlier, later in pairwise(bare)
    )
    return sorted([*dashed, *(span for _, _, span in bare)]) if runs_on else dashed


def paragraphs(extract: Extract, projection: Projection) -> list[Paragraph]:
    """The paragraphs of the document in order; table cells come one by one, with their ``place``."""
    found: list[Paragraph] = []
    width = wrap_width([b for b in extract.blocks if b.kind == "line" and b.opens is None], projection)
    layout = _layout_tables(extract.blocks)
    previous: Block | None = None
    for block in extract.blocks:
        start, end = projection.places(block.span)
        if start == end:
            continue
        if block.kind == "cell" and block.place is not None and block.place.table not in layout:
            found.append(_whole(block, start, end, projection, place=block.place))
        elif block.kind != "line":
            found += _by_breaks(_whole(block, start, end, projection), projection)
        elif (
            found
            and previous is not None
            and previous.kind == "line"
            and not _opens(block, start, previous, found[-1], projection=projection, width=width)
        ):
            found[-1].end = end
            found[-1].lines.append(start)
        else:
            found.append(Paragraph(start, end, [start], is_certain=block.opens is not None or not width))
        previous = block
    longest = _LOST_BREAKS if len(found) > _FEW else _LOST_BREAKS_IN_FEW
    return [piece for paragraph in found for piece in _without_line_breaks(paragraph, projection, longest)]


def _layout_tables(blocks: Sequence[Block]) -> set[int]:
    """Tables of a single column hold running text, set in a frame."""
    widest: dict[int, int] = {}
    for block in blocks:
        if block.place is not None:
            widest[block.place.table] = max(widest.get(block.place.table, 0), block.place.col)
    return {table for table, column in widest.items() if column == 0}


def _by_breaks(paragraph: Paragraph, projection: Projection) -> list[Paragraph]:
    """A paragraph with soft breaks (Shift+Enter) is several, unless the breaks are a hard wrap."""
    edges = [*paragraph.lines, paragraph.end]
    if len(edges) < 3:
        return [paragraph]
    pieces = list(pairwise(edges))
    long_ones = [(a, b) for a, b in pieces[:-1] if b - a >= 15]
    unended = sum(projection.folded[b - 1] not in ENDS_SENTENCE for _, b in long_ones)
    if len(pieces) >= 4 and unended * 2 > len(long_ones):
        return [paragraph]
    parted = [Paragraph(a, b, [a], is_title=paragraph.is_title) for a, b in pieces]
    parted[0].numbering = paragraph.numbering
    return parted


def _without_line_breaks(paragraph: Paragraph, projection: Projection, longest: int) -> list[Paragraph]:
    """A document whose line breaks are lost comes as one long paragraph: part it before its numbers."""
    if paragraph.place is not None or paragraph.end - paragraph.start < longest or len(paragraph.lines) > 8:
        return [paragraph]
    inside = [m.start() for m in _LOST_BREAK.finditer(projection.folded, paragraph.start + 1, paragraph.end)]
    if len(inside) < 3:
        return [paragraph]
    edges = [paragraph.start, *inside, paragraph.end]
    return [Paragraph(a, b, [a], is_certain=a == paragraph.start) for a, b in pairwise(edges)]


def _whole(block: Block, start: int, end: int, projection: Projection, place: Place | None = None) -> Paragraph:
    first, last = block.span
    breaks = [first + match.end() for match in re.finditer(r"\n", projection.text[first:last])]
    lines = [start] + [place for place in (projection.place_after(at - 1) for at in breaks) if start < place < end]
    return Paragraph(start, end, lines, block.numbering, place, is_title=block.kind == "heading" and not block.level)


def wrap_width(lines: Sequence[Block], projection: Projection) -> float:
    """The width at which the lines were wrapped, in full-width characters; 0 when they were not."""
    shapes = []
    for block in lines:
        start, end = projection.places(block.span)
        if start < end:
            shapes.append((_width(projection, start, end), projection.folded[end - 1] in ENDS_SENTENCE))
    widths = sorted(width for width, _ in shapes if width >= 8)
    if len(widths) < _FEWEST_LINES:
        return 0
    full = widths[int(len(widths) * 0.85)]
    long_lines = [ended for width, ended in shapes if width >= 0.8 * full]
    unended = sum(not ended for ended in long_lines)
    far_over = sum(width > 1.2 * full for width in widths)
    is_even = _NARROWEST <= full <= _WIDEST and far_over <= 0.03 * len(widths)
    is_dense = len(long_lines) >= max(5, 0.4 * len(widths))
    is_wrapped = is_even and is_dense and unended >= 0.4 * len(long_lines)
    return full if is_wrapped else 0


def _width(projection: Projection, start: int, end: int) -> float:
    return sum(0.5 if char.isascii() else 1 for char in projection.clean(start, end))


def _opens(
    block: Block, start: int, previous: Block, paragraph: Paragraph, *, projection: Projection, width: float
) -> bool:
    """Whether a line begins a paragraph."""
    if _is_apart(block, start, paragraph, projection):
        return True
    if block.opens is not None:
        return block.opens
    if _breaks_a_bracket(block, start, paragraph, projection):
        return False
    if not width or "\t" in projection.text[block.span[0] : block.span[1]]:
        return True
    return _opens_in_wrapped_text(block, start, previous, paragraph, projection=projection, width=width)


def _is_apart(block: Block, start: int, paragraph: Paragraph, projection: Projection) -> bool:
    """The line, or the one above it, is an issue number or such: it neither continues nor is continued."""
    shown = projection.folded[start : min(projection.places(block.span)[1], start + _LONGEST_REST)]
    above = projection.folded[paragraph.lines[-1] : start] if start - paragraph.lines[-1] < _LONGEST_REST else ""
    return shapes.line_of_its_own(shown) or shapes.NUMBER_ALONE.fullmatch(above) is not None


def _opens_in_wrapped_text(
    block: Block, start: int, previous: Block, paragraph: Paragraph, *, projection: Projection, width: float
) -> bool:
    last = projection.folded[start - 1]
    last_width = _width(projection, paragraph.lines[-1], start)
    stopped = last in ENDS_SENTENCE
    if stopped and _MARKER.match(projection.folded, start):
        return True
    if last_width < width * (_SHORT_WITH_STOP if stopped else _SHORT_WITHOUT_STOP):
        return True
    return stopped and (_is_indented(block, previous, projection) or _stands_alone(block, projection))


def _breaks_a_bracket(block: Block, start: int, paragraph: Paragraph, projection: Projection) -> bool:
    """The line above opens a bracket that this line closes: （县财政局 / 负责落实）."""
    folded = projection.folded
    opened = folded.rfind("（", paragraph.lines[-1], start)
    end = projection.places(block.span)[1]
    closed = folded.find("）", start, min(end, start + _LONGEST_REST))
    return (
        0 <= opened < start - 1
        and closed >= 0
        and folded.find("）", opened, start) < 0
        and folded.find("（", start, closed) < 0
        and not _MARKER.match(folded, start)
    )


def _stands_alone(block: Block, projection: Projection) -> bool:
    """A line that is a signature, a date, （此件公开发布）, 附件 or 抄送 continues nothing."""
    start, end = projection.places(block.span)
    text = projection.folded[start:end]
    return (
        shapes.organisation_like(text)
        or shapes.signature_date(text) is not None
        or any(shape.match(text) for shape in (shapes.PROPERTY, shapes.IMPRINT, shapes.ANNEX_ALONE, shapes.CONTACT))
    )


def _is_indented(block: Block, previous: Block, projection: Projection) -> bool:
    """The line stands further in than the one before: two full-width or four half-width blanks are a new paragraph."""
    return _indent(block, projection.text) >= _indent(previous, projection.text) + 2


def _indent(block: Block, text: str) -> float:
    start = block.span[0]
    line = text.rfind("\n", 0, start) + 1
    return sum(1 if char == "\u3000" else 0.5 for char in text[line:start])
