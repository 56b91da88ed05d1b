"""Triggers that keep history as it was written, on both databases; (re)installed after every migration.

SQLite drops a table's triggers when a migration rebuilds the table, so `after_migrate` puts them back and `missing`
(asked by `core.verify`, `doctor` and a test) compares what is there with what should be: on which table, when it
fires, under which condition, and what it then does. Whoever holds the database's password can still take a trigger
off, change rows and put it back: that is for the chain and the checkpoints to show.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mingchuang.core.chain import HEAD_ID

APPEND_ONLY: Final = ("core_event", "core_clockentry", "core_dueresult")
_MESSAGES: Final = {
    "core_event": "事件只能新增，不能修改或删除",
    "core_clockentry": "计时记录只能新增，不能修改或删除",
    "core_dueresult": "期限结果只能新增，不能修改或删除",
    "core_eventtext": "事件文字只能依法清除，不能修改或删除",
    "core_chainhead": "链首只能前进，不能后退或删除",
}
_KEYS: Final = {
    "core_event": "id = NEW.id OR seq = NEW.seq",
    "core_clockentry": "id = NEW.id",
    "core_dueresult": "id = NEW.id",
    "core_eventtext": "event_id = NEW.event_id",
    "core_chainhead": "id = NEW.id",
}
# When an update is lawful; anything else is refused.
_LAWFUL: Final = {
    "core_eventtext": (
        "NEW.event_id = OLD.event_id AND OLD.erased_by_id IS NULL AND NEW.erased_by_id IS NOT NULL "
        "AND NEW.salt = '' AND {body} = '{{}}'"
    ),
    "core_chainhead": "NEW.id = OLD.id AND NEW.seq > OLD.seq",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger and the statements that make it; `shown` is what the database tells of it when asked: SQLite its
    statement, PostgreSQL its definition, language and source of its function, and whether it is on."""

    name: str
    table: str
    statements: tuple[str, ...]
    shown: tuple[str, ...]


def triggers(vendor: str) -> tuple[Trigger, ...]:
    """Every trigger that should exist on a database of this vendor ("sqlite" or "postgresql")."""
    make = _sqlite if vendor == "sqlite" else _postgresql
    return tuple(trigger for table in _MESSAGES for trigger in make(table))


def _sqlite(table: str) -> list[Trigger]:
    message = _MESSAGES[table]
    lawful = _LAWFUL.get(table, "0").format(body="NEW.body")
    # INSERT OR REPLACE deletes the old row without firing a delete trigger: so it's stopped at the insert.
    wanted = {
        "insert": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {_KEYS[table]})",  # noqa: S608
        "update": f"BEFORE UPDATE ON {table} WHEN NOT ({lawful})",
        "delete": f"BEFORE DELETE ON {table}",
    }
    found = []
    for verb, head in wanted.items():
        name = f"{table}_keep_{verb}"
        body = f"CREATE TRIGGER {name} {head} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        found.append(Trigger(name, table, (f"DROP TRIGGER IF EXISTS {name}", body), (body,)))
    return found


def _postgresql(table: str) -> list[Trigger]:
    lawful = _LAWFUL.get(table, "FALSE").format(body="NEW.body::text")
    function = f"{table}_keep"
    source = (
        f" BEGIN IF TG_OP = 'UPDATE' THEN IF {lawful} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{_MESSAGES[table]}' USING ERRCODE = 'integrity_constraint_violation'; END "
    )
    make = f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $keep${source}$keep$"
    # In the order in which PostgreSQL writes them (DELETE before UPDATE), so that its answer is our own statement.
    wanted = {"row": "BEFORE DELETE OR UPDATE", "truncate": "BEFORE TRUNCATE"}
    found = []
    for verb, event in wanted.items():
        name = f"{table}_keep_{verb}"
        each = "STATEMENT" if verb == "truncate" else "ROW"
        create = f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
        statements = (make, f"DROP TRIGGER IF EXISTS {name} ON {table}", create)
        found.append(Trigger(name, table, statements, (create, "plpgsql", source, "O")))
    return found


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger whose table exists. Idempotent."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            if trigger.table in tables:
                for statement in trigger.statements:
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there, sit on another table, are switched off, fire otherwise than they should
    (events, condition, row or statement) or do something else."""
    there = _sqlite_there(connection) if connection.vendor == "sqlite" else _postgresql_there(connection)
    return [t.name for t in triggers(connection.vendor) if there.get((t.table, t.name)) != t.shown]


_There = dict[tuple[str, str], tuple[str, ...]]
"""(table, trigger) → what the database shows of it; a name is unique only on its table in PostgreSQL."""


def _sqlite_there(connection: BaseDatabaseWrapper) -> _There:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(table, name): (sql,) for table, name, sql in cursor.fetchall()}


def _postgresql_there(connection: BaseDatabaseWrapper) -> _There:
    """Table and function are shown without schema only while they're the ones that the search path finds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text, t.tgname, pg_get_triggerdef(t.oid, true), l.lanname, p.prosrc, "
            "t.tgenabled::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_language l ON l.oid = p.prolang WHERE NOT t.tgisinternal"
        )
        return {(table, name): tuple(shown) for table, name, *shown in cursor.fetchall()}


def after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    """Receiver of `post_migrate`: triggers on, and a head for a chain that has no event yet."""
    if sender.label != "core":
        return
    connection = connections[using]
    install(connection)
    tables = set(connection.introspection.table_names())
    if not {"core_event", "core_chainhead"} <= tables:
        return
    with connection.cursor() as cursor:
        # A head that is missing beside events is a fault for `verify` to report, never to be papered over.
        cursor.execute(
            "INSERT INTO core_chainhead (id, seq, link, algorithm) SELECT %s, 0, '', '' "
            "WHERE NOT EXISTS (SELECT 1 FROM core_event) AND NOT EXISTS (SELECT 1 FROM core_chainhead)",
            [HEAD_ID],
        )
