"""Writing deadlines: each change is a move of the machine `deadline`, an entry, and a new result beside the old ones.

`cause` is the event of the case that brings the change about; then neither standing nor date is asked again. Without
it the actor answers for the deadline itself, like for any subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings

from mingchuang.core import chain, now
from mingchuang.core.act import act, follow
from mingchuang.core.actor import Actor
from mingchuang.core.deadlines.reckoning import Reckoning, in_force, reckon, uncertain
from mingchuang.core.models import ClockEntry, Deadline, DueResult, Event, Unit
from mingchuang.core.subject import Subject
from mingchuang.norms.outcome import Issue, refuse, refuse_if
from mingchuang.norms.rules import rule

_Kind = ClockEntry.Kind
#: The code with which the clock leaves out an extension that came after the due day.
LATE: Final = "clock.extension_late"


def start(
    subject: Subject,
    rule_id: str,
    anchor: date,
    unit: Unit | None,
    *,
    title: str = "",
    actor: Actor | None = None,
    region: str = "",
    cause: Event | None = None,
) -> Deadline:
    """Start the clock of a rule on `anchor` (a day in China; not counted), owed by `unit`.

    `region` is the unit's, unless told. Raises `Refused`: unknown rule, none in force on that day, a rule in hours or
    without a due day.
    """
    found = rule(rule_id)
    deadline = Deadline(about_kind=subject.subject_kind(), about_id=subject.pk, rule=rule_id, anchor=anchor, unit=unit)
    deadline.title = title or found.title
    deadline.region = region or _region(unit)
    applied = in_force(deadline)
    if applied.unit == "hour":
        raise refuse("deadlines.hours", f"“{found.title}”按小时计算，不能登记为按日的期限。", rule=rule_id)
    deadline.cite, deadline.limit = applied.strictest.cite, applied.text
    return _begin(deadline, actor, cause)


def start_until(
    subject: Subject,
    due: date,
    unit: Unit | None,
    *,
    title: str,
    cite: str,
    actor: Actor | None = None,
    cause: Event | None = None,
) -> Deadline:
    """A day that a document itself names (年底前): no rule, no counting."""
    deadline = Deadline(about_kind=subject.subject_kind(), about_id=subject.pk, title=title, cite=cite, anchor=due)
    deadline.unit, deadline.region = unit, _region(unit)
    return _begin(deadline, actor, cause)


def meet(deadline: Deadline, actor: Actor, *, cause: Event | None = None, **told: Any) -> Event:
    """It is done; `told` are `act`'s own (`happened_on`, `late_reason`, `note`, `evidence`)."""
    with chain.together():
        event = _move(deadline, "meet", actor, cause, told)
        _set(deadline, met_on=event.happened_on)
    return event


def reopen(deadline: Deadline, actor: Actor, *, note: str, cause: Event | None = None) -> Event:
    """It was not done after all; the clock goes on as if it had never stopped."""
    with chain.together():
        event = _move(deadline, "reopen", actor, cause, {"note": note})
        _set(deadline, met_on=None)
    return event


def void(deadline: Deadline, actor: Actor, *, note: str, cause: Event | None = None, **told: Any) -> Event:
    """It is no longer owed."""
    return _move(deadline, "void", actor, cause, {"note": note, **told})


def restart(deadline: Deadline, actor: Actor, *, cause: Event | None = None, **told: Any) -> Event:
    """The time runs anew from the day it happened (补正)."""
    return _enter(deadline, "restart", _Kind.RESTART, actor, cause=cause, told=told)


def pause(
    deadline: Deadline, actor: Actor, *, note: str, who: str = "", cause: Event | None = None, **told: Any
) -> Event:
    """Time stops counting after that day; `who` is consulted (several may be at once)."""
    return _enter(deadline, "pause", _Kind.PAUSE, actor, cause=cause, told={"note": note, **told}, who=who)


def resume(deadline: Deadline, actor: Actor, *, who: str = "", cause: Event | None = None, **told: Any) -> Event:
    """The opinion of `who` came; time counts again when nobody else is still being asked. If a restart ended that
    consultation meanwhile, the opinion is written down and moves nothing."""
    asked, forgotten = _asked(deadline)
    facts = {"pauses_left": bool(asked - {who}), "forgotten": who in forgotten}
    return _enter(deadline, "resume", _Kind.RESUME, actor, cause=cause, told=told, who=who, facts=facts)


def extend(
    deadline: Deadline, actor: Actor, *, amount: int, note: str, cause: Event | None = None, **told: Any
) -> Event:
    """Grant `amount` more units of the rule. Refused when the law would leave it out: after the due day, a second time,
    more than the rule's `extension` allows, or where no rule allows any."""
    if amount < 1:
        raise refuse("deadlines.amount", "延长的时间应为正数。", field="amount")
    return _enter(deadline, "extend", _Kind.EXTEND, actor, cause=cause, told={"note": note, **told}, amount=amount)


def settled(deadline: Deadline, deed: str) -> date | None:
    """The due day on which an act may rest; None while time does not count.

    Whatever makes a day final asks here first, with the row held: finding something overdue, closing it as timed out,
    certifying a day. Raises `Refused` (缺少YYYY年节假日安排) while the day is provisional: it may still move.
    """
    held = Deadline.objects.select_for_update().get(pk=deadline.pk)
    found = reckon(held)
    refuse_if(uncertain(held, deed, found))
    return found.due


