"""Where the cells of an HTML table stand: columns counted with everything that is merged (HTML, 4.9.12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

#: HTML's own ceilings for spans.
_MOST_COLUMNS = 1_000
_MOST_ROWS = 65_534


def owner(node: LexborNode) -> int:
    """The `mem_id` of the innermost table round an element; 0 outside of tables."""
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above.mem_id if above is not None else 0


def positions(columns: Sequence[LexborNode], wanted: Callable[[LexborNode], bool]) -> frozenset[int]:
    """The numbers (from 0) of the columns that `<col>` elements with `wanted` stand for."""
    found: set[int] = set()
    at = 0
    for column in columns:
        width = _span(column, "span", _MOST_COLUMNS)
        if wanted(column):
            found.update(range(at, at + width))
        at += width
        if at > _MOST_COLUMNS:
            break
    return frozenset(found)


def cells(table: LexborNode) -> Iterator[tuple[LexborNode, int, int]]:
    """(cell, first column, columns) of each cell of this table, not of those inside it."""
    taken: dict[int, int] = {}  # column → rows below that a cell above still fills
    for row in table.css("tr"):
        if owner(row) != table.mem_id:
            continue
        at, below = 0, {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.iter():
            if cell.tag not in {"td", "th"}:
                continue
            while taken.get(at):
                at += 1
            width, height = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_ROWS)
            yield cell, at, width
            if height > 1:
                below.update(dict.fromkeys(range(at, at + width), height - 1))
            at += width
        taken = below


def drop_columns(table: LexborNode, gone: frozenset[int]) -> list[LexborNode]:
    """Narrow the cells that reach over these columns; the cells that stand in them alone, to be taken out."""
    inside = []
    for cell, first, width in list(cells(table)):
        left = sum(column not in gone for column in range(first, first + width))
        if not left:
            inside.append(cell)
        elif left != width:
            cell.attrs["colspan"] = str(left)
    return inside


def _span(node: LexborNode, name: str, most: int) -> int:
    told = (node.attributes.get(name) or "").strip()
    return min(max(int(told), 1), most) if told.isascii() and told.isdecimal() and len(told) < 7 else 1
