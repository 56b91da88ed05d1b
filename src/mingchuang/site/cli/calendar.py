"""`mingchuang calendar`: which holiday notices are known, and how a new one comes in."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import click

from mingchuang.norms import regions
from mingchuang.norms.calendar import BUILT_IN, CalendarBook
from mingchuang.norms.notice import Notice, read_notice
from mingchuang.norms.outcome import Refused
from mingchuang.norms.wording import day_text
from mingchuang.site import data_folder
from mingchuang.site.cli._group import group
from mingchuang.site.cli._start import (
    data_option,
    fail,
    json_option,
    print_json,
    refusals_in_chinese,
    start_django,
)

command = group("放假安排：列出、检查、录入。")


@command.command("list")
@data_option
@json_option
def list_notices(data: Path | None, as_json: bool) -> None:
    """列出已知的放假安排，注明来源和核对情况。"""
    folder = _folder(data)
    book = _load(folder)
    if as_json:
        print_json([asdict(notice) | {"status": notice.status} for notice in book.notices])
        return
    for notice in book.notices:
        years = "、".join(map(str, notice.years))
        origin = "随附" if (BUILT_IN / notice.file).exists() else "本单位录入"
        head = f"{regions.name(notice.region)} {years}年 {notice.cite}《{notice.title}》"
        click.echo(f"{head} {notice.issued} {notice.status} {origin}")
        if notice.note:
            click.echo(f"    {notice.note}")


@command.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def check_notice(file: Path, data: Path | None) -> None:
    """检查一份放假安排文件，并列出录入后会有哪些变化；不录入。"""
    book = _load(_folder(data))
    notice = _read(file)
    click.echo("\n".join(_changes(book, _joined(book, notice), notice)))


@command.command("add")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@refusals_in_chinese
def add_notice(file: Path, data: Path | None) -> None:
    """录入一份放假安排：先检查，列出变化，再存入数据文件夹；未办结的期限随即重新计算。"""
    folder = _folder(data)
    book = _load(folder)
    notice = _read(file)
    changes = _changes(book, _joined(book, notice), notice)
    try:
        outcome = _take_in(file, folder)
    except OSError as error:
        fail([f"无法写入{folder}：{error.strerror or error}。"], code=1)
    click.echo("\n".join([*changes, f"已录入{notice.cite}，存于{folder}。", outcome]))


def _folder(data: Path | None) -> Path:
    return (data.absolute() if data else data_folder.root()) / "calendars"


def _load(folder: Path) -> CalendarBook:
    try:
        return CalendarBook.load(folder)
    except Refused as refused:
        fail([issue.message for issue in refused.issues], code=2)
        raise


def _read(file: Path) -> Notice:
    if file.suffix != ".toml":
        fail([f"{file.name}：放假安排须为 .toml 文件，格式见 docs/clock.md。"], code=2)
    try:
        return read_notice(file)
    except Refused as refused:
        fail([issue.message for issue in refused.issues], code=2)
        raise


def _joined(book: CalendarBook, notice: Notice) -> CalendarBook:
    try:
        return book.having(notice)
    except Refused as refused:
        fail([issue.message for issue in refused.issues], code=1)
        raise


def _changes(before: CalendarBook, after: CalendarBook, notice: Notice) -> list[str]:
    """What the notice changes in its own region: one line for each day, and a line for each year."""
    old, new = before.working_days(notice.region), after.working_days(notice.region)
    day, last = date(min(notice.years) - 1, 12, 1), date(max(notice.years) + 1, 1, 31)
    lines = []
    while day <= last:
        if old.is_working(day) != new.is_working(day):
            then = "上班" if old.is_working(day) else "休息"
            lines.append(f"{day_text(day)}：{then} → {new.status(day).sentence}")
        day += timedelta(days=1)
    for year in notice.years:
        first, end = date(year - 1, 12, 31), date(year, 12, 31)
        text = f"{year}年工作日：{old.count(first, end)}天 → {new.count(first, end)}天"
        settled = old.is_provisional(end, end) and not new.is_provisional(end, end)
        lines.append(text + ("，由暂定转为正式。" if settled else "。"))
    return lines


def _take_in(file: Path, folder: Path) -> str:
    """Store the notice; returns what became of open deadlines.

    Where there is an installation, core takes it in: a row, an event, and every open deadline worked out again with
    the old and the new day kept. Without one there are no deadlines, and the file alone is enough.
    """
    if not (folder.parent / data_folder.SECRET_NAME).exists():
        _store(file, folder)
        return "这里还没有数据库，没有需要重新计算的期限。"
    start_django(folder.parent)
    from mingchuang.core import calendar_notices
    from mingchuang.core.actor import Actor

    calendar_notices.add(file.read_bytes(), file.name, Actor.system())
    return "未办结的期限已按新的安排重新计算。"


def _store(file: Path, folder: Path) -> None:
    """Copy the file in one step: whoever reads the folder sees the whole notice or none of it.

    Ends the command when another file of that name is there; raises OSError when the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / file.name
    draft = folder / f".{file.name}.{os.getpid()}"
    try:
        with draft.open("xb") as out:
            out.write(file.read_bytes())
            out.flush()
            os.fsync(out.fileno())
        # A link fails where a rename would silently replace the notice of another year.
        os.link(draft, target)
    except FileExistsError:
        fail([f"{target}已经存在，请把要录入的文件改名后再录入。"], code=1)
    finally:
        draft.unlink(missing_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
