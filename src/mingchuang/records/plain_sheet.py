"""Rows of words as a file for a spreadsheet: CSV and XLSX in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with its mark, as spreadsheets expect it; what one would run as a formula begins with '."""
    target = io.StringIO()
    csv.writer(target).writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, rows: Iterable[Sequence[str]], *, width: int) -> bytes:
    """An XLSX of one sheet; every cell is text. `width` of the columns in characters."""
    target = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415 - for those who write a sheet, not for every process

    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.set_column(place, place, width)
                sheet.write_string(number, place, cell)
    return target.getvalue()
