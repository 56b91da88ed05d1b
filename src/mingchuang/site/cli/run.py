"""`mingchuang run`: bring the installation up to date and serve it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mingchuang.site.cli._start import data_option, start_django


@click.command()
@data_option
@click.option("--host", default=None, help="监听地址（默认 127.0.0.1，只有本机能访问）。")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="端口（默认 8000）。")
@click.option("--demo", is_flag=True, help="空的数据文件夹里先装入演示县：青铜峡市。")
@click.option("--prepare-only", is_flag=True, help="只准备，不启动服务。")
def command(data: Path | None, host: str | None, port: int | None, demo: bool, prepare_only: bool) -> None:
    """准备并启动：数据库、网页、检索库都更新到最新，然后打开服务。"""
    from mingchuang.site import data_folder, serving, variables

    folder = data.absolute() if data else data_folder.root()
    given = variables.read({**data_folder.environment(folder), **_told(host, port)})
    # Before the settings are read: the worker process is forked with them.
    os.environ["MINGCHUANG_HOST"], os.environ["MINGCHUANG_PORT"] = given.host, str(given.port)
    os.environ["MINGCHUANG_BOUND_LOOPBACK"] = "1" if serving.is_loopback(given.host) else "0"
    if not prepare_only:
        serving.ensure_free(given.host, given.port)
    data_folder.prepare(folder)
    _prepare(folder, demo)
    if prepare_only:
        return
    _announce(given)
    serving.serve(given.host, given.port)


def _told(host: str | None, port: int | None) -> dict[str, str]:
    told = {"MINGCHUANG_HOST": host, "MINGCHUANG_PORT": str(port) if port else None}
    return {name: value for name, value in told.items() if value}


def _prepare(folder: Path, demo: bool) -> None:
    from mingchuang.site import data_folder

    if demo:
        data_folder.mark_demonstration(folder)
    start_django(folder)
    from mingchuang.site import preparing
    from mingchuang.site.demo import county

    preparing.prepare(folder, click.echo, demo=demo)
    if demo:
        county.show_accounts(click.echo)


def _announce(given) -> None:  # type: ignore[no-untyped-def]  # variables.Variables, imported when the command runs
    from mingchuang.site.variables import ANYWHERE

    address = f"http://{'127.0.0.1' if given.host in ANYWHERE else given.shown_host}:{given.port}"
    click.echo(f"\n  公众网站  {address}/\n  工作台    {address}/desk/\n")
    if given.host in ANYWHERE and given.address == address:
        click.echo(
            "！监听所有网卡时，请用 MINGCHUANG_ADDRESS 写明公众访问的网址，用 MINGCHUANG_HOSTS 写明域名或 IP。\n"
        )
    click.echo("按 Ctrl+C 停止。")
