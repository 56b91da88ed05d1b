"""`mingchuang bake`: the public pages, all anew or what is behind."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mingchuang.site.cli._start import data_option, json_option, print_json, refusals_in_chinese, start_django


@click.command()
@data_option
@click.option("--all", "everything", is_flag=True, help="全部重新生成，并清除不该有的文件（默认只补上落后的部分）。")
@json_option
@refusals_in_chinese
def command(data: Path | None, everything: bool, as_json: bool) -> None:
    """生成公众网站的网页文件；服务运行时也可以执行，结果马上可见。有网页没有生成时退出码为 1。"""
    start_django(data)
    from mingchuang.press.bake import Baker
    from mingchuang.press.follow import Follower
    from mingchuang.site import installation

    store = installation.public_store()
    if everything:
        installation.publish_static_files()
        bar = click.progressbar(length=1, label="正在生成网页", file=click.get_text_stream("stderr"))
        with bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            report = Baker(store).bake_all(progress)
    else:
        report = Follower(store).catch_up()
    problems = {problem.address: problem.reason for problem in report.problems}
    if as_json:
        counts = {"written": report.written, "unchanged": report.unchanged, "removed": report.removed}
        print_json({**counts, "problems": problems})
    else:
        click.echo(f"✔ 写入 {report.written} 个，未变 {report.unchanged} 个，撤去 {report.removed} 个。")
        for address, reason in problems.items():
            click.echo(f"✘ {address}：{reason}", err=True)
    sys.exit(1 if problems else 0)
