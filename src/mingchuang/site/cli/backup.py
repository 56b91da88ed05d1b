"""`mingchuang backup`: one folder with everything that can't be made anew."""

from __future__ import annotations

from pathlib import Path

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
    """备份数据库和全部文件（运行中也可以备份）。"""
    folder = start_django(data)
    from mingchuang.site import backup

    with progress("正在备份") as show:
        made = backup.create(into or folder / "backups", progress=show)
    manifest = backup.check(made)
    if as_json:
        print_json({"backup": str(made), "files": len(manifest["files"]), "made_at": manifest["made_at"]})
    else:
        click.echo(f"✔ 已备份到 {made}（{len(manifest['files'])} 个文件，逐一核对过）。恢复：mingchuang restore {made}")
