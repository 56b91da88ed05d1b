"""Bringing an installation up to date: database, static files, baked pages and index, each only when it is behind."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingchuang.press.follow import Follower as PageFollower
from mingchuang.press.store import Store
from mingchuang.search.failures import IndexBusy
from mingchuang.search.feed import Follower as IndexFollower
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


def catch_up(say: Say) -> None:
    """Bring baked pages and index up to the last event; a program of another version bakes everything anew."""
    report = PageFollower(public_store()).catch_up()
    if report.written or report.removed:
        say(f"已生成 {report.written} 个网页文件，撤去 {report.removed} 个。")
    for problem in report.problems:
        say(f"！{problem.address} 没有生成：{problem.reason}")
    try:
        entries = IndexFollower(settings.MINGCHUANG_DATA / "index").catch_up()
    except IndexBusy as busy:
        say(f"！{busy.message}")
    else:
        if entries:
            say(f"检索库已处理 {entries} 个事件。")
