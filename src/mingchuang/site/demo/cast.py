"""The invented people of the demonstration, by account name, in their roles."""

from __future__ import annotations

from mingchuang.core.actor import Actor
from mingchuang.core.models import Person, User
from mingchuang.core.roles import Role


def person(username: str) -> Person:
    """One of the cast."""
    return User.objects.get(username=username).person


def acting(username: str, role: Role) -> Actor:
    """One of the cast in one of his or her roles."""
    found = person(username)
    row = found.appointments.select_related("unit").get(role=role.value)
    return Actor(found, role, row.unit)
