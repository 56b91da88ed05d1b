"""Duties out of a 任务分工表 or 责任分解表: one row, one duty.

The heading row says which column is what. A merged cell holds for every row that it spans: a task merged over three
rows of owners is one duty, an owner merged over three tasks owns all three. A cell across the table is a chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mingchuang.reading.columns import ColumnKind, column_kind, is_heading_row
from mingchuang.reading.duties import DutyMaker, odd_units
from mingchuang.reading.markers import Marker, marker_at
from mingchuang.reading.model import Assignment, Duty, Subtask
from mingchuang.reading.owners import Clause, Role, read_clause
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection
from mingchuang.reading.sentences import sentences_in
from mingchuang.reading.suggest import units_in_running_text

_HEADING_ROWS = 4
_RULE = re.compile("[-=_：|+]+$")
_NOBODY = re.compile("(?:无|暂无|[-/\\\\—]+)$")
_AS_ABOVE = re.compile("(?:同上|〃|″)$")
_FAR = 200
_ROLES: dict[ColumnKind, Role] = {"lead": "lead", "main": "main", "support": "support"}


@dataclass(slots=True)
class Grid:
    """Cells of one table by row and column; merged cells stand in every position that they span."""

    cells: dict[tuple[int, int], Paragraph] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def row(self, row: int) -> list[Paragraph]:
        """The cells of a row from left to right, each once."""
        found: list[Paragraph] = []
        for column in range(self.columns):
            cell = self.cells.get((row, column))
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found


def grid_of(cells: list[Paragraph]) -> Grid:
    """Lay the cells of one table out."""
    grid = Grid()
    for cell in cells:
        place = cell.place
        if place is None:
            continue
        grid.rows = max(grid.rows, place.row + 1)
        grid.columns = max(grid.columns, place.col + 1)
        for row in range(place.row, place.row + min(place.rowspan, 5000)):
            for column in range(place.col, place.col + min(place.colspan, 64)):
                grid.cells.setdefault((row, column), cell)
        grid.columns = max(grid.columns, place.col + min(place.colspan, 64))
    return grid


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; ``first`` is the first row below the heading."""

    kinds: dict[int, ColumnKind]
    first: int

    def of(self, *kinds: ColumnKind) -> list[int]:
        """Columns of these kinds, from left to right."""
        return sorted(column for column, kind in self.kinds.items() if kind in kinds)


