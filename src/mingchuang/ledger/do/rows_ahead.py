"""Rows of duties, turned into what the database takes before the write lock is held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


class RowsAhead:
    """New rows of one model that belong to duties; until they are inserted only the keys of the duties are missing.

    Values are prepared by Django's own fields, and inserted with one statement for all: thousands of rows then cost
    the lock some milliseconds.
    """

    def __init__(self, rows: Sequence[models.Model]) -> None:
        self._duties = [row.duty for row in rows]  # type: ignore[attr-defined]
        self._statement = ""
        self._values: list[list[Any]] = []
        if not rows:
            return
        fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
        self._duty_at = next(index for index, field in enumerate(fields) if field.name == "duty")
        quote = connection.ops.quote_name
        columns, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
        self._statement = f"INSERT INTO {quote(rows[0]._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
        self._values = [
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
        ]

    def insert(self) -> None:
        """Write them; every duty has its key by now. Within the caller's transaction."""
        if not self._values:
            return
        for values, duty in zip(self._values, self._duties, strict=True):
            values[self._duty_at] = duty.pk
        with connection.cursor() as cursor:
            cursor.executemany(self._statement, self._values)