def recompute(reason: str, actor: Actor | None = None) -> int:
    """Work every deadline out again whose day is not final: the open ones, and those met while their day was
    provisional, so that being met makes no guess final. Each that changed gets an event and a further result. Returns
    how many.

    Idempotent: called after a notice was added, after an upgrade changed a rule, and at every start.
    """
    changed = 0
    moving = Deadline.objects.unsettled().order_by("pk").values_list("pk", flat=True)
    for pk in list(moving):
        with chain.together():
            deadline = Deadline.objects.select_for_update().get(pk=pk)
            found = reckon(deadline)
            same = (found.due, found.provisional) == (deadline.due, deadline.provisional)
            if same or not Deadline.objects.unsettled().filter(pk=pk).exists():
                continue
            data = {"due": [deadline.due, found.due], "provisional": [deadline.provisional, found.provisional]}
            event = act(deadline, "recompute", actor or Actor.system(), note=reason, data=data)
            _keep(deadline, event, found)
            changed += 1
    return changed


def _begin(deadline: Deadline, actor: Actor | None, cause: Event | None) -> Deadline:
    found = reckon(deadline, [ClockEntry(kind=_Kind.START, on=deadline.anchor)])
    about = {"about": [deadline.about_kind, deadline.about_id], "rule": deadline.rule, "region": deadline.region}
    data = {**about, "anchor": deadline.anchor, "due": found.due}
    with chain.together():
        deadline.due, deadline.provisional = found.due, found.provisional
        event = _move(deadline, "start", actor or Actor.system(), cause, {}, data=data)
        ClockEntry.objects.create(deadline=deadline, event=event, kind=_Kind.START, on=deadline.anchor)
        _keep(deadline, event, found)
    return deadline


def _enter(
    deadline: Deadline,
    move: str,
    kind: ClockEntry.Kind,
    actor: Actor,
    *,
    cause: Event | None,
    told: Mapping[str, Any],
    who: str = "",
    amount: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """A move that the clock itself has to know. Refused whole when the history would be impossible, and an extension
    also when the law makes it void; a pause after the last day is kept and changes nothing."""
    day = cause.happened_on if cause is not None else told.get("happened_on") or now.today()
    entry = ClockEntry(deadline=deadline, kind=kind, on=day, who=who, amount=amount)
    with chain.together():
        entries = list(Deadline.objects.select_for_update().get(pk=deadline.pk).entries.order_by("id"))
        before = reckon(deadline, entries)
        found = reckon(deadline, [*entries, entry])
        if kind == _Kind.EXTEND:
            refuse_if(_void_extension(deadline, before, found))
        data = {"on": day, "due": found.due, **({"who": who} if who else {}), **({"amount": amount} if amount else {})}
        event = _move(deadline, move, actor, cause, told, data=data, facts=facts)
        entry.event = event
        entry.save(force_insert=True)
        _keep(deadline, event, found)
    return event


def _void_extension(deadline: Deadline, before: Reckoning, found: Reckoning) -> list[Issue]:
    """Why an extension would be void. That it comes too late can be found only of a final day."""
    issues = []
    for issue in found.issues:
        if issue in before.issues:
            continue
        open_day = uncertain(deadline, "认定已经逾期，也就不能决定能否延长", before) if issue.code == LATE else []
        issues += open_day or [Issue(issue.code, issue.message, issue.field, rule=deadline.rule)]
    return issues


def _move(
    deadline: Deadline,
    move: str,
    actor: Actor,
    cause: Event | None,
    told: Mapping[str, Any],
    *,
    data: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    if cause is None:
        return act(deadline, move, actor, data=data, facts=facts, **told)
    return follow(deadline, move, cause, actor, note=str(told.get("note", "")), data=data, facts=facts)


def _keep(deadline: Deadline, event: Event, found: Reckoning) -> None:
    """The newest result on the row, every result in its own."""
    _set(deadline, due=found.due, provisional=found.provisional)
    result = DueResult(deadline=deadline, event=event, known_on=now.today(), lines=list(found.lines))
    result.due, result.provisional = found.due, found.provisional
    result.save(force_insert=True)


def _set(deadline: Deadline, **values: Any) -> None:
    Deadline.objects.filter(pk=deadline.pk).update(**values)
    for name, value in values.items():
        setattr(deadline, name, value)


def _asked(deadline: Deadline) -> tuple[set[str], set[str]]:
    """Who is being asked now (paused and not resumed since the last restart), and whose answer a restart made idle."""
    asked: set[str] = set()
    forgotten: set[str] = set()
    for entry in deadline.entries.order_by("on", "id"):
        if entry.kind == _Kind.PAUSE:
            asked.add(entry.who)
            forgotten.discard(entry.who)
        elif entry.kind == _Kind.RESUME:
            asked.discard(entry.who)
            forgotten.discard(entry.who)
        elif entry.kind == _Kind.RESTART:
            forgotten |= asked
            asked.clear()
    return asked, forgotten


def _region(unit: Unit | None) -> str:
    return unit.region[:6] if unit is not None else str(settings.MINGCHUANG_REGION)
