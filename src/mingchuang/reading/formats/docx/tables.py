"""The grid of a Word table: which cell stands where, merged cells included."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingchuang.reading.formats.docx.words import child, local, number, switched_on, unwrapped, value
from mingchuang.reading.formats.markup import Element

_WIDEST = 1_000


@dataclass(slots=True)
class GridCell:
    """``element`` is the w:tc whose text the merged cell shows; ``covered`` are those it hides."""

    element: Element
    row: int
    col: int
    colspan: int
    rowspan: int = 1
    head: bool = False
    covered: list[Element] = field(default_factory=list)


def grid(table: Element) -> tuple[list[GridCell], list[Element]]:
    """The cells in reading order, and the rows that a tracked deletion takes out."""
    cells: list[GridCell] = []
    deleted: list[Element] = []
    above: dict[int, GridCell] = {}
    row = 0
    for item in unwrapped(table):
        if local(item) != "tr":
            continue
        if child(item, "trPr", "del") is not None:
            deleted.append(item)
            continue
        above = _read_row(item, row, above, cells)
        row += 1
    return cells, deleted


def _read_row(line: Element, row: int, above: dict[int, GridCell], cells: list[GridCell]) -> dict[int, GridCell]:
    """Append the row's cells; returns the cells by column for the row below."""
    current: dict[int, GridCell] = {}
    col = max(number(value(line, "trPr", "gridBefore"), 0) or 0, 0)
    head = bool(switched_on(child(line, "trPr"), "tblHeader")) if child(line, "trPr") is not None else False
    left: GridCell | None = None
    for item in unwrapped(line):
        if local(item) != "tc":
            continue
        span = min(max(number(value(item, "tcPr", "gridSpan"), 1) or 1, 1), _WIDEST)
        upper = above.get(col)
        if _continues(item, "hMerge") and left is not None:
            left.colspan += span
            left.covered.append(item)
        elif _continues(item, "vMerge") and upper is not None:
            upper.rowspan = row - upper.row + 1
            upper.covered.append(item)
            current[col] = upper
        else:
            left = GridCell(item, row, col, span, head=head)
            cells.append(left)
            current[col] = left
        col += span
    return current


def _continues(cell: Element, kind: str) -> bool:
    """Whether the cell is a later part of a merge: the mark is there and does not say ``restart``."""
    mark = child(cell, "tcPr", kind)
    return mark is not None and value(cell, "tcPr", kind) != "restart"
