"""What `mingchuang run` does before it serves: one process at a time, each step only when it is to be done.

Killed at any point, the next start goes on; a second start changes nothing. A database that can't be used doesn't keep
citizens from what is baked: then the site is served as it is, and the desk says why it doesn't work.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import Error

from mingchuang.core import now
from mingchuang.site import belonging, daily, data_folder, failures, installation, locks
from mingchuang.site.demo import county

Say = Callable[[str], None]


def prepare(folder: Path, say: Say, *, demo: bool) -> None:
    """Database, demonstration county, static files, pages, index. `folder` has its rooms and key already.

    Raises Refused with what keeps the site from being served at all.
    """
    with locks.preparing(folder, lambda: say("另一个明窗进程正在准备这个数据文件夹，等它完成……")):
        try:
            _all(folder, say, demo=demo)
        except Error as error:
            if not failures.is_unusable_database(error) or not (folder / "public" / "index.html").is_file():
                raise
            say(f"！{failures.of_database(error)}")
            say("！已公开的网页和检索照常提供，工作台暂停，直到数据库恢复。")


def _all(folder: Path, say: Say, *, demo: bool) -> None:
    installation.upgrade_database(say)
    if demo:
        county.ensure(say)
    belonging.establish(folder)
    if locks.is_running(folder):
        # Two bakers for two addresses would undo each other's pages for ever.
        say("另一个明窗进程正在使用这个数据文件夹：网页、检索库和后台任务由它负责，本进程只提供访问。")
        return
    data_folder.keep_address(folder, settings.MINGCHUANG_ADDRESS)
    daily.happenings(now.today())
    changed = installation.publish_static_files()
    if changed:
        say(f"已放好 {changed} 个样式和脚本文件。")
    installation.catch_up(say)
