"""Tables that have lost their grid: rows as lines with tabs, blanks or bars between the cells, or one cell a line.

Both are told by their heading row. The lines become cells again, with a place in a grid, and are then read as any
table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingchuang.reading.columns import column_kind, is_heading_row
from mingchuang.reading.formats import Place
from mingchuang.reading.owners import read_clause
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection

BARS = re.compile(r"^[|｜\-+=_]+$")
_PARTING = re.compile(r"\t+|[ \u3000]{2,}|[|｜]")
_MOST_COLUMNS = 12


def restore_tables(paragraphs: list[Paragraph], projection: Projection, first_table: int) -> list[Paragraph]:
    """The paragraphs, flattened tables turned into cells. ``first_table`` is the first free table number."""
    found: list[Paragraph] = []
    at, table = 0, first_table
    while at < len(paragraphs):
        taken, cells = _parted_rows(paragraphs, at, projection, table)
        if not taken:
            taken, cells = _cell_a_line(paragraphs, at, projection, table)
        if taken:
            found += cells
            table += 1
            at += taken
        else:
            found.append(paragraphs[at])
            at += 1
    return found


# --- one row a line


def _pieces(paragraph: Paragraph, projection: Projection) -> list[tuple[int, int]]:
    """Places of the cells of a line parted by tabs, bars or two blanks."""
    start, end = projection.span(paragraph.start, paragraph.end)
    found = []
    at = start
    for match in _PARTING.finditer(projection.text, start, end):
        found.append(projection.places((at, match.start())))
        at = match.end()
    found.append(projection.places((at, end)))
    return [(a, b) for a, b in found if a < b]


def _parted_rows(
    paragraphs: list[Paragraph], at: int, projection: Projection, table: int
) -> tuple[int, list[Paragraph]]:
    if paragraphs[at].place is not None or paragraphs[at].end - paragraphs[at].start > 120:
        return 0, []
    heads = _pieces(paragraphs[at], projection)
    if not 3 <= len(heads) <= _MOST_COLUMNS or not is_heading_row([projection.folded[a:b] for a, b in heads]):
        return 0, []
    kinds = [column_kind(projection.folded[a:b]) for a, b in heads]
    rows = [heads]
    for paragraph in paragraphs[at + 1 :]:
        pieces = _pieces(paragraph, projection)
        if paragraph.place is not None or len(pieces) < 2 or len(pieces) > len(heads):
            break
        rows.append(pieces)
    if len(rows) < 2:
        return 0, []
    cells = []
    for row, pieces in enumerate(rows):
        for column, (a, b) in zip(_columns(pieces, kinds, projection), pieces, strict=True):
            cells.append(Paragraph(a, b, [a], place=Place(table, row, column)))
    return len(rows), cells


def _columns(pieces: list[tuple[int, int]], kinds: Sequence[str | None], projection: Projection) -> list[int]:
    """The column of each cell of a row: where cells are missing, those to the left were merged with the row above."""
    missing = len(kinds) - len(pieces)
    if not missing:
        return list(range(len(pieces)))
    has_number = kinds[:1] == ["number"] and projection.folded[pieces[0][0] : pieces[0][1]].isdigit()
    if has_number:
        return [0, *range(1 + missing, len(kinds))]
    return list(range(missing, len(kinds)))


# --- one cell a line


def _cell_a_line(
    paragraphs: list[Paragraph], at: int, projection: Projection, table: int
) -> tuple[int, list[Paragraph]]:
    heads, after = _heading_lines(paragraphs, at, projection)
    texts = [projection.folded[p.start : p.end] for p in heads]
    if len(heads) < 3 or not is_heading_row(texts):
        return 0, []
    kinds = [column_kind(text) for text in texts]
    if "number" not in kinds:
        return _between_bars(paragraphs, heads, (at, after), projection, table)
    number = kinds.index("number")
    rows, end = _rows_by_number(paragraphs, after, projection, number, len(heads))
    if not rows:
        return 0, []
    cells = [Paragraph(p.start, p.end, [p.start], place=Place(table, 0, col)) for col, p in enumerate(heads)]
    for row, members in enumerate(rows, 1):
        cells += _row_cells(members, row, number, kinds, table)
    return end - at, sorted(cells, key=lambda cell: cell.start)


def _between_bars(
    paragraphs: list[Paragraph], heads: list[Paragraph], span: tuple[int, int], projection: Projection, table: int
) -> tuple[int, list[Paragraph]]:
    """Cells parted by lines that hold a bar alone; a row without its first cells is told by where its owner stands."""
    contents, end = _barred_cells(paragraphs, span[1], projection)
    kinds = [column_kind(projection.folded[p.start : p.end]) for p in heads]
    owner = next((at for at, kind in enumerate(kinds) if kind in {"main", "lead"}), 0)
    if not owner or len(contents) < 2 * (len(heads) - 1):
        return 0, []
    cells = [Paragraph(p.start, p.end, [p.start], place=Place(table, 0, column)) for column, p in enumerate(heads)]
    at, row = 0, 1
    while at < len(contents):
        missing = next((m for m in range(owner) if _is_owner(contents, at + owner - m, projection)), 0)
        for column in range(missing, len(heads)):
            if at < len(contents):
                cells.append(_cell(*contents[at], Place(table, row, column)))
                at += 1
        row += 1
    return end - span[0], cells


def _barred_cells(
    paragraphs: list[Paragraph], at: int, projection: Projection
) -> tuple[list[tuple[Paragraph, Paragraph]], int]:
    """First and last paragraph of each cell that a bar ends, and the index behind the last bar."""
    contents: list[tuple[Paragraph, Paragraph]] = []
    current: list[Paragraph] = []
    end = at
    for later in range(at, len(paragraphs)):
        paragraph = paragraphs[later]
        if paragraph.place is not None or len(current) > _MOST_COLUMNS:
            break
        if not BARS.match(projection.folded[paragraph.start : paragraph.end]):
            current.append(paragraph)
            continue
        if current:
            contents.append((current[0], current[-1]))
        current, end = [], later + 1
    return contents, end


def _is_owner(contents: list[tuple[Paragraph, Paragraph]], at: int, projection: Projection) -> bool:
    if at >= len(contents):
        return False
    places = (contents[at][0].start, contents[at][1].end)
    clause = read_clause(projection, places, places, role="main")
    return clause is not None and not clause.odd


def _lines(paragraphs: list[Paragraph], at: int, projection: Projection) -> Iterator[tuple[int, Paragraph]]:
    for later in range(at, len(paragraphs)):
        if paragraphs[later].place is not None:
            return
        if not BARS.match(projection.folded[paragraphs[later].start : paragraphs[later].end]):
            yield later, paragraphs[later]


def _heading_lines(paragraphs: list[Paragraph], at: int, projection: Projection) -> tuple[list[Paragraph], int]:
    heads: list[Paragraph] = []
    after = at
    for later, paragraph in _lines(paragraphs, at, projection):
        text = projection.folded[paragraph.start : paragraph.end]
        if column_kind(text) is None or len(heads) >= _MOST_COLUMNS:
            break
        heads.append(paragraph)
        after = later + 1
    return heads, after


def _rows_by_number(
    paragraphs: list[Paragraph], at: int, projection: Projection, number: int, width: int
) -> tuple[list[tuple[list[Paragraph], Paragraph, list[Paragraph]]], int]:
    """Rows as (cells before the number, the number, cells behind it), found by the running number; and the end."""
    rows: list[tuple[list[Paragraph], Paragraph, list[Paragraph]]] = []
    pending: list[Paragraph] = []
    places: dict[int, int] = {}
    end = at
    behind = width - number - 1
    for later, paragraph in _lines(paragraphs, at, projection):
        text = projection.folded[paragraph.start : paragraph.end]
        if text == str(len(rows) + 1):
            before = _give_back(rows, pending, behind, number)
            rows.append((before, paragraph, []))
            pending = rows[-1][2]
            end = later + 1
        elif len(pending) >= (behind + number + 6 if rows else number + 3):
            break
        else:
            pending.append(paragraph)
            places[id(paragraph)] = later
    if rows:
        last = rows[-1][2]
        del last[behind:]
        end = places[id(last[-1])] + 1 if last else end
    return (rows, end) if len(rows) >= 2 else ([], at)


def _give_back(
    rows: list[tuple[list[Paragraph], Paragraph, list[Paragraph]]], pending: list[Paragraph], behind: int, number: int
) -> list[Paragraph]:
    """What stands before a number belongs to its row as far as the row above has enough cells without it."""
    if not rows:
        return list(pending[-number:]) if number else []
    spare = min(number, max(0, len(pending) - behind))
    before = pending[len(pending) - spare :]
    del pending[len(pending) - spare :]
    return before


def _row_cells(
    row_parts: tuple[list[Paragraph], Paragraph, list[Paragraph]],
    row: int,
    number: int,
    kinds: Sequence[str | None],
    table: int,
) -> list[Paragraph]:
    before, mark, behind = row_parts
    cells = [_cell(p, p, Place(table, row, number - len(before) + at)) for at, p in enumerate(before)]
    cells.append(_cell(mark, mark, Place(table, row, number)))
    width = len(kinds) - number - 1
    extra = max(0, len(behind) - width)
    at = 0
    for column in range(number + 1, number + 1 + min(width, len(behind))):
        more = extra if kinds[column] == "task" else 0
        cells.append(_cell(behind[at], behind[at + more], Place(table, row, column)))
        extra -= more
        at += 1 + more
    return cells


def _cell(first: Paragraph, last: Paragraph, place: Place) -> Paragraph:
    return Paragraph(first.start, last.end, [first.start], place=place)
