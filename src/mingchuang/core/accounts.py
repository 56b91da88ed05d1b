"""Signing in and being refused, as events on the person (machine `account`).

Third-party libraries tell of these only through signals, so this is the one place in the house where signals are
received. Address and browser are personal: they go to the erasable words, not into the chain. A flood is written down
up to a limit an hour; the event that reaches it says so, and the rest goes to the log.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, Final

import axes.signals  # noqa: F401 - read here, so that its receivers stand before ours and have counted
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.http import HttpRequest

from mingchuang.core import now, usernames
from mingchuang.core.act import act, remark
from mingchuang.core.actor import Actor
from mingchuang.core.edge import text_issues
from mingchuang.core.models import Event, Person, User

log = logging.getLogger(__name__)

PER_PERSON: Final = 20
FROM_STRANGERS: Final = 60
SPAN: Final = dt.timedelta(hours=1)
NOBODY: Final = 0


def connect() -> None:
    """Receive what the libraries tell; called once, when Django is ready."""
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (authentication_failed, _code_refused),
        (password_changed, _password_changed),
        (password_set, _password_changed),
        (password_reset, _password_changed),
        (authenticator_added, _factor_added),
        (authenticator_reset, _factor_added),
        (authenticator_removed, _factor_removed),
    ):
        signal.connect(receiver, dispatch_uid=f"core.accounts.{receiver.__name__}.{id(signal)}")


def refused(person: Person, model: type[models.Model], pk: Any, verb: str) -> None:
    """Write down that `person` tried to `verb` what they may not. Never raises for a strange key."""
    kind = model._meta.label_lower
    room = _room(Person._meta.label_lower, person.pk, "refuse_access", PER_PERSON)
    if room <= 0:
        log.warning("person %s refused: %s %s %r", person.pk, verb, kind, pk)
        return
    shown = str(pk)[:40]
    shown = "" if text_issues(shown) else shown
    data = {"object": kind, "key": shown, "verb": verb, "further_in_log": room == 1}
    remark(Person._meta.label_lower, person.pk, "refuse_access", Actor.own(person), data=data, words={})


def _signed_in(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    data = {"method": "demonstration" if user.person.demo else "password"}
    act(user.person, "sign_in", Actor.own(user.person), private=_origin(request), data=data)


def _signed_out(sender: Any, request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        act(user.person, "sign_out", Actor.own(user.person), private=_origin(request))


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """One event for one failed sign-in. axes has seen it before (its receivers stand first) and marked the request."""
    locked = getattr(request, "axes_locked_out", False)
    _refuse(str(credentials.get("username") or ""), request, {"reason": "locked_out" if locked else "credentials"})


def _code_refused(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    """The password was right, the code of the second step wasn't."""
    _refuse_known(user.person, request, {"reason": "second_factor"})


def _refuse(username: str, request: HttpRequest | None, data: dict[str, Any]) -> None:
    """On the account when there is one. A name nobody has isn't kept: it may well be a password in the wrong field."""
    known = usernames.find(username)
    if known is not None:
        _refuse_known(known.person, request, data)
        return
    kind = Person._meta.label_lower
    room = _room(kind, NOBODY, "refuse_unknown_sign_in", FROM_STRANGERS)
    if room <= 0:
        log.warning("sign-in with an unknown name refused")
        return
    data = {**data, "further_in_log": room == 1}
    remark(kind, NOBODY, "refuse_unknown_sign_in", Actor.system(), data=data, words=_origin(request))


def _refuse_known(person: Person, request: HttpRequest | None, data: dict[str, Any]) -> None:
    room = _room(Person._meta.label_lower, person.pk, "refuse_sign_in", PER_PERSON)
    if room <= 0:
        log.warning("sign-in of person %s refused: %s", person.pk, data["reason"])
        return
    data = {**data, "further_in_log": room == 1}
    act(person, "refuse_sign_in", Actor.system(), private=_origin(request), data=data)


def _password_changed(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    act(user.person, "change_password", Actor.own(user.person), private=_origin(request))


def _factor_added(sender: Any, request: HttpRequest | None, user: User, authenticator: Any, **_: Any) -> None:
    data = {"factor": str(authenticator.type)}
    act(user.person, "enrol_factor", Actor.own(user.person), private=_origin(request), data=data)


def _factor_removed(sender: Any, request: HttpRequest | None, user: User, authenticator: Any, **_: Any) -> None:
    data = {"factor": str(authenticator.type)}
    act(user.person, "remove_factor", Actor.own(user.person), private=_origin(request), data=data)


def _origin(request: HttpRequest | None) -> dict[str, str]:
    """From where: the address and the browser's own description, without characters that no database keeps."""
    if request is None:
        return {}
    browser = request.META.get("HTTP_USER_AGENT", "")[:200]
    found = {"address": request.META.get("REMOTE_ADDR", ""), "browser": "" if text_issues(browser) else browser}
    return {key: value for key, value in found.items() if value}


def _room(kind: str, pk: int, move: str, limit: int) -> int:
    """How many more such events of this subject may be written within the running hour."""
    since = now.after(-SPAN)
    recent = Event.objects.filter(subject_kind=kind, subject_id=pk).order_by("-seq")[: 10 * limit]
    return limit - sum(1 for row in recent.values_list("move", "recorded_at") if row[0] == move and row[1] > since)
