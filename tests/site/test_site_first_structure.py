"""The structure made in one step is the one that all migrations end in, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, migrations, transaction
from django.db.migrations import Migration

from mingchuang.core import protection
from mingchuang.site import first_structure
from tests.conftest import maintenance, using

pytestmark = pytest.mark.db


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A database without any table, as the connection's."""
    with django_db_blocker.unblock():
        here = connections["default"]
        here.close()
        name = str(tmp_path / "empty.sqlite3") if here.vendor == "sqlite" else f"{here.settings_dict['NAME']}_empty"
        if here.vendor != "sqlite":
            maintenance(here, f'CREATE DATABASE "{name}"')
        with using(here, name):
            yield


def structure() -> dict[str, Any]:
    """Every table's columns and constraints (their order apart), which migrations ran, and the triggers that lack."""
    told: dict[str, Any] = {"triggers that lack": protection.missing(connection)}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            told[f"{table} columns"] = sorted(columns, key=lambda column: column.name)
            constraints = connection.introspection.get_constraints(cursor, table)
            told[f"{table} constraints"] = sorted((_named(name), str(said)) for name, said in constraints.items())
        cursor.execute("SELECT app, name FROM django_migrations")
        told["migrations"] = sorted(cursor.fetchall())
    return told


def _named(constraint: str) -> str:
    """What SQLite gives no name, references and constraints of one column, Django counts in the order it meets them."""
    return re.sub(r"^(fk_|__unnamed_constraint_)[0-9_]+$", r"\1", constraint)


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def test_one_step_and_all_steps_end_in_the_same(empty_database: None) -> None:
    migrate()
    walked = structure()
    assert len(walked) > 100
    assert walked["triggers that lack"] == []
    _clear()
    with connection.constraint_checks_disabled(), transaction.atomic():
        assert first_structure.lay_out()
    migrate()
    assert structure() == walked


def _clear() -> None:
    """Everything out of the database again."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        path.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def test_a_database_that_holds_anything_goes_the_ordinary_way(empty_database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody (id integer)")
    assert not first_structure.lay_out()
    assert connection.introspection.table_names() == ["somebody"]


@pytest.mark.parametrize(
    "operation",
    [migrations.RunPython(migrations.RunPython.noop), migrations.RunSQL("SELECT 1")],
    ids=["python", "sql"],
)
def test_a_migration_that_does_more_than_structure_is_walked_through(
    empty_database: None, monkeypatch: pytest.MonkeyPatch, operation: Any
) -> None:
    known = first_structure._all
    unknown = Migration("0099_more", "records")
    unknown.operations = [operation]
    monkeypatch.setattr(first_structure, "_all", lambda executor: [*known(executor), unknown])
    assert not first_structure.lay_out()
    assert connection.introspection.table_names() == []
