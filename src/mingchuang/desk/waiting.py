"""What waits for a person in the desk, from every room: the inbox's lists, and the figures beside the navigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet

from mingchuang.core import access, now
from mingchuang.core.calendars import working_days
from mingchuang.core.models import Deadline, Person
from mingchuang.core.roles import Role
from mingchuang.desk.acting import holds, units_held
from mingchuang.ledger import queries as ledger
from mingchuang.ledger.models import Duty, Evidence
from mingchuang.norms.rules import rule
from mingchuang.records import inbox, releases
from mingchuang.records.models import Posting, Release, Revision


def horizon(today: date) -> date:
    """The last day that counts as near: so many working days ahead as the rule `reminder.soon` says for the region."""
    region = settings.MINGCHUANG_REGION
    return working_days(region).add(today, rule("reminder.soon").at(today, region).value).day


@dataclass(frozen=True)
class Waiting:
    """The lists of one person on one day; each is asked for when it is looked at."""

    person: Person
    today: date

    @cached_property
    def to_sign(self) -> list[Revision]:
        return list(inbox.to_sign(self.person))

    @cached_property
    def returned(self) -> list[Revision]:
        return list(inbox.returned(self.person))

    @cached_property
    def releases(self) -> list[Release]:
        """What becomes public by itself, the next first."""
        return list(releases.waiting(self.person))

    @cached_property
    def releases_failed(self) -> list[Release]:
        """What should have become public by itself and did not."""
        return list(releases.troubled(self.person))

    @cached_property
    def to_publish(self) -> list[Revision]:
        return list(inbox.to_publish(self.person))

    @cached_property
    def postings(self) -> list[Posting]:
        """Prints on boards whose time is over: for those who can register that they are down."""
        over = access.visible(self.person, Posting, "take_down").filter(state=Posting.State.OVER)
        return list(over.order_by("until", "pk"))

    @cached_property
    def to_look_again(self) -> list[Deadline]:
        return list(inbox.to_look_again(self.person))

    @cached_property
    def drafts(self) -> list[Revision]:
        return list(inbox.drafts(self.person))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Proofs offered and not yet decided upon: the office's."""
        offered = access.visible(self.person, Evidence, "accept").filter(standing="offered")
        return list(offered.select_related("duty", "unit").order_by("pk"))

    @cached_property
    def not_begun(self) -> list[Duty]:
        """Duties of the units for which the person is a clerk and which nobody has begun."""
        found: dict[int, Duty] = {}
        for unit in units_held(self.person, Role.CLERK):
            rows = ledger.owed_by(unit, self.today).filter(progress="planned").select_related("notice")
            found.update({duty.pk: duty for duty in rows})
        return sorted(found.values(), key=lambda duty: (duty.due_on or date.max, duty.notice_id, duty.order))

    @cached_property
    def deadlines(self) -> QuerySet[Deadline]:
        """Open deadlines that are overdue or near."""
        return access.visible(self.person, Deadline).filter(due__lte=horizon(self.today)).order_by("due", "pk")

    @cached_property
    def dated_duties(self) -> QuerySet[Duty]:
        """Duties whose own date is past or near and that are not done."""
        dated = access.visible(self.person, Duty) & ledger.live()
        near = dated.filter(due_on__lte=horizon(self.today)).exclude(progress="done")
        return near.select_related("notice").order_by("due_on", "order")


def of(person: Person) -> Waiting:
    """What waits for `person` today."""
    return Waiting(person, now.today())


def counts(person: Person) -> Mapping[str, int]:
    """Address of a navigation's entry → how much waits there. The inbox counts what asks for this person's own hand."""
    sign = inbox.to_sign(person).count()
    own = sign + inbox.returned(person).count() + inbox.to_publish(person).count()
    own += inbox.to_look_again(person).count() + releases.troubled(person).count()
    if holds(person, Role.OFFICE):
        own += access.visible(person, Evidence, "accept").filter(standing="offered").count()
    today = now.today()
    overdue = access.visible(person, Deadline).filter(due__lt=today).count()
    late = (access.visible(person, Duty) & ledger.overdue(today)).count()
    return {"/desk/": own, "/desk/review/": sign, "/desk/due/": overdue + late}
