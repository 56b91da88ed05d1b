"""Rows of a table out of what offices have: a workbook (XLSX), a text with tabs or commas, cells copied from a sheet.

Columns are found by their heads, in any order, whatever stands above the head (title, unit of account, date). Nothing
is guessed: a head that is not known, a column that is missing, a number that a spreadsheet has rounded is said with its
place. The values themselves are judged later, by `form_values.parse_rows`.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.reading.formats import Extract, Unreadable, extract
from mingchuang.records import form_values
from mingchuang.records.kind import Field, Table

Grid = Sequence[Sequence[str]]

_HEAD_WITHIN = 20
_BRACKETED = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_IGNORED_HEADS = frozenset({"序号", "编号", "备注", "no", "no."})
#: Spreadsheets hold no longer list of choices inside a cell's rule.
_LONGEST_LIST = 255
_SUM_ROWS = frozenset({"合计", "总计", "小计"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found: `rows` as `form_values.parse_rows` takes them, `places` the line of each in the sheet (from 1),
    `issues` what keeps it from being taken, `remarks` what the clerk should know (columns and sum rows left out)."""

    rows: tuple[Mapping[str, str], ...]
    places: tuple[int, ...]
    issues: tuple[Issue, ...]
    remarks: tuple[str, ...]


def read_file(table: Table, data: bytes, name: str) -> Sheet:
    """The rows of a table in an uploaded file: XLSX, CSV or TXT with tabs. Of several sheets the first that has the
    head is taken. A file that cannot be read is an issue, in the words of `reading.formats`."""
    try:
        source = extract(data, name)
    except Unreadable as fault:
        return Sheet((), (), (Issue(f"records.{fault.code}", fault.message, field=table.name),), ())
    if source.source_format == "xlsx":
        warned = [
            Issue(f"records.{w.code}", w.message, field=table.name)
            for w in source.warnings
            if w.code == "inexact_number"
        ]
        found = [_rows(table, grid) for grid in _grids(source)]
        best = next((sheet for sheet in found if not sheet.issues), found[0])
        return Sheet(best.rows, best.places, (*warned, *best.issues), best.remarks)
    if source.source_format != "txt":
        told = {"pdf": "PDF", "docx": "Word 文件", "html": "网页"}[source.source_format]
        message = f"这是{told}，不是电子表格，没有读入：请另存为 XLSX 或者 CSV 后再导入。"
        return Sheet((), (), (Issue("records.no_spreadsheet", message, field=table.name),), ())
    return read_text(table, source.text)


def read_text(table: Table, text: str) -> Sheet:
    """The rows of a table in text: cells copied from a spreadsheet (tabs), or lines with commas.

    Without a head the columns stand in the order of the form, and there are as many of them.
    """
    dialect = "excel-tab" if "\t" in text or len(table.columns) == 1 else "excel"
    try:
        grid = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect=dialect)]
    except csv.Error as fault:
        message = f"“{table.label}”的表格文字无法分列，请从电子表格重新复制。"
        return Sheet(
            (), (), (Issue("records.table_text", message, field=table.name, context={"fault": str(fault)}),), ()
        )
    return _rows(table, grid, headless=True)


