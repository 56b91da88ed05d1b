"""From a document that was read to structured markup: headings as headings, paragraphs whole, tables as tables.

Hard wraps and the blanks that a converter puts between Han characters and digits go; no word does. Red head and title
are left out of the body, because they stand in fields of their own, and are given back beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from mingchuang.norms import docnumber
from mingchuang.reading import Node, Reading, shapes
from mingchuang.reading.formats import Block, Extract
from mingchuang.reading.paragraphs import Paragraph, page_numbers, paragraphs
from mingchuang.reading.projection import Projection

_HAN = "\u3400-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…·"
_BLANK_AT_HAN = re.compile(rf"(?<=[{_HAN}])[^\S\n]+|[^\S\n]+(?=[{_HAN}])")
_CHAPTER = re.compile(r"^(?:[一二三四五六七八九十百]+、|第[一二三四五六七八九十百]+[章编])")
_SECTION = re.compile(r"^（[一二三四五六七八九十百]+）")
_LONGEST_HEADING = 60
#: What stands above the text, and in fields.
_ABOVE = {"head", "title"}
_RIGHT = {"signature"}


@dataclass(frozen=True, slots=True)
class Structured:
    """The body as markup (already as `markup.clean` leaves it), and what was left out of it, piece by piece.

    `untold` are those pieces of it that no field gives: lines above the title, like the 索引号 of a web page.
    """

    html: str
    left_out: tuple[str, ...]
    untold: tuple[str, ...]


def structured(source: Extract, reading: Reading) -> Structured:
    """The body of a document; `reading` must be the reading of `source`."""
    projection = Projection(source.text, page_numbers(source))
    pieces = reading.pieces()
    starts = [span[0] for span, _ in pieces]
    sorter = _Sorter(_Fields(reading))
    looks = _Looks(source, projection)
    for table, group in groupby(paragraphs(source, projection), key=_table):
        found = list(group)
        if table is not None:
            sorter.parts.append(_table_html(found, projection, looks))
            continue
        for paragraph in found:
            at = bisect_right(starts, projection.span(paragraph.start, paragraph.end)[0]) - 1
            sorter.put(_words(paragraph, projection), pieces[at][1], looks.of(paragraph))
    return Structured("".join(sorter.parts), tuple(sorter.left_out), tuple(sorter.untold))


class _Sorter:
    """Puts each paragraph into the body, or beside it when a field has it."""

    def __init__(self, fields: _Fields) -> None:
        self.parts: list[str] = []
        self.left_out: list[str] = []
        self.untold: list[str] = []
        self._fields = fields
        self._begun = False

    def put(self, text: str, node: Node, look: Block | None) -> None:
        """The next paragraph, in the order of the document."""
        self._begun = self._begun or node.kind not in {*_ABOVE, "furniture"}
        if not self._is_elsewhere(text, node):
            self.parts.append(_block(text, node, look))
            return
        self.left_out.append(text)

    def _is_elsewhere(self, text: str, node: Node) -> bool:
        if node.kind == "furniture":
            return True
        if node.kind not in _ABOVE or (node.kind == "title" and self._begun):
            return False
        if self._fields.hold(text) or (node.kind == "head" and self._fields.state(text)):
            return True
        if self._fields.titled or node.kind == "title":
            return False
        self.untold.append(text)
        return True


def from_text(text: str) -> str:
    """Plain text as typed, one paragraph a line, with 一、 and （一） as headings where they stand alone."""
    lines = (tidy(line) for line in text.split("\n"))
    return "".join(_paragraph(line) for line in lines if line)


def tidy(text: str) -> str:
    """One line: hard wraps joined, blanks beside Han characters and full-width signs gone, others single."""
    joined = re.sub(r"\s*\n\s*", "", text) if re.search(rf"[{_HAN}]", text) else re.sub(r"\s*\n\s*", " ", text)
    return re.sub(r"\s+", " ", _BLANK_AT_HAN.sub("", joined)).strip()


def _table(paragraph: Paragraph) -> int | None:
    return paragraph.place.table if paragraph.place is not None else None


def _words(paragraph: Paragraph, projection: Projection) -> str:
    start, end = projection.span(paragraph.start, paragraph.end)
    return tidy(projection.text[start:end])


class _Looks:
    """What a document itself says of its paragraphs and cells: level of heading, alignment (DOCX, HTML)."""

    def __init__(self, source: Extract, projection: Projection) -> None:
        self._blocks = source.blocks if source.source_format in {"docx", "html"} else ()
        self._starts = [block.span[0] for block in self._blocks]
        self._projection = projection

    def of(self, paragraph: Paragraph) -> Block | None:
        """The block that a paragraph comes from; None where the format says nothing."""
        at = bisect_right(self._starts, self._projection.span(paragraph.start, paragraph.end)[0]) - 1
        return self._blocks[at] if at >= 0 else None


class _Fields:
    """What the fields say already, taken off line by line: whatever else stands below the title belongs to the body."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._told = [_letters(value or "") for value in (reading.issuer, reading.title)]
        self._left = list(self._told)

    @property
    def titled(self) -> bool:
        """Whether the whole title has been met; a document without one has no lines above it."""
        return not self._left[1]

    def hold(self, text: str) -> bool:
        """Whether a line is the title, the issuer or the number, or a part of one: each word of a field counts once.

        A line may hold more than its field: the number in brackets, book-title marks round the whole title.
        """
        found = [number for number in docnumber.find(text) if str(number.number) == self._reading.number][:1]
        for number in found:
            text = text[: number.start] + text[number.end :]
        words = _letters(text)
        for at, left in enumerate(self._left):
            if words and words in left:
                self._left[at] = left.partition(words)[2]
                return True
        return bool(found) and not words

    def state(self, text: str) -> bool:
        """Whether a line like 发文字号：… gives nothing but the value of a field, or is a label without a value."""
        label, colon, rest = text.partition("：")
        value = rest if colon else label
        if not value.strip() or ((number := docnumber.normalise(value)) and str(number) == self._reading.number):
            return True
        if self._reading.date is not None and shapes.parse_date(value) == self._reading.date:
            return True
        return self._reading.property == value.strip() or any(_letters(value) in told for told in self._told)


