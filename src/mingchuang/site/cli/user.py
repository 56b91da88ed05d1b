"""`mingchuang user`: the accounts, from the machine itself: for the first administrator and for emergencies."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from mingchuang.site.cli._group import group
from mingchuang.site.cli._start import data_option, fail, json_option, print_json, start_django

command = group(
    "账号：列出（list）、新建（add）、重置密码（password）、停用两步验证（second-step-off）、"
    "锁定（lock）、解锁（unlock）。"
)


@command.command("list")
@data_option
@json_option
def list_accounts(data: Path | None, as_json: bool) -> None:
    """全部账号、所任职务和状态。"""
    start_django(data)
    from mingchuang.core import lockouts
    from mingchuang.core.models import Appointment, User
    from mingchuang.core.now import BEIJING, today
    from mingchuang.core.roles import Role
    from mingchuang.core.units import Directory

    shut_out: dict[int, list[str]] = {}
    for one in lockouts.current():
        until = one.until.astimezone(BEIJING)
        shut_out.setdefault(one.person.pk, []).append(f"{one.address}（至{until:%H:%M}）")
    directory = Directory(today())
    held: dict[int, list[str]] = {}
    for row in Appointment.objects.on(today()).select_related("unit"):
        held.setdefault(row.person_id, []).append(f"{directory.short_name(row.unit)}{Role(row.role).label}")
    rows: list[dict[str, Any]] = [
        {
            "username": user.username,
            "name": user.person.name,
            "open": user.is_active,
            "held": held.get(user.person_id, []),
            "locked_out": shut_out.get(user.person_id, []),
        }
        for user in User.objects.order_by("username")
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "" if row["open"] else "　（已锁定或停用）"
        if row["locked_out"]:
            state += f"　（连续输错密码，暂不能从{'、'.join(row['locked_out'])}登录）"
        click.echo(f"{row['username']}　{row['name']}　{'、'.join(row['held']) or '没有任职'}{state}")


@command.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--unit", required=True, help="任职单位的代码或名称；库里还没有单位时，会用这个名称建立本级政府。")
@click.option(
    "--role",
    default="admin",
    type=click.Choice(["clerk", "reviewer", "leader", "office", "supervisor", "admin"]),
    help="角色（默认 admin 管理员）。",
)
@data_option
def add(username: str, name: str, unit: str, role: str, data: Path | None) -> None:
    """新建人员和账号，打印一次性看到的密码；登录后请立即更换。"""
    start_django(data)
    from mingchuang.core import chain, do
    from mingchuang.core.actor import Actor
    from mingchuang.core.now import today
    from mingchuang.core.roles import Role

    system, password = Actor.system(), secrets.token_urlsafe(12)
    with chain.together():
        place = _unit(unit)
        person = do.add_person(system, name=name, username=username, password=password)
        do.appoint(person, system, unit=place, role=Role(role), since=today(), note="命令行建立")
    click.echo(
        f"✔ 已建立 {username}（{name}，{Role(role).label}）。密码：{password}\n  登录后请立即更换，并启用两步验证。"
    )


@command.command()
@click.argument("username")
@data_option
def password(username: str, data: Path | None) -> None:
    """重置密码，打印一次。"""
    start_django(data)
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    fresh = secrets.token_urlsafe(12)
    do.set_password(_person(username), Actor.system(), password=fresh)
    click.echo(f"✔ {username} 的新密码：{fresh}")


@command.command("second-step-off")
@click.argument("username")
@click.option("--note", required=True, help="理由。")
@data_option
def second_step_off(username: str, note: str, data: Path | None) -> None:
    """停用两步验证：手机和恢复码都丢了的时候用。"""
    start_django(data)
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.remove_factor(_person(username), Actor.system(), note=note)
    click.echo(f"✔ 已停用 {username} 的两步验证。")


@command.command()
@click.argument("username")
@click.option("--note", required=True, help="理由。")
@data_option
def lock(username: str, note: str, data: Path | None) -> None:
    """锁定账号。"""
    start_django(data)
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.lock_account(_person(username), Actor.system(), note=note)
    click.echo(f"✔ 已锁定 {username}。")


@command.command()
@click.argument("username")
@click.option("--note", required=True, help="理由。")
@data_option
def unlock(username: str, note: str, data: Path | None) -> None:
    """解锁账号；因连续输错密码被暂时锁定的，一并解除。"""
    start_django(data)
    from mingchuang.core import chain, do, lockouts
    from mingchuang.core.actor import Actor

    person = _person(username)
    shut_out = bool(lockouts.current(person))
    if person.access != "locked" and not shut_out:
        fail([f"{username} 没有被锁定，也没有因连续输错密码被暂时锁定。"])
    with chain.together():
        if person.access == "locked":
            do.unlock_account(person, Actor.system(), note=note)
        if shut_out:
            do.lift_lockout(person, Actor.system(), note=note)
    click.echo(f"✔ 已解锁 {username}。")


def _person(username: str):  # type: ignore[no-untyped-def]  # its model exists only once Django has started
    from mingchuang.core import usernames

    found = usernames.find(username)
    if found is None:
        fail([f"没有账号 {username}。用 mingchuang user list 查看。"], code=2)
    return found.person


def _unit(written: str):  # type: ignore[no-untyped-def]  # its model exists only once Django has started
    from django.conf import settings

    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Capability, Unit
    from mingchuang.core.now import today
    from mingchuang.core.units import find

    found = Unit.objects.filter(code=written).first() or find(written, today()).unit
    if found is not None:
        return found
    if Unit.objects.exists():
        fail([f"没有代码或名称是“{written}”的单位。"], code=2)
    return do.create_unit(
        Actor.system(),
        code="gov",
        name=written,
        region=settings.MINGCHUANG_REGION,
        since=today(),
        capabilities=[Capability.ADMINISTRATIVE],
        order=1,
    )
