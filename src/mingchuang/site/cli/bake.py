"""`mingchuang bake`: the public pages, all anew or what is behind."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mingchuang.site.cli._progress import progress
from mingchuang.site.cli._start import data_option, json_option, print_json, start_django


@click.command()
@data_option
@click.option("--all", "everything", is_flag=True, help="全部重新生成，并清除不该有的文件（默认只补上落后的部分）。")
@json_option
def command(data: Path | None, everything: bool, as_json: bool) -> None:
    """生成公众网站的网页文件；服务运行时也可以执行，结果马上可见。有网页没有生成时退出码为 1。"""
    start_django(data)
    from mingchuang.site import installation

    if everything:
        installation.publish_static_files()
        with progress("正在生成网页") as show:
            report = installation.bake_everything(show)
    else:
        report = installation.page_follower().catch_up()
    problems = {problem.address: problem.reason for problem in report.problems}
    if as_json:
        counts = {"written": report.written, "unchanged": report.unchanged, "removed": report.removed}
        print_json({**counts, "problems": problems})
    else:
        click.echo(f"✔ 写入 {report.written} 个，未变 {report.unchanged} 个，撤去 {report.removed} 个。")
        for address, reason in problems.items():
            click.echo(f"✘ {address}：{reason}", err=True)
    sys.exit(1 if problems else 0)
