"""Ruled tables of a page: the grid from its lines, the cells from the grid, the glyphs into the cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingchuang.reading.formats.pdf.glyphs import Glyph
from mingchuang.reading.formats.pdf.lines import Line, lines_of
from mingchuang.reading.formats.pdf.paragraphs import begins_with_label
from mingchuang.reading.formats.pdf.rules import Rule

# Points.
_TOUCH = 3.0  # lines that come this close meet; both edges of a drawn line are one line
_COVER = 0.6  # share of a cell's side that must be ruled for a border
_MOST_LINES = 400
_FULL = 1.6  # ems that a full line may end before the widest of its cell


@dataclass(frozen=True, slots=True)
class PdfCell:
    row: int
    col: int
    rowspan: int
    colspan: int
    text: str


@dataclass(frozen=True, slots=True)
class PdfTable:
    """``columns`` are the x of the vertical lines; ``top`` and ``bottom`` in points, y upward."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: int
    cells: tuple[PdfCell, ...]


Box = tuple[float, float, float, float]


def take_tables(rules: Sequence[Rule], glyphs: list[Glyph]) -> tuple[list[PdfTable], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs that stand in none of them."""
    tables: list[PdfTable] = []
    for group in _groups(_merged(rules)):
        xs = _steps(rule.x0 for rule in group if not rule.horizontal)
        ys = _steps(rule.y0 for rule in group if rule.horizontal)
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
            continue
        boxes = _cell_boxes(xs, ys, group)
        if len(boxes) < 2:
            continue
        inside = [glyph for glyph in glyphs if _within(glyph, (xs[0], ys[0], xs[-1], ys[-1]))]
        glyphs = [glyph for glyph in glyphs if not _within(glyph, (xs[0], ys[0], xs[-1], ys[-1]))]
        tables.append(PdfTable(ys[-1], ys[0], tuple(xs), len(ys) - 1, tuple(_fill(boxes, xs, ys, inside))))
    return sorted(tables, key=lambda table: -table.top), glyphs


def cell_text(lines: Sequence[Line]) -> str:
    """Lines of one cell: those that were full run on, the others end a paragraph."""
    text = ""
    right = max((line.right for line in lines), default=0.0)
    before: Line | None = None
    for line in lines:
        runs_on = before is not None and right - before.right < _FULL * before.em and len(lines) > 1
        text += line.text if not text or (runs_on and not begins_with_label(line.text)) else f"\n{line.text}"
        before = line
    return text


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line joined: same place across, touching along."""
    merged: list[Rule] = []
    for flat in (True, False):
        lines = [_along(rule) for rule in rules if rule.horizontal is flat]
        for across in _clusters(lines):
            at = sum(line[0] for line in across) / len(across)
            start, end = across[0][1], across[0][2]
            for _, low, high in across[1:]:
                if low > end + _TOUCH:
                    merged.append(_rule(at, start, end, flat=flat))
                    start, end = low, high
                end = max(end, high)
            merged.append(_rule(at, start, end, flat=flat))
    return merged


def _along(rule: Rule) -> tuple[float, float, float]:
    return (rule.y0, rule.x0, rule.x1) if rule.horizontal else (rule.x0, rule.y0, rule.y1)


def _rule(at: float, start: float, end: float, *, flat: bool) -> Rule:
    return Rule(start, at, end, at) if flat else Rule(at, start, at, end)


def _clusters(lines: list[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    clusters: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if clusters and line[0] - clusters[-1][0][0] <= _TOUCH:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return [sorted(cluster, key=lambda line: line[1]) for cluster in clusters]


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that cross or touch each other, directly or through others."""
    flat = [rule for rule in rules if rule.horizontal]
    upright = [rule for rule in rules if not rule.horizontal]
    if not flat or not upright or max(len(flat), len(upright)) > _MOST_LINES:
        return []
    home = {rule: rule for rule in rules}

    def root(rule: Rule) -> Rule:
        while home[rule] != rule:
            home[rule] = home[home[rule]]
            rule = home[rule]
        return rule

    for line in flat:
        for pole in upright:
            meets_x = line.x0 - _TOUCH <= pole.x0 <= line.x1 + _TOUCH
            if meets_x and pole.y0 - _TOUCH <= line.y0 <= pole.y1 + _TOUCH:
                home[root(line)] = root(pole)
    groups: dict[Rule, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(root(rule), []).append(rule)
    return [group for group in groups.values() if len(group) > 3]


def _steps(values: Iterable[float]) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _TOUCH:
            steps.append(value)
    return steps


def _cell_boxes(xs: Sequence[float], ys: Sequence[float], group: Sequence[Rule]) -> list[tuple[int, int, int, int]]:
    """(row, col, rowspan, colspan), rows from the top. Fields without a line between them are one cell."""
    rows, cols = len(ys) - 1, len(xs) - 1
    flat = [rule for rule in group if rule.horizontal]
    upright = [rule for rule in group if not rule.horizontal]
    boxes: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        top, bottom = ys[rows - row], ys[rows - row - 1]
        for col in range(cols):
            if (row, col) in taken:
                continue
            right = col
            while right + 1 < cols and not _ruled_upright(upright, xs[right + 1], bottom, top):
                right += 1
            lower = row
            while lower + 1 < rows and not _ruled_flat(flat, ys[rows - lower - 1], xs[col], xs[right + 1]):
                lower += 1
            taken.update((r, c) for r in range(row, lower + 1) for c in range(col, right + 1))
            boxes.append((row, col, lower - row + 1, right - col + 1))
    return boxes


def _ruled_upright(upright: Sequence[Rule], x: float, bottom: float, top: float) -> bool:
    covered = sum(max(0.0, min(rule.y1, top) - max(rule.y0, bottom)) for rule in upright if abs(rule.x0 - x) <= _TOUCH)
    return covered >= (top - bottom) * _COVER


def _ruled_flat(flat: Sequence[Rule], y: float, left: float, right: float) -> bool:
    covered = sum(max(0.0, min(rule.x1, right) - max(rule.x0, left)) for rule in flat if abs(rule.y0 - y) <= _TOUCH)
    return covered >= (right - left) * _COVER


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = glyph.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _fill(
    boxes: Sequence[tuple[int, int, int, int]], xs: Sequence[float], ys: Sequence[float], glyphs: Sequence[Glyph]
) -> list[PdfCell]:
    rows = len(ys) - 1
    owner = {
        (row + down, col + across): index
        for index, (row, col, rowspan, colspan) in enumerate(boxes)
        for down in range(rowspan)
        for across in range(colspan)
    }
    contents: list[list[Glyph]] = [[] for _ in boxes]
    for glyph in glyphs:
        x, y = glyph.middle
        col = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
        row = rows - 1 - min(max(bisect_right(ys, y) - 1, 0), rows - 1)
        contents[owner[(row, col)]].append(glyph)
    return [PdfCell(*box, cell_text(lines_of([inside]))) for box, inside in zip(boxes, contents, strict=True)]
