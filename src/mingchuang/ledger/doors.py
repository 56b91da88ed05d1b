"""Who may see and change what of the ledger; fetched only through `core.access`."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.core import access, now
from mingchuang.core.models import Appointment, CollectiveMember, Person
from mingchuang.core.roles import Role
from mingchuang.ledger.models import Duty, DutyOwner, Evidence, Notice

_ALL_SEEING = (Role.OFFICE, Role.SUPERVISOR, Role.ADMIN)


def _units(person: Person, *roles: Role) -> QuerySet[Any, Any]:
    held = Appointment.objects.on(now.today()).filter(person=person)
    return (held.filter(role__in=[role.value for role in roles]) if roles else held).values("unit_id")


def _holds(person: Person, *roles: Role) -> bool:
    return _units(person, *roles).exists()


def seen_duties(person: Person) -> QuerySet[Duty]:
    """The office, supervisors and the administrator see all; others what their units own or owe."""
    if _holds(person, *_ALL_SEEING):
        return Duty.objects.all()
    units = _units(person)
    groups = CollectiveMember.objects.on(now.today()).filter(unit_id__in=units).values("collective_id")
    owed = DutyOwner.objects.filter(duty=OuterRef("pk"), struck=False)
    owed = owed.filter(Q(unit_id__in=units) | Q(collective_id__in=groups))
    return Duty.objects.filter(Q(notice__unit_id__in=units) | Exists(owed))


def edited_duties(person: Person) -> QuerySet[Duty]:
    """The office everywhere; a clerk those of the notices of the clerk's own unit."""
    if _holds(person, Role.OFFICE):
        return Duty.objects.all()
    return Duty.objects.filter(notice__unit_id__in=_units(person, Role.CLERK))


def proved_duties(person: Person) -> QuerySet[Duty]:
    """Duties for which a person may offer evidence: the clerk of a unit that owes them, and the office."""
    if _holds(person, Role.OFFICE):
        return Duty.objects.all()
    return seen_duties(person) if _holds(person, Role.CLERK) else Duty.objects.none()


def seen_notices(person: Person) -> QuerySet[Notice]:
    """A notice is seen by everybody who works here: it is a public document."""
    return Notice.objects.all() if _holds(person) else Notice.objects.none()


def edited_notices(person: Person) -> QuerySet[Notice]:
    """The office everywhere; a clerk the notices of the clerk's own unit."""
    if _holds(person, Role.OFFICE):
        return Notice.objects.all()
    return Notice.objects.filter(unit_id__in=_units(person, Role.CLERK))


def decided_evidence(person: Person) -> QuerySet[Evidence]:
    """Evidence is accepted by the office alone."""
    return Evidence.objects.all() if _holds(person, Role.OFFICE) else Evidence.objects.none()


def struck_evidence(person: Person) -> QuerySet[Evidence]:
    """The office, and the unit that offered it, may strike evidence."""
    if _holds(person, Role.OFFICE):
        return Evidence.objects.all()
    return Evidence.objects.filter(unit_id__in=_units(person, Role.CLERK))


def register() -> None:
    """Open the doors; called once when the application starts."""
    access.register(Duty, "see", seen_duties)
    access.register(Duty, "edit", edited_duties)
    access.register(Duty, "prove", proved_duties)
    access.register(Notice, "see", seen_notices)
    access.register(Notice, "edit", edited_notices)
    access.register(Evidence, "accept", decided_evidence)
    access.register(Evidence, "strike", struck_evidence)
