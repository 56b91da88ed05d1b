"""Whether somebody may act at all: appointed to this role, for this unit, on this day; signer ≠ recorder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mingchuang.core import chain, now, units
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Appointment, Person, Unit
from mingchuang.core.one_request import once
from mingchuang.core.roles import RECORDERS, WHOLE_TREE, Role
from mingchuang.core.subject import Subject
from mingchuang.norms.outcome import Issue, Refused

# Refusals that mean "you may not", as against "not now" or "not so": each becomes an event.
PERMISSION_CODES: Final = frozenset(
    {"standing.role", "standing.unit", "standing.closed", "standing.keeper", "standing.self", "machine.role"}
)


def appointments(person: Person, *roles: Role) -> Sequence[Appointment]:
    """What a person holds today (of these roles, when any is named), own office before 委托: what every door asks."""
    day = now.today()
    held = once(("appointments", person.pk, day), lambda: _appointments(person, day))
    return [row for row in held if row.role in roles] if roles else held


def _appointments(person: Person, day: date) -> Sequence[Appointment]:
    held = Appointment.objects.on(day).filter(person=person).select_related("unit")
    return tuple(sorted(held, key=lambda row: (row.kind != Appointment.Kind.OFFICE, row.unit.order, row.role)))


def holds(person: Person, *roles: Role) -> bool:
    """Whether the person holds any of these roles today (any at all, when none is named); `act` decides on a move."""
    return bool(appointments(person, *roles))


def units_held(person: Person, *roles: Role) -> frozenset[int]:
    """The keys of the units for which the person holds one of these roles today (any role when none is named)."""
    return frozenset(row.unit_id for row in appointments(person, *roles))


def issues(subject: Subject, actor: Actor, happened_on: date, has_evidence: bool) -> list[Issue]:
    """Every reason why `actor` may not act on `subject`; empty for the software itself."""
    if actor.is_system:
        return []
    if actor.person is None:
        return [Issue("standing.nobody", "未登录，不能办理。")]
    if actor.role == Role.SELF:
        own = isinstance(subject, Person) and subject.pk == actor.person.pk
        return (
            [] if own else [Issue("standing.role", f"以本人身份只能办理自己的账号，不能办理{subject.subject_title}。")]
        )
    found = [] if actor.person.access == "active" else [Issue("standing.closed", "您的账号已锁定或停用，不能办理。")]
    if actor.on_behalf_of is None and actor.via == Way.SYSTEM:
        found += _appointed(actor.person, actor.role, actor.unit, now.today(), "您")
    else:
        found += _recorded(actor, happened_on, has_evidence)
    return found + _reach(subject, actor, happened_on)


def holds_any(actor: Actor, roles: frozenset[Role], deed: str) -> list[Issue]:
    """Why `actor` may not do a deed that needs one of `roles` and belongs to no subject; empty when they may."""
    if actor.is_system:
        return []
    if actor.person is None or actor.role not in roles:
        titles = "、".join(role.label for role in Role if role in roles)
        return [Issue("standing.role", f"{actor.role.label}不能{deed}，须由{titles}办理。", field="role")]
    return _appointed(actor.person, actor.role, actor.unit, now.today(), "您")


def _appointed(person: Person, role: Role, unit: Unit | None, day: date, who: str) -> list[Issue]:
    held = Appointment.objects.on(day).filter(person=person, role=role.value)
    if unit is not None:
        held = held.filter(unit=unit)
    if held.exists():
        return []
    where = f"{units.known_name(unit, day)}的" if unit is not None else ""
    return [Issue("standing.role", f"{who}在{day:%Y-%m-%d}未担任{where}{role.label}，不能以此身份办理。", field="role")]


def _recorded(actor: Actor, happened_on: date, has_evidence: bool) -> list[Issue]:
    """What was signed on paper, said on the telephone or sent through OA, and is written down here by somebody else."""
    found: list[Issue] = []
    person, signer, way = actor.person, actor.on_behalf_of, actor.via.label
    if person is None:
        return [Issue("standing.nobody", "未登录，不能办理。")]
    if signer is None:
        return [Issue("standing.signer", f"以{way}方式办理的，请写明签批人。", field="on_behalf_of")]
    if actor.via == Way.SYSTEM:
        found.append(Issue("standing.way", "代他人登记的，请写明原办理方式（纸质、电话或OA）。", field="via"))
    if signer == person:
        found.append(Issue("standing.same", "签批人与登记人不能是同一人。", field="on_behalf_of"))
    if not has_evidence:
        found.append(Issue("standing.evidence", f"代为登记{way}签批的，请附上签批件照片或扫描件。", field="evidence"))
    found += _appointed(signer, actor.role, actor.unit, happened_on, f"签批人{signer.name}")
    recorders = Appointment.objects.on(now.today()).filter(person=person, role__in=[r.value for r in RECORDERS])
    if not any(row.role in WHOLE_TREE or actor.unit is None or row.unit_id == actor.unit.pk for row in recorders):
        titles = "或".join(role.label for role in Role if role in RECORDERS)
        found.append(Issue("standing.role", f"只有本单位{titles}可以代为登记。", field="role"))
    return found


def _reach(subject: Subject, actor: Actor, day: date) -> list[Issue]:
    """A role acts for its own unit and the units under it; roles of the whole tree act everywhere."""
    if actor.role in WHOLE_TREE:
        return []
    owner = subject.subject_unit()
    if owner is None:
        return [Issue("standing.unit", f"这条{subject.subject_title}不属于任何单位，只能由政务公开办或管理员办理。")]
    if actor.unit is None:
        return [Issue("standing.unit", "请先选择以哪个单位的身份办理。", field="unit")]
    if actor.unit == owner or actor.unit.pk in units.ancestors(owner, day):
        return []
    mine, theirs = units.known_name(actor.unit, day), units.known_name(owner, day)
    return [Issue("standing.unit", f"这条{subject.subject_title}由{theirs}办理，{mine}无权办理。", field="unit")]


def report(refusal: Refused, actor: Actor, subject: Subject, move: str) -> None:
    """Write down that somebody tried what they may not (等保 安全审计); anything else refused is no matter of audit."""
    from mingchuang.core import accounts  # noqa: PLC0415 - accounts acts, and act asks here

    person, model, pk = actor.person, type(subject), subject.pk
    if person is not None and any(issue.code in PERMISSION_CODES for issue in refusal.issues):
        # The refused transaction is undone; the trace of it must not be.
        chain.afterwards(lambda: accounts.refused(person, model, pk, move))
