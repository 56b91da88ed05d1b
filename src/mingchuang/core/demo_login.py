"""Demonstration accounts work on this very machine and nowhere else.

Their passwords are printed at the first run, so everything must agree that nobody from outside is speaking: the server
is bound to loopback, the Host asked for is loopback, the peer is loopback, and nothing forwarded the request.
"""

from __future__ import annotations

import ipaddress
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.http.request import split_domain_port

from mingchuang.core import usernames
from mingchuang.core.models import User

FORWARDING: Final = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
)


def on_this_machine(request: HttpRequest | None) -> bool:
    """Whether the request certainly comes from this machine, to a server that only this machine can reach."""
    if request is None or not getattr(settings, "MINGCHUANG_BOUND_LOOPBACK", False):
        return False
    if any(header in request.META for header in FORWARDING):
        return False
    host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
    return _loopback(host) and _loopback(request.META.get("REMOTE_ADDR", ""))


def _loopback(host: str) -> bool:
    """127.0.0.0/8, ::1 or the name localhost; brackets allowed."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


class LoopbackOnlyBackend(ModelBackend):
    """Name and password for demonstration accounts, on this machine only."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The account, or None: not a demonstration account, wrong password, closed, or from elsewhere."""
        if not username or not password or not on_this_machine(request):
            return None
        user = usernames.find(username)
        if user is None or not user.person.demo or not user.check_password(password) or not user.is_active:
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """A session's user, as long as the server still listens on loopback alone."""
        if not getattr(settings, "MINGCHUANG_BOUND_LOOPBACK", False):
            return None
        user = User.objects.filter(pk=user_id, person__demo=True).first()
        return user if user is not None and user.is_active else None
