"""`mingchuang restore`: a backup into a new folder, verified there, and only then put in place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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
    """把备份恢复到新文件夹，校验通过后再替换现有数据；原数据改名保留，不删除。"""
    current = start_django(data, must_exist=False)
    from mingchuang.site import backup as backups

    target = (into or current.with_name(f"{current.name}.restored")).absolute()
    with progress(f"正在核对备份并恢复到 {target}") as show:
        if address:
            backups.restore_postgresql(backup, target, address, show)
        else:
            backups.unpack(backup, target, show)
    _verify(target, address)
    if into or address:
        click.echo(f"✔ 已恢复到 {target}，校验通过。要启用它：MINGCHUANG_DATA={target} mingchuang run")
        if address:
            click.echo("  启用前请把 MINGCHUANG_DATABASE（或者 settings.env 里的这一行）改成恢复到的数据库。")
        return
    if not yes and not click.confirm("校验通过。用它替换现有数据吗？（请先停止正在运行的明窗）"):
        click.echo(f"没有替换；恢复好的数据在 {target}。")
        return
    aside = backups.switch(current, target)
    kept = f"原来的数据保留在 {aside}。" if aside else ""
    click.echo(f"✔ 已替换。{kept}下次启动会重新生成网页和检索库。")


def _verify(target: Path, address: str | None) -> None:
    """Run `verify` in a process of its own, whose settings point at the restored data."""
    environment = {**os.environ, "MINGCHUANG_DATA": str(target.absolute())}
    if address:
        environment["MINGCHUANG_DATABASE"] = address
    command = [sys.executable, "-m", "mingchuang.site.cli", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        # The backup itself is the evidence; what was laid out from it would only be in the way of the next try.
        shutil.rmtree(target, ignore_errors=True)
        told = done.stderr or done.stdout
        fail([f"恢复出来的数据没有通过校验，已经清除，现有数据没有动：\n{told}"])
