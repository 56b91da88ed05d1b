"""From one address to Django's database settings, for both databases that the product runs on.

SQLite: WAL so that readers never wait; `synchronous=FULL` so that what was acknowledged survives a power cut;
immediate transactions because deferred ones fail at once under two writers; `mode=rw` so that a database that was
moved away is an error that names itself and not a new, empty database.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE_NAME = "db.sqlite3"


def settings_for(address: str, folder: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for an address: empty means SQLite in the data folder.

    `postgresql://user:password@host:port/name` or, over a socket, `postgresql:///name?host=/folder&user=name`.
    Checked by `variables.read` before; raises ValueError for a port that is no number.
    """
    if not address:
        return sqlite(folder / SQLITE_NAME)
    parts = urlsplit(address)
    extra = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or extra.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or extra.pop("host", ""),
        "PORT": str(parts.port or extra.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": extra,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Django's settings for a SQLite file that must exist already (`create` makes it)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{path}?mode=rw",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        },
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": None},
    }


def create(path: Path) -> None:
    """Make the empty SQLite file, private to its owner; an existing one is left alone."""
    path.touch(mode=0o600, exist_ok=True)
