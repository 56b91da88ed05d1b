"""Who may see and keep what the desk shows of the kernel: units, people, deadlines. Registered with `core.access`.

The directory of units is open to everybody who works here; accounts are the administrator's (三员分立).
"""

from __future__ import annotations

from django.db.models import QuerySet

from mingchuang.core import access
from mingchuang.core.models import Appointment, Collective, Deadline, Person, Unit
from mingchuang.core.roles import WHOLE_TREE, Role
from mingchuang.core.standing import holds, units_held
from mingchuang.records.doors import units_in_reach

UNIT_KEEPERS = (Role.OFFICE, Role.ADMIN)


def seen_units(person: Person) -> QuerySet[Unit]:
    """Everybody with an appointment reads the directory."""
    return Unit.objects.all() if holds(person) else Unit.objects.none()


def kept_units(person: Person) -> QuerySet[Unit]:
    """政务公开办 and administrators keep it."""
    return Unit.objects.all() if holds(person, *UNIT_KEEPERS) else Unit.objects.none()


def seen_collectives(person: Person) -> QuerySet[Collective]:
    return Collective.objects.all() if holds(person) else Collective.objects.none()


def kept_collectives(person: Person) -> QuerySet[Collective]:
    return Collective.objects.all() if holds(person, *UNIT_KEEPERS) else Collective.objects.none()


def kept_people(person: Person) -> QuerySet[Person]:
    """Accounts and appointments are the administrator's alone."""
    return Person.objects.all() if holds(person, Role.ADMIN) else Person.objects.none()


def kept_appointments(person: Person) -> QuerySet[Appointment]:
    rows = Appointment.objects.select_related("person", "unit")
    return rows if holds(person, Role.ADMIN) else rows.none()


def seen_deadlines(person: Person) -> QuerySet[Deadline]:
    """Open ones: all for roles of the whole tree, else those of one's own units and the units under them."""
    owed = Deadline.objects.open().select_related("unit")
    if holds(person, *WHOLE_TREE):
        return owed
    higher = units_held(person, Role.REVIEWER, Role.LEADER)
    return owed.filter(unit_id__in=units_held(person) | (units_in_reach(higher) if higher else set()))


def register() -> None:
    """Open the doors; called once when the application starts."""
    access.register(Unit, "see", seen_units)
    access.register(Unit, "keep", kept_units)
    access.register(Collective, "see", seen_collectives)
    access.register(Collective, "keep", kept_collectives)
    access.register(Person, "keep", kept_people)
    access.register(Appointment, "keep", kept_appointments)
    access.register(Deadline, "see", seen_deadlines)
