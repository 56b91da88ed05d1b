"""Lines and tables of all pages composed in reading order, page furniture taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.extract import Place
from mingchuang.reading.formats.pdf.furniture import Page, find_furniture
from mingchuang.reading.formats.pdf.glyphs import PageContent
from mingchuang.reading.formats.pdf.lines import Line, lines_of
from mingchuang.reading.formats.pdf.paragraphs import Setting, settings_of
from mingchuang.reading.formats.pdf.tables import PdfTable, take_tables

_SAME_COLUMN = 4.0  # points by which the columns of a table may shift on the next page


@dataclass(frozen=True, slots=True)
class _Sheet:
    lines: list[Line]
    tables: list[PdfTable]


class PageComposer:
    """Composes the whole document: furniture and margins are judged over all pages together."""

    def __init__(self, contents: Sequence[PageContent], composer: Composer) -> None:
        self._contents = contents
        self._composer = composer
        self._table = -1
        self._row = 0
        self._open: PdfTable | None = None  # the table with which the text so far ends

    def compose(self) -> None:
        sheets = self._without_furniture([_sheet(content) for content in self._contents])
        settings = settings_of([sheet.lines for sheet in sheets])
        for number, (sheet, standing) in enumerate(zip(sheets, settings, strict=True), start=1):
            self._add_page(sheet, standing, number)

    def _without_furniture(self, sheets: list[_Sheet]) -> list[_Sheet]:
        furniture = find_furniture(
            [
                Page(sheet.lines, content.bottom, content.height)
                for sheet, content in zip(sheets, self._contents, strict=True)
            ]
        )
        for (number, index), reason in sorted(furniture.items()):
            self._composer.drop(sheets[number].lines[index].text, reason, number + 1)
        return [
            _Sheet([line for index, line in enumerate(sheet.lines) if (number, index) not in furniture], sheet.tables)
            for number, sheet in enumerate(sheets)
        ]

    def _add_page(self, sheet: _Sheet, standing: Sequence[Setting], page: int) -> None:
        waiting = list(sheet.tables)
        for line, setting in zip(sheet.lines, standing, strict=True):
            while waiting and line.base < waiting[0].top:
                self._add_table(waiting.pop(0), page)
            self._composer.add("line", line.text, opens=setting.opens, align=setting.align, page=page)
            self._open = None
        for table in waiting:
            self._add_table(table, page)

    def _add_table(self, table: PdfTable, page: int) -> None:
        """A table that goes on at the head of the next page with the same columns stays one table."""
        if self._open is None or not _same_columns(self._open, table):
            self._table += 1
            self._row = 0
        for cell in table.cells:
            place = Place(self._table, self._row + cell.row, cell.col, cell.rowspan, cell.colspan)
            self._composer.add("cell", cell.text, page=page, place=place)
        self._row += table.rows
        self._open = table


def _sheet(content: PageContent) -> _Sheet:
    glyphs = [glyph for run in content.runs for glyph in run]
    tables, outside = take_tables(content.rules, glyphs)
    return _Sheet(lines_of([outside]), tables)


def _same_columns(one: PdfTable, other: PdfTable) -> bool:
    return len(one.columns) == len(other.columns) and all(
        abs(left - right) <= _SAME_COLUMN for left, right in zip(one.columns, other.columns, strict=True)
    )
