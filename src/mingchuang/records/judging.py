"""What the checks of kinds with tables share: values of a text, findings of a cell, codes and private numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mingchuang.norms.identifiers import check_uscc
from mingchuang.norms.outcome import Issue, Severity
from mingchuang.records import form_values, freezing, personal
from mingchuang.records.kind import Field, Table, kind
from mingchuang.records.models import Content, Revision

CODE_RULE = "GB 32100-2015"


def values_of(kind_id: str, revision: Revision, content: Content) -> dict[str, Any]:
    """Every field and every table of a text, as plain values."""
    return freezing.values_of(kind(kind_id), revision, content)


def cell(
    kind_id: str,
    place: tuple[str, int, str],
    code: str,
    message: str,
    *,
    rule: str = "",
    severity: Severity = "error",
) -> Issue:
    """A finding of one cell; `place` is (table, row from 1, column). The sentence gets its table and row in front.

    Raises LookupError for a place that the kind does not have.
    """
    table_name, number, column_name = place
    table, column = _place(kind_id, table_name, column_name)
    issue = Issue(code, message, severity=severity, rule=rule or column.statute or table.statute)
    return form_values.in_row(table, number, column, issue)


def codes(kind_id: str, table_name: str, rows: Sequence[Mapping[str, Any]], column_name: str) -> list[Issue]:
    """What speaks against the 统一社会信用代码 of a column, row by row; empty cells are passed over."""
    table, column = _place(kind_id, table_name, column_name)
    return [
        form_values.in_row(table, number, column, replace(issue, rule=CODE_RULE))
        for number, row in enumerate(rows, 1)
        if row[column_name]
        for issue in check_uscc(row[column_name])
    ]


def persons(kind_id: str, values: Mapping[str, Any], *, aside: Sequence[str] = ()) -> list[Issue]:
    """Private numbers in the tables of a text; columns `aside` hold long numbers that are not of persons."""
    return [
        issue
        for table in kind(kind_id).tables
        for issue in personal.in_cells(
            table, [{**row, **{name: "" for name in aside if name in row}} for row in values[table.name]]
        )
    ]


def _place(kind_id: str, table_name: str, column_name: str) -> tuple[Table, Field]:
    table = kind(kind_id).table(table_name)
    column = table.column(column_name) if table else None
    if table is None or column is None:
        raise LookupError(f"{kind_id} has no {table_name}.{column_name}")
    return table, column
