"""Cleaned HTML of an editor as blocks. What has no place on paper is named, never dropped in silence.

The input has passed the records' cleaning (headings from h2, tables with merged cells, alignment as classes); this
reading trusts none of that: an element it does not know gives its text, and nothing is fetched from anywhere.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingchuang.norms.outcome import Issue
from mingchuang.press.typeset.blocks import Align, Block, Cell, Image, Listing, Paragraph, Run, Style, Table

_STYLES: dict[str, Style] = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u", "s": "s", "del": "s", "strike": "s",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "div", "hr", "img", "figure"}
_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 4}
_ALIGNS: dict[str, Align] = {"align-center": "center", "align-right": "right", "align-justify": "justify"}
_SILENT = {"script", "style", "template", "head", "title", "-comment", "colgroup", "col"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,(.*)", re.DOTALL)
#: Larger spans than any real table has; HTML's own limits.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_534


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks, and a warning for each thing that could not be taken over."""

    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...] = ()


@dataclass
class _Open:
    """What is being gathered: finished blocks, the runs of the paragraph that is open, and warnings."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def close(self, align: Align = "justify", level: int | None = None) -> None:
        """End the open paragraph; one without characters is none."""
        runs, self.runs = _trimmed(self.runs), []
        if runs:
            self.blocks.append(Paragraph(runs, align, level))


def blocks(html: str) -> Reading:
    """The blocks of a fragment of HTML."""
    body = LexborHTMLParser(html).body
    out = _Open()
    if body is not None:
        _children(body, frozenset(), out)
    out.close()
    return Reading(tuple(out.blocks), tuple(out.issues))


def _children(node: LexborNode, styles: frozenset[Style], out: _Open) -> None:
    for child in node.iter(include_text=True):
        _node(child, styles, out)


def _node(node: LexborNode, styles: frozenset[Style], out: _Open) -> None:
    tag = node.tag or ""
    if tag == "-text":
        text = _BLANKS.sub(" ", node.text_content or "")
        if text:
            out.runs.append(Run(text, styles))
    elif tag == "br":
        out.runs.append(Run("\n", styles))
    elif tag in _BLOCKS:
        _block(node, tag, styles, out)
    elif tag not in _SILENT:
        _children(node, styles | {_STYLES[tag]} if tag in _STYLES else styles, out)


def _block(node: LexborNode, tag: str, styles: frozenset[Style], out: _Open) -> None:
    out.close()
    if tag == "table":
        out.blocks.append(_table(node, out))
    elif tag in {"ul", "ol"}:
        out.blocks.append(_listing(node, tag == "ol", out))
    elif tag == "img":
        _image(node, out)
    elif tag != "hr":
        _children(node, styles, out)
        out.close(_align(node), _LEVELS.get(tag))


def _align(node: LexborNode) -> Align:
    names = (node.attributes.get("class") or "").split()
    return next((_ALIGNS[name] for name in names if name in _ALIGNS), "justify")


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Without blanks at both ends and without runs that are empty then."""
    kept = list(runs)
    while kept and not kept[0].text.strip(" \n"):
        kept.pop(0)
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" \n"))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \n"))
    return tuple(kept)


def _listing(node: LexborNode, ordered: bool, out: _Open) -> Listing:
    items = []
    for item in node.iter():
        if item.tag == "li":
            inner = _Open(issues=out.issues)
            _children(item, frozenset(), inner)
            inner.close(_align(item))
            items.append(tuple(inner.blocks))
    return Listing(tuple(items), ordered, _number(node, "start", 1, _MOST_ROWS))


