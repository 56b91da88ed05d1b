"""In which capacity the person at the keyboard makes a move: one appointment of theirs, chosen by what the move allows.

A clerk never has to say "as which role": the machine knows which roles may make the move, and the subject knows whose
it is. When nothing fits, the nearest appointment is taken all the same, so that `act` refuses with its full reasons.
"""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from mingchuang.core import now, units
from mingchuang.core.actor import Actor
from mingchuang.core.models import Appointment, Person, Unit
from mingchuang.core.roles import WHOLE_TREE, Role
from mingchuang.core.standing import appointments, holds
from mingchuang.core.subject import Subject
from mingchuang.norms.machine import load

__all__ = ["actor_for", "appointments", "holds", "person_of", "units_held"]


def person_of(request: HttpRequest) -> Person:
    """The person signed in. Raises PermissionDenied for a login without one (there is none, unless made by hand)."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise PermissionDenied("这个账号没有对应的人员。")
    found: Person = person
    return found


def actor_for(
    person: Person, subject: Subject | type[Subject], move: str, *, roles: Collection[str] | None = None
) -> Actor:
    """The actor for `move` on `subject` (or, for something not made yet, on its model).

    `roles` narrows what the machine allows, where a step of a route asks for one role in particular.
    """
    held = appointments(person)
    if not held:
        return Actor(person, Role.CLERK, None)
    allowed = roles if roles is not None else load(subject.machine).moves[move].roles
    owner = subject.subject_unit() if isinstance(subject, Subject) and subject.pk else None
    above = units.ancestors(owner, now.today()) if owner is not None else ()

    def fitness(row: Appointment) -> tuple[bool, bool, bool]:
        may = row.role in allowed or "*" in allowed
        own = owner is not None and row.unit_id == owner.pk
        reaches = owner is None or own or row.unit_id in above or Role(row.role) in WHOLE_TREE
        return (may and reaches, may, own)

    best = max(held, key=fitness)
    return Actor(person, Role(best.role), best.unit)


def units_held(person: Person, *roles: Role) -> list[Unit]:
    """The units for which the person holds one of these roles today (any role when none is named), each once."""
    return list({row.unit_id: row.unit for row in appointments(person, *roles)}.values())
