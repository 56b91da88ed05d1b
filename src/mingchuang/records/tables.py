"""Rows of the tables of a text: read as plain values, compared, and rewritten together while the text is a draft."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mingchuang.records import form_values
from mingchuang.records.kind import Kind, Table
from mingchuang.records.models import Revision

#: A row as plain values: column name → value of its column.
RowValues = Mapping[str, Any]


def rows_of(revision: Revision | int, table: Table) -> tuple[dict[str, Any], ...]:
    """The rows of one table of a revision (or of the revision with that key), in order. One query."""
    key = revision if isinstance(revision, int) else revision.pk
    return rows_of_many([key], table).get(key, ())


def rows_of_many(revisions: Iterable[int], table: Table) -> dict[int, tuple[dict[str, Any], ...]]:
    """Revision key → its rows of one table, in order; revisions without rows are absent. One query."""
    names = [column.name for column in table.columns]
    found: dict[int, list[dict[str, Any]]] = {}
    rows = table.model._default_manager.filter(revision__in=set(revisions)).order_by("revision", "order")
    for row in rows.values("revision_id", *names):
        found.setdefault(row.pop("revision_id"), []).append(row)
    return {key: tuple(inside) for key, inside in found.items()}


def of_revision(declared: Kind, revision: Revision) -> dict[str, tuple[dict[str, Any], ...]]:
    """Table name → rows, for every table of the kind."""
    return {table.name: rows_of(revision, table) for table in declared.tables}


def as_text(table: Table, rows: Sequence[RowValues]) -> str:
    """The rows as they are pasted from and into a spreadsheet: one line each, cells parted by tabs, no head."""
    lines = io.StringIO()
    writer = csv.writer(lines, dialect="excel-tab", lineterminator="\n")
    writer.writerows([form_values.shown(column, row[column.name]) for column in table.columns] for row in rows)
    return lines.getvalue()


def with_head(table: Table, rows: Sequence[RowValues]) -> str:
    """The same under a line with the columns' labels."""
    return "\t".join(column.label for column in table.columns) + "\n" + as_text(table, rows)
