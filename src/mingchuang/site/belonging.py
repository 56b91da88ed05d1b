"""Which database belongs to a data folder: written down once, looked at before anything is changed.

A folder whose database was moved away must not get a new, empty one; a database of another installation must not
empty the public pages of this one; a folder that a newer program has worked in is left alone by an older one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingchuang import __version__
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.site import data_folder

NAME = data_folder.ESTABLISHED_NAME


def is_established(folder: Path) -> bool:
    """Whether the folder once had a complete database: if it has none now, it was moved away or lost."""
    return (folder / NAME).exists()


def refuse_newer(executor: MigrationExecutor) -> None:
    """Raise Refused when the database has structures that this program doesn't know."""
    known = set(executor.loader.disk_migrations or {}) | set(executor.loader.replacements)
    unknown = [key for key in executor.loader.applied_migrations if key not in known]
    if unknown:
        raise Refused(
            [
                Issue(
                    "installation.newer",
                    f"这个数据文件夹由更新版本的明窗使用过（数据库结构多出 {len(unknown)} 项），"
                    f"本程序是 {__version__}，不能打开。请升级程序，或者恢复升级前的备份。",
                )
            ]
        )


def refuse_foreign(folder: Path, *, empty: bool = False) -> None:
    """Raise Refused when the database's history is not the one that this folder's pages and files were made from.

    `empty`: the database has no tables yet.
    """
    kept = _read(folder).get("first_link", "")
    if not kept or (not empty and kept == _first_link()):
        return
    raise Refused(
        [
            Issue(
                "installation.foreign",
                "所连的数据库不是这个数据文件夹的数据库，没有做任何改动。"
                "请检查 MINGCHUANG_DATA 和 MINGCHUANG_DATABASE；恢复备份请用 mingchuang restore。",
            )
        ]
    )


def establish(folder: Path) -> None:
    """Write down that folder and database belong together; called when the database is complete."""
    told = {"engine": connection.vendor, "first_link": _first_link()}
    if _read(folder) == told:
        return
    draft = folder / f".{NAME}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(told, stream, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(folder / NAME)


def _first_link() -> str:
    """The hash of the chain's first event; empty while nothing has happened yet."""
    return Event.objects.order_by("seq").values_list("link", flat=True).first() or ""


def _read(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
