"""Who may see and do what with records; the desk fetches only through `core.access`.

A clerk's own unit, the units below for those who review and sign, everything for the 政务公开办, nothing for
strangers. A supervisor sees what is public; an administrator keeps accounts and reads no drafts (三员分立).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from mingchuang.core import access, now, standing
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.records.models import Attachment, Evidence, NumberGap, Posting, Record, Revision

#: Roles that work on records of a unit.
WORKING = (Role.CLERK, Role.REVIEWER, Role.LEADER)
#: Roles that may make each move visible to citizens (the machine `publication` names the same).
PUBLISHING = (Role.CLERK, Role.LEADER)


def appointments(person: Person, roles: Iterable[Role]) -> list[tuple[str, int]]:
    """The (role, unit key) pairs that a person holds today, of the roles asked for."""
    return [(row.role, row.unit_id) for row in standing.appointments(person, *roles)]


def units_in_reach(held: Iterable[int]) -> set[int]:
    """The units of `held` and all units below them today."""
    own = set(held)
    directory = Directory.on(now.today())
    below = {unit.pk for pk in own if pk in directory.units for unit in directory.descendants(directory.units[pk])}
    return own | below


def _reach(person: Person, *roles: Role) -> Q | None:
    """Which units' records these roles open to a person: all of them (an empty condition), some, or none (None)."""
    held = appointments(person, (*roles, Role.OFFICE))
    if any(role == Role.OFFICE for role, _ in held):
        return Q()
    if not held:
        return None
    clerk = {unit for role, unit in held if role == Role.CLERK}
    higher = {unit for role, unit in held if role != Role.CLERK}
    return Q(unit__in=clerk | (units_in_reach(higher) if higher else set()))


def _records(*roles: Role) -> Callable[[Person], QuerySet[Record]]:
    def rule(person: Person) -> QuerySet[Record]:
        reach = _reach(person, *roles)
        return Record.objects.none() if reach is None else Record.objects.filter(reach)

    return rule


def _revisions(*roles: Role) -> Callable[[Person], QuerySet[Revision]]:
    records = _records(*roles)
    return lambda person: Revision.objects.filter(record__in=records(person)).select_related("record__unit")


def _postings(*roles: Role) -> Callable[[Person], QuerySet[Posting]]:
    records = _records(*roles)
    return lambda person: Posting.objects.filter(revision__record__in=records(person)).select_related(
        "revision__record__unit"
    )


def seen_records(person: Person) -> QuerySet[Record]:
    """What one works on, and for a supervisor what the public sees anyway."""
    worked: QuerySet[Record] = _records(*WORKING)(person)
    if appointments(person, (Role.SUPERVISOR,)):
        return Record.objects.filter(Q(pk__in=worked.values("pk")) | Q(visibility=Record.Visibility.PUBLIC))
    return worked


def _attachments(person: Person) -> QuerySet[Attachment]:
    revisions: Any = _revisions(Role.CLERK)(person)
    return Attachment.objects.filter(revision__in=revisions).select_related("revision__record__unit", "file")


def _evidence(person: Person) -> QuerySet[Evidence]:
    """Files that prove rows are for those who work on the record."""
    records: Any = _records(*WORKING)(person)
    return Evidence.objects.filter(record__in=records).select_related("record", "file")


def _gaps(person: Person) -> QuerySet[NumberGap]:
    """The 政务公开办 keeps the sequences of numbers."""
    return NumberGap.objects.all() if appointments(person, (Role.OFFICE,)) else NumberGap.objects.none()


DOORS: dict[tuple[Any, str], Callable[[Person], QuerySet[Any]]] = {
    (Record, "see"): seen_records,
    (Record, "edit"): _records(Role.CLERK),
    (Record, "give_number"): _records(),
    (Record, "publish"): _records(*PUBLISHING),
    (Record, "withdraw"): _records(*PUBLISHING),
    (Record, "set_validity"): _records(*PUBLISHING),
    (Record, "second_look"): _records(Role.REVIEWER, Role.LEADER),
    (Revision, "see"): _revisions(*WORKING),
    (Revision, "edit"): _revisions(Role.CLERK),
    (Revision, "review"): _revisions(Role.REVIEWER, Role.LEADER),
    (Revision, "record_paper"): _revisions(Role.CLERK),
    (Revision, "check_paper"): _revisions(),
    (Attachment, "edit"): _attachments,
    (Evidence, "see"): _evidence,
    (NumberGap, "restate"): _gaps,
    (Posting, "see"): _postings(*WORKING),
    (Posting, "take_down"): _postings(Role.CLERK),
    (Revision, "post"): _revisions(Role.CLERK),
}


def register() -> None:
    """Open the doors; called once when the application starts."""
    for (model, verb), rule in DOORS.items():
        access.register(model, verb, rule)
