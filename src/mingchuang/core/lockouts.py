"""Accounts that wrong passwords have closed for a while, from one address each: who, whence, until when, and an end.

The count is axes' (`AXES_LOCKOUT_PARAMETERS`: name and address together); here it is read and taken away. The reasons
for locking so, and why nobody is shut out for good, are in SECURITY.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from mingchuang.core import checks, now, usernames
from mingchuang.core.actor import Actor
from mingchuang.core.models import Person, User
from mingchuang.norms.outcome import Issue

if TYPE_CHECKING:
    from django.db.models import QuerySet

_LONGEST_NAME = 255  # what axes' column holds


@dataclass(frozen=True, slots=True)
class Lockout:
    """One account closed for one address. `until` is aware; `failures` the wrong passwords that still count."""

    person: Person
    username: str
    address: str
    failures: int
    until: dt.datetime


def connect() -> None:
    """Register the check; called once, when Django is ready."""
    checks.register("account", "lift_lockout", _locked_out)


def counted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The name under which axes counts (`AXES_USERNAME_CALLABLE`): one for all spellings that open the same account.

    Sign-in takes a name whatever its case (`core.usernames`); counting each spelling apart would allow five
    more tries with each.
    """
    name = (credentials or {}).get("username")
    return _folded(name) if isinstance(name, str) else None


def current(person: Person | None = None) -> list[Lockout]:
    """Who can't sign in from where at this moment, by name and address; of `person` alone where one is given.

    Only accounts that exist: a name nobody has may be a password typed into the wrong field, and is shown to nobody.
    """
    users = User.objects.all() if person is None else User.objects.filter(person=person)
    known = {_folded(user.username): user for user in users}
    rows = _attempts().filter(username__in=known).order_by("username", "ip_address", "attempt_time")
    found = []
    for (name, address), group in groupby(rows, key=lambda row: (row.username, row.ip_address)):
        tries = [(row.attempt_time, row.failures_since_start) for row in group]
        if until := _until(tries):
            user = known[name]
            found.append(Lockout(user.person, user.username, address or "", sum(n for _, n in tries), until))
    return sorted(found, key=lambda lockout: (lockout.username, lockout.address))


def clear(person: Person) -> None:
    """Forget the failed sign-ins on a person's account, from every address; the event is `core.do.lift_lockout`'s."""
    names = [_folded(user.username) for user in User.objects.filter(person=person)]
    _attempts(ever=True).filter(username__in=names).delete()


def _until(tries: list[tuple[dt.datetime, int]]) -> dt.datetime | None:
    """When too few failures will still count, each (oldest first) becoming too old; None when they are too few now."""
    left, ended = sum(number for _, number in tries), None
    for when, number in tries:
        if left < settings.AXES_FAILURE_LIMIT:
            return ended
        left, ended = left - number, when + _span()
    return ended


def _attempts(ever: bool = False) -> QuerySet[Any]:
    from axes.models import AccessAttempt  # noqa: PLC0415 - axes' models load after those of the kernel

    rows: QuerySet[Any] = AccessAttempt.objects.all()
    return rows if ever else rows.filter(attempt_time__gte=now.after(-_span()))


def _span() -> dt.timedelta:
    return dt.timedelta(hours=settings.AXES_COOLOFF_TIME)


def _folded(name: str) -> str:
    return usernames.folded(name)[:_LONGEST_NAME]


def _locked_out(person: Person, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    if current(person):
        return []
    return [Issue("people.not_locked_out", f"{person.name}的账号现在没有因连续输错密码被锁定。", field="note")]
