"""Bringing an installation up to date: database, static files, baked pages and index, each only when it is behind."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.transaction import TransactionManagementError

from mingchuang.core import protection
from mingchuang.press.bake import Baker, Progress, Report
from mingchuang.press.follow import Follower as PageFollower
from mingchuang.press.store import Store
from mingchuang.search.failures import IndexBusy
from mingchuang.search.feed import Follower as IndexFollower
from mingchuang.site import backup, belonging, data_folder, database, first_structure, locks, program

Say = Callable[[str], None]
PAGES_MADE_BY = "pages-made-by"


def public_store() -> Store:
    """The folder of baked pages of this installation."""
    return Store(settings.MINGCHUANG_DATA / "public")


def page_follower() -> PageFollower:
    """What keeps the baked pages in step with the events; an interrupted full bake goes on under the same program."""
    store = public_store()
    return PageFollower(store, Baker(store, fingerprint=program.fingerprint()))


def follow_at_once() -> None:
    """After a command that changed what is public: bring the pages into step, unless a running server does."""
    lock = locks.acquire(settings.MINGCHUANG_DATA)
    if lock is None:
        return
    with lock:
        page_follower().catch_up()


def upgrade_database(say: Say, *, backup_first: bool = True) -> None:
    """Make the database if there is none, and run the migrations that it lacks; an old one is backed up first, unless
    it is itself a copy (`backup_first`).

    Raises Refused for a database of a newer program or of another installation, and OperationalError when a database
    that was there once is gone: it is never replaced by an empty one.
    """
    folder: Path = settings.MINGCHUANG_DATA
    data_folder.prepare(folder)
    if connection.vendor == "sqlite":
        _ensure_file(folder)
    executor = MigrationExecutor(connection)
    belonging.refuse_newer(executor)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    complete = belonging.is_established(folder)
    if complete:
        belonging.refuse_foreign(folder, empty=not executor.loader.applied_migrations)
    if waiting and complete and backup_first:
        say(f"数据库结构要更新 {len(waiting)} 项，先备份……")
        say(f"已备份到 {backup.create(folder / 'backups')}")
    # The triggers follow the last migration in a step of their own, which a kill can separate from it.
    unprotected = [] if waiting else protection.missing(connection)
    if waiting or unprotected or not complete:
        say("正在准备数据库……")
        _migrate()
    if unprotected and complete:
        say(f"！保护历史记录的触发器缺了 {len(unprotected)} 个，已重建；请运行 mingchuang verify 核对。")
    belonging.establish(folder)


def _migrate() -> None:
    """All migrations in one transaction: a kill leaves the structure of before or of after, and nothing between.

    SQLite changes tables only while it checks no references, and that can't be said inside a transaction.
    """
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(), contextlib.redirect_stdout(io.StringIO()):
            first_structure.lay_out()
            call_command("migrate", interactive=False, verbosity=0)
    except TransactionManagementError as broken:
        # Django's schema editor speaks to SQLite once more on its way out, and that hides what went wrong.
        raise _hidden_by(broken) from broken
    finally:
        connection.enable_constraint_checking()


def _hidden_by(broken: TransactionManagementError) -> BaseException:
    """The database's own error behind one that only says that the transaction was broken before."""
    error: BaseException = broken
    while isinstance(error, TransactionManagementError) and error.__context__ is not None:
        error = error.__context__
    return error


def _ensure_file(folder: Path) -> None:
    path = folder / database.SQLITE_NAME
    if path.exists():
        return
    if belonging.is_established(folder):
        raise OperationalError(f"unable to open database file: {path}")
    database.create(path)


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


def bake_everything(progress: Progress | None = None) -> Report:
    """Bake every public page anew and note by which program; killed, it goes on at the next call."""
    follower = page_follower()
    report = follower.baker.bake_all(progress)
    _note_program()
    return report


def catch_up(say: Say) -> None:
    """Bring baked pages and index up to the last event; another program, name or address bakes everything anew."""
    report = Report()
    if _pages_made_by() != program.fingerprint():
        report.add(bake_everything())
    report.add(page_follower().catch_up())
    if report.written or report.removed:
        say(f"已生成 {report.written} 个网页文件，撤去 {report.removed} 个。")
    for problem in report.problems:
        say(f"！{problem.address} 没有生成：{problem.reason}")
    _index(say)


def _index(say: Say) -> None:
    follower = IndexFollower(settings.MINGCHUANG_DATA / "index")
    try:
        if follower.index.status().state == "missing":
            say(f"已建立检索库，共 {follower.rebuild()} 篇。")
            return
        entries = follower.catch_up()
    except IndexBusy as busy:
        say(f"！{busy.message}")
        return
    if entries:
        say(f"检索库已处理 {entries} 个事件。")


def _pages_made_by() -> str:
    try:
        return (settings.MINGCHUANG_DATA / PAGES_MADE_BY).read_text("ascii")
    except (FileNotFoundError, ValueError):
        return ""


def _note_program() -> None:
    path = settings.MINGCHUANG_DATA / PAGES_MADE_BY
    draft = path.with_name(f".{PAGES_MADE_BY}.{os.getpid()}")
    draft.write_text(program.fingerprint(), encoding="ascii")
    draft.replace(path)
