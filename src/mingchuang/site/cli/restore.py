"""`mingchuang restore`: a backup into a new folder, verified there, and only then put in place."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from mingchuang.site.cli._progress import progress
from mingchuang.site.cli._start import data_option, fail, start_django


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@data_option
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="只恢复到这个新文件夹，不替换现有数据。")
@click.option("--database", "address", help="PostgreSQL 备份要恢复到的新空数据库（postgresql://…）。")
@click.option("--yes", is_flag=True, help="核对无误后直接替换，不再询问。")
def command(backup: Path, data: Path | None, into: Path | None, address: str | None, yes: bool) -> None:
    """把备份恢复到新文件夹，校验通过后再替换现有数据；原数据改名保留，不删除。

    用 --into 或者 --database 时只恢复、不替换；没有通过校验的也保留在那里，列出全部问题，退出码为 1。
    """
    current = start_django(data, must_exist=False)
    if into or address:
        _lay_out(backup, (into or current.with_name(f"{current.name}.restored")).absolute(), address)
    else:
        _replace(backup, current, yes=yes)


def _lay_out(backup: Path, target: Path, address: str | None) -> None:
    """Restore and keep, verified or not: whoever named the place wants to look at it."""
    _unpack(backup, target, address)
    wrong = _verify(target, address)
    if wrong:
        kept = f"已恢复到 {target} 并保留，但没有通过校验，有 {len(wrong)} 个问题，不能启用；现有数据没有动。"
        fail([*wrong, kept])
    click.echo(f"✔ 已恢复到 {target}，校验通过。要启用它：MINGCHUANG_DATA={target} mingchuang run")
    if address:
        click.echo("  启用前请把 MINGCHUANG_DATABASE（或者 settings.env 里的这一行）改成恢复到的数据库。")


def _replace(backup: Path, current: Path, *, yes: bool) -> None:
    """Restore beside the present data and put it in its place; whatever keeps it from that leaves nothing behind."""
    from mingchuang.site import backup as backups

    backups.refuse_running(current)
    target = backups.place_beside(current)
    _unpack(backup, target, None)
    try:
        if wrong := _verify(target, None):
            fail([*wrong, f"恢复出来的数据没有通过校验，有 {len(wrong)} 个问题，已经清除，现有数据没有动。"])
        if not yes and not _confirmed("校验通过。用它替换现有数据吗？（请先停止正在运行的明窗）"):
            click.echo("没有替换，现有数据没有动；恢复出来的已经清除。只想恢复出来看，请用 --into。")
            return
        aside = backups.switch(current, target)
    finally:
        # Gone when it was put in place. The backup itself is the evidence; this would only be in the next try's way.
        shutil.rmtree(target, ignore_errors=True)
    kept = f"原来的数据保留在 {aside}。" if aside else ""
    if aside and (folder := backups.kept_backups(current, aside)):
        kept += f"以前的备份在 {folder}。"
    click.echo(f"✔ 已替换。{kept}下次启动会重新生成网页和检索库。")


def _confirmed(question: str) -> bool:
    """Ask until the answer is yes or no; an empty one is no."""
    while True:
        said = click.prompt(f"{question} [是/否]", default="否", show_default=False).strip().lower()
        if said in {"是", "y", "yes"}:
            return True
        if said in {"否", "n", "no"}:
            return False
        click.echo("请回答“是”或者“否”。")


def _unpack(backup: Path, target: Path, address: str | None) -> None:
    from mingchuang.site import backup as backups

    with progress(f"正在核对备份并恢复到 {target}") as show:
        if address:
            backups.restore_postgresql(backup, target, address, show)
        else:
            backups.unpack(backup, target, show)


def _verify(target: Path, address: str | None) -> list[str]:
    from mingchuang.site import verification

    click.echo("正在校验恢复出来的数据……", err=True)
    return verification.findings(target, address)
