"""Tables that have lost their grid: rows as lines with tabs, blanks or bars between the cells, or one cell a line.

Both are told by their heading row. The lines become cells again, with a place in a grid, and are then read as any
table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingchuang.reading.columns import column_kind, is_heading_row
from mingchuang.reading.formats import Place
from mingchuang.reading.markers import marker_at
from mingchuang.reading.owners import read_clause
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection

BARS = re.compile(r"^[|｜\-+=_]+$")
_PARTING = re.compile(r"\t+|[ \u3000]{2,}|[|｜]")
_ONE_BLANK = re.compile(r"\s+")
_MOST_COLUMNS = 12
_FEWEST_BARS = 4
_LONGEST_CHAPTER = 80


def restore_tables(paragraphs: list[Paragraph], projection: Projection, first_table: int) -> list[Paragraph]:
    """The paragraphs, flattened tables turned into cells. ``first_table`` is the first free table number."""
    found: list[Paragraph] = []
    paragraphs = _without_bars_at_ends(paragraphs, projection)
    at, table = 0, first_table
    while at < len(paragraphs):
        taken, cells = _parted_rows(paragraphs, at, projection, table)
        if not taken:
            taken, cells = _blank_parted_rows(paragraphs, at, projection, table)
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


def _without_bars_at_ends(paragraphs: list[Paragraph], projection: Projection) -> list[Paragraph]:
    """Where lines end in a bar each (区财政局 |), the bar becomes a line of its own."""
    folded = projection.folded
    barred = {
        id(p)
        for p in paragraphs
        if p.place is None
        and folded[p.end - 1] == "|"
        and folded.find("|", p.start, p.end - 1) < 0 < p.end - 1 - p.start
    }
    if len(barred) < _FEWEST_BARS:
        return paragraphs
    found: list[Paragraph] = []
    for p in paragraphs:
        if id(p) in barred:
            found.append(replace_end(p, p.end - 1))
            found.append(Paragraph(p.end - 1, p.end, [p.end - 1]))
        else:
            found.append(p)
    return found


def replace_end(paragraph: Paragraph, end: int) -> Paragraph:
    """The paragraph, ending sooner."""
    lines = [line for line in paragraph.lines if line < end]
    return replace(paragraph, end=end, lines=lines)


# --- one row a line


def _pieces(paragraph: Paragraph, projection: Projection, parting: re.Pattern[str] = _PARTING) -> list[tuple[int, int]]:
    """Places of the cells of a line parted by tabs, bars or two blanks."""
    start, end = projection.span(paragraph.start, paragraph.end)
    found = []
    at = start
    for match in parting.finditer(projection.text, start, end):
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
    for later in range(at + 1, len(paragraphs)):
        pieces = _pieces(paragraphs[later], projection)
        is_row = paragraphs[later].place is None and 2 <= len(pieces) <= len(heads)
        if not is_row and not _is_chapter_line(paragraphs, later, projection, len(heads)):
            break
        rows.append(pieces)
    if len(rows) < 2:
        return 0, []
    cells = []
    for row, pieces in enumerate(rows):
        if len(pieces) == 1:
            cells.append(_chapter(pieces[0], Place(table, row, 0, colspan=len(heads))))
            continue
        for column, (a, b) in zip(_columns(pieces, kinds, projection), pieces, strict=True):
            cells.append(Paragraph(a, b, [a], place=Place(table, row, column)))
    return len(rows), cells


def _is_chapter_line(paragraphs: list[Paragraph], at: int, projection: Projection, width: int) -> bool:
    """A short line alone between two rows: 一、推进决策公开."""
    paragraph = paragraphs[at]
    if paragraph.place is not None or paragraph.end - paragraph.start > _LONGEST_CHAPTER or at + 1 >= len(paragraphs):
        return False
    below = paragraphs[at + 1]
    is_above_row = below.place is None and 2 <= len(_pieces(below, projection)) <= width
    is_numbered = marker_at(projection, paragraph.start, paragraph.end) is not None
    return projection.folded[paragraph.end - 1] not in "。；" and is_above_row and is_numbered


def _blank_parted_rows(
    paragraphs: list[Paragraph], at: int, projection: Projection, table: int
) -> tuple[int, list[Paragraph]]:
    """Rows with one blank between the cells: 1 公开规划 县发改局 年底前. The number is the first word, what stands
    behind the task comes from the right; blanks inside the task are its own."""
    heads = _heads_by_blanks(paragraphs[at], projection)
    kinds = [column_kind(projection.folded[a:b]) for a, b in heads]
    if kinds[:2] != ["number", "task"] or kinds.count("task") != 1 or None in kinds or len(heads) < 3:
        return 0, []
    cells = [_chapter(place, Place(table, 0, column)) for column, place in enumerate(heads)]
    row = 0
    for paragraph in paragraphs[at + 1 :]:
        words = _pieces(paragraph, projection, _ONE_BLANK) if paragraph.place is None else []
        if len(words) < len(heads) or projection.folded[slice(*words[0])] != str(row + 1):
            break
        row += 1
        behind = len(heads) - 2
        places = [words[0], (words[1][0], words[-behind - 1][1]), *words[-behind:]]
        cells += [_chapter(place, Place(table, row, column)) for column, place in enumerate(places)]
    return (row + 1, cells) if row > 1 else (0, [])


def _heads_by_blanks(paragraph: Paragraph, projection: Projection) -> list[tuple[int, int]]:
    """The heading cells of such a table; letters set apart (工 作 任 务) are one."""
    if paragraph.place is not None or paragraph.end - paragraph.start > _LONGEST_CHAPTER:
        return []
    found: list[tuple[int, int]] = []
    is_spelt = False
    for a, b in _pieces(paragraph, projection, _ONE_BLANK):
        if is_spelt and b - a == 1:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
        is_spelt = b - a == 1
    return found


def _chapter(places: tuple[int, int], place: Place) -> Paragraph:
    return Paragraph(*places, [places[0]], place=place)


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
    number = _unnamed_number_column(contents, owner, projection)
    width, owner = (len(heads), owner) if number is None else (len(heads) + 1, owner + 1)
    named = [column for column in range(width) if column != number]
    cells = [_chapter((p.start, p.end), Place(table, 0, column)) for column, p in zip(named, heads, strict=True)]
    at, row = 0, 1
    while at < len(contents):
        missing = next((m for m in range(owner) if _is_owner(contents, at + owner - m, projection)), None)
        if missing is None:  # a chapter across the table
            cells.append(_cell(*contents[at], Place(table, row, 0, colspan=width)))
            at, row = at + 1, row + 1
            continue
        for column in range(missing, width):
            if at < len(contents):
                cells.append(_cell(*contents[at], Place(table, row, column)))
                at += 1
        row += 1
    return end - span[0], cells


def _unnamed_number_column(
    contents: list[tuple[Paragraph, Paragraph]], owner: int, projection: Projection
) -> int | None:
    """The column of running numbers that no heading names, told by how far before the owner they stand."""
    texts = [projection.folded[first.start : last.end] for first, last in contents]
    places = [texts.index(value) for value in ("1", "2") if value in texts]
    if len(places) < 2:
        return None
    distance = next((d for d in range(1, owner + 2) if _is_owner(contents, places[0] + d, projection)), None)
    return None if distance is None else owner + 1 - distance


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
