"""What the reader took out of a file, as plain markup to look at: paragraphs, headings, tables with merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from mingchuang.reading.formats import Block, Extract, Place

#: Places that merged cells cover, all in all, and columns: what a page can show.
_MOST_COVERED = 200_000
_MOST_COLUMNS = 60


def markup_of(extract: Extract, most: int) -> tuple[str, bool]:
    """The first `most` blocks as markup of the tags that bodies have, and whether that is all of them."""
    blocks = extract.blocks[:most]
    parts = []
    for table, group in groupby(blocks, key=lambda block: block.place.table if block.place else None):
        found = list(group)
        parts.append(
            "".join(_paragraph(block, extract) for block in found) if table is None else _table(found, extract)
        )
    return "".join(parts), len(blocks) == len(extract.blocks)


def _paragraph(block: Block, extract: Extract) -> str:
    tag = f"h{min(block.level + 2, 4)}" if block.level is not None else "p"
    return f"<{tag}{_aligned(block)}>{_words(block, extract)}</{tag}>"


def _words(block: Block, extract: Extract) -> str:
    return escape(extract.text_of(block), quote=False).replace("\n", "<br>")


def _aligned(block: Block) -> str:
    return f' class="align-{block.align}"' if block.align in {"center", "right"} else ""


def _table(cells: Sequence[Block], extract: Extract) -> str:
    """The grid row by row; cells of which the file says nothing are empty ones."""
    placed = {(p.row, p.col): cell for cell in cells if (p := cell.place) is not None}
    spans = [p for cell in cells if (p := cell.place) is not None]
    covered = _covered(spans) - placed.keys()
    first = min(p.col for p in spans)
    last = max(p.col + p.colspan for p in spans)
    rows = []
    for row in sorted({p.row for p in spans}):
        made = [
            _cell(placed[row, col], extract) if (row, col) in placed else "<td></td>"
            for col in range(first, min(last, first + _MOST_COLUMNS))
            if (row, col) not in covered
        ]
        rows.append(f"<tr>{''.join(made)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _covered(spans: Sequence[Place]) -> set[tuple[int, int]]:
    """The places of the grid that cells fill; what a file claims beyond all measure is left out."""
    found: set[tuple[int, int]] = set()
    for place in spans:
        if len(found) + place.rowspan * place.colspan > _MOST_COVERED:
            break
        found.update((place.row + r, place.col + c) for r in range(place.rowspan) for c in range(place.colspan))
    return found


def _cell(block: Block, extract: Extract) -> str:
    place = block.place
    spans = ""
    if place is not None:
        spans += f' colspan="{place.colspan}"' if place.colspan > 1 else ""
        spans += f' rowspan="{place.rowspan}"' if place.rowspan > 1 else ""
    tag = "th" if place is not None and place.head else "td"
    return f"<{tag}{spans}{_aligned(block)}>{_words(block, extract)}</{tag}>"
