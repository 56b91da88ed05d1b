"""History in workbooks: one record a row, of any kind whose text fits a row; kinds may have a reader of their own.

A kind's own reader stands in its module `history` with `COLUMNS` and `read` (`land`); for the others the columns are
the fields of the form, headed by their labels. Nothing is written here: `do.enter_history` and `do.take_over` take the
entries.
"""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import form_values, spreadsheet
from mingchuang.records.kind import Field, Kind, Table, kind, kinds
from mingchuang.records.models import Row

RULE = "《政府信息公开条例》第十二条"
#: What every row of history has besides the fields of its kind.
PUBLIC_ON = "original_public_on"
ADDRESS = "original_address"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of history: form values, the line of its source (from 1), where it stood before, and since when it
    was public there (None: the source does not say that it was)."""

    line: int
    values: Mapping[str, Any]
    address: str = ""
    public_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook held: entries, all faults (each with its row), remarks on what was left out. With faults there
    are no entries: a workbook is mended and read again whole."""

    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...]
    remarks: tuple[str, ...]


def offered() -> tuple[Kind, ...]:
    """The kinds whose history can be read from a workbook: on the web, and with no table that must have rows."""
    return tuple(found for found in kinds().values() if _own(found) is not None or _fits_a_row(found))


def columns(kind_id: str) -> Table:
    """The columns of a workbook of this kind's history."""
    declared = kind(kind_id)
    own = _own(declared)
    if own is not None:
        table: Table = own.COLUMNS
        return table
    given = tuple(replace(field, home="content", reference=None, fold="", chain="") for field in declared.fields)
    more = (
        Field(PUBLIC_ON, "原公开日期", "date", statute=RULE, heads=("发布日期", "公开日期")),
        Field(ADDRESS, "原网址", "line", max_length=500, heads=("原地址", "网址", "链接")),
    )
    model: type[Any] = Row  # stands for “a table of rows”; nothing is stored in it
    return Table("history", f"历史{declared.title}", model, statute=RULE, columns=(*given, *more))


def read(kind_id: str, data: bytes, name: str, today: datetime.date) -> Workbook:
    """The records in an uploaded workbook (XLSX, CSV, TXT with tabs); rows are told by their line in the sheet."""
    own = _own(kind(kind_id))
    if own is not None:
        found: Workbook = own.read(data, name, today)
        return found
    table = columns(kind_id)
    sheet = spreadsheet.read_file(table, data, name)
    if sheet.issues:
        return Workbook((), sheet.issues, sheet.remarks)
    rows, issues, _ = form_values.parse_rows(table, sheet.rows, places=sheet.places)
    faults = [*issues, *(_faults(table, sheet.places, rows, today) if len(rows) == len(sheet.places) else ())]
    if not sheet.rows:
        faults.append(Issue("records.no_entries", "表格里没有一行内容。", field="history", rule=RULE))
    if faults:
        return Workbook((), tuple(faults), sheet.remarks)
    made = (_entry(line, row) for line, row in zip(sheet.places, rows, strict=True))
    return Workbook(tuple(made), (), sheet.remarks)


def _own(declared: Kind) -> Any:
    module = f"{declared.model.__module__.rpartition('.')[0]}.history"
    return importlib.import_module(module) if find_spec(module) is not None else None


def _fits_a_row(declared: Kind) -> bool:
    return declared.channel == "web" and not any(table.required for table in declared.tables)


def _faults(
    table: Table, places: Sequence[int], rows: Sequence[Mapping[str, Any]], today: datetime.date
) -> list[Issue]:
    found = []
    for line, row in zip(places, rows, strict=True):
        if row[PUBLIC_ON] and row[PUBLIC_ON] > today:
            found.append(_fault(table, line, PUBLIC_ON, f"原公开日期{row[PUBLIC_ON]}晚于今天。"))
        if row[ADDRESS] and not row[ADDRESS].startswith(("http://", "https://")):
            found.append(_fault(table, line, ADDRESS, "原网址应当以 http:// 或者 https:// 开头。"))
    return found


def _fault(table: Table, line: int, name: str, message: str) -> Issue:
    column = table.column(name)
    if column is None:
        raise LookupError(name)
    return form_values.in_row(table, line, column, Issue("records.history", message, rule=RULE))


def _entry(line: int, row: Mapping[str, Any]) -> Entry:
    values = {name: value for name, value in row.items() if name not in (PUBLIC_ON, ADDRESS)}
    return Entry(line, values, row[ADDRESS], row[PUBLIC_ON])
