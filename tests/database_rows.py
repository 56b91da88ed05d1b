"""Rows of the current database, kept and put back: what many tests begin with is made once and copied afterwards.

What was added is inserted again, what was changed (the head of the chain) is set again by its key, the first column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

_PASSED_OVER = ("django_migrations", "django_session", "sqlite_sequence")
T = TypeVar("T")


@dataclass(frozen=True)
class Table:
    """Rows of a table, as the database driver gives and takes them: all, or those that came and those that changed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    changed: tuple[tuple[Any, ...], ...] = ()


Rows = Mapping[str, Table]


def of_all_tables() -> Rows:
    """Everything that stands in the database now."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in _PASSED_OVER:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                columns = tuple(column[0] for column in cursor.description)
                found[name] = Table(columns, tuple(tuple(row) for row in cursor.fetchall()))
    return found


def added(before: Rows) -> Rows:
    """What came and what changed since. Raises ValueError when something that was there has gone."""
    found = {}
    for name, table in of_all_tables().items():
        old = {repr(row[0]): repr(row) for row in before[name].rows}
        new = tuple(row for row in table.rows if repr(row[0]) not in old)
        changed = tuple(row for row in table.rows if old.get(repr(row[0]), repr(row)) != repr(row))
        if len(new) != len(table.rows) - len(old):
            raise ValueError(f"rows of {name} are gone: that can't be put back")
        if new or changed:
            found[name] = Table(table.columns, new, changed)
    return found


def put_back(rows: Rows, then: Callable[[], T]) -> T:
    """Write the rows as they were, let the counters of keys go on behind them; returns what `then` gives."""
    from django.db import connection, transaction

    quote = connection.ops.quote_name
    # Together: what refers to what is looked at when all is there.
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table in rows.items():
            columns = ", ".join(map(quote, table.columns))
            places = ", ".join(["%s"] * len(table.columns))
            if table.rows:
                cursor.executemany(f"INSERT INTO {quote(name)} ({columns}) VALUES ({places})", table.rows)
            for row in table.changed:
                values = ", ".join(f"{quote(column)} = %s" for column in table.columns[1:])
                where = f"{quote(table.columns[0])} = %s"
                cursor.execute(f"UPDATE {quote(name)} SET {values} WHERE {where}", [*row[1:], row[0]])
        if connection.vendor == "postgresql":
            _behind(cursor, list(rows))
    return then()


def _behind(cursor: Any, names: Sequence[str]) -> None:
    """PostgreSQL hands keys out by sequences, which know nothing of keys that were given."""
    for name in names:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, 'id') WHERE EXISTS (SELECT 1 FROM information_schema.columns"
            " WHERE table_name = %s AND column_name = 'id')",
            [f'"{name}"', name],
        )
        found = cursor.fetchone()
        if found and found[0]:
            cursor.execute(f'SELECT setval(%s, GREATEST((SELECT MAX(id) FROM "{name}"), nextval(%s)))', [found[0]] * 2)


_kept: dict[tuple[str, str, object], Rows] = {}


def made_once(name: str, day: object, make: Callable[[], object]) -> None:
    """What `make` adds to a database that always stands as it does now when it is called by this `name` on this day:
    made the first time, and put back from then on."""
    from django.db import connection

    key = (name, connection.vendor, day)
    if key in _kept:
        put_back(_kept[key], lambda: None)
        return
    before = of_all_tables()
    make()
    _kept[key] = added(before)
