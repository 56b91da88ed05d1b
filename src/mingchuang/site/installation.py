"""Bringing an installation up to date: database, static files, baked pages and index, each only when it is behind."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingchuang.press.store import Store
from mingchuang.site import backup, data_folder, database

Say = Callable[[str], None]


def public_store() -> Store:
    """The folder of baked pages of this installation."""
    return Store(settings.MINGCHUANG_DATA / "public")


def upgrade_database(say: Say) -> None:
    """Make the database if there is none, and run the migrations that it lacks; an old one is backed up first."""
    folder: Path = settings.MINGCHUANG_DATA
    data_folder.prepare(folder)
    if connection.vendor == "sqlite":
        database.create(folder / database.SQLITE_NAME)
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return
    if executor.loader.applied_migrations:
        say(f"数据库结构要更新 {len(waiting)} 项，先备份……")
        say(f"已备份到 {backup.create(folder / 'backups')}")
    say("正在准备数据库……")
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("migrate", interactive=False, verbosity=0)


def publish_static_files() -> int:
    """Collect styles and scripts under hashed names and put them among the baked pages; returns how many changed."""
    folder = Path(settings.STATIC_ROOT)
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("collectstatic", interactive=False, verbosity=0, clear=folder.exists())
    hashed = set(getattr(staticfiles_storage, "hashed_files", {}).values())
    store = public_store()
    with store.batch():
        return sum(
            store.write(f"static/{name}", (folder / name).read_bytes())
            for name in sorted(hashed)
            if (folder / name).is_file()
        )


def remove(folder: Path) -> None:
    """Remove a folder that this program made (never the data folder itself)."""
    if folder.resolve() == Path(settings.MINGCHUANG_DATA).resolve():
        raise ValueError("the data folder itself is never removed")
    shutil.rmtree(folder, ignore_errors=True)
