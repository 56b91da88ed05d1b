"""What the checks of kinds with tables share: the values of a text, and a finding of one cell."""

from __future__ import annotations

from typing import Any

from mingchuang.norms.outcome import Issue, Severity
from mingchuang.records import form_values, freezing
from mingchuang.records.kind import kind
from mingchuang.records.models import Content, Revision


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
    table = kind(kind_id).table(table_name)
    column = table.column(column_name) if table else None
    if table is None or column is None:
        raise LookupError(f"{kind_id} has no {table_name}.{column_name}")
    issue = Issue(code, message, severity=severity, rule=rule or column.statute or table.statute)
    return form_values.in_row(table, number, column, issue)
