"""Lines and tables of all pages composed in reading order, page furniture taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.extract import Place
from mingchuang.reading.formats.pdf.furniture import Page, find_furniture
from mingchuang.reading.formats.pdf.glyphs import PageContent
from mingchuang.reading.formats.pdf.lines import Line, lines_of
from mingchuang.reading.formats.pdf.paragraphs import Setting, settings_of
from mingchuang.reading.formats.pdf.spread import GrownTable
from mingchuang.reading.formats.pdf.tables import PdfTable, take_tables


@dataclass(frozen=True, slots=True)
class _Sheet:
    lines: list[Line]
    tables: list[PdfTable]


@dataclass(frozen=True, slots=True)
class _SetLine:
    line: Line
    setting: Setting
    page: int


class PageComposer:
    """Composes the whole document: furniture and margins are judged over all pages together."""

    def __init__(self, contents: Sequence[PageContent], composer: Composer) -> None:
        self._contents = contents
        self._composer = composer

    def compose(self) -> None:
        sheets = self._without_furniture([_sheet(content) for content in self._contents])
        settings = settings_of([sheet.lines for sheet in sheets])
        items: list[_SetLine | GrownTable] = []
        for page, (sheet, standing) in enumerate(zip(sheets, settings, strict=True), start=1):
            for item in _in_order(sheet, standing, page):
                self._append(items, item, page)
        self._write(items)

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

    def _append(self, items: list[_SetLine | GrownTable], item: _SetLine | PdfTable, page: int) -> None:
        """A table that goes on at the head of the next page with the same columns stays one table."""
        if isinstance(item, _SetLine):
            items.append(item)
            return
        last = items[-1] if items else None
        if isinstance(last, GrownTable) and last.page == page - 1 and last.fits(item):
            for repeated in last.grow(item, page):
                self._composer.drop(repeated, "running_header", page)
        else:
            items.append(GrownTable(item, page))

    def _write(self, items: Sequence[_SetLine | GrownTable]) -> None:
        table = 0
        for item in items:
            if isinstance(item, _SetLine):
                setting = item.setting
                self._composer.add("line", item.line.text, opens=setting.opens, align=setting.align, page=item.page)
                continue
            for cell, page in item.cells:
                place = Place(table, cell.row, cell.col, cell.rowspan, cell.colspan)
                self._composer.add("cell", cell.text, page=page, place=place)
            table += 1


def _in_order(sheet: _Sheet, standing: Sequence[Setting], page: int) -> Iterator[_SetLine | PdfTable]:
    waiting = list(sheet.tables)
    for line, setting in zip(sheet.lines, standing, strict=True):
        while waiting and line.base < waiting[0].top:
            yield waiting.pop(0)
        yield _SetLine(line, setting, page)
    yield from waiting


def _sheet(content: PageContent) -> _Sheet:
    glyphs = [glyph for run in content.runs for glyph in run]
    tables, outside = take_tables(content.rules, glyphs)
    return _Sheet(lines_of([outside]), tables)