def _number(node: LexborNode, name: str, least: int, most: int) -> int:
    value = (node.attributes.get(name) or "").strip()
    return min(max(int(value), least), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _table(node: LexborNode, out: _Open) -> Table:
    rows = list(_rows(node))
    cells = [[_cell(cell, out) for cell in row.iter() if cell.tag in {"td", "th"}] for row, _ in rows]
    header = 0
    for (row, part), _ in zip(rows, cells, strict=True):
        tags = [cell.tag for cell in row.iter() if cell.tag in {"td", "th"}]
        if part != "thead" and not (tags and all(tag == "th" for tag in tags)):
            break
        header += 1
    caption = next((part.text(strip=True) for part in node.iter() if part.tag == "caption"), "")
    # A pasted table seldom says what its head is: the first row is, with all rows that its merged cells reach into.
    if header == 0 and len(cells) > 1 and cells[0] and max(cell.rowspan for cell in cells[0]) <= 3:
        header = max(cell.rowspan for cell in cells[0])
    return Table(_filled(cells), header, caption)


def _rows(node: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Rows of this table alone, with the part that they stand in."""
    for part in node.iter():
        if part.tag == "tr":
            yield part, "tbody"
        elif part.tag in {"thead", "tbody", "tfoot"}:
            for row in part.iter():
                if row.tag == "tr":
                    yield row, part.tag


def _cell(node: LexborNode, out: _Open) -> Cell:
    inner = _Open(issues=out.issues)
    _children(node, frozenset(), inner)
    inner.close(_align(node))
    paragraphs: list[Paragraph] = []
    for block in inner.blocks:
        paragraphs += _lines(block, out)
    align = _align(node)
    return Cell(
        tuple(paragraphs),
        _number(node, "colspan", 1, _MOST_COLUMNS),
        _number(node, "rowspan", 1, _MOST_ROWS),
        "left" if align == "justify" else align,
    )


def _lines(block: Block, out: _Open) -> Iterator[Paragraph]:
    """What a cell can hold: paragraphs; of a table or list inside it the text."""
    match block:
        case Paragraph():
            yield block
        case Listing():
            for number, item in enumerate(block.items, block.start):
                for at, inner in enumerate(item):
                    for line in _lines(inner, out):
                        mark = f"{number}．" if block.ordered else "•"
                        yield replace(line, runs=(Run(mark), *line.runs)) if at == 0 else line
        case Table():
            out.issues.append(
                Issue("typeset.nested", "表格里还有表格，里面的表格按文字排出，请核对。", "body", "warning")
            )
            for row in block.rows:
                yield Paragraph((Run("　".join(cell.text.replace("\n", " ") for cell in row)),))
        case Image():
            out.issues.append(
                Issue("typeset.cell_picture", "表格里的图片没有排出，请放到表格外面。", "body", "warning")
            )


def _filled(cells: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of one width: spans end with the table, and short rows get empty cells, as a browser shows them."""
    taken: list[set[int]] = [set() for _ in cells]
    clipped: list[list[Cell]] = []
    for index, row in enumerate(cells):
        column = 0
        kept = []
        for cell in row:
            while column in taken[index]:
                column += 1
            free = next((n for n in range(cell.colspan) if column + n in taken[index]), cell.colspan)
            fitted = replace(cell, colspan=free, rowspan=min(cell.rowspan, len(cells) - index))
            for below in range(index, index + fitted.rowspan):
                taken[below].update(range(column, column + free))
            kept.append(fitted)
            column += free
        clipped.append(kept)
    width = max((max(columns, default=-1) + 1 for columns in taken), default=0)
    return tuple(
        (*row, *(Cell() for column in range(width) if column not in columns))
        for row, columns in zip(clipped, taken, strict=True)
        if row or columns
    )


def _image(node: LexborNode, out: _Open) -> None:
    found = _DATA.match(node.attributes.get("src") or "")
    alt = node.attributes.get("alt") or ""
    if found is None:
        named = f"“{alt}”" if alt else ""
        message = f"正文中的图片{named}不在文件里，没有排出，请重新插入。"
        out.issues.append(Issue("typeset.outside_picture", message, "body", "warning"))
        return
    try:
        out.blocks.append(Image(base64.b64decode(found.group(1), validate=False), alt))
    except binascii.Error:
        out.issues.append(Issue("typeset.picture", f"图片“{alt}”的数据不完整，没有排出。", "body", "warning"))
