"""What waits for a person: to sign (待我办理), sent back (被退回), to go on with, to publish, to look at again.

The last are texts of class C (公开后复核). Beside these what is soon due (快到期).
"""

from __future__ import annotations

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mingchuang.core.models import Deadline, Event, Person
from mingchuang.core.roles import Role
from mingchuang.records import doors
from mingchuang.records.authorship import AUTHORING
from mingchuang.records.do.clocks import SECOND_LOOK_RULE
from mingchuang.records.models import Approval, Record, Release, ReviewStep, Revision
from mingchuang.records.routes import SIGNERS
from mingchuang.records.terms import Decision


def to_sign(person: Person) -> QuerySet[Revision]:
    """Texts whose awaited step this person may sign: in reach, not of their own hand, not signed by them already."""
    held = doors.appointments(person, (Role.REVIEWER, Role.LEADER, Role.OFFICE))
    reach = Q(pk__in=())
    for role in {role for role, _ in held}:
        wanted = [step_role for step_role, signers in SIGNERS.items() if role in signers]
        turn = Exists(ReviewStep.objects.filter(revision=OuterRef("pk"), number=OuterRef("step"), role__in=wanted))
        if role == Role.OFFICE:
            reach |= Q(turn)
        else:
            units = doors.units_in_reach(unit for held_role, unit in held if held_role == role)
            reach |= Q(turn) & Q(record__unit__in=units)
    wrote = Event.objects.filter(
        subject_kind=Revision.subject_kind(), subject_id=OuterRef("pk"), move__in=AUTHORING, person=person
    )
    signed = Approval.objects.filter(revision=OuterRef("pk"), person=person, decision=Decision.APPROVE)
    waiting = Revision.objects.filter(progress=Revision.Progress.REVIEWING, step__gt=0).filter(reach)
    return _in_order(waiting.exclude(Exists(wrote)).exclude(Exists(signed)), "submitted_at")


def returned(person: Person) -> QuerySet[Revision]:
    """Texts that came back to whoever wrote or submitted them and that nobody has gone on with."""
    back = Revision.objects.filter(progress=Revision.Progress.RETURNED, record__current=F("pk"))
    return _in_order(back.filter(Q(author=person) | Q(submitted_by=person)), "changed_at")


def drafts(person: Person) -> QuerySet[Revision]:
    """Texts that this person began or last changed and that are not yet submitted."""
    open_texts = Revision.objects.filter(progress=Revision.Progress.DRAFT)
    return _in_order(open_texts.filter(Q(author=person) | Q(changed_by=person)), "-changed_at")


def to_publish(person: Person) -> QuerySet[Revision]:
    """Approved texts that are not public yet, nor on any board, nor timed, of records that this person may publish."""
    records = doors.DOORS[Record, "publish"](person)
    at_work = Record.objects.filter(current__isnull=False).values("current")
    approved = Revision.objects.filter(pk__in=at_work, progress=Revision.Progress.APPROVED)
    timed = Release.objects.filter(state=Release.State.WAITING).values("revision")
    here = approved.filter(record__in=records, postings__isnull=True).exclude(pk__in=timed)
    return _in_order(here, "submitted_at")


def to_look_again(person: Person) -> QuerySet[Deadline]:
    """The open deadlines of public texts of class C that this person may look at again: none of their own hand."""
    seen = Record.objects.filter(
        pk__in=doors.DOORS[Record, "second_look"](person).values("pk"), visibility=Record.Visibility.PUBLIC
    )
    wrote = Event.objects.filter(
        subject_kind=Revision.subject_kind(), subject_id=OuterRef("published_id"), move__in=AUTHORING, person=person
    )
    signed = Approval.objects.filter(revision=OuterRef("published_id"), person=person)
    put_up = Event.objects.filter(
        subject_kind=Record.subject_kind(), subject_id=OuterRef("pk"), move__in=("publish", "republish"), person=person
    )
    others = seen.exclude(Exists(wrote)).exclude(Exists(signed)).exclude(Exists(put_up))
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), rule=SECOND_LOOK_RULE)
    return owed.filter(about_id__in=others.values("pk")).select_related("unit").order_by("due", "id")


def deadlines(person: Person, until: datetime.date) -> QuerySet[Deadline]:
    """Open deadlines of records that this person works on, due by `until` or overdue, the earliest first."""
    records = doors.DOORS[Record, "see"](person).values("pk")
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id__in=records, due__lte=until)
    return owed.select_related("unit").order_by("due", "id")


def _in_order(revisions: QuerySet[Revision], *names: str) -> QuerySet[Revision]:
    return revisions.select_related("record__unit", "author", "submitted_by").order_by(*names, "pk")
