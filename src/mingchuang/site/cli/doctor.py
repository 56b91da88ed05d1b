"""`mingchuang doctor`: what this installation has, what it lacks and how to get it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mingchuang.site.cli._start import data_option, json_option, print_json, start_django

SIGNS = {"ok": "✔", "remark": "·", "warning": "！", "error": "✘"}


@click.command()
@data_option
@json_option
def command(data: Path | None, as_json: bool) -> None:
    """检查本机安装：缺什么、为什么、怎么补。有错误时退出码为 1。"""
    folder = start_django(data)
    from mingchuang.site import health

    findings = health.examine(folder)
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{SIGNS[finding.level]} {finding.subject}：{finding.message}")
            if finding.advice:
                click.echo(f"    → {finding.advice}")
    sys.exit(1 if any(finding.level == "error" for finding in findings) else 0)
