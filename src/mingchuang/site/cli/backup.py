"""`mingchuang backup`: one folder with everything that can't be made anew, verified when it is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mingchuang.site.cli._progress import progress
from mingchuang.site.cli._start import data_option, json_option, print_json, start_django


@click.command()
@data_option
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="放在哪个文件夹（默认 数据文件夹/backups）。"
)
@json_option
def command(data: Path | None, into: Path | None, as_json: bool) -> None:
    """备份数据库和全部文件，再校验写成的备份（运行中也可以备份）。没有通过校验时备份保留，退出码为 1。"""
    folder = start_django(data)
    from mingchuang.site import backup

    with progress("正在备份") as show:
        made = backup.create(into or folder / "backups", progress=show)
    manifest = backup.check(made)
    click.echo("正在校验备份……", err=True)
    wrong = backup.verify(made)
    if as_json:
        told = {"backup": str(made), "files": len(manifest["files"]), "made_at": manifest["made_at"]}
        print_json({**told, "verified": not wrong, "issues": wrong})
    else:
        _tell(made, manifest, wrong)
    sys.exit(1 if wrong else 0)


def _tell(made: Path, manifest: dict[str, Any], wrong: list[str]) -> None:
    count = len(manifest["files"])
    if not wrong:
        source = "" if manifest["engine"] == "sqlite" else "转储能够完整读出，"
        click.echo(f"✔ 已备份到 {made}（{count} 个文件）。{source}校验通过。恢复：mingchuang restore {made}")
        return
    for sentence in wrong:
        click.echo(f"✘ {sentence}", err=True)
    click.echo(
        f"备份已写到 {made}（{count} 个文件）并保留，但没有通过校验，有 {len(wrong)} 个问题，不能用它替换现有数据。",
        err=True,
    )
