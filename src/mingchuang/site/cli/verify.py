"""`mingchuang verify`: chain, checkpoints, triggers, state = fold of events, files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingchuang.site.cli._start import data_option, fail, json_option, print_json, start_django

if TYPE_CHECKING:
    from mingchuang.core.chain import Checkpoint


@click.command()
@data_option
@click.option(
    "--checkpoint",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另存在本机之外的检查点文件（checkpoints.jsonl 的副本），与本机的一并核对。",
)
@json_option
def command(data: Path | None, kept: Path | None, as_json: bool) -> None:
    """校验：事件链前后衔接、没有被改动，每个对象的状态等于它的事件，触发器在，文件都在且没有变。有问题时退出码为 1。

    事件链的末尾连同链首一起被截去或者重写，只有对照检查点才能发现。检查点记在数据文件夹的 checkpoints/
    checkpoints.jsonl（每天一次，每次校验无误和备份时各一次）。能改动数据文件夹的人也能改动它，所以请定期把它复制到
    本机之外，校验时用 --checkpoint 指明。最近一个检查点之后的事件，还没有检查点可以对照。
    """
    start_django(data)
    from mingchuang.core import verify
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import errors

    issues = verify.run(_outside(kept))
    wrong = errors(issues)
    count = Event.objects.count()
    point = None if wrong else _write_down()
    if as_json:
        told = {"seq": point.seq, "link": point.link, "algorithm": point.algorithm} if point else None
        print_json({"events": count, "issues": [issue.to_json() for issue in issues], "checkpoint": told})
    else:
        for issue in issues:
            click.echo(f"{'✘' if issue in wrong else '·'} {issue.message}", err=True)
        if wrong:
            click.echo(f"共 {count} 个事件，发现 {len(wrong)} 个问题。", err=True)
        else:
            click.echo(f"✔ {count} 个事件，链条完整；状态、触发器、文件都相符。")
            if point:
                click.echo(f"检查点：第 {point.seq} 号事件，{point.algorithm}:{point.link}。请在本机之外留存。")
    sys.exit(1 if wrong else 0)


def _outside(kept: Path | None) -> list[Checkpoint]:
    """The checkpoints of a file from elsewhere; ends the command (exit 2) when it holds none or something else."""
    from mingchuang.core import checkpoints
    from mingchuang.norms.outcome import Refused

    if kept is None:
        return []
    try:
        points = checkpoints.read(kept)
    except Refused as refused:
        fail([issue.message for issue in refused.issues], code=2)
    if not points:
        fail([f"{kept} 里没有检查点。"], code=2)
    return points


def _write_down() -> Checkpoint | None:
    """Keep where the sound chain stands; a disk that can't be written is said, and changes nothing of the result."""
    from mingchuang.core import checkpoints
    from mingchuang.site import failures

    try:
        return checkpoints.write("verify")
    except OSError as error:
        click.echo(f"· 检查点没有记下：{failures.of_system(error)}", err=True)
        return None
