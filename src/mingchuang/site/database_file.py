"""Whether an open SQLite connection still is the file at its path.

A connection goes on with the file that it opened, wherever that was moved. Work written there would be missing when
somebody puts another file in its place, and a monitor would be told that all is well. So each connection remembers
which file it opened (device and inode), and is given up as soon as another or none is found at the path.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

_OPENED = "_mingchuang_opened"
Identity = tuple[int, int]


def connect() -> None:
    """Remember the file of every connection from now on."""
    connection_created.connect(_remember, dispatch_uid="mingchuang.site.database_file")


def give_up_moved() -> None:
    """Close this thread's connection when its file was moved away; the next query opens what is there, or fails.

    Does nothing within a transaction, which must end where it began, and on PostgreSQL.
    """
    opened = getattr(connection, _OPENED, None)
    if connection.connection is None or opened is None or connection.in_atomic_block:
        return
    if _identity(connection) != opened:
        connection.close()


def _remember(sender: object, connection: Any, **rest: object) -> None:
    setattr(connection, _OPENED, _identity(connection) if connection.vendor == "sqlite" else None)


def _identity(connection: Any) -> Identity | None:
    """Device and inode of the file at the connection's path; None where there is none (a database in memory too)."""
    name = str(connection.settings_dict["NAME"])
    path = Path(name.removeprefix("file:").partition("?")[0]) if name.startswith("file:") else Path(name)
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
