"""The 责任分解表 as offices circulate it: an XLSX, A4 landscape, heading row on every page, text wrapped.

Every cell is written as a string, so that nothing in a notice can become a formula or a date.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mingchuang.reading import wording
from mingchuang.reading.model import Duty, Reading

_COLUMNS = (("编号", 11), ("任务", 22), ("具体要求", 48), ("责任单位", 30), ("完成时限", 18), ("指标和禁令", 18))
_LINE = 15.5
_CELL_LIMIT = 32_767  # characters that a cell may hold
_FIRST_ROW = 3


def write_sheet(reading: Reading, path: Path) -> None:
    """Write the table to ``path``, replacing what is there. Raises OSError when that is impossible."""
    import xlsxwriter  # noqa: PLC0415 - for those who write a sheet, not for every process

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    try:
        _duties(book, reading)
        _warnings(book, reading)
        book.set_properties({"title": reading.title or "责任分解表"})
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


def _duties(book: Any, reading: Reading) -> None:
    sheet = book.add_worksheet("责任分解表")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True})
    under = book.add_format({"font_size": 10, "align": "left", "valign": "vcenter", "text_wrap": True})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#E7EFEE"})
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", title)
    sheet.write_string(0, 0, f"{reading.title or '（文中没有标题）'}责任分解表", title)
    sheet.merge_range(1, 0, 1, last, "", under)
    sheet.write_string(1, 0, _source(reading), under)
    sheet.set_row(0, 42)
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST_ROW - 1, column, name, head)
    for row, duty in enumerate(reading.duties, _FIRST_ROW):
        values = _values(duty)
        for column, value in enumerate(values):
            sheet.write_string(row, column, value[:_CELL_LIMIT], cell)
        sheet.set_row(row, _height(values))
    sheet.freeze_panes(_FIRST_ROW, 2)
    sheet.autofilter(_FIRST_ROW - 1, 0, max(_FIRST_ROW, _FIRST_ROW + len(reading.duties) - 1), last)
    _print_setup(sheet)


def _source(reading: Reading) -> str:
    said = (reading.issuer, reading.number, reading.date.isoformat() if reading.date else None)
    return "  ".join(part for part in said if part) or "（文中没有发文机关、文号和日期）"


def _values(duty: Duty) -> tuple[str, ...]:
    body = "\n".join(subtask.text for subtask in duty.subtasks) or duty.text
    heading = duty.heading or ""
    return (duty.ref, heading, body, wording.owners(duty), wording.times(duty), wording.metrics(duty))


def _height(values: tuple[str, ...]) -> float:
    """Excel does not fit merged or programmatic rows by itself: count the lines that each cell will take."""
    lines = 1
    for value, (_, width) in zip(values, _COLUMNS, strict=True):
        each = max(1, int(width / 2.1))
        lines = max(lines, sum(max(1, -(-len(part) // each)) for part in value.split("\n")))
    return min(409.0, lines * _LINE + 4)


def _print_setup(sheet: Any) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _warnings(book: Any, reading: Reading) -> None:
    if not reading.warnings:
        return
    sheet = book.add_worksheet("提示")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "border": 1})
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "序号", head)
    sheet.write_string(0, 1, "请核对", head)
    for row, warning in enumerate(reading.warnings, 1):
        sheet.write_string(row, 0, str(row), wrapped)
        sheet.write_string(row, 1, warning.message[:_CELL_LIMIT], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
