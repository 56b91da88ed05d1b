"""Who keeps accounts: administrators in person, and the software; nobody gives a role to himself.

Checks on the machine `account`, asked by `act` with everything else. The machine says which roles; it cannot know
whose account it is, nor that somebody else is at the keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mingchuang.core import checks
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue

KEPT: Final = ("create", "lock", "unlock", "change_roles", "close", "reopen")
OWN: Final = ("change_password", "enrol_factor", "remove_factor")


def connect() -> None:
    """Register the checks; called once, when Django is ready."""
    for move in (*KEPT, *OWN):
        checks.register("account", move, in_person)
    for move in OWN:
        checks.register("account", move, own_or_administrator)
    checks.register("account", "change_roles", not_oneself)


def in_person(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A clerk may write down what a leader signed on paper, but not what an administrator would have done."""
    if actor.on_behalf_of is None and actor.via == Way.SYSTEM:
        return []
    return [Issue("standing.keeper", "账户和岗位只能由管理员本人办理，不能代为登记。", field="on_behalf_of")]


def own_or_administrator(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A password or a second factor is one's own; others' are an administrator's to reset (`standing` has the rest)."""
    if actor.is_system or actor.role in {Role.SELF, Role.ADMIN}:
        return []
    message = f"{actor.role.label}不能更换或者重置{person.name}的口令和动态口令，须由本人或者管理员办理。"
    return [Issue("standing.keeper", message, field="role")]


def not_oneself(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """`facts["appoints"]`: a role is given, not taken away."""
    if facts.get("appoints") and person.pk in {one.pk for one in (actor.person, actor.on_behalf_of) if one is not None}:
        return [Issue("standing.self", "不能为本人任职，请由另一名管理员办理。", field="person")]
    return []
