"""A file as sheets of cells: merged cells known to every place that they cover, rows and columns as in the file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from mingchuang.reading.formats import Extract

_WIDEST = 40  # columns that a catalogue may have at most, if merged cells alone reach so far
_TABLE_FORMATS = frozenset({"xlsx", "txt"})


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` of the cell that covers a place; `row`, `col` where it begins (from 0), `wide` over how many columns."""

    text: str
    row: int
    col: int
    wide: int = 1


Line = dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines by row (from 0), each its cells by column. `number` counts sheets from 1. `knows_merges` is False for CSV,
    which keeps a merged cell's text in its first line only."""

    number: int
    lines: dict[int, Line]
    knows_merges: bool

    @property
    def height(self) -> int:
        return max(self.lines, default=-1) + 1


def sheets_of(source: Extract) -> list[Sheet]:
    """The sheets of a workbook, or the one table of a text with commas or tabs. Empty for any other format."""
    if source.source_format == "xlsx":
        return _workbook(source)
    return [_delimited(source.text)] if source.source_format in _TABLE_FORMATS else []


def _workbook(source: Extract) -> list[Sheet]:
    tables: dict[int, list[tuple[int, int, int, int, str]]] = {}
    for block in source.blocks:
        if block.place is not None:
            place = block.place
            cell = (place.row, place.col, place.rowspan, place.colspan, source.text_of(block))
            tables.setdefault(place.table, []).append(cell)
    sheets = []
    for table, cells in tables.items():
        last_row = max(row for row, *_ in cells)
        last_col = max(*(col for _, col, *_ in cells), _WIDEST)
        lines: dict[int, Line] = {}
        for row, col, high, wide, text in cells:
            # A merge may reach to the end of the sheet; what lies beyond the last written cell is nobody's.
            for covered_row in range(row, min(row + high, last_row + 1)):
                for covered_col in range(col, min(col + wide, last_col + 1)):
                    lines.setdefault(covered_row, {})[covered_col] = Cell(text, row, col, wide)
        sheets.append(Sheet(table + 1, lines, knows_merges=True))
    return sheets


def _delimited(text: str) -> Sheet:
    dialect = "excel-tab" if text.count("\t") > text.count(",") else "excel"
    lines: dict[int, Line] = {}
    for row, cells in enumerate(csv.reader(io.StringIO(text), dialect=dialect)):
        line = {col: Cell(cell.strip(), row, col) for col, cell in enumerate(cells) if cell.strip()}
        if line:
            lines[row] = line
    return Sheet(1, lines, knows_merges=False)
