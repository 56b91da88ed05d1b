"""`mingchuang index`: the search index: how it is, bring it up to date, make it anew."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from mingchuang.site.cli._group import group
from mingchuang.site.cli._progress import progress
from mingchuang.site.cli._start import data_option, fail, json_option, print_json, start_django

command = group("检索库：查看状态（status）、补上落后的部分（update）、重建（rebuild）、逐字节核对（verify）。")


@command.command()
@data_option
@json_option
def status(data: Path | None, as_json: bool) -> None:
    """检索库的状态；不能用时退出码为 1。"""
    folder = start_django(data)
    from mingchuang.search.index import Index

    found = Index(folder / "index").status()
    if as_json:
        print_json(dataclasses.asdict(found))
    else:
        click.echo(found.message)
    sys.exit(0 if found.state == "ready" else 1)


@command.command()
@data_option
def update(data: Path | None) -> None:
    """补上还没有进入检索库的事件。"""
    follower = _follower(data)
    from mingchuang.search.failures import IndexUnavailable

    try:
        click.echo(f"✔ 处理了 {follower.catch_up()} 个事件。")
    except IndexUnavailable as problem:
        fail([problem.message])


@command.command()
@data_option
def rebuild(data: Path | None) -> None:
    """在新的文件夹里重建，建好后替换；重建期间照常可以检索。"""
    follower = _follower(data)
    from mingchuang.search.failures import IndexUnavailable

    try:
        with progress("正在重建检索库") as show:
            count = follower.rebuild(show)
    except IndexUnavailable as problem:
        fail([problem.message])
    click.echo(f"✔ 检索库已重建，共 {count} 篇。")


@command.command()
@data_option
def verify(data: Path | None) -> None:
    """逐字节核对检索库文件；有损坏时退出码为 1。"""
    folder = start_django(data)
    from mingchuang.search.index import Index

    problems = Index(folder / "index").verify()
    if problems:
        fail(problems)
    click.echo("✔ 检索库完整。")


def _follower(data: Path | None):  # type: ignore[no-untyped-def]  # its module needs Django, which starts here
    folder = start_django(data)
    from mingchuang.search.feed import Follower

    return Follower(folder / "index")
