"""`mingchuang run`: bring the installation up to date and serve it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mingchuang.site.cli._start import data_option, refusals_in_chinese, start_django


@click.command()
@data_option
@click.option("--host", default=None, help="监听地址（默认 127.0.0.1，只有本机能访问）。")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="端口（默认 8000）。")
@click.option("--demo", is_flag=True, help="空的数据文件夹里先装入演示县：青铜峡市。")
@click.option("--prepare-only", is_flag=True, help="只准备，不启动服务。")
@refusals_in_chinese
def command(data: Path | None, host: str | None, port: int | None, demo: bool, prepare_only: bool) -> None:
    """准备并启动：数据库、网页、检索库都更新到最新，然后打开服务。"""
    host = host or os.environ.get("MINGCHUANG_HOST") or "127.0.0.1"
    port = port or int(os.environ.get("MINGCHUANG_PORT") or "8000")
    os.environ["MINGCHUANG_HOST"], os.environ["MINGCHUANG_PORT"] = host, str(port)
    from mingchuang.site import serving

    # Before the settings are read: the worker process is forked with them.
    os.environ["MINGCHUANG_BOUND_LOOPBACK"] = "1" if serving.is_loopback(host) else "0"
    if not prepare_only:
        serving.ensure_free(host, port)
    _prepare(data, demo)
    if prepare_only:
        return
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
    click.echo(f"\n  公众网站  {address}/\n  工作台    {address}/desk/\n\n按 Ctrl+C 停止。")
    serving.serve(host, port)


def _prepare(data: Path | None, demo: bool) -> None:
    """Database, demonstration county, static files, pages and index."""
    from mingchuang.site import data_folder

    folder = data.absolute() if data else data_folder.root()
    data_folder.prepare(folder)
    fresh = demo and not (folder / "db.sqlite3").exists() and not (folder / "demonstration").exists()
    if fresh:
        (folder / "demonstration").touch(mode=0o600)
    start_django(folder)
    from mingchuang.site import installation

    installation.upgrade_database(click.echo)
    if demo:
        from mingchuang.site.demo import county

        county.ensure(click.echo)
    changed = installation.publish_static_files()
    if changed:
        click.echo(f"已放好 {changed} 个样式和脚本文件。")
    installation.catch_up(click.echo)
    if demo:
        county.show_accounts(click.echo)
