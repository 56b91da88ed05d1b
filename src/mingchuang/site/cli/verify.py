"""`mingchuang verify`: chain, triggers, state = fold of events, files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mingchuang.site.cli._start import data_option, json_option, print_json, start_django


@click.command()
@data_option
@json_option
def command(data: Path | None, as_json: bool) -> None:
    """校验：事件链没有被改、删、截断，每个对象的状态等于它的事件，文件都在且没有变。有问题时退出码为 1。"""
    start_django(data)
    from mingchuang.core import verify
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import errors

    issues = verify.run()
    wrong = errors(issues)
    count = Event.objects.count()
    if as_json:
        print_json({"events": count, "issues": [issue.to_json() for issue in issues]})
    else:
        for issue in issues:
            click.echo(f"{'✘' if issue in wrong else '·'} {issue.message}", err=True)
        if wrong:
            click.echo(f"共 {count} 个事件，发现 {len(wrong)} 个问题。", err=True)
        else:
            click.echo(f"✔ {count} 个事件，链条完整；状态、触发器、文件都相符。")
    sys.exit(1 if wrong else 0)
