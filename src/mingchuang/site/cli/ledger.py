"""`mingchuang ledger`: load a notice, read it again, see where its duties stand."""

from __future__ import annotations

from pathlib import Path

import click

from mingchuang.site.cli._group import group
from mingchuang.site.cli._start import data_option, fail, json_option, print_json, start_django

command = group(
    "要点台账：列出（list）、载入（load）、再次识别（reread）、作废（void）、恢复（restore）、看任务（show）。"
)


@command.command("list")
@data_option
@json_option
def list_notices(data: Path | None, as_json: bool) -> None:
    """已载入的工作要点和落实情况。"""
    start_django(data)
    from mingchuang.core.now import today
    from mingchuang.ledger import queries
    from mingchuang.ledger.models import Notice

    rows = [
        {"id": notice.pk, "title": str(notice), "number": notice.number, **queries.counts(notice, today())}
        for notice in Notice.objects.exclude(progress="void")
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['id']}　{row['title']}（{row['number']}）：{row['total']} 项，完成 {row['done']}，"
            f"推进 {row['in_progress']}，未启动 {row['planned']}，逾期 {row['overdue']}，待核对 {row['unchecked']}"
        )


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", required=True, help="牵头单位的代码或名称。")
@click.option("--again", is_flag=True, help="同一文号的另一份文件已经载入过，核对后仍要载入。")
@data_option
def load(file: Path, unit: str, again: bool, data: Path | None) -> None:
    """载入一份工作要点；以系统身份登记，核对仍由人在工作台进行。"""
    start_django(data)
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Unit
    from mingchuang.core.now import today
    from mingchuang.core.units import find
    from mingchuang.ledger import do
    from mingchuang.norms.outcome import Refused

    found = Unit.objects.filter(code=unit).first() or find(unit, today()).unit
    if found is None:
        fail([f"没有代码或名称是“{unit}”的单位。"], code=2)
    try:
        made = do.load(file.read_bytes(), file.name, found, Actor.system(), again=again)
    except Refused as refusal:
        same = any(issue.code == do.SAME_NUMBER for issue in refusal.issues)
        fail([*refusal.reasons, *(["确实是另一份文件的，加上 --again 再载入。"] if same else [])])
    click.echo(f"✔ 已载入《{made}》，读出 {made.duties.count()} 项任务，编号 {made.pk}。")


@command.command()
@click.argument("notice", type=int)
@data_option
def reread(notice: int, data: Path | None) -> None:
    """用现在的识别规则重读；人工更正保留。"""
    start_django(data)
    from mingchuang.core.actor import Actor
    from mingchuang.ledger import do

    outcome = do.reread(_notice(notice), Actor.system())
    titles = {"same": "没有变化", "changed": "文字有变化", "new": "新读出", "missing": "新读法中没有"}
    for key, refs in outcome.items():
        click.echo(f"{titles[key]}：{len(refs)} 项{('（' + '、'.join(refs) + '）') if refs and key != 'same' else ''}")


@command.command()
@click.argument("notice", type=int)
@click.argument("record")
@data_option
def bind(notice: int, record: str, data: Path | None) -> None:
    """写明要点公开为哪一条记录（RECORD 填索引号或文号），两边的公众页面互相链接。"""
    start_django(data)
    from mingchuang.desk.forms.ledger import find_public
    from mingchuang.ledger import do
    from mingchuang.norms.outcome import Refused
    from mingchuang.site import installation

    found, chosen = _notice(notice), find_public(record)
    if chosen is None or chosen.published is None:
        fail([f"没有索引号或文号是“{record}”的已公开记录。"], code=2)
    try:
        do.bind_record(found, chosen)
    except Refused as refusal:
        fail(list(refusal.reasons))
    installation.follow_at_once()
    click.echo(f"✔ 《{found}》已关联《{chosen.published.title}》（{chosen}）。")


@command.command()
@click.argument("notice", type=int)
@click.option("--note", required=True, help="理由，例如“重复载入”。")
@data_option
def void(notice: int, note: str, data: Path | None) -> None:
    """作废误传或者重复的文件；仅作留存，退出待办、期限和公众页面。"""
    start_django(data)
    from mingchuang.core.actor import Actor
    from mingchuang.ledger import do
    from mingchuang.site import installation

    found = _notice(notice)
    do.void_notice(found, Actor.system(), note)
    installation.follow_at_once()
    click.echo(f"✔ 已作废《{found}》。作废有误的，用 mingchuang ledger restore {notice} 恢复。")


@command.command()
@click.argument("notice", type=int)
@click.option("--note", required=True, help="理由。")
@data_option
def restore(notice: int, note: str, data: Path | None) -> None:
    """恢复已作废的文件；恢复以后重新核对。"""
    start_django(data)
    from mingchuang.core.actor import Actor
    from mingchuang.ledger import do

    found = _notice(notice)
    do.restore_notice(found, Actor.system(), note)
    click.echo(f"✔ 已恢复《{found}》，待核对。")


@command.command()
@click.argument("notice", type=int)
@data_option
@json_option
def show(notice: int, data: Path | None, as_json: bool) -> None:
    """一份要点的各项任务：责任单位、时限、进度。"""
    start_django(data)
    from mingchuang.core.now import today
    from mingchuang.ledger import queries

    rows = queries.rows_of(queries.readings().filter(notice=_notice(notice)), today(), shows_lateness=True)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        owners = "、".join(owner["name"] for owner in row["owners"]) or "（没有责任单位）"
        late = "　逾期" if row["late"] else ""
        click.echo(f"{row['ref']}　{row['heading']}　{owners}　{row['progress_title']}{late}")


def _notice(pk: int):  # type: ignore[no-untyped-def]  # its model exists only once Django has started
    from mingchuang.ledger.models import Notice

    found = Notice.objects.filter(pk=pk).first()
    if found is None:
        fail([f"没有编号为 {pk} 的工作要点。用 mingchuang ledger list 查看编号。"], code=2)
    return found
