"""XLSX: every visible sheet is a table, its cells the blocks. Task tables (任务分工表) circulate this way.

Meant to run in the child process: a sheet with two far corners makes the parser ask for more memory than there is.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

import python_calamine

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.archive import DAMAGED_ARCHIVE
from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.extract import Extract, Place, Unreadable

_EXACT_DIGITS = 15  # a double holds so many; longer codes typed as numbers have lost their end

CellValue = Any  # int, float, str, bool, datetime, date, time, timedelta, as calamine gives them


def read_sheet(data: bytes) -> Extract:
    """Read a workbook; raises ``Unreadable``. Formulas stand as their last calculated values."""
    composer = Composer("xlsx")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted", "文件设有打开密码，无法读取：请取消密码后重新上传。") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("damaged", DAMAGED_ARCHIVE) from error
    if len(book.sheets_metadata) > limits.SHEETS:
        raise Unreadable("too_many_sheets", f"工作簿的工作表超过 {limits.SHEETS} 个，不能读取：请拆分后重新上传。")
    for table, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        cells = _cells(book, sheet.name)
        if sheet.visible is python_calamine.SheetVisibleEnum.Visible:
            _add_sheet(composer, cells, table)
        else:
            composer.drop(cells.as_text(), "hidden")
            composer.warn("hidden_sheet", f"工作表“{sheet.name}”是隐藏的，未读入正文，已另行列出。")
    if not composer.has_text:
        raise Unreadable("empty", "工作簿里没有文字。")
    return composer.finish()


@dataclass(frozen=True, slots=True)
class _Cells:
    """``rows`` of values from the first used cell on, which stands at ``origin``; ``merges`` by their first cell."""

    name: str
    rows: list[list[CellValue]]
    merges: dict[tuple[int, int], tuple[int, int]]
    origin: tuple[int, int]

    def as_text(self) -> str:
        lines = ("\t".join(text for value in values if (text := cell_text(value).strip())) for values in self.rows)
        return "\n".join(line for line in lines if line)


def _cells(book: Any, name: str) -> _Cells:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            return _Cells(name, [], {}, (0, 0))
        if sheet.height * sheet.width > limits.SHEET_CELLS:
            raise Unreadable("too_large_table", f"工作表“{name}”的范围过大，无法读取：请删去空白行列后重新上传。")
        merges = {
            (first[0], first[1]): (last[0] - first[0] + 1, last[1] - first[1] + 1)
            for first, last in sheet.merged_cell_ranges or ()
        }
        return _Cells(name, sheet.to_python(skip_empty_area=True), merges, (sheet.start[0], sheet.start[1]))
    except python_calamine.CalamineError as error:
        raise Unreadable("damaged", DAMAGED_ARCHIVE) from error


def _add_sheet(composer: Composer, cells: _Cells, table: int) -> None:
    for row, values in enumerate(cells.rows, start=cells.origin[0]):
        for col, value in enumerate(values, start=cells.origin[1]):
            text = cell_text(value)
            place = Place(table, row, col, *cells.merges.get((row, col), (1, 1)))
            span = composer.add("cell", text, place=place)
            if span is not None and isinstance(value, float) and len(text.lstrip("-")) > _EXACT_DIGITS:
                where = f"工作表“{cells.name}”第 {row + 1} 行第 {col + 1} 列"
                composer.warn("inexact_number", f"{where}的长编号按数字存放，Excel 已丢失末尾几位，请核对。", span)


def cell_text(value: CellValue) -> str:
    """A value as a reader of the sheet would type it: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    return str(value)
