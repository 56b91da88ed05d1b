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

from mingchuang.reading import Node, Reading
from mingchuang.reading.formats import Extract
from mingchuang.reading.paragraphs import Paragraph, page_numbers, paragraphs
from mingchuang.reading.projection import Projection

_HAN = "\u3400-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…·"
_BLANK_AT_HAN = re.compile(rf"(?<=[{_HAN}])[^\S\n]+|[^\S\n]+(?=[{_HAN}])")
_CHAPTER = re.compile(r"^(?:[一二三四五六七八九十百]+、|第[一二三四五六七八九十百]+[章编])")
_SECTION = re.compile(r"^（[一二三四五六七八九十百]+）")
_LONGEST_HEADING = 60
#: What stands in fields, or is no part of the text.
_ELSEWHERE = {"head", "furniture"}
_RIGHT = {"signature"}


@dataclass(frozen=True, slots=True)
class Structured:
    """The body as markup (already as `markup.clean` leaves it), and what was left out of it, piece by piece."""

    html: str
    left_out: tuple[str, ...]


def structured(source: Extract, reading: Reading) -> Structured:
    """The body of a document; `reading` must be the reading of `source`."""
    projection = Projection(source.text, page_numbers(source))
    pieces = reading.pieces()
    starts = [span[0] for span, _ in pieces]
    parts: list[str] = []
    left_out: list[str] = []
    titled = False
    for table, group in groupby(paragraphs(source, projection), key=_table):
        found = list(group)
        if table is not None:
            parts.append(_table_html(found, projection))
            continue
        for paragraph in found:
            text = _words(paragraph, projection)
            node = pieces[bisect_right(starts, projection.span(paragraph.start, paragraph.end)[0]) - 1][1]
            titled = titled or node.kind not in _ELSEWHERE | {"title"}
            if node.kind in _ELSEWHERE or (node.kind == "title" and not titled):
                left_out.append(text)
            else:
                parts.append(_block(text, node))
    return Structured("".join(parts), tuple(left_out))


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


def _block(text: str, node: Node) -> str:
    if node.kind == "title":
        return f'<h2 class="align-center">{escape(text, quote=False)}</h2>'
    if node.kind in _RIGHT:
        return f'<p class="align-right">{escape(text, quote=False)}</p>'
    return _paragraph(text)


def _paragraph(text: str) -> str:
    alone = (
        len(text) <= _LONGEST_HEADING and not text.rstrip("。").count("。") and not text.endswith(("：", "；", "，"))
    )
    tag = "p"
    if alone and _CHAPTER.match(text):
        tag = "h2"
    elif alone and _SECTION.match(text):
        tag = "h3"
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"


def _table_html(cells: Sequence[Paragraph], projection: Projection) -> str:
    """A table from its cells, merged ones kept; the paragraphs of one cell are parted by line breaks."""
    rows: list[str] = []
    for _, in_row in groupby(_by_place(cells), key=lambda pair: pair[0][0]):
        made = []
        for (_, _, rowspan, colspan), inside in in_row:
            spans = (f' colspan="{colspan}"' if colspan > 1 else "") + (f' rowspan="{rowspan}"' if rowspan > 1 else "")
            text = "<br>".join(escape(_words(one, projection), quote=False) for one in inside)
            made.append(f"<td{spans}>{text}</td>")
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
