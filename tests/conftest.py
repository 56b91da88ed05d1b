"""What all rooms' tests share: a data folder per test, and a database that can be thrown away.

Events are protected by triggers, so Django's way of cleaning up after a transactional test (flush) is refused.
`fresh_database` gives a test its own copy of the migrated, empty database instead: real commits, real threads.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_copies = itertools.count(1)

# How fast a machine is that runs other things beside says nothing about what is tested.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")


#: On PostgreSQL each address of the desk is asked there, by whoever sees everything and by whoever sees a few units.
_EVERY_ADDRESS = "test_desk_permissions.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what draws pages: the same querysets and moves are tested in the rooms that own them, on both databases."""
    for item in items:
        if item.path.parent.name == "desk" and item.path.name != _EVERY_ADDRESS:
            item.add_marker("pages")


@pytest.fixture(autouse=True)
def _own_data_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Files that a test stores are its own; rooms read `settings.MINGCHUANG_DATA` when they need it."""
    if "settings" not in request.fixturenames and request.node.get_closest_marker("db") is None:
        yield
        return
    settings: Any = request.getfixturevalue("settings")
    from mingchuang.site import data_folder

    settings.MINGCHUANG_DATA = tmp_path / "data"
    data_folder.prepare(settings.MINGCHUANG_DATA)
    yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Not longer than a module: while it runs, Django takes its thread for an asynchronous one."""
    from playwright.sync_api import sync_playwright

    from tests.site import installation

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=installation.CHROMIUM, args=list(installation.FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """The migrated test database, whichever tests were collected: pytest-django makes it only for users of `db`."""
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    request.getfixturevalue("django_test_environment")
    request.getfixturevalue("django_db_modify_db_settings")
    with django_db_blocker.unblock(), mock.patch("django.core.management.call_command", _called(call_command)):
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _called(call_command: Callable[..., Any]) -> Callable[..., Any]:
    """`call_command` that makes a first structure as an installation does: the end of all migrations, in one step."""

    def called(name: str, *arguments: Any, **options: Any) -> Any:
        from django.db import connection, transaction

        from mingchuang.site import first_structure

        if name == "migrate":
            with connection.constraint_checks_disabled(), transaction.atomic():
                first_structure.lay_out()
        return call_command(name, *arguments, **options)

    return called


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A committed database of the test's own, copied from the empty migrated one. Use instead of transactional_db."""
    from django.db import connections

    with django_db_blocker.unblock():
        connection = connections["default"]
        connection.close()
        template = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            copy = str(tmp_path / "copy.sqlite3")
            with sqlite3.connect(template) as source, sqlite3.connect(copy) as target:
                source.backup(target)
            source.close(), target.close()
        else:
            copy = f"{template}_copy{next(_copies)}"
            maintenance(connection, f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
        with using(connection, copy):
            yield


@contextlib.contextmanager
def using(connection: Any, name: str) -> Iterator[None]:
    """Every connection of the block goes to the database of this name, which is dropped at its end."""
    from django.db import connections

    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before
        if connection.vendor != "sqlite":
            maintenance(connection, f'DROP DATABASE "{name}" WITH (FORCE)')


def maintenance(connection: Any, statement: str) -> None:
    """Run one statement on the cluster's own database, outside any transaction (PostgreSQL)."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def artifacts() -> Path:
    """Where browser tests leave their screenshots: tests/artifacts/, not kept in git."""
    folder = Path(__file__).parent / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
