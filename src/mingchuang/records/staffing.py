"""Whether a route can be walked to its end: for each step somebody else, none of whom wrote the text.

By today's appointments. An account is not asked for: a hand that signs on paper needs none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingchuang.core import now
from mingchuang.core.models import Appointment, Person, Unit
from mingchuang.core.roles import WHOLE_TREE, Role
from mingchuang.core.units import ancestors
from mingchuang.norms.outcome import Issue
from mingchuang.records.authorship import authors
from mingchuang.records.models import ReviewStep, Revision
from mingchuang.records.routes import SIGNERS, Step
from mingchuang.records.terms import Decision

RULE = "《政府信息公开条例》第十七条"
AnyStep = Step | ReviewStep


@dataclass(frozen=True, slots=True)
class Staff:
    """Step number → those who may sign it for a unit today (keys of people), and everybody's name."""

    able: Mapping[int, frozenset[int]]
    names: Mapping[int, str]

    def without(self, people: Collection[int]) -> Staff:
        """The same when these people are not to be counted on."""
        return Staff({number: able - set(people) for number, able in self.able.items()}, self.names)

    def told(self, people: Collection[int]) -> str:
        """Their names in one row."""
        return "、".join(sorted(self.names[pk] for pk in people))


def staff(unit: Unit, steps: Sequence[AnyStep]) -> Staff:
    """Who may sign these steps for a text of `unit`: people of the unit and of those above it, by role."""
    day = now.today()
    reach = {unit.pk, *ancestors(unit, day)}
    held = Appointment.objects.on(day).select_related("person")
    rows = [row for row in held if row.unit_id in reach or Role(row.role) in WHOLE_TREE]
    able = {s.number: frozenset(r.person_id for r in rows if r.role in SIGNERS.get(s.role, ())) for s in steps}
    return Staff(able, {row.person_id: row.person.name for row in rows})


def left_alone(found: Staff) -> list[int]:
    """The steps that nobody can sign once the others are given away as well as can be; each person signs one.

    A largest matching by augmenting paths; steps with the fewest people are served first.
    """
    taken: dict[int, int] = {}

    def serve(number: int, asked: set[int]) -> bool:
        for person in sorted(found.able[number] - asked):
            asked.add(person)
            if person not in taken or serve(taken[person], asked):
                taken[person] = number
                return True
        return False

    order = sorted(found.able, key=lambda number: (len(found.able[number]), -number))
    return sorted(number for number in order if not serve(number, set()))


def offered(found: Staff) -> Staff:
    """For each step those who can be offered it: when they sign there, the other steps still find their people.

    Who is kept for a later step, or will have signed an earlier one, is in none but that.
    """
    alone = len(left_alone(found))

    def fits(number: int, person: int) -> bool:
        rest = found.without({person}).able
        return len(left_alone(Staff({**rest, number: frozenset({person})}, found.names))) <= alone

    able = {number: frozenset(p for p in people if fits(number, p)) for number, people in found.able.items()}
    return Staff(able, found.names)


def barred(revision: Revision, step: ReviewStep, people: Iterable[Person]) -> frozenset[int]:
    """Who of these (keys) would be refused at this step: wrote the text, signed it already, or is kept for later."""
    signed = revision.approvals.filter(decision=Decision.APPROVE).values_list("person_id", flat=True)
    refused = authors(revision) | set(signed)
    return frozenset(p.pk for p in people if p.pk in refused or stranded(revision, p, step))


def unstaffed(revision: Revision, steps: Sequence[AnyStep], submitter: Person | None) -> list[Issue]:
    """Before submission: every step of the route that nobody could sign, with the reason."""
    wrote = authors(revision) | ({submitter.pk} if submitter is not None else set())
    whole = staff(revision.record.unit, steps)
    free = whole.without(wrote)
    titles = {step.number: step for step in steps}
    issues = []
    for number in left_alone(free):
        step = titles[number]
        because = _because(step, whole, free, wrote)
        message = f"“{step.title}”环节没有人可签：{because}送审后会停在这一环节。请先任命或者委托签署人，再送审。"
        issues.append(Issue("records.unstaffed", message, rule=RULE, context={"step": number}))
    return issues


def _because(step: AnyStep, whole: Staff, free: Staff, wrote: set[int]) -> str:
    role = Role(step.role).label
    if not whole.able[step.number]:
        return f"本单位和上级单位没有{role}；"
    if not free.able[step.number]:
        return f"{whole.told(whole.able[step.number] & wrote)}参与了起草，不能审签自己的稿件；"
    return f"能签的只有{free.told(free.able[step.number])}，还要签别的环节，每人只能签一个；"


def reserved(revision: Revision, steps: Sequence[AnyStep], submitter: Person | None) -> list[Issue]:
    """Warnings before submission: who is the only one for a later step, and so must not sign an earlier one."""
    wrote = authors(revision) | ({submitter.pk} if submitter is not None else set())
    free = staff(revision.record.unit, steps).without(wrote)
    issues = []
    for step in steps:
        only = free.able[step.number]
        earlier = [other.title for other in steps if other.number < step.number and only & free.able[other.number]]
        if len(only) == 1 and earlier:
            message = f"“{step.title}”只有{free.told(only)}一人可签，“{'”、“'.join(earlier)}”须由他人签署。"
            issues.append(Issue("records.reserved", message, severity="warning", rule=RULE))
    return issues


def stranded(revision: Revision, signer: Person, step: ReviewStep) -> list[Issue]:
    """What would be left without anybody if this person signed this step, who could have signed the other instead."""
    signed = set(revision.approvals.filter(decision=Decision.APPROVE).values_list("person_id", flat=True))
    following = list(revision.steps.filter(number__gt=step.number).order_by("number"))
    free = staff(revision.record.unit, following).without(authors(revision) | signed)
    before, after = left_alone(free), left_alone(free.without({signer.pk}))
    titles = {row.number: row.title for row in following}
    return [
        Issue(
            "records.stranded",
            f"{step.title}：{signer.name}签了这一环节，“{titles[number]}”就没有别人可签，稿件会停在那里；"
            f"请由他人签署“{step.title}”，{signer.name}留签“{titles[number]}”。",
            rule=RULE,
            context={"step": number},
        )
        for number in after
        if len(after) > len(before)
    ]
