"""Who may see and change what of the ledger; fetched only through `core.access`."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mingchuang.core import access, now, standing
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.ledger import queries
from mingchuang.ledger.models import Duty, Evidence, Notice

_ALL_SEEING = (Role.SUPERVISOR, Role.ADMIN)


def seen_duties(person: Person) -> QuerySet[Duty]:
    """The office sees all, and whoever works in the unit that loaded a notice all of it. What has been checked is also
    seen by supervisors and the administrator, and by the units that owe it: a reading nobody checked binds nobody."""
    if standing.holds(person, Role.OFFICE):
        return Duty.objects.all()
    units = standing.units_held(person)
    checked = Q() if standing.holds(person, *_ALL_SEEING) else Q(queries.owing(units, now.today()))
    return Duty.objects.filter(Q(notice__unit_id__in=units) | (~Q(confirmation="read") & checked))


def edited_duties(person: Person) -> QuerySet[Duty]:
    """The office everywhere; a clerk those of the notices of the clerk's own unit. Nothing of a void notice."""
    duties = Duty.objects.exclude(notice__progress="void")
    if standing.holds(person, Role.OFFICE):
        return duties
    return duties.filter(notice__unit_id__in=standing.units_held(person, Role.CLERK))


def proved_duties(person: Person) -> QuerySet[Duty]:
    """Duties for which a person may offer evidence: the clerk of a unit that owes them, once checked; the office."""
    duties = Duty.objects.exclude(notice__progress="void")
    if standing.holds(person, Role.OFFICE):
        return duties
    owed = queries.owing(standing.units_held(person, Role.CLERK), now.today())
    return duties.filter(owed).exclude(confirmation="read")


def seen_notices(person: Person) -> QuerySet[Notice]:
    """A notice is seen by everybody who works here: it is a public document."""
    return Notice.objects.all() if standing.holds(person) else Notice.objects.none()


def edited_notices(person: Person) -> QuerySet[Notice]:
    """The office everywhere; a clerk the notices of the clerk's own unit. No void one."""
    notices = Notice.objects.exclude(progress="void")
    if standing.holds(person, Role.OFFICE):
        return notices
    return notices.filter(unit_id__in=standing.units_held(person, Role.CLERK))


def voided_notices(person: Person) -> QuerySet[Notice]:
    """Only the office says that a notice is void, and that it is not after all."""
    return Notice.objects.all() if standing.holds(person, Role.OFFICE) else Notice.objects.none()


def decided_evidence(person: Person) -> QuerySet[Evidence]:
    """Evidence is accepted by the office alone."""
    proofs = Evidence.objects.exclude(duty__notice__progress="void")
    return proofs if standing.holds(person, Role.OFFICE) else proofs.none()


def struck_evidence(person: Person) -> QuerySet[Evidence]:
    """The office, and the unit that offered it, may strike evidence."""
    proofs = Evidence.objects.exclude(duty__notice__progress="void")
    if standing.holds(person, Role.OFFICE):
        return proofs
    return proofs.filter(unit_id__in=standing.units_held(person, Role.CLERK))


def register() -> None:
    """Open the doors; called once when the application starts."""
    access.register(Duty, "see", seen_duties)
    access.register(Duty, "edit", edited_duties)
    access.register(Duty, "prove", proved_duties)
    access.register(Notice, "see", seen_notices)
    access.register(Notice, "edit", edited_notices)
    access.register(Notice, "void", voided_notices)
    access.register(Notice, "restore", voided_notices)
    access.register(Evidence, "accept", decided_evidence)
    access.register(Evidence, "strike", struck_evidence)
