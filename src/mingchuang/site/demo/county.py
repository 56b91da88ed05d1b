"""Making the demonstration county, step by step through the same doors that an office uses.

Every step looks first whether it was done, so a start that was cut off is completed by the next one. The events carry
the true time at which they were made: a demonstration doesn't pretend that 2026 was 2019.
"""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from mingchuang.core import do as kernel
from mingchuang.core.actor import Actor
from mingchuang.core.models import Capability, Collective, CollectiveMember, Unit, User
from mingchuang.core.roles import Role
from mingchuang.site import data_folder
from mingchuang.site.demo import catalogue, documents, notice, progress

Say = Callable[[str], None]
HERE = Path(__file__).parent
# No 0/O, 1/l/I: these passwords are read off a terminal and typed.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def ensure(say: Say) -> None:
    """Bring the demonstration county to the state that its size asks for; quiet when nothing is missing."""
    wanted = tomllib.loads((HERE / "county.toml").read_text("utf-8"))
    # One transaction each: a start that is cut off begins them again, and the disk waits once.
    with transaction.atomic():
        _units(wanted, say)
    with transaction.atomic():
        _people(wanted, say)
    if settings.MINGCHUANG_DEMO_SIZE == "people":
        return
    notice.ensure(say)
    catalogue.ensure(say)
    documents.ensure(say)
    catalogue.file(say)
    progress.ensure(say)


def show_accounts(say: Say) -> None:
    """The accounts and their passwords, as `make run` prints them."""
    say("\n演示账号（只在本机有效；密码在首次运行时随机生成）：")
    for row in _kept()["accounts"]:
        name = row["name"].ljust(4, "\u3000")
        say(f"  {row['username']:<7} {row['password']}   {name} {row['title']}（{Role(row['role']).label}）")


def _units(wanted: Mapping[str, Any], say: Say) -> None:
    since: date = wanted["since"]
    system = Actor.system()
    known = {unit.code: unit for unit in Unit.objects.all()}
    missing = [row for row in wanted["units"] if row["code"] not in known]
    if missing:
        say(f"正在建立 {len(missing)} 个单位……")
    for order, row in enumerate(wanted["units"], 1):
        if row["code"] in known:
            continue
        known[row["code"]] = kernel.create_unit(
            system,
            code=row["code"],
            name=row["name"],
            short_name=row["short"],
            plates=row["plates"],
            region=wanted["region"],
            since=since,
            parent=known.get(row.get("parent", "")),
            capabilities=[Capability(row["capability"])],
            order=order,
            uscc=row["uscc"],
            basis="演示数据",
        )
    for key, group in wanted["collectives"].items():
        if not Collective.objects.filter(name=group["name"]).exists():
            kernel.define_collective(system, name=group["name"], aliases=group["aliases"])
        collective = Collective.objects.get(name=group["name"])
        inside = set(CollectiveMember.objects.filter(collective=collective).values_list("unit__code", flat=True))
        for row in wanted["units"]:
            if row.get("collective") == key and row["code"] not in inside:
                kernel.join_collective(known[row["code"]], collective, system, since=since, basis="演示数据")


def _people(wanted: Mapping[str, Any], say: Say) -> None:
    kept = _kept()
    passwords = {row["username"]: row["password"] for row in kept["accounts"]}
    for row in wanted["people"]:
        passwords.setdefault(row["username"], _password())
    # Written before the accounts exist: a password that nobody can read any more would lock the demonstration up.
    _keep([{**row, "password": passwords[row["username"]]} for row in wanted["people"]])
    system = Actor.system()
    missing = [r for r in wanted["people"] if not User.objects.filter(username=r["username"]).exists()]
    if missing:
        say(f"正在建立 {len(missing)} 个演示人员……")
    for row in missing:
        made = kernel.add_person(
            system, name=row["name"], username=row["username"], password=passwords[row["username"]], demo=True
        )
        unit = Unit.objects.get(code=row["unit"])
        role, title = Role(row["role"]), row["title"]
        kernel.appoint(made, system, unit=unit, role=role, since=wanted["since"], title=title, note="演示数据")


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _file() -> Path:
    return Path(settings.MINGCHUANG_DATA) / data_folder.DEMONSTRATION_NAME


def _kept() -> dict[str, Any]:
    text = _file().read_text("utf-8") if _file().exists() else ""
    found: dict[str, Any] = json.loads(text) if text.strip() else {"accounts": []}
    return found


def _keep(accounts: list[dict[str, Any]]) -> None:
    """Replace the file whole, readable by its owner alone."""
    draft = _file().with_name(f".demonstration.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"accounts": accounts}, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(_file())