class TableReader:
    """Reads the duties of one table. ``prefix`` goes before each reference."""

    def __init__(self, cells: list[Paragraph], maker: DutyMaker, prefix: str) -> None:
        self._projection: Projection = maker.projection
        self._maker = maker
        self._prefix = prefix
        self._grid = grid_of(cells)
        self._chapter = ""
        self._count = 0
        self._group: Paragraph | None = None
        self._named: dict[int, Paragraph] = {}
        """The last cell of each column that named somebody."""

    def duties(self) -> list[Duty]:
        """The duties, in the order of the rows; empty when this is no table of duties."""
        columns = self._columns()
        if columns is None:
            return []
        found: list[Duty] = []
        for rows in self._blocks(columns):
            duty = self._duty(rows, columns)
            if duty is not None:
                found.append(duty)
        return found

    def _text(self, cell: Paragraph | None) -> str:
        return self._projection.folded[cell.start : cell.end] if cell else ""

    def _columns(self) -> Columns | None:
        for row in range(min(_HEADING_ROWS, self._grid.rows)):
            if not is_heading_row([self._text(cell) for cell in self._grid.row(row)]):
                continue
            kinds: dict[int, ColumnKind] = {}
            first = row + 1
            for column in range(self._grid.columns):
                cell = self._grid.cells.get((row, column))
                below = self._grid.cells.get((row + 1, column))
                kind = column_kind(self._text(cell))
                is_split = cell is not None and cell.place is not None and cell.place.colspan > 1
                sub = column_kind(self._text(below)) if is_split else None
                if sub:
                    first = row + 2
                if sub or kind:
                    kinds[column] = sub or kind  # type: ignore[assignment]
            return Columns(kinds, first)
        return None

    def _blocks(self, columns: Columns) -> Iterator[list[int]]:
        """Rows that share one task cell."""
        tasks = columns.of("task")
        block: list[int] = []
        for row in range(columns.first, self._grid.rows):
            cell = self._grid.cells.get((row, tasks[-1]))
            above = self._grid.cells.get((row - 1, tasks[-1])) if block else None
            if block and cell is not above:
                yield block
                block = []
            block.append(row)
        if block:
            yield block

    def _duty(self, rows: list[int], columns: Columns) -> Duty | None:
        tasks = columns.of("task")
        cell = self._grid.cells.get((rows[0], tasks[-1]))
        alone = [row for row in rows if self._is_chapter(row)]
        if cell is None or alone or _RULE.match(self._text(cell)):
            return None
        if column_kind(self._text(cell)) is not None and is_heading_row(
            [self._text(c) for c in self._grid.row(rows[0])]
        ):
            return None  # the heading again on the next page
        self._count += 1
        group = self._group_of(rows[0], cell, tasks[:-1])
        start, end = self._body(cell)
        sentences = sentences_in(self._projection, [(start, end)])
        times = [c for col in columns.of("time") for c in self._cells(rows, col)]
        assignments = self._assignments(rows, columns)
        owners = {unit for a in assignments for unit in a.units}
        named = [n for a, b in sentences for n in units_in_running_text(self._projection, a, b) if n not in owners]
        return Duty(
            ref=self._maker.unique(self._reference(rows[0], cell, group, columns)),
            heading=self._heading(group),
            text=self._projection.clean(cell.start, cell.end),
            span=self._projection.span(cell.start, cell.end),
            assignments=assignments,
            suggested_units=tuple(dict.fromkeys(named)),
            subtasks=tuple(Subtask(self._projection.clean(a, b), self._projection.span(a, b)) for a, b in sentences),
            measures=self._maker.measures([(cell.start, cell.end)])
            + self._maker.measures([(c.start, c.end) for c in times], are_due=True),
        )

    def _group_of(self, row: int, cell: Paragraph, columns: list[int]) -> Paragraph | None:
        """The heading cell to the left; an empty one repeats the one above it."""
        found = [self._grid.cells.get((row, column)) for column in columns]
        if columns and found[-1] is not cell:
            self._group = found[-1] or self._group
            return self._group
        return None

    def _is_chapter(self, row: int) -> bool:
        """One cell across the whole row, or a numbered one with nothing beside it: 一、推进决策公开."""
        cells = self._grid.row(row)
        if len(cells) != 1 or self._grid.columns < 3 or cells[0].place is None:
            return False
        cell, place = cells[0], cells[0].place
        if place.row != row or (place.colspan < 2 and self._marker(cell) is None):
            return False
        marker = self._marker(cell)
        self._chapter = marker.token if marker else ""
        self._group = None
        return True

    def _cells(self, rows: list[int], column: int) -> list[Paragraph]:
        found: list[Paragraph] = []
        for row in rows:
            cell = self._grid.cells.get((row, column))
            if cell is not None and cell not in found:
                found.append(cell)
        return found

    def _marker(self, cell: Paragraph | None) -> Marker | None:
        marker = marker_at(self._projection, cell.start, cell.end) if cell else None
        return marker if marker and not marker.is_damaged else None

    def _body(self, cell: Paragraph) -> tuple[int, int]:
        marker = self._marker(cell)
        return (marker.end if marker else cell.start), cell.end

    def _heading(self, group: Paragraph | None) -> str | None:
        if group is None:
            return None
        return self._projection.clean(*self._body(group)).rstrip("。.：；") or None

    def _reference(self, row: int, cell: Paragraph, group: Paragraph | None, columns: Columns) -> str:
        """Chapter, group and number as written; without any number the row is counted."""
        marker = self._marker(cell)
        written = next((self._text(self._grid.cells.get((row, c))) for c in columns.of("number")), "").rstrip(".、")
        above = self._marker(group)
        own = marker.token if marker else written if written and len(written) <= 8 else str(self._count)
        chapter = self._chapter + (above.token if above and above.token != own else "")
        return f"{self._prefix}{chapter}{own}"

    # --- owners

    def _owner_cells(self, rows: list[int], column: int) -> list[Paragraph]:
        """The cells of a column that name somebody; 同上 stands for the cell above."""
        found: list[Paragraph] = []
        for cell in self._cells(rows, column):
            text = self._text(cell)
            if _NOBODY.match(text):
                continue
            if not _AS_ABOVE.match(text):
                self._named[column] = cell
            if column in self._named:
                found.append(self._named[column])
        return found

    def _assignments(self, rows: list[int], columns: Columns) -> tuple[Assignment, ...]:
        read: list[Clause] = []
        for column in columns.of("lead", "main", "support"):
            role = _ROLES[columns.kinds[column]]
            for cell in self._owner_cells(rows, column):
                clause = read_clause(self._projection, (cell.start, cell.end), (cell.start, cell.end), role=role)
                if clause is not None:
                    read.append(clause)
        self._maker.warnings += odd_units(self._projection, read)
        if columns.of("support") and not columns.of("lead"):  # who answers leads those who support
            mains = [slice(c.start, c.end) for col in columns.of("main") for c in self._owner_cells(rows, col)]
            spans = {(place.start, place.stop) for place in mains}
            read = [replace(c, lead=c.lead or c.units) if (c.start, c.end) in spans else c for c in read]
        return tuple(
            clause.assignment(self._projection, (clause.start, clause.end))
            for clause in _together(sorted(read, key=lambda c: c.start))
        )


def _together(clauses: list[Clause]) -> list[Clause]:
    """Lead and supporting units of one row are one assignment, when their cells stand near each other."""
    if len(clauses) < 2 or not any(clause.lead for clause in clauses) or clauses[-1].start - clauses[0].end > _FAR:
        return clauses
    return [
        Clause(
            start=clauses[0].start,
            end=max(clause.end for clause in clauses),
            units=tuple(unit for clause in sorted(clauses, key=lambda c: not c.lead) for unit in clause.units),
            lead=tuple(unit for clause in clauses for unit in clause.lead),
            mode="lead",
            open=any(clause.open for clause in clauses),
            is_labelled=True,
            odd=tuple(odd for clause in clauses for odd in clause.odd),
        )
    ]
