"""Who keeps accounts: administrators in person, and the software; nobody gives a role to himself, and the last
administrator stays.

Checks on the machine `account`, asked by `act` with everything else. The machine says which roles; it cannot know
whose account it is, nor that somebody else is at the keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from mingchuang.core import checks, now
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Appointment, Person
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT: Final = ("create", "lock", "unlock", "lift_lockout", "change_roles", "close", "reopen")
TAKEN: Final = ("lock", "close", "change_roles")
OWN: Final = ("change_password", "enrol_factor", "remove_factor")


def connect() -> None:
    """Register the checks; called once, when Django is ready."""
    for move in (*KEPT, *OWN):
        checks.register("account", move, in_person)
    for move in OWN:
        checks.register("account", move, own_or_administrator)
    checks.register("account", "change_roles", not_oneself)
    for move in TAKEN:
        checks.register("account", move, not_the_last)


def in_person(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A clerk may write down what a leader signed on paper, but not what an administrator would have done."""
    if actor.on_behalf_of is None and actor.via == Way.SYSTEM:
        return []
    return [Issue("standing.keeper", "账号和岗位只能由管理员本人办理，不能代为登记。", field="on_behalf_of")]


def own_or_administrator(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A password or a second factor is one's own; others' are an administrator's to reset (`standing` has the rest)."""
    if actor.is_system or actor.role in {Role.SELF, Role.ADMIN}:
        return []
    message = f"{actor.role.label}不能更换或者重置{person.name}的密码和两步验证，须由本人或者管理员办理。"
    return [Issue("standing.keeper", message, field="role")]


def not_oneself(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """`facts["appoints"]`: a role is given, not taken away."""
    if facts.get("appoints") and person.pk in {one.pk for one in (actor.person, actor.on_behalf_of) if one is not None}:
        return [Issue("standing.self", "不能为本人任职，请由另一名管理员办理。", field="person")]
    return []


def not_the_last(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Somebody who can sign in must stay administrator. `facts["ends"]` is the appointment that
    a change of roles ends, `facts["until"]` the first day without it.

    The software itself may (`mingchuang user lock`, when the account is in wrong hands): who commands the machine can
    make another administrator there.
    """
    if actor.is_system or facts.get("appoints"):
        return []
    ended: Appointment | None = facts.get("ends")
    taken = Q(person=person) if ended is None else Q(pk=ended.pk)
    left = _administrators(facts.get("until") or now.today()).exclude(taken)
    if not person.demo:
        left = left.filter(person__demo=False)  # they sign in on this machine alone
    if left.exists() or not _administrators(now.today()).filter(taken).exists():
        return []
    message = f"{person.name}是唯一能登录的管理员，此后将无人管理账号。请先为另一名有账号的人员任职管理员。"
    return [Issue("people.last_administrator", message, field="note")]


def _administrators(day: date) -> QuerySet[Appointment]:
    """Who keeps accounts on `day` and can sign in."""
    rows = Appointment.objects.on(day).filter(role=Role.ADMIN.value, person__access="active")
    return rows.filter(person__user__isnull=False)
