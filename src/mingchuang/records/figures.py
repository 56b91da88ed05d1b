"""Figures that are computed and never typed: each cell knows the public records behind it.

A kind declares its own in a module `figures` beside its declaration (`FIGURES`), found by scanning.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec

from mingchuang.records import plain_sheet
from mingchuang.records.kinds import installed_kinds

#: A share of nothing, and of everything.
NOTHING = "—"
WHOLE = "100.0%"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its words, the records that it counts (public ones, by key), and `attention` where something is
    missing."""

    text: str
    records: tuple[int, ...] = ()
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `key` tells it in addresses, `head` on the page."""

    key: str
    head: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stood on a day: heads (the first one over the heads of lines), lines, and what it comes to in a sentence."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    sentence: str

    def cell(self, key: str, column: int) -> tuple[Line, Cell] | None:
        """The cell of a line in a column, counted from 1; None where there is none."""
        line = next((line for line in self.lines if line.key == key), None)
        return (line, line.cells[column - 1]) if line and 1 <= column <= len(line.cells) else None


@dataclass(frozen=True, slots=True)
class Figures:
    """A declared table of figures. `years` are those of which there is anything, newest first (None: it has no
    years); `build` works it out for a year (0 where there is none) as of a day. `rule` cites what is measured, `how`
    says what is counted."""

    id: str
    title: str
    rule: str
    how: str
    years: Callable[[], Sequence[int]] | None
    build: Callable[[int, date], Sheet]


@cache
def all_figures() -> tuple[Figures, ...]:
    """Every declared table, in the order of the kinds. Raises ValueError when two have one id."""
    found: dict[str, Figures] = {}
    for app in installed_kinds():
        if find_spec(f"{app}.figures") is None:
            continue
        declared: Figures = importlib.import_module(f"{app}.figures").FIGURES
        if declared.id in found:
            raise ValueError(f"the figures {declared.id} are declared twice")
        found[declared.id] = declared
    return tuple(found.values())


def counted(records: Iterable[int], *, wanted: bool = False) -> Cell:
    """A count with its records; `wanted`: none is something to attend to."""
    behind = tuple(dict.fromkeys(records))
    return Cell(str(len(behind)), behind, wanted and not behind)


def share(part: Iterable[int], whole: Iterable[int], *, least: int | None = None) -> Cell:
    """How much of the whole, in percent with one place; behind it stands what is missing, or all when nothing is. Less
    than `least` percent is something to attend to."""
    inside, all_of = set(part), list(dict.fromkeys(whole))
    if not all_of:
        return Cell(NOTHING)
    lacking = tuple(one for one in all_of if one not in inside)
    percent = 100 * (len(all_of) - len(lacking)) / len(all_of)
    # Rounded down: 99.96 % is not all.
    return Cell(f"{int(percent * 10) / 10:.1f}%", lacking or tuple(all_of), least is not None and percent < least)


def as_csv(sheet: Sheet) -> bytes:
    """The table as CSV (UTF-8 with its mark, as spreadsheets expect it); nothing in it is taken for a formula."""
    lines = ([line.head, *(cell.text for cell in line.cells)] for line in sheet.lines)
    return plain_sheet.as_csv([sheet.heads, *lines])


def as_xlsx(declared: Figures, sheet: Sheet) -> bytes:
    """The table as XLSX, A4 landscape: counts as numbers, everything else as text."""
    target = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415 - for those who write a sheet, not for every process

    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(declared.title[:31])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for place, text in enumerate(sheet.heads):
        page.set_column(place, place, 28 if place == 0 else 12)
        page.write_string(0, place, text, head)
    for number, line in enumerate(sheet.lines, 1):
        page.write_string(number, 0, line.head)
        for place, cell in enumerate(line.cells, 1):
            if cell.text.isdecimal():
                page.write_number(number, place, int(cell.text))
            else:
                page.write_string(number, place, cell.text)
    page.freeze_panes(1, 1)
    book.close()
    return target.getvalue()
