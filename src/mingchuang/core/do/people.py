"""People, what they are appointed to, and how they sign in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mingchuang.core import chain, lockouts, passwords, standing, units, usernames
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.edge import model_issues
from mingchuang.core.models import Appointment, Person, Unit, User
from mingchuang.core.roles import APPOINTABLE, Role
from mingchuang.norms.outcome import Issue, Refused, refuse_if

_PHONE = re.compile(r"[0-9+\-－ ()（）]*[0-9][0-9+\-－ ()（）]*")
_KEEPERS = frozenset({Role.ADMIN})


def add_person(
    actor: Actor, *, name: str, phone: str = "", username: str = "", password: str = "", demo: bool = False
) -> Person:
    """Register a person; with `username` and `password` they can sign in, without they can only sign on paper.

    `demo`: an invented person of the demonstration, whose password was drawn by lot.
    """
    person = Person(name=name.strip(), phone=phone, demo=demo)
    issues = model_issues(person, exclude=("access",)) + _phone_issues(phone)
    refuse_if(issues + (_login_issues(username, password, person) if username or password else []))
    with chain.together():
        act(person, "create", actor, data={"demo": demo, "login": bool(username)})
        if username:
            _open(person, username, password, drawn=demo)
    return person


def open_account(person: Person, actor: Actor, *, username: str, password: str) -> User:
    """Give a registered person a login. Only an administrator may (and the software)."""
    issues = _login_issues(username, password, person)
    if User.objects.filter(person=person).exists():
        issues.append(Issue("people.login", f"{person.name}已有账号，一人不得有两个账号。", field="username"))
    _refuse_unless_keeper(issues, person, actor)
    with chain.together():
        act(person, "change_password", actor, data={"opened": True})
        return _open(person, username, password)


def set_password(person: Person, actor: Actor, *, password: str) -> None:
    """Set another password (reset by an administrator; people change their own through allauth)."""
    user = User.objects.filter(person=person).first()
    missing = [Issue("people.no_login", f"{person.name}没有账号，请先开通。", field="username")]
    _refuse_unless_keeper(missing if user is None else _password_issues(password, user), person, actor)
    if user is None:
        raise AssertionError("without an account it was refused")
    with chain.together():
        act(person, "change_password", actor, data={"by": "administrator"})
        user.set_password(password)
        user.save(update_fields=["password"])


def remove_factor(person: Person, actor: Actor, *, note: str) -> None:
    """Switch the second step off for somebody who lost telephone and recovery codes (the own one: allauth's pages)."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - allauth's models load after those of the kernel

    factors = Authenticator.objects.filter(user__person=person)
    issues = [] if factors.exists() else [Issue("people.no_factor", f"{person.name}没有启用两步验证。", field="note")]
    if not note.strip():
        issues.append(Issue("people.note", "停用他人的两步验证，必须写明理由。", field="note"))
    _refuse_unless_keeper(issues, person, actor)
    with chain.together():
        act(person, "remove_factor", actor, note=note, data={"by": "administrator"})
        factors.delete()


def appoint(
    person: Person,
    actor: Actor,
    *,
    unit: Unit,
    role: Role,
    since: date,
    until: date | None = None,
    note: str,
    title: str = "",
    kind: Appointment.Kind = Appointment.Kind.OFFICE,
    basis: str = "",
) -> Appointment:
    """Give a person a role for a unit from `since` on; nobody gives one to himself.

    委托 (`kind`) fills a vacancy; it needs `basis`, `until`.
    """
    row = Appointment(unit=unit, role=role, since=since, until=until, title=title, kind=kind, basis=basis)
    row.person = person
    refuse_if(model_issues(row) + _appointment_issues(row))
    with chain.together():
        data = {"unit": unit.code, "role": role, "since": since, "until": until, "kind": kind, "basis": basis}
        act(person, "change_roles", actor, note=note, data={"appointed": data}, facts={"appoints": True})
        row.save(force_insert=True)
    return row


def end_appointment(appointment: Appointment, actor: Actor, *, until: date, note: str) -> None:
    """The role ends: `until` is the first day without it."""
    issues = []
    if until <= appointment.since:
        message = f"终止日期须晚于起始日期{appointment.since:%Y-%m-%d}。"
        issues.append(Issue("people.order", message, field="until"))
    if appointment.until is not None and appointment.until <= until:
        issues.append(Issue("people.ended", f"此项任职已于{appointment.until:%Y-%m-%d}终止。", field="until"))
    refuse_if(issues)
    with chain.together():
        data = {"unit": appointment.unit.code, "role": appointment.role, "until": until}
        facts = {"ends": appointment, "until": until}
        act(appointment.person, "change_roles", actor, note=note, data={"ended": data}, facts=facts)
        Appointment.objects.filter(pk=appointment.pk).update(until=until)
        appointment.until = until


def lock_account(person: Person, actor: Actor, *, note: str) -> None:
    """No signing in until it is unlocked."""
    act(person, "lock", actor, note=note)


def unlock_account(person: Person, actor: Actor, *, note: str) -> None:
    """Signing in again."""
    act(person, "unlock", actor, note=note)


def lift_lockout(person: Person, actor: Actor, *, note: str) -> None:
    """An end to the short lock-out after wrong passwords, from every address. Raises `Refused` when there is none."""
    ended = [{"failures": one.failures, "until": one.until} for one in lockouts.current(person)]
    with chain.together():
        act(person, "lift_lockout", actor, note=note, data={"lifted": ended})
        lockouts.clear(person)


def close_account(person: Person, actor: Actor, *, note: str, until: date) -> None:
    """The person leaves: no signing in, and every role ends on `until`; what they did stays."""
    with chain.together():
        act(person, "close", actor, note=note, data={"until": until})
        Appointment.objects.filter(person=person, until__isnull=True, since__lt=until).update(until=until)


def reopen_account(person: Person, actor: Actor, *, note: str) -> None:
    """The person is back; roles are given anew."""
    act(person, "reopen", actor, note=note)


def _refuse_unless_keeper(issues: list[Issue], person: Person, actor: Actor) -> None:
    """Raise `Refused` with `issues` and with why `actor` may not do this; an attempt without right is written down."""
    try:
        refuse_if(standing.holds_any(actor, _KEEPERS, "办理他人的账号和密码") + issues)
    except Refused as refusal:
        standing.report(refusal, actor, person, "change_password")
        raise


def _phone_issues(phone: str) -> list[Issue]:
    if not phone or _PHONE.fullmatch(phone):
        return []
    message = "办公电话只写数字、加号、短横、空格和括号，例如 0999-1234567。"
    return [Issue("people.phone", message, field="phone")]


def _open(person: Person, username: str, password: str, *, drawn: bool = False) -> User:
    user = User(username=username, person=person)
    if drawn:
        user.password = passwords.of_a_drawn_one(password)
    else:
        user.set_password(password)
    # Once more, where events stand in line: of two that open twins at the same moment, the second is refused.
    refuse_if(usernames.taken(username))
    user.save(force_insert=True)
    return user


def _login_issues(username: str, password: str, person: Person) -> list[Issue]:
    user = User(username=username)
    wrong = model_issues(user, exclude=("person", "password"), unique=False)
    return wrong + usernames.taken(username) + _password_issues(password, user)


def _password_issues(password: str, user: User) -> list[Issue]:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        return [Issue("people.password", text, field="password") for text in fault.messages]
    return []


def _appointment_issues(row: Appointment) -> list[Issue]:
    issues = []
    if row.role not in APPOINTABLE:
        issues.append(Issue("people.role", "这一身份不能任命。", field="role"))
    if row.until is not None and row.until <= row.since:
        issues.append(Issue("people.order", "终止日期须晚于起始日期。", field="until"))
    if row.kind == Appointment.Kind.MANDATE and not (row.basis and row.until):
        issues.append(Issue("people.mandate", "委托须写明依据和终止日期。", field="basis"))
    if row.person.access != "active":
        issues.append(Issue("people.closed", f"{row.person.name}的账号已锁定或停用，不能任职。", field="person"))
    if row.unit.existence != "existing":
        issues.append(Issue("people.unit", "该单位已撤并，不能任职。", field="unit"))
    same: Any = Appointment.objects.filter(person=row.person, unit=row.unit, role=row.role)
    if any(_overlap(row, other) for other in same):
        name = units.name_of(row.unit, row.since)
        issues.append(
            Issue("people.twice", f"{row.person.name}在此期间已任{name}{Role(row.role).label}。", field="role")
        )
    return issues


def _overlap(one: Appointment, other: Appointment) -> bool:
    starts_before_end = other.until is None or one.since < other.until
    return starts_before_end and (one.until is None or other.since < one.until)