def workbook(table: Table, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The table as XLSX: heads, the rows, texts as texts (long numbers keep their digits), choices to pick from."""
    target = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415 - for those who write a sheet, not for every process

    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_sheet_name(table.label))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for place, column in enumerate(table.columns):
        number = column.type in {"integer", "decimal"}
        form = book.add_format(
            {"num_format": "0" if column.type == "integer" else "0." + "0" * column.places if number else "@"}
        )
        sheet.set_column(place, place, 12 if number else 20, form)
        sheet.write_string(0, place, f"{column.label}（{column.unit}）" if column.unit else column.label, head)
        for line, row in enumerate(rows, 1):
            value = row[column.name]
            if number and value is not None:
                sheet.write_number(line, place, value, form)
            else:
                sheet.write_string(line, place, form_values.shown(column, value), form)
        if column.choices:
            source = [label for _, label in column.choices]
            if sum(map(len, source)) + len(source) <= _LONGEST_LIST:
                sheet.data_validation(1, place, table.most, place, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _sheet_name(label: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "", label)[:31]


def _grids(source: Extract) -> list[Grid]:
    """Every sheet as lines of cells; a merged cell's text stands in its first place only."""
    sheets: dict[int, dict[int, dict[int, str]]] = {}
    for block in source.blocks:
        if block.place is not None:
            line = sheets.setdefault(block.place.table, {}).setdefault(block.place.row, {})
            line[block.place.col] = source.text[slice(*block.span)]
    made: list[Grid] = []
    for sheet in sheets.values():
        width = max(max(line) for line in sheet.values()) + 1
        height = max(sheet) + 1
        made.append([[sheet.get(row, {}).get(col, "") for col in range(width)] for row in range(height)])
    return made


def _rows(table: Table, grid: Grid, *, headless: bool = False) -> Sheet:
    head = _head(table, grid)
    if head is None:
        return _without_head(table, grid, headless)
    place, columns, unknown = head
    missing = [column.label for column in table.columns if column.required and column.name not in columns.values()]
    issues = [
        Issue("records.column_missing", f"“{table.label}”的表头里没有“{label}”一列。", field=table.name)
        for label in missing
    ]
    remarks = [f"表头里的“{label}”不是“{table.label}”的栏目，没有读入。" for label in unknown]
    rows, places, sums = _body(table, grid, place + 1, columns)
    remarks += [f"第 {line} 行是“{word}”行，没有读入。" for line, word in sums]
    return Sheet(tuple(rows), tuple(places), tuple(issues), tuple(remarks))


def _without_head(table: Table, grid: Grid, headless: bool) -> Sheet:
    filled = [line for line in grid if any(line)]
    labels = "、".join(column.label for column in table.columns)
    if not headless or any(len(_trimmed(line)) > len(table.columns) for line in filled):
        message = f"没有找到“{table.label}”的表头。表头应有这些栏目：{labels}。"
        return Sheet((), (), (Issue("records.no_head", message, field=table.name),), ())
    columns = dict(enumerate(column.name for column in table.columns))
    rows, places, sums = _body(table, grid, 0, columns)
    remarks = [f"没有表头，按这个顺序读入：{labels}。"] if rows else []
    remarks += [f"第 {line} 行是“{word}”行，没有读入。" for line, word in sums]
    return Sheet(tuple(rows), tuple(places), (), tuple(remarks))


def _trimmed(line: Sequence[str]) -> list[str]:
    kept = list(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _head(table: Table, grid: Grid) -> tuple[int, dict[int, str], list[str]] | None:
    """(its line, grid column → column name, heads that are not known) of the first line that names at least half of
    the columns, or all the required ones."""
    known = _known_heads(table.columns)
    needed = {column.name for column in table.columns if column.required} or {table.columns[0].name}
    for place, line in enumerate(grid[:_HEAD_WITHIN]):
        columns: dict[int, str] = {}
        unknown = []
        for number, cell in enumerate(line):
            name = known.get(plain_head(cell))
            if name is not None and name not in columns.values():
                columns[number] = name
            elif cell and plain_head(cell) not in _IGNORED_HEADS:
                unknown.append(cell)
        found = set(columns.values())
        if found and (needed <= found or 2 * len(found) >= len(table.columns)):
            return place, columns, unknown
    return None


def _known_heads(columns: Iterable[Field]) -> dict[str, str]:
    return {plain_head(word): column.name for column in columns for word in (column.name, *column.heads, column.label)}


def plain_head(text: str) -> str:
    """A head as it is compared: without blanks, width, and what stands in brackets (单位：万元)."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().rstrip(":*")
    return _BRACKETED.sub("", folded) or folded


def _body(
    table: Table, grid: Grid, first: int, columns: Mapping[int, str]
) -> tuple[list[dict[str, str]], list[int], list[tuple[int, str]]]:
    """(rows, the line of each, sum rows left out). A sum row is one whose first filled cell says so, or the first
    behind its choices (收入, 支出)."""
    choices = {column.name for column in table.columns if column.choices}
    rows, places, sums = [], [], []
    for line, cells in enumerate(grid[first:], first + 1):
        words = [(number, re.sub(r"\s", "", cell)) for number, cell in enumerate(cells) if cell]
        behind = [word for number, word in words if columns.get(number) not in choices]
        said = next((word for word in ([words[0][1]] if words else []) + behind[:1] if word in _SUM_ROWS), "")
        if said:
            sums.append((line, said))
            continue
        row = {name: cells[number] for number, name in columns.items() if number < len(cells)}
        if any(row.values()):
            rows.append(row)
            places.append(line)
    return rows, places, sums