def _letters(text: str) -> str:
    """Without blanks, brackets and book-title marks: what two ways to write the same title have in common."""
    return re.sub(r"[\s\u3000《》〈〉（）()、]|文件$", "", text)


def _block(text: str, node: Node, look: Block | None) -> str:
    """One paragraph: what the grammar knows of it comes before what the document says."""
    if node.kind == "title" and shapes.title_complete(text):
        return f'<h2 class="align-center">{escape(text, quote=False)}</h2>'
    if node.kind in _RIGHT:
        return f'<p class="align-right">{escape(text, quote=False)}</p>'
    tag = tag_of(text)
    if tag == "p" and look is not None and look.level and len(text) <= _LONGEST_HEADING:
        tag = f"h{min(look.level + 1, 4)}"
    return f"<{tag}{_aligned(look)}>{escape(text, quote=False)}</{tag}>"


def _aligned(look: Block | None) -> str:
    return f' class="align-{look.align}"' if look is not None and look.align in {"center", "right"} else ""


def tag_of(text: str) -> str:
    """The element for one paragraph of text: h2 for 一、 and h3 for （一） where they stand alone, else p."""
    alone = (
        len(text) <= _LONGEST_HEADING and not text.rstrip("。").count("。") and not text.endswith(("：", "；", "，"))
    )
    if alone and _CHAPTER.match(text):
        return "h2"
    return "h3" if alone and _SECTION.match(text) else "p"


def _paragraph(text: str) -> str:
    tag = tag_of(text)
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"


def _table_html(cells: Sequence[Paragraph], projection: Projection, looks: _Looks) -> str:
    """A table from its cells, merged ones, head rows and alignment kept; the paragraphs of a cell parted by breaks."""
    rows: list[str] = []
    for _, in_row in groupby(_by_place(cells), key=lambda pair: pair[0][0]):
        made = []
        for (_, _, rowspan, colspan), inside in in_row:
            spans = (f' colspan="{colspan}"' if colspan > 1 else "") + (f' rowspan="{rowspan}"' if rowspan > 1 else "")
            text = "<br>".join(escape(_words(one, projection), quote=False) for one in inside)
            look = looks.of(inside[0]) if inside else None
            head = look is not None and look.place is not None and look.place.head
            tag, scope = ("th", ' scope="col"') if head else ("td", "")
            made.append(f"<{tag}{scope}{spans}{_aligned(look)}>{text}</{tag}>")
        rows.append(f"<tr>{''.join(made)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _by_place(cells: Iterable[Paragraph]) -> list[tuple[tuple[int, int, int, int], list[Paragraph]]]:
    """Cells in the order of the grid: (row, column, rowspan, colspan) → its paragraphs. Empty cells are filled in."""
    found: dict[tuple[int, int, int, int], list[Paragraph]] = {}
    for cell in cells:
        if cell.place is not None:
            key = (cell.place.row, cell.place.col, cell.place.rowspan, cell.place.colspan)
            found.setdefault(key, []).append(cell)
    covered = {
        (row + down, column + right)
        for row, column, rowspan, colspan in found
        for down in range(rowspan)
        for right in range(colspan)
    }
    width = max(column for _, column in covered) + 1
    rows = sorted({row for row, _ in covered})
    empty = [(row, column, 1, 1) for row in rows for column in range(width) if (row, column) not in covered]
    return sorted([*found.items(), *((key, []) for key in empty)], key=lambda pair: pair[0][:2])
