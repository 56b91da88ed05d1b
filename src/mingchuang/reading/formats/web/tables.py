"""Tables of a page: which are data, and where each cell of those stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable

_WIDEST = 1_000
_LONGEST_CELL = 2_000  # characters; a longer cell holds a document, so the table only lays out the page


@dataclass(frozen=True, slots=True)
class WebCell:
    node: LexborNode
    row: int
    col: int
    rowspan: int
    colspan: int


def data_table(node: LexborNode) -> list[list[LexborNode]] | None:
    """The rows of cells when the table holds data; None when it only lays out the page.

    A layout table nests other tables, has one column or one row, or a cell as long as a document.
    """
    if node.css_first("td table, th table") is not None:
        return None
    rows = [cells for row in node.css("tr") if (cells := [item for item in row.iter() if item.tag in {"td", "th"}])]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    if any(len(cell.text(deep=True)) > _LONGEST_CELL for cells in rows for cell in cells):
        return None
    return rows


def grid(rows: list[list[LexborNode]]) -> list[WebCell]:
    """Places of all cells by the rules of HTML; spans that run past the last row are cut there."""
    placed: list[WebCell] = []
    taken_until: dict[int, int] = {}  # column -> first row in which it is free again
    slots = 0
    for row, cells in enumerate(rows):
        col = 0
        for node in cells:
            while taken_until.get(col, 0) > row:
                col += 1
            colspan = min(_span(node, "colspan") or 1, _WIDEST)
            wanted = _span(node, "rowspan")
            rowspan = min(wanted or len(rows), len(rows) - row)  # rowspan=0 runs to the end
            slots += colspan
            if slots > limits.SHEET_CELLS:
                raise Unreadable("too_large_table", "网页里的表格过大，无法读取。")
            for column in range(col, col + colspan):
                taken_until[column] = row + rowspan
            placed.append(WebCell(node, row, col, rowspan, colspan))
            col += colspan
    return placed


def _span(node: LexborNode, name: str) -> int:
    text = node.attributes.get(name) or "1"
    match = re.fullmatch(r"\s*(\d{1,6})\s*", text)
    return int(match[1]) if match else 1
