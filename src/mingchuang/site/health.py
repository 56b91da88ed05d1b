"""The checks behind `mingchuang doctor`: what this installation has, what it lacks, and how to get it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from mingchuang.core import usernames, verify
from mingchuang.core.now import today
from mingchuang.norms.calendar import CalendarBook
from mingchuang.norms.outcome import errors
from mingchuang.records import official
from mingchuang.site import data_folder

Level = Literal["ok", "remark", "warning", "error"]
LEAST_FREE = 0.05  # share of the disk; below it SQLite and uploads begin to fail
AHEAD_WORKING_DAYS = 90
DISTRUST = (
    "不要改动数据库。先停止明窗，用 mingchuang backup --into 另一个磁盘 保留现状；"
    "再用 mingchuang restore 最近的备份 --into 新文件夹 核对那份备份，通过校验的才用 mingchuang restore 替换。"
)


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, how it is, and what to do when it is not well."""

    subject: str
    level: Level
    message: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def examine(folder: Path) -> list[Finding]:
    """Every finding, worst last; a check that itself fails is a finding and does not end the others."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += list(check(folder))
        except Exception as error:  # a broken check must not hide the rest of the report
            found.append(Finding(check.__name__, "error", f"检查本身出错：{error}", "请把这一行发给开发者。"))
    return sorted(found, key=lambda f: ("ok", "remark", "warning", "error").index(f.level))


def _program(folder: Path) -> Iterator[Finding]:
    version = ".".join(str(n) for n in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    yield Finding("Python", "ok" if good else "error", version, "" if good else "需要 Python 3.11 或更高版本。")
    yield Finding("SQLite", "ok", sqlite3.sqlite_version)


def _folder(folder: Path) -> Iterator[Finding]:
    missing = [name for name in data_folder.FOLDERS if not (folder / name).is_dir()]
    if missing:
        yield Finding("数据文件夹", "error", f"{folder} 缺少 {'、'.join(missing)}", "运行 mingchuang run 会补齐。")
    usage = shutil.disk_usage(folder)
    free = usage.free / usage.total
    level: Level = "ok" if free > LEAST_FREE else "error"
    yield Finding(
        "磁盘", level, f"剩余 {usage.free / 2**30:.1f} GB（{free:.0%}）", "" if level == "ok" else "请清理磁盘。"
    )
    key = folder / data_folder.SECRET_NAME
    mode = stat.S_IMODE(key.stat().st_mode)
    if mode & 0o077:
        yield Finding("密钥文件", "error", f"{key.name} 的权限是 {mode:o}，别人也能读", f"运行 chmod 600 {key}")
    else:
        yield Finding("密钥文件", "ok", "只有本账号能读")


def _database(folder: Path) -> Iterator[Finding]:
    name = "数据库"
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        where = folder / "db.sqlite3" if connection.vendor == "sqlite" else "PostgreSQL"
        yield Finding(
            name, "error", f"打不开 {where}：{error}", "文件被移走就放回原处；损坏就用 mingchuang restore 恢复备份。"
        )
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Finding(name, "warning", f"有 {len(waiting)} 项结构更新没有执行", "运行 mingchuang run 会先备份再更新。")
    else:
        yield Finding(name, "ok", f"{connection.vendor}，结构是最新的")
    issues = () if waiting else errors(verify.run())
    for issue in issues[:20]:
        yield Finding("留痕校验", "error", issue.message, DISTRUST)
    if not issues and not waiting:
        yield Finding("留痕校验", "ok", "事件链完整，状态与事件一致")


def _accounts(folder: Path) -> Iterator[Finding]:
    for names in usernames.twins():
        yield Finding(
            "账号",
            "warning",
            f"{'、'.join(names)} 只差大小写，容易认错人；登录时须按原样输入大小写",
            "请确认各是谁的，把不用的停用：工作台“单位和人员”，或者 mingchuang user lock。",
        )


def _calendar(folder: Path) -> Iterator[Finding]:
    working = CalendarBook.load(folder / "calendars").working_days(settings.MINGCHUANG_REGION)
    due = working.add(today(), AHEAD_WORKING_DAYS)
    if due.provisional:
        reasons = "；".join(due.reasons)
        yield Finding(
            "工作日历",
            "warning",
            f"今后 {AHEAD_WORKING_DAYS} 个工作日内有暂定日期：{reasons}",
            "国务院办公厅的放假通知发布后，用 mingchuang calendar add 文件 添加。",
        )
    else:
        yield Finding("工作日历", "ok", f"今后 {AHEAD_WORKING_DAYS} 个工作日都有放假通知依据")


# What only Debian packages give: each is optional at run time.
OPTIONAL = (
    (
        "中文字体",
        ("/usr/share/fonts/**/NotoSerifCJK*", "/usr/share/fonts/**/NotoSansCJK*"),
        "fonts-noto-cjk",
        "打印版式",
    ),
    ("LibreOffice", ("/usr/bin/soffice",), "libreoffice-writer-nogui", "读取旧的 .doc 文件"),
    ("Chromium", ("/usr/bin/chromium-headless-shell",), "chromium-headless-shell", "运行测试"),
)


def _optional(folder: Path) -> Iterator[Finding]:
    for name, patterns, package, purpose in OPTIONAL:
        if any(any(Path("/").glob(pattern.lstrip("/"))) for pattern in patterns):
            yield Finding(name, "ok", "已安装")
        else:
            yield Finding(name, "remark", f"没有安装，只影响{purpose}", f"需要时运行 sudo apt-get install {package}")


def _fonts(folder: Path) -> Iterator[Finding]:
    found = official.fonts().report()
    for issue in found:
        level: Level = "warning" if issue.severity == "error" else "remark"
        yield Finding("公文字体", level, issue.message, "apt-get install fonts-noto-cjk texlive-lang-chinese")
    if not found:
        yield Finding("公文字体", "ok", "小标宋、仿宋、黑体、楷体都有")


CHECKS: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    _program,
    _folder,
    _database,
    _accounts,
    _calendar,
    _fonts,
    _optional,
)
